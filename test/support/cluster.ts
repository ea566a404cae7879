import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cluster,
  createCluster,
  livingPostmaster,
  SUPERUSER,
  startPostmaster,
  stopPostmaster,
} from '../../src/platform/postgres-cluster.ts';
import { postgresAccount, postgresPrograms } from '../../src/platform/postgres-programs.ts';

/** A PostgreSQL server of the tests, with the programs of TEST_POSTGRES_PROGRAMS or the embedded ones. */
export interface TestCluster {
  /** Address of its superuser. */
  readonly url: string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** An orderly end; `start` brings it back. */
  halt(): Promise<void>;
  /** Starts it again at the same port. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

export async function startCluster(settings: Record<string, string> = {}): Promise<TestCluster> {
  const home = await mkdtemp(join(tmpdir(), 'yiping-test-'));
  await chmod(home, 0o711);
  const dir = join(home, 'postgres');
  const account = await postgresAccount(dir);
  const programs = process.env.TEST_POSTGRES_PROGRAMS ?? (await postgresPrograms(account, home));
  const cluster: Cluster = { programs, dir, account, settings };
  const password = randomBytes(12).toString('hex');
  await createCluster(cluster, password);
  const { port } = await startPostmaster(cluster);
  const guard = guardAgainstOrphans(home);
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    async kill() {
      const living = await livingPostmaster(cluster);
      if (living) process.kill(living.pid, 'SIGKILL');
    },
    halt: () => stopPostmaster(cluster),
    async start() {
      await startPostmaster(cluster, port);
    },
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
