import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import type { Reader, Tx } from './db.ts';
import { type Deps, unhurried } from './deps.ts';
import { within } from './within.ts';
import { startLife, unlockPools } from './worker-life.ts';

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

/** Many jobs of one task, none of them under a key, in one statement. */
export async function enqueueAll(tx: Tx, task: string, payloads: readonly object[]): Promise<void> {
  if (payloads.length === 0) return;
  const texts = payloads.map((payload) => JSON.stringify(payload));
  await sql`SELECT platform.enqueue_all(${task}, ${texts}::json[])`.execute(tx);
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

/** The task that carries facts: many and short, where the others are few and may be long. */
export const FACT = 'fact';

/** Facts under way at once; they wait for the database more than they work. */
const FACTS_AT_ONCE = 6;
/** Other jobs under way at once. */
const OTHERS_AT_ONCE = 2;
/** Facts that are fetched, and told to be done, together. */
const FETCHED = 4 * FACTS_AT_ONCE;

/** After the database was lost: how long jobs that are under way may take to see it. */
const GRACE_MS = 5_000;
/** How long jobs may take to end when the worker is told to stop. */
const STOP_MS = 20_000;
/** Between two attempts to begin again. */
const AGAIN_MS = 500;

/**
 * Starts polling the queue with the owner's pool; the jobs themselves run as the application (rule R13). When
 * the database is lost, what the queue believed of its jobs may be wrong: the worker then ends and begins
 * anew under other names, and what it had taken is free again.
 */
export async function startWorker(deps: Deps, jobs: readonly AnyJob[]): Promise<{ stop(): Promise<void> }> {
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  let ending = false;
  let shift = await beginShift(deps, jobs);
  /** The next shift, once there is a database; none where the worker was told to stop meanwhile. */
  const again = async (left: ReadonlySet<string>): Promise<Shift | undefined> => {
    while (!ending) {
      try {
        await unlockPools(deps.db.owner, [...left]);
        return await beginShift(deps, jobs);
      } catch (error) {
        deps.log.warn({ err: error }, 'the worker could not begin');
        await Promise.race([told, sleep(AGAIN_MS)]);
      }
    }
    return undefined;
  };
  const work = async (): Promise<void> => {
    for (;;) {
      await Promise.race([told, shift.lost]);
      if (ending) {
        // A job that is cut off is due again, for the next worker.
        if (!(await shift.stop(STOP_MS))) deps.log.warn('jobs that take too long are cut off');
        return;
      }
      deps.log.error('the worker has lost the database and begins anew');
      await shift.stop(GRACE_MS);
      const next = await again(shift.names);
      if (next === undefined) return;
      shift = next;
    }
  };
  const working = work();
  return {
    async stop() {
      ending = true;
      tell();
      await working;
    },
  };
}

/** The worker until it is stopped or the database is lost. */
interface Shift {
  readonly names: ReadonlySet<string>;
  readonly lost: Promise<unknown>;
  /** Ends it, and waits so long for the jobs under way; answers whether they ended. */
  stop(ms: number): Promise<boolean>;
}

/** Facts have hands of their own, so that no long work keeps them waiting. */
async function beginShift(deps: Deps, jobs: readonly AnyJob[]): Promise<Shift> {
  const life = await startLife(deps);
  const facts = jobs.filter(({ name }) => name === FACT);
  const others = jobs.filter(({ name }) => name !== FACT);
  // graphile-worker reads cron lines in UTC; the hall's clock is eight hours ahead.
  const cron = others.flatMap(({ name, cron: line }) =>
    line ? [{ task: name, identifier: name, match: cronInUtc(line) }] : [],
  );
  const ground = unhurried(deps);
  const common = {
    pgPool: deps.db.owner,
    events: life.events,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: workerLogger(deps),
  };
  // In batches, since the queue lets the process end over a single job that it can't tell to have failed.
  const told = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };
  const runners: Runner[] = [];
  const stop = async (ms: number): Promise<boolean> => {
    const ended = await within(ms, Promise.allSettled(runners.map((runner) => runner.stop())));
    life.stop();
    return ended;
  };
  try {
    runners.push(
      await run({
        ...common,
        taskList: taskList(ground, facts),
        parsedCronItems: [],
        concurrency: FACTS_AT_ONCE,
        preset: { worker: { localQueue: { size: FETCHED }, ...told } },
      }),
    );
    runners.push(
      await run({
        ...common,
        taskList: taskList(ground, others),
        parsedCronItems: parseCronItems(cron),
        concurrency: OTHERS_AT_ONCE,
        preset: { worker: told },
      }),
    );
  } catch (error) {
    await stop(GRACE_MS);
    throw error;
  }
  const ended = runners.map(({ promise }) =>
    promise.catch((error: unknown) => deps.log.error({ err: error }, 'worker stopped')),
  );
  return { names: life.names, lost: Promise.race([life.lost, ...ended]), stop };
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
