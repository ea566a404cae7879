import { day } from '../../kernel/day.ts';
import { type Month, monthOf } from '../../kernel/month.ts';
import type { Reader } from '../../platform/db.ts';
import type { ScoredEntry } from '../scoring/index.ts';
import { scoredEntry } from './actions.ts';
import { findLate } from './late-store.ts';

/** An entry that speaks of a sealed month: it takes one of its entries back, or gives points for a line. */
export interface LateDecision {
  /** month in which it counts */
  readonly month: Month;
  /** the sealed month */
  readonly of: Month;
  readonly entry: ScoredEntry;
  /** when it was decided */
  readonly at: Date;
}

/** Everything that was decided of sealed months since they were sealed. */
export async function lateDecisions(reader: Reader, cityCode: string): Promise<LateDecision[]> {
  return (await findLate(reader, cityCode)).map((row) => ({
    month: monthOf(day(row.month)),
    of: monthOf(day(row.of_month)),
    entry: scoredEntry(row),
    at: row.recorded_at,
  }));
}
