import { Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import type { Reader, Tx } from './db.ts';
import { type Deps, unhurried } from './deps.ts';

export interface EnqueueOptions {
  /** While a job waits under the key, a second one replaces its payload and keeps its time. */
  key?: string;
  runAt?: Date;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  maxAttempts?: number;
}

/** Puts a job into the queue within `tx`: it exists exactly if the transaction commits (the outbox). */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: object,
  options: EnqueueOptions = {},
): Promise<void> {
  await sql`SELECT platform.enqueue(${task}, ${JSON.stringify(payload)}::json, ${options.key ?? null}::text,
    ${options.runAt ?? null}::timestamptz, ${options.queue ?? null}::text,
      ${options.maxAttempts ?? 25}::int)`.execute(tx);
}

/** Background work by name. `run` must be safe to repeat: a job runs at least once. */
export interface Job<P> {
  name: string;
  schema: z.ZodType<P>;
  run(deps: Deps, payload: P): Promise<void>;
  /** Five fields of cron, in the hall's time (Asia/Shanghai), for work that comes by the clock. */
  cron?: string;
}

/** A job as the worker sees it: what it needs of its payload is known to itself only. */
export interface AnyJob {
  name: string;
  cron?: string;
  work(deps: Deps, payload: unknown): Promise<void>;
}

/** A job for the worker's list; its payload is checked before it runs. */
export function defineJob<P>(job: Job<P>): AnyJob {
  const { name, schema, cron } = job;
  return { name, ...(cron ? { cron } : {}), work: (deps, payload) => job.run(deps, schema.parse(payload)) };
}

function taskList(deps: Deps, jobs: readonly AnyJob[]): TaskList {
  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown) => {
        await job.work(deps, payload);
      },
    ]),
  );
}

function workerLogger(deps: Deps): Logger {
  // The queue's own messages may quote a payload, so only the level and the event's kind are kept.
  return new Logger(() => (level, message, meta) => {
    if (level === 'error')
      deps.log.error({ event: 'queue', task: taskOf(meta) }, message.split('\n')[0]?.slice(0, 200));
    else if (level === 'warning')
      deps.log.warn({ event: 'queue', task: taskOf(meta) }, message.split('\n')[0]?.slice(0, 200));
  });
}

function taskOf(meta: unknown): string | undefined {
  return (meta as { job?: { task_identifier?: string } } | undefined)?.job?.task_identifier;
}

/** Starts polling the queue with the owner's pool; the jobs themselves run as the application (rule R13). */
export async function startWorker(deps: Deps, jobs: readonly AnyJob[]): Promise<{ stop(): Promise<void> }> {
  // graphile-worker reads cron lines in UTC; the hall's clock is eight hours ahead.
  const cron = jobs.flatMap(({ name, cron: line }) =>
    line ? [{ task: name, identifier: name, match: cronInUtc(line) }] : [],
  );
  const runner: Runner = await run({
    pgPool: deps.db.owner,
    taskList: taskList(unhurried(deps), jobs),
    parsedCronItems: parseCronItems(cron),
    concurrency: 2,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: workerLogger(deps),
  });
  runner.promise.catch((error: unknown) => deps.log.error({ err: error }, 'worker stopped'));
  return { stop: () => runner.stop() };
}

/** Works off everything that is due, then returns: what tests and the command line wait for. */
export async function workOff(deps: Deps, jobs: readonly AnyJob[]): Promise<void> {
  await runOnce({
    pgPool: deps.db.owner,
    taskList: taskList(deps, jobs),
    noHandleSignals: true,
    logger: workerLogger(deps),
  });
}

/**
 * Shifts the hour field of a daily or monthly line from +08:00 to UTC; minutes-only lines stay as they are.
 */
export function cronInUtc(line: string): string {
  const [minute = '*', hour = '*', ...rest] = line.trim().split(/\s+/);
  if (!/^\d+$/.test(hour)) return line;
  const utc = (Number(hour) + 16) % 24;
  return [minute, utc, ...rest].join(' ');
}

export interface QueueDepth {
  task: string;
  waiting: number;
  failed: number;
  oldest_at: Date | null;
}

/** Jobs waiting and given up, by task. */
export async function queueDepth(reader: Reader | pg.Pool): Promise<QueueDepth[]> {
  const text = 'SELECT task, waiting::int, failed::int, oldest_at FROM platform.queue_depth()';
  if ('query' in reader && typeof reader.query === 'function')
    return (await reader.query<QueueDepth>(text)).rows;
  return (await sql<QueueDepth>`${sql.raw(text)}`.execute(reader as Reader)).rows;
}
