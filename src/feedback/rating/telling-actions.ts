import { unpackRecordNumber } from '../../kernel/record-number.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { badRatingRecorded, ratingRecorded } from './fact.ts';
import { isGood, type Level } from './rating.ts';

/** Tells of a batch in its own transaction: once as a whole, and once more when it holds bad ratings. */
export async function tellBatch(
  tx: Tx,
  batch: {
    cityCode: string;
    batchId: string;
    ratings: readonly { stepId: string; level: Level }[];
    days?: string[];
  },
): Promise<void> {
  const { cityCode, batchId, ratings, days } = batch;
  if (ratings.length === 0) return;
  await emit(tx, ratingRecorded, { cityCode, batchId, days });
  const bad = ratings.filter(({ level }) => !isGood(level));
  if (bad.length === 0) return;
  const months = new Set(bad.flatMap(({ stepId }) => unpackRecordNumber(stepId)?.month ?? []));
  await emit(tx, badRatingRecorded, { cityCode, batchId, months: [...months].sort() });
}
