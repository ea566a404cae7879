import { present } from '../../kernel/assert.ts';
import { addMonths, firstDay, type Month, nextMonth } from '../../kernel/month.ts';
import type { Reader } from '../../platform/db.ts';
import { periodsFrom } from '../period/index.ts';
import type { SchemeInForce } from '../scheme/index.ts';
import type { ScoredEntry } from '../scoring/index.ts';
import {
  type EntryWithReceipt,
  LOOK_BACK_MONTHS,
  scoredEntry,
  waitingBySubject,
  withReceipts,
} from './actions.ts';
import type { EntryRow } from './reading-store.ts';
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
import { findLateRated, findUnposted, findUnpostedRatings } from './unposted-store.ts';

interface Trying {
  readonly schemes: readonly SchemeInForce[];
  /** the schemes in force, where others are tried */
  readonly present?: readonly SchemeInForce[];
  /** sealed months whose late facts the month takes up */
  readonly late?: readonly LateMonth[];
  readonly now: Date;
  /** takes the month as sealed, as it is for some of its halls; otherwise as its gate says */
  readonly sealed?: boolean;
}

/** A sealed month whose late facts count in another, and the last batch of ratings that it counts itself. */
export interface LateMonth {
  readonly month: Month;
  readonly batch: string;
  /** whether any ratings came later */
  readonly rated: boolean;
}

/** The sealed months of which a close of the month would take up what came after they were sealed. */
export async function lateMonths(reader: Reader, cityCode: string, month: Month): Promise<LateMonth[]> {
  const periods = await periodsFrom(reader, cityCode, addMonths(month, -LOOK_BACK_MONTHS));
  const before = periods.filter((period) => period.month < month);
  const lastOpen = before.findLast(({ state }) => state !== 'sealed')?.month ?? '';
  const sealed = before.filter((period) => period.month > lastOpen);
  const rated = await findLateRated(
    reader,
    cityCode,
    sealed.map((period) => ({ month: firstDay(period.month), batch: period.sealedBatch ?? '0' })),
  );
  return sealed.map((period) => ({
    month: period.month,
    batch: period.sealedBatch ?? '0',
    rated: rated.includes(firstDay(period.month)),
  }));
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
  const late = await unposted(reader, posting, wanted.sealed ? [] : (trying.late ?? []));
  const counting = [...(await findTried(reader, posting, wanted)), ...late.filter(counts)];
  const waiting = new Map(waitingBySubject(await countTriedWaiting(reader, posting, wanted)));
  for (const { subject_kind, subject_code } of late.filter((one) => !counts(one))) {
    const id = `${subject_kind}/${subject_code}`;
    waiting.set(id, (waiting.get(id) ?? 0) + 1);
  }
  return { entries: counting.map(scoredEntry), waiting };
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
  const late = await unposted(reader, ofOne, wanted.sealed ? [] : (trying.late ?? []));
  const isOwn = (one: EntryRow) => one.subject_kind === 'staff' && one.subject_code === only.staffNo;
  const counting = [...(await findTriedEntries(reader, ofOne, wanted)), ...late.filter(counts)];
  const waiting = [
    ...(await findTriedWaiting(reader, ofOne, wanted)),
    ...late.filter((one) => !counts(one) && isOwn(one)),
  ];
  const all = await withReceipts(reader, cityCode, [...counting, ...waiting]);
  return {
    entries: counting.map(scoredEntry),
    counting: all.slice(0, counting.length),
    waiting: all.slice(counting.length),
  };
}

function counts({ kind }: EntryRow): boolean {
  return kind !== 'pending';
}

/** What has come of sealed months and isn't in the book yet. */
async function unposted(reader: Reader, posting: Posting, late: readonly LateMonth[]): Promise<EntryRow[]> {
  if (late.length === 0) return [];
  const rated = late.filter((one) => one.rated);
  const settled = await findUnposted(reader, { ...posting, ...daysOf(late) });
  if (rated.length === 0) return settled;
  return [...settled, ...(await findUnpostedRatings(reader, { ...posting, ...daysOf(rated) }))];
}

function daysOf(late: readonly LateMonth[]): Pick<Posting, 'months' | 'from' | 'until'> {
  const months = late.map(({ month }) => month).sort();
  const [first, last] = [present(months[0], 'a month'), present(months.at(-1), 'a month')];
  return { months: months.map(firstDay), from: firstDay(first), until: firstDay(nextMonth(last)) };
}

async function trialOf(
  reader: Reader,
  cityCode: string,
  month: Month,
  { schemes, present: inForce = schemes, now, sealed: known }: Trying,
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
    parted: false,
    now,
  };
  const sealed = known ?? period?.state === 'sealed';
  // Whom a sealed month charges stays as it is, unless it is the attribution that is tried.
  const [tried, before] = [posting.attribution, attributionValues(inForce)].map((values) =>
    JSON.stringify(attributionWithin(values, posting)),
  );
  return { posting, wanted: { month: firstDay(month), sealed, reattributes: !sealed || tried !== before } };
}
