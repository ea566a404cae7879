import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Deps } from './deps.ts';

/** Class of the advisory locks by which workers show that they live. */
const LIFE = 72_160;
const LOOK_MS = 60_000;
/** A job that was taken just now may belong to a worker whose lock is on its way. */
const SETTLED = '30 seconds';

/** Shows that the worker pools of this process live, and gives back what dead ones have left locked. */
interface Life {
  /** For the worker pools to tell of themselves. */
  readonly events: WorkerEvents;
  stop(): Promise<void>;
}

/**
 * A worker that is killed leaves its jobs locked, for four hours by the queue's own rule. Each worker pool
 * therefore holds a lock of the database under its name, which goes with its connection; whoever lives looks
 * each minute for jobs of pools without a lock, and frees them.
 */
export async function startLife(deps: Deps): Promise<Life> {
  const events: WorkerEvents = new EventEmitter();
  const names = new Set<string>();
  let client: pg.PoolClient | undefined;
  let stopped = false;

  const hold = async (name: string): Promise<void> => {
    await client?.query('SELECT pg_advisory_lock($1, hashtext($2))', [LIFE, name]);
  };
  const connect = async (): Promise<void> => {
    client = await deps.db.owner.connect();
    client.once('error', () => {
      client?.release(true);
      client = undefined;
    });
    for (const name of names) await hold(name);
  };
  const look = async (): Promise<void> => {
    if (stopped) return;
    try {
      if (client === undefined) await connect();
      await unlockDead(deps.db.owner);
    } catch (error) {
      deps.log.warn({ err: error }, 'jobs of dead workers were not looked for');
    }
  };
  events.on('pool:create', ({ workerPool: { id } }) => {
    names.add(id);
    hold(id).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'a worker could not show that it lives'),
    );
  });
  await connect();
  await look();
  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    events,
    async stop() {
      stopped = true;
      clearInterval(timer);
      const held = client;
      client = undefined;
      held?.release(true);
    },
  };
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
  if (dead.length > 0) await owner.query('SELECT graphile_worker.force_unlock_workers($1)', [dead]);
  return dead.length;
}
