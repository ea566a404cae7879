import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { type Account, EmbeddedPostgresError } from './postgres-programs.ts';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';

/** One database cluster on disk and the programs that serve it. */
export interface Cluster {
  /** Folder that holds bin/initdb and bin/postgres. */
  programs: string;
  /** PGDATA; belongs to `account`. */
  dir: string;
  account: Account;
  /** Further settings of the server, over the ones below. */
  settings?: Record<string, string>;
}

/** A clean environment: PGPORT, PGDATA and their like of the caller mustn't reach the server. */
const environment = { LC_ALL: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin' };

const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  max_connections: '120',
  random_page_cost: '1.1',
  // Its compile time is longer than any of our queries.
  jit: 'off',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  // Statements and the details of violated keys hold personal data.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** Makes the cluster; an interrupted start leaves nothing that looks finished. */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const half = `${cluster.dir}.new`;
  const passwordFile = `${half}-password`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (cluster.account) {
    await chown(half, cluster.account.uid, cluster.account.gid);
    await chown(passwordFile, cluster.account.uid, cluster.account.gid);
  }
  const options = ['-D', half, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  options.push('--encoding=UTF8', ...(await locale(cluster)), '--no-instructions');
  try {
    await run(join(cluster.programs, 'bin/initdb'), options, {
      ...cluster.account,
      env: environment,
      cwd: '/',
    });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || String(error);
    throw new EmbeddedPostgresError(
      `The database can't be created in ${cluster.dir}: ${said.split('\n').join(' ')}`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, cluster.dir);
}

/**
 * Code point order, the same on every machine whatever its locales are; PostgreSQL brings it along since
 * 17.
 */
async function locale(cluster: Cluster): Promise<string[]> {
  const { stdout } = await run(join(cluster.programs, 'bin/postgres'), ['--version'], { cwd: '/' });
  const major = Number(/(\d+)/.exec(stdout)?.[1]);
  return major < 17
    ? ['--locale=C.UTF-8']
    : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
}

/** A running server: its process and port on 127.0.0.1. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** The server that works on this cluster, whoever started it; undefined when none lives. */
export async function livingPostmaster(cluster: Pick<Cluster, 'dir'>): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(cluster.dir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 1)) return undefined;
  // After a power cut the number may belong to any process.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes(cluster.dir)) return undefined;
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? '').startsWith('ready') };
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C in a terminal doesn't reach it before us.
 * @param again the port that its clients know already
 */
export async function startPostmaster(cluster: Cluster, again?: number): Promise<Postmaster> {
  let said = '';
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    // Another process may take the free port before PostgreSQL does; then a next one is tried.
    const port = again ?? (await freePort());
    const child = spawn(
      join(cluster.programs, 'bin/postgres'),
      ['-D', cluster.dir, ...(await flags(cluster, port))],
      {
        ...cluster.account,
        env: environment,
        cwd: '/',
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const postmaster = await untilReady(cluster, child);
    if (postmaster) {
      child.stderr?.destroy();
      child.unref();
      return postmaster;
    }
  }
  const reason = said.trim().split('\n').filter(Boolean).join(' ');
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL didn't start (${reason}); see ${join(cluster.dir, 'log')}.`,
  );
}

async function flags(cluster: Cluster, port: number): Promise<string[]> {
  const all: Record<string, string> = { ...settings, port: String(port) };
  // Containers often give /dev/shm only 64 MB; parallel queries would fail there.
  const shared = await statfs('/dev/shm').catch(() => undefined);
  if (!shared || shared.bsize * shared.blocks < 2 ** 29) all.dynamic_shared_memory_type = 'mmap';
  return Object.entries({ ...all, ...cluster.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

async function untilReady(cluster: Cluster, child: ChildProcess): Promise<Postmaster | undefined> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  // Recovery after a crash may take minutes, so only the end of the process ends the wait.
  while (!ended) {
    const postmaster = await livingPostmaster(cluster);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    await sleep(10);
  }
  return undefined;
}

/**
 * Fast shutdown: open transactions are rolled back, everything committed is on disk. Waits until the server
 * is gone.
 */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const TRIES = 3000;
  for (let tick = 0; tick < TRIES; tick += 1) {
    const postmaster = await livingPostmaster(cluster);
    if (!postmaster) return;
    if (tick === 0) signal(postmaster.pid, 'SIGINT');
    // SIGQUIT ends it without a checkpoint; the next start recovers from the log.
    if (tick === TRIES / 2) signal(postmaster.pid, 'SIGQUIT');
    await sleep(10);
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${cluster.dir} doesn't stop; end its process by hand.`,
  );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
