import { z } from 'zod';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob, enqueue } from '../../platform/jobs.ts';
import { postMonths } from './actions.ts';

/**
 * Facts that come within this time are posted together: one set-based statement serves a whole batch of
 * them.
 */
const GATHER_MS = 5_000;

const shape = z.object({ cityCode: z.string(), months: z.array(z.string()) });

/** Posts the missing entries of a month, some seconds after the first fact that asked for it. */
export const postingJob = defineJob({ name: 'ledger.post', schema: shape, run: postMonths });

/**
 * Consumer of whatever changes what a month's facts charge: at most one posting waits for a city and month.
 */
export async function postSoon(
  deps: Deps,
  { cityCode, months }: { cityCode: string; months: readonly string[] },
): Promise<void> {
  const runAt = new Date(deps.clock.now().getTime() + GATHER_MS);
  await inTx(deps.db, async (tx) => {
    for (const month of new Set(months)) {
      const key = `ledger.post:${cityCode}:${month}`;
      await enqueue(tx, postingJob.name, { cityCode, months: [month] }, { key, runAt });
    }
  });
}

/** The same for steps, whose months stand in their record numbers. */
export async function postStepsSoon(
  deps: Deps,
  { cityCode, stepIds }: { cityCode: string; stepIds: readonly string[] },
): Promise<void> {
  const months = stepIds.flatMap((stepId) => unpackRecordNumber(stepId)?.month ?? []);
  await postSoon(deps, { cityCode, months });
}
