import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instance as Opened, openInstance } from '../src/app/wire.ts';
import { checkoutDir, loadConfig } from '../src/platform/config.ts';
import type { Deps } from '../src/platform/deps.ts';
import { freePort } from '../src/platform/free-port.ts';
import { openLog } from '../src/platform/log.ts';
import { BenchError } from './line.ts';

/** An instance of the product with a database of its own, the server in a process of its own. */
export interface Instance {
  readonly port: number;
  readonly dataDir: string;
  /** Environment that leads any program of the product to this instance. */
  readonly env: Record<string, string>;
  /** The ground of the same instance, opened beside the server. */
  readonly deps: Deps;
  /** Address of the database for its owner. */
  readonly databaseUrl: string;
  memory(): Memory;
  /** Seconds of processor time that the server has used. */
  processorSeconds(): number;
  /** May be called more than once. */
  stop(): Promise<void>;
}

/** Resident memory in megabytes (10^6 bytes). */
export interface Memory {
  now: number;
  /** Highest since the process began. */
  peak: number;
}

/** Waits this long for a server to be ready. */
const READY_MS = 120_000;

/** An environment without settings that would lead elsewhere. */
function environment(dataDir: string, port: number): Record<string, string> {
  const ours = /^(DATABASE_|TLS_|TRUST_PROXY$|PUBLIC_URL$|SECRET_KEY$|CITY_CODE$|PG|npm_)/;
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || ours.test(name) ? [] : [[name, value] as const],
  );
  const settings = {
    DATA_DIR: dataDir,
    PORT: String(port),
    HOST: '127.0.0.1',
    DEMO: '0',
    LOG_LEVEL: 'error',
  };
  return { ...Object.fromEntries(kept), ...settings };
}

/** A folder for a database; on a real disk where there is one, since what is measured waits for the disk. */
export async function makeDataDir(): Promise<string> {
  const parent = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  return mkdtemp(join(parent, 'yiping-bench-'));
}

/** Starts the product and waits until it is ready. */
export async function startInstance(dataDir: string): Promise<Instance> {
  const port = await freePort();
  const env = environment(dataDir, port);
  const server = spawnServer(env);
  let opened: Opened;
  try {
    await ready(server, port);
    opened = await openInstance(loadConfig(env), { as: 'command', log: openLog('error') });
  } catch (error) {
    await stopProcess(server.process);
    throw error;
  }
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await opened.close();
    await stopProcess(server.process);
  };
  return {
    port,
    dataDir,
    env,
    deps: opened.deps,
    databaseUrl: String(opened.deps.db.owner.options.connectionString),
    memory: () => memoryOf(childOf(server.process)),
    processorSeconds: () => processorSecondsOf(childOf(server.process)),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

interface Server {
  process: ChildProcess;
  /** Ends with what the server said when it ends by itself. */
  ended: Promise<never>;
}

/** What `npm start` runs; it serves until it is told to stop, or until this process dies. */
export function spawnServer(env: Record<string, string>): Server {
  const guard = join(checkoutDir, 'scripts/stop-with-parent.mjs');
  const child = spawn(process.execPath, ['--import', guard, join(checkoutDir, 'scripts/start.mjs')], {
    cwd: checkoutDir,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new BenchError(`The server ended with ${code}: ${said.trim()}`)));
  });
  // Only those who wait for it want to hear of it.
  ended.catch(() => undefined);
  return { process: child, ended };
}

/** Resolves once `/readyz` says so. */
export async function ready(server: Server, port: number): Promise<void> {
  const until = performance.now() + READY_MS;
  while (performance.now() < until) {
    const answer = await Promise.race([
      fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined),
      server.ended,
    ]);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await Promise.race([sleep(20), server.ended]);
  }
  throw new BenchError(`The server wasn't ready after ${READY_MS / 1000} seconds.`);
}

/** Asks a process to stop and waits until it is gone. */
export function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
}

/** The server itself is the program that the start script runs. */
function childOf({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number =>
    (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024) / 1e6;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** User and system time of the process and its threads; Linux counts in hundredths of a second. */
function processorSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
