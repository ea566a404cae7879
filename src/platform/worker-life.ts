import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Deps } from './deps.ts';

/** Class of the advisory locks by which workers show that they live. */
const LIFE = 72_160;
const LOOK_MS = 10_000;
/** A job that was taken just now may belong to a worker whose lock is on its way. */
const SETTLED = '5 seconds';

/** Shows that the worker pools of this process live, and gives back what dead ones have left locked. */
interface Life {
  /** For the worker pools to tell of themselves. */
  readonly events: WorkerEvents;
  /** Names of the pools that have told of themselves. */
  readonly names: ReadonlySet<string>;
  /** Resolves when the connection that showed it is gone: so may be whatever the pools asked for last. */
  readonly lost: Promise<void>;
  stop(): void;
}

/**
 * A worker that is killed leaves its jobs locked, for four hours by the queue's own rule. Each worker pool
 * therefore holds a lock of the database under its name, which goes with its connection; whoever lives looks
 * every ten seconds for jobs of pools without a lock, and frees them.
 */
export async function startLife(deps: Deps): Promise<Life> {
  const events: WorkerEvents = new EventEmitter();
  const names = new Set<string>();
  const client = await deps.db.owner.connect();
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  client.once('error', () => lose());
  const look = async (): Promise<void> => {
    await unlockDead(deps.db.owner).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'jobs of dead workers were not looked for'),
    );
  };
  events.on('pool:create', ({ workerPool: { id } }) => {
    names.add(id);
    client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LIFE, id]).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'a worker could not show that it lives');
      lose();
    });
  });
  await look();
  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    events,
    names,
    lost,
    stop() {
      clearInterval(timer);
      client.release(true);
    },
  };
}

/** Frees the jobs of worker pools that have ended without giving them back. */
export async function unlockPools(owner: pg.Pool, names: readonly string[]): Promise<void> {
  if (names.length > 0) await owner.query('SELECT graphile_worker.force_unlock_workers($1)', [names]);
}

/** Frees the jobs of worker pools that live no more; answers how many pools that were. */
export async function unlockDead(owner: pg.Pool, settled = SETTLED): Promise<number> {
  const { rows } = await owner.query<{ dead: string[] | null }>(
    `SELECT array_agg(DISTINCT j.locked_by) AS dead FROM graphile_worker._private_jobs j
     WHERE j.locked_by IS NOT NULL AND j.locked_at < now() - $2::interval AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_locks l
       WHERE l.locktype = 'advisory' AND l.classid = $1::int::oid AND l.objsubid = 2
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
         AND l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid)`,
    [LIFE, settled],
  );
  const dead = rows[0]?.dead ?? [];
  await unlockPools(owner, dead);
  return dead.length;
}
