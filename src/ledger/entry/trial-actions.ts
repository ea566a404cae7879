import { firstDay, type Month, nextMonth } from '../../kernel/month.ts';
import type { Reader } from '../../platform/db.ts';
import { periodsFrom } from '../period/index.ts';
import type { SchemeInForce } from '../scheme/index.ts';
import type { ScoredEntry } from '../scoring/index.ts';
import { scoredEntry, waitingBySubject } from './actions.ts';
import { attributionValues, ruleValues } from './rule-values.ts';
import type { Posting } from './store.ts';
import { countTriedWaiting, findTried } from './trial-store.ts';

/**
 * The book's part of a month as these schemes would have it: what counts, and how much waits for a verdict.
 * Reads only. With the schemes in force it is what a close would find after posting what is missing.
 */
export async function triedBook(
  reader: Reader,
  cityCode: string,
  month: Month,
  { schemes, now }: { schemes: readonly SchemeInForce[]; now: Date },
): Promise<{ entries: ScoredEntry[]; waiting: ReadonlyMap<string, number> }> {
  const period = (await periodsFrom(reader, cityCode, month)).find((one) => one.month === month);
  const posting: Posting = {
    cityCode,
    months: [firstDay(month)],
    from: firstDay(month),
    until: firstDay(nextMonth(month)),
    rules: ruleValues(schemes),
    attribution: attributionValues(schemes),
    gates: [],
    now,
  };
  const wanted = { month: firstDay(month), sealed: period?.state === 'sealed' };
  const entries = (await findTried(reader, posting, wanted)).map(scoredEntry);
  return { entries, waiting: waitingBySubject(await countTriedWaiting(reader, posting, wanted)) };
}
