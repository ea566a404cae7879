/**
 * `npm start`: opens the instance, fills a new database, serves and works until it is told to stop.
 */
import { ConfigError, loadConfig } from '../platform/config.ts';
import { startWorker } from '../platform/jobs.ts';
import { MigrationError } from '../platform/migrate.ts';
import { EmbeddedPostgresError } from '../platform/postgres-programs.ts';
import { announce } from './announce.ts';
import { FillError, fillNew } from './fill.ts';
import { createServer } from './server.ts';
import { jobs, openInstance } from './wire.ts';

async function main(): Promise<void> {
  const config = loadConfig();
  const stopped = stopSignal();
  const instance = await openInstance(config, { as: 'server' });
  const { deps } = instance;
  try {
    const filled = await fillNew(deps);
    const http = await createServer(deps);
    try {
      await http.listen({ port: config.port, host: config.host });
      // After the port is ours: a worker that is left running would keep the database's connections open.
      const worker = await startWorker(deps, jobs);
      announce(deps, http.server.address(), filled);
      await stopped;
      deps.log.info('stopping: open requests finish first');
      await http.close();
      await worker.stop();
    } finally {
      await http.close();
    }
  } finally {
    await instance.close();
  }
}

/** Resolves at the first SIGINT or SIGTERM; a second one is ignored, since the first is being obeyed. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

try {
  await main();
  // What was cut off may hold a connection open, and the process with it.
  process.exit();
} catch (error) {
  const known = [ConfigError, EmbeddedPostgresError, MigrationError, FillError].some(
    (kind) => error instanceof kind,
  );
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: 'The port is in use by another program: set PORT to a free one.',
    EADDRNOTAVAIL: 'HOST is no address of this machine: set it to 127.0.0.1 or 0.0.0.0, for example.',
    ENOTFOUND: 'A host name of the settings is not known: check HOST and DATABASE_URL.',
    ECONNREFUSED: 'The database does not answer: check DATABASE_URL and that its server runs.',
  };
  const sentence = sentences[(error as { code?: string }).code ?? ''];
  const told = known ? (error as Error).message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${sentence ?? told}\n`);
  process.exitCode = 1;
}
