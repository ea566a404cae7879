import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { systemClock } from '../../src/platform/clock.ts';
import { appRoleOf, migrate } from '../../src/platform/migrate.ts';
import {
  type Cluster,
  createCluster,
  SUPERUSER,
  startPostmaster,
  stopPostmaster,
} from '../../src/platform/postgres-cluster.ts';
import { postgresAccount, postgresPrograms } from '../../src/platform/postgres-programs.ts';
import { queryOnce, TEMPLATE, withDatabase } from './database-url.ts';

/** What the test processes need to clone the migrated template. */
export interface TestServer {
  ownerUrl: string;
  appUser: string;
  appPassword: string;
  /** Why the template couldn't be migrated; every test that wants a database says so. */
  broken: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/**
 * One server for the whole run, one migrated template in it. TEST_DATABASE_URL (of a superuser) takes a
 * server that is already there; TEST_POSTGRES_PROGRAMS (a folder with bin/postgres) takes other programs
 * than the embedded ones.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startServer();
  const template = withDatabase(server.url, TEMPLATE);
  await queryOnce(server.url, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await queryOnce(server.url, `CREATE DATABASE ${TEMPLATE}`);
  const role = appRoleOf(template, null, 'test');
  const broken = await migrate(template, role, systemClock.now()).then(
    () => null,
    (error: Error) => error.message,
  );
  project.provide('testServer', {
    ownerUrl: server.url,
    appUser: role.user,
    appPassword: role.password,
    broken,
  });
  return server.stop;
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'yiping-test-'));
  await chmod(home, 0o711);
  const dir = join(home, 'postgres');
  const account = await postgresAccount(dir);
  const programs = process.env.TEST_POSTGRES_PROGRAMS ?? (await postgresPrograms(account, home));
  // Nothing in a test has to survive a power cut.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '128MB',
  };
  const cluster: Cluster = { programs, dir, account, settings };
  const password = randomBytes(12).toString('hex');
  await createCluster(cluster, password);
  const { port } = await startPostmaster(cluster);
  const guard = guardAgainstOrphans(home);
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await stopPostmaster(cluster);
      guard.stdin.end();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Removes the server when this process is killed and can't: the shell sees its input end. */
function guardAgainstOrphans(home: string) {
  const script =
    'cat; [ -d "$0" ] && kill -QUIT "$(head -n 1 "$0/postgres/postmaster.pid")"; sleep 1; rm -rf "$0"';
  const guard = spawn('sh', ['-c', script, home], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  return guard;
}
