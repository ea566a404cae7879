import { z } from 'zod';
import { dayOf } from '../../kernel/day.ts';
import { inTx } from '../../platform/db.ts';
import { type AnyJob, defineJob } from '../../platform/jobs.ts';
import { signInRules } from './rule-actions.ts';
import { deleteExpired } from './session-store.ts';

const DAY_MS = 86_400_000;

/** Clears away sessions, challenges and attempts that have run out. */
export const accessJobs: readonly AnyJob[] = [
  defineJob({
    name: 'access.clear_expired',
    schema: z.unknown(),
    cron: '40 3 * * *',
    async run({ db, clock }) {
      const now = clock.now();
      const idleSince = new Date(now.getTime() - signInRules(dayOf(now)).idleMinutes * 60_000);
      const quietSince = new Date(now.getTime() - DAY_MS);
      await inTx(db, (tx) => deleteExpired(tx, { now, idleSince, quietSince }));
    },
  }),
];
