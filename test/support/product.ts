import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutDir } from '../../src/platform/config.ts';
import { freePort } from '../../src/platform/free-port.ts';

/** The product as a process of its own, which a test may kill and start again. */
export interface Product {
  readonly port: number;
  readonly env: Record<string, string>;
  /** Starts it, and waits until it is ready. */
  start(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings DATA_DIR, and DATABASE_URL for a database that isn't embedded */
export async function productOf(settings: Record<string, string>): Promise<Product> {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH ?? '',
    HOST: '127.0.0.1',
    PORT: String(port),
    DEMO: '0',
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(settings.DATA_DIR ?? '', 'compiled'),
    ...settings,
  };
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  };
  return {
    port,
    env,
    async start() {
      const started = spawn(process.execPath, [join(checkoutDir, 'src/app/main.ts')], {
        cwd: checkoutDir,
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = started;
      let said = '';
      started.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-2000);
      });
      while (!(await isReady(port))) {
        if (started.exitCode !== null) throw new Error(`the product ended: ${said}`);
        await sleep(20);
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

export async function isReady(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Between two attempts of one rating; a token may be tried thirty times a minute. */
const PAUSE_MS = 1_000;

/** How often the tests of faults do what they do: once, or FAULT_ROUNDS times. */
export function faultRounds(): number {
  return Number(process.env.FAULT_ROUNDS ?? 1);
}

/** What became of ratings that were handed in until each was acknowledged. */
export interface HandedIn {
  /** receipt by token, as acknowledged */
  readonly receipts: Map<string, string>;
  /** attempts that were refused as busy or broke off */
  readonly troubled: () => number;
  /** Resolves when all are acknowledged. */
  readonly done: Promise<void>;
}

/**
 * Hands in one rating for each token, eight at a time. Whoever is told to come again, or hears nothing, comes
 * again with the same rating, as a tablet does; any other answer is a failure.
 * @param bad each so many'th rating is bad
 */
export function handIn(port: number, tokens: readonly string[], bad: number): HandedIn {
  const receipts = new Map<string, string>();
  let troubled = 0;
  let next = 0;
  const one = async (at: number, token: string): Promise<void> => {
    const level = at % bad === 0 ? { satisfaction: 2, evalDetail: ['214'] } : { satisfaction: 5 };
    const body = JSON.stringify({ token, ...level, id: `fault-${token.slice(-12)}` });
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/ratings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).catch(() => undefined);
      if (answer?.status === 201 || answer?.status === 200) {
        const { receipt } = (await answer.json()) as { receipt: string };
        const before = receipts.get(token);
        if (before !== undefined && before !== receipt) throw new Error('two receipts for one rating');
        receipts.set(token, receipt);
        return;
      }
      if (answer !== undefined && answer.status !== 503) {
        throw new Error(`${answer.status}: ${await answer.text()}`);
      }
      if (answer?.status === 503 && answer.headers.get('retry-after') === null) {
        throw new Error('503 without Retry-After');
      }
      troubled += 1;
      await sleep(PAUSE_MS);
    }
  };
  const hand = async (): Promise<void> => {
    for (let at = next++; at < tokens.length; at = next++) await one(at, tokens[at] ?? '');
  };
  const done = Promise.all(Array.from({ length: 8 }, hand)).then(() => undefined);
  return { receipts, troubled: () => troubled, done };
}
