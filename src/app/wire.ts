/**
 * Joins the rooms: opens the database and the keys, and lists what the slices bring (jobs, import kinds).
 * Nothing here knows a rule of the field.
 */
import { z } from 'zod';
import { backupJob } from '../platform/backup-job.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { deriveKeys } from '../platform/crypto.ts';
import { openDb } from '../platform/db.ts';
import type { Deps } from '../platform/deps.ts';
import { borrowEmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { factJob } from '../platform/facts.ts';
import { type AnyJob, defineJob } from '../platform/jobs.ts';
import { type Log, openLog } from '../platform/log.ts';
import { appRoleOf, ensurePartitions, migrate } from '../platform/migrate.ts';
import { fileSweepJob } from '../platform/stored-file.ts';
import { within } from '../platform/within.ts';
import { courses } from './flow.ts';
import { sliceJobs } from './slices.ts';

export interface Instance {
  deps: Deps;
  /** Files of db/migrations applied by this opening. */
  applied: string[];
  close(): Promise<void>;
}

export interface OpenOptions {
  /** `server` starts the embedded database for good, `command` borrows a running one. */
  as: 'server' | 'command';
  clock?: Clock;
  log?: Log;
}

const STATEMENT_MS = 30_000;
/** How long statements may take to end when an instance is closed. */
const CLOSE_MS = 5_000;

/** Opens an instance: database (embedded or given), migrations, pools, keys. */
export async function openInstance(config: Config, options: OpenOptions): Promise<Instance> {
  const log = options.log ?? openLog(config.logLevel);
  const clock = options.clock ?? systemClock;
  const keys = deriveKeys(config.secretKey);
  const start = options.as === 'server' ? startEmbeddedPostgres : borrowEmbeddedPostgres;
  const embedded = config.databaseUrl === null ? await start({ dataDir: config.dataDir, log }) : null;
  try {
    const ownerUrl = config.databaseUrl ?? embedded?.url ?? '';
    const role = appRoleOf(ownerUrl, config.databaseAppUrl, keys.secret('database-app-role'));
    const applied = await migrate(ownerUrl, role, clock.now());
    const onError = (error: Error): void =>
      log.warn({ err: error.message }, 'a database connection was lost');
    const urls = { owner: ownerUrl, app: role.url, read: config.databaseReadUrl };
    // A command may take its time; whoever waits at a browser is told that something is wrong.
    const statementMs = options.as === 'server' ? { statementMs: STATEMENT_MS } : {};
    const db = openDb(urls, { onError, ...statementMs });
    const close = async (): Promise<void> => {
      // A statement that doesn't end goes with its connection, when the process does.
      await within(CLOSE_MS, db.close());
      await embedded?.stop();
    };
    return { deps: { config, clock, log, db, keys }, applied, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

const partitionsJob = defineJob({
  name: 'platform.partitions',
  schema: z.unknown(),
  cron: '20 3 * * *',
  async run({ db, clock }) {
    await ensurePartitions(db.owner, clock.now());
  },
});

/** Everything that the worker can do. */
export const jobs: readonly AnyJob[] = [
  factJob(courses, z.object({ type: z.string(), payload: z.unknown() })),
  partitionsJob,
  fileSweepJob,
  backupJob,
  ...sliceJobs,
];
