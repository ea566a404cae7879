import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Claim, claimDataDir } from './data-dir-claim.ts';
import type { Log } from './log.ts';
import {
  type Cluster,
  createCluster,
  livingPostmaster,
  SUPERUSER,
  startPostmaster,
  stopPostmaster,
} from './postgres-cluster.ts';
import { EmbeddedPostgresError, postgresAccount, postgresPrograms } from './postgres-programs.ts';

const DATABASE = 'yiping';

export interface EmbeddedPostgres {
  /** Address of the database for its owner (a superuser of this private server). */
  url: string;
  /** Fast stop that waits until the server is gone; a borrowed one stays. End all pools before. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/**
 * Starts the database of a server. One that was left running by a killed server is stopped first: what it has
 * acknowledged is on disk.
 * @throws EmbeddedPostgresError when another process uses the folder, or the programs can't run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await prepareDataDir(options.dataDir);
  const claim = await claimPatiently(options.dataDir);
  if (claim.kind === 'guest') {
    claim.release();
    const { pid, purpose } = claim.holder;
    throw new EmbeddedPostgresError(
      `${options.dataDir} is in use by the ${purpose} with process number ${pid}: ` +
        'stop that one first, or set another DATA_DIR and PORT.',
    );
  }
  return serve(options, claim);
}

/**
 * The database for one command: the running server's when there is one, else its own until `stop`.
 * @throws EmbeddedPostgresError as above, or when the running server's database belongs to another account.
 */
export async function borrowEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await prepareDataDir(options.dataDir);
  const claim = await claimDataDir(options.dataDir, 'command');
  if (claim.kind === 'owner') return serve(options, claim);
  const cluster = { dir: await clusterDir(options.dataDir) };
  for (let tick = 0; tick < 1200; tick += 1) {
    const postmaster = await livingPostmaster(cluster);
    const url = postmaster?.ready ? await addressOf(postmaster.port, options.dataDir) : undefined;
    if (url && (await hasDatabase(url))) return { url, stop: async () => claim.release() };
    await sleep(50);
  }
  claim.release();
  throw new EmbeddedPostgresError(
    `The database of the running server in ${options.dataDir} doesn't answer: see its log.`,
  );
}

/** A server that has just been told to stop needs a moment; a restart shouldn't fail for it. */
async function claimPatiently(dataDir: string): Promise<Claim> {
  for (let tick = 0; ; tick += 1) {
    const claim = await claimDataDir(dataDir, 'server');
    if (claim.kind === 'owner' || tick === 20) return claim;
    claim.release();
    await sleep(250);
  }
}

async function serve(
  options: EmbeddedPostgresOptions,
  claim: Claim & { kind: 'owner' },
): Promise<EmbeddedPostgres> {
  let cluster: Cluster | undefined;
  try {
    cluster = await prepareCluster(options);
    const { port, pid } = await startPostmaster(cluster);
    const url = await addressOf(port, options.dataDir);
    if (!(await hasDatabase(url))) await createDatabase(url);
    options.log.info({ pid, port, dir: cluster.dir }, 'database started');
    const guard = keepAlive(cluster, port, options.log);
    return {
      url,
      async stop() {
        await guard.stop();
        await stop(options, claim, cluster);
      },
    };
  } catch (error) {
    await stop(options, claim, cluster);
    throw error;
  }
}

/** How often it is looked whether the database still lives. */
const LOOK_MS = 500;

/**
 * Starts the database again, at the port that everybody knows, when it ends by itself: killed for want of
 * memory, or by a fault. Whoever asked it meanwhile was told that it is away.
 */
function keepAlive(
  cluster: Cluster,
  port: number,
  log: EmbeddedPostgresOptions['log'],
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted || (await livingPostmaster(cluster))) continue;
      log.error({ port }, 'the database has ended by itself and is started again');
      try {
        const { pid } = await startPostmaster(cluster, port);
        log.info({ pid, port }, 'database started');
      } catch (error) {
        // Its processes may need a moment to see that it is gone; the next look tries again.
        log.error({ err: error }, 'the database could not be started again');
      }
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

async function stop(
  options: EmbeddedPostgresOptions,
  claim: Claim & { kind: 'owner' },
  cluster: Cluster | undefined,
): Promise<void> {
  await claim.guestsGone();
  if (cluster) await stopPostmaster(cluster);
  claim.release();
  options.log.info('database stopped');
}

async function prepareCluster({ dataDir, log }: EmbeddedPostgresOptions): Promise<Cluster> {
  const dir = await clusterDir(dataDir);
  const account = await postgresAccount(dir);
  const cluster: Cluster = { dir, account, programs: await postgresPrograms(account, dataDir) };
  const left = await livingPostmaster(cluster);
  if (left) {
    log.warn({ pid: left.pid }, 'stopping the database that an earlier start has left behind');
    await stopPostmaster(cluster);
  }
  await refuseOtherMajor(cluster);
  if (!(await exists(join(dir, 'PG_VERSION')))) await createCluster(cluster, await password(dataDir));
  return cluster;
}

async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    // PostgreSQL's account must pass through; the secrets in it are 0600.
    const { mode } = await stat(dataDir);
    if (process.getuid?.() === 0) await chmod(dataDir, (mode & 0o7777) | 0o111);
  } catch {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${dataDir} can't be used: choose a folder that this user owns.`,
    );
  }
}

/**
 * Where the cluster lives: DATA_DIR/postgres. When root keeps DATA_DIR behind a closed folder (such as
 * /root), the cluster lives under /var/lib/yiping and DATA_DIR/postgres is a link to it.
 */
async function clusterDir(dataDir: string): Promise<string> {
  const inside = join(dataDir, 'postgres');
  const linked = await readlink(inside).catch(() => undefined);
  if (linked) return linked;
  if (process.getuid?.() !== 0 || (await isOpenTo(dataDir))) return inside;
  const outside = join('/var/lib/yiping', `postgres-${randomBytes(6).toString('hex')}`);
  await mkdir(dirname(outside), { recursive: true });
  await symlink(outside, inside);
  return outside;
}

/** Whether any account may pass through all folders down to this one. */
async function isOpenTo(dir: string): Promise<boolean> {
  for (let at = dir; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function refuseOtherMajor(cluster: Cluster): Promise<void> {
  const found = (await readFile(join(cluster.dir, 'PG_VERSION'), 'utf8').catch(() => '18')).trim();
  if (found === '18') return;
  throw new EmbeddedPostgresError(
    `The database in ${cluster.dir} is of PostgreSQL ${found}, this release brings 18: ` +
      'restore a backup into a new DATA_DIR.',
  );
}

async function password(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password');
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  if (stored) return stored;
  const made = randomBytes(24).toString('base64url');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

async function addressOf(port: number, dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password');
  try {
    return `postgres://${SUPERUSER}:${await readFile(file, 'utf8')}@127.0.0.1:${port}/${DATABASE}`;
  } catch {
    throw new EmbeddedPostgresError(
      `${file} can't be read: run this as the account that started the server.`,
    );
  }
}

async function hasDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const INVALID_CATALOG_NAME = '3D000';
    const CANNOT_CONNECT_NOW = '57P03';
    const code = (error as { code?: string }).code;
    if (code === INVALID_CATALOG_NAME || code === CANNOT_CONNECT_NOW) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
