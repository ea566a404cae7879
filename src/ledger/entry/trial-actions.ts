import { firstDay, type Month, nextMonth } from '../../kernel/month.ts';
import type { Reader } from '../../platform/db.ts';
import { periodsFrom } from '../period/index.ts';
import type { SchemeInForce } from '../scheme/index.ts';
import type { ScoredEntry } from '../scoring/index.ts';
import { type EntryWithReceipt, scoredEntry, waitingBySubject, withReceipts } from './actions.ts';
import { attributionValues, attributionWithin, ruleValues } from './rule-values.ts';
import type { Posting } from './store.ts';
import type { OnlySubject } from './subject-store.ts';
import {
  countTriedWaiting,
  findTried,
  findTriedEntries,
  findTriedWaiting,
  type Wanted,
} from './trial-store.ts';

interface Trying {
  readonly schemes: readonly SchemeInForce[];
  /** the schemes in force, where others are tried */
  readonly present?: readonly SchemeInForce[];
  readonly now: Date;
}

/**
 * The book's part of a month as these schemes would have it: what counts, and how much waits for a verdict.
 * Reads only. With the schemes in force it is what a close would find after posting what is missing.
 */
export async function triedBook(
  reader: Reader,
  cityCode: string,
  month: Month,
  trying: Trying,
): Promise<{ entries: ScoredEntry[]; waiting: ReadonlyMap<string, number> }> {
  const { posting, wanted } = await trialOf(reader, cityCode, month, trying);
  const entries = (await findTried(reader, posting, wanted)).map(scoredEntry);
  return { entries, waiting: waitingBySubject(await countTriedWaiting(reader, posting, wanted)) };
}

/**
 * The part of the same that one member of staff's score follows from, each entry with its receipt, whether
 * it is in the book already or would be posted by a close.
 */
export async function triedBookOf(
  reader: Reader,
  cityCode: string,
  month: Month,
  { only, ...trying }: Trying & { only: OnlySubject },
): Promise<{ entries: ScoredEntry[]; counting: EntryWithReceipt[]; waiting: EntryWithReceipt[] }> {
  const { posting, wanted } = await trialOf(reader, cityCode, month, trying);
  const ofOne = { ...posting, only };
  const counting = await findTriedEntries(reader, ofOne, wanted);
  const waiting = await findTriedWaiting(reader, ofOne, wanted);
  const all = await withReceipts(reader, cityCode, [...counting, ...waiting]);
  return {
    entries: counting.map(scoredEntry),
    counting: all.slice(0, counting.length),
    waiting: all.slice(counting.length),
  };
}

async function trialOf(
  reader: Reader,
  cityCode: string,
  month: Month,
  { schemes, present = schemes, now }: Trying,
): Promise<{ posting: Posting; wanted: Wanted }> {
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
  const sealed = period?.state === 'sealed';
  // Whom a sealed month charges stays as it is, unless it is the attribution that is tried.
  const [tried, before] = [posting.attribution, attributionValues(present)].map((values) =>
    JSON.stringify(attributionWithin(values, posting)),
  );
  return { posting, wanted: { month: firstDay(month), sealed, reattributes: !sealed || tried !== before } };
}
