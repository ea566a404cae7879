import { assert } from '../../kernel/assert.ts';
import { day } from '../../kernel/day.ts';
import type { Subject } from '../../kernel/ids.ts';
import { firstDay, lastDay, type Month, monthOf } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Tx } from '../../platform/db.ts';
import { earliestOpen, openPeriods } from '../period/index.ts';
import {
  type AppealedEntry,
  findAppealed,
  insertAdjustment,
  insertReversal,
  type RedressRow,
} from './redress-store.ts';

/** The rule under which an upheld appeal gives points back where there is no entry to reverse. */
export const REDRESS_RULE = 'appeal.redress';

/** A month may be sealed between choosing it and writing into it; then the next one takes the entry. */
const ATTEMPTS = 3;

/** Who decided, for which appeal. */
export interface Redressing {
  readonly number: string;
  readonly by: string;
  readonly confirmedBy: string;
  readonly now: Date;
}

/** An entry that was added, and the month in which it counts. */
export interface Redress {
  readonly entryId: string;
  readonly month: Month;
}

/** An entry that somebody objects to, with whoever stands for it; undefined when the book has none. */
export async function appealedEntry(
  tx: Tx,
  cityCode: string,
  entryId: string,
): Promise<AppealedEntry | undefined> {
  return await findAppealed(tx, cityCode, entryId);
}

/**
 * Takes an entry back because an appeal was upheld: in its own month, or in the earliest later one that is
 * open. An entry that has been taken back already keeps that reversal: answers undefined.
 */
export async function reverseForAppeal(
  tx: Tx,
  cityCode: string,
  { entryId, month }: { entryId: string; month: Month },
  redressing: Redressing,
): Promise<Redress | undefined> {
  const entry = await findAppealed(tx, cityCode, entryId);
  assert(entry !== undefined, 'an appeal speaks of an entry of the book');
  if (entry.reversed_by !== null) return undefined;
  return await intoOpenMonth(tx, cityCode, { month, redressing }, (into) =>
    insertReversal(tx, cityCode, { ...redressing, entryId, month: firstDay(into) }),
  );
}

/**
 * Gives points back by an entry of the appeal's own, where the line follows from others and has no entry that
 * could be reversed. It counts like a reversal: in the line's month while that is open.
 */
export async function adjustForAppeal(
  tx: Tx,
  cityCode: string,
  given: {
    month: Month;
    subject: Subject;
    part: string;
    pointsCenti: Centi;
    schemeHash: string;
    explanation: object;
  },
  redressing: Redressing,
): Promise<Redress> {
  const { month, subject } = given;
  const made = await intoOpenMonth(tx, cityCode, { month, redressing }, (into) =>
    insertAdjustment(tx, cityCode, {
      ...given,
      ...redressing,
      month: firstDay(into),
      occurredOn: lastDay(month),
      subjectKind: subject.kind,
      subjectCode: subject.code,
      rule: REDRESS_RULE,
    }),
  );
  assert(made !== undefined, 'an open month takes the entry');
  return made;
}

async function intoOpenMonth(
  tx: Tx,
  cityCode: string,
  { month, redressing }: { month: Month; redressing: Redressing },
  insert: (into: Month) => Promise<RedressRow | undefined>,
): Promise<Redress | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const periods = await openPeriods(tx, cityCode, month, { by: redressing.by, now: redressing.now });
    const into = earliestOpen(periods, month);
    assert(into !== undefined, 'there is always a month that takes entries');
    const made = await insert(into);
    if (made !== undefined) return { entryId: made.entry_id, month: monthOf(day(made.month)) };
  }
  return undefined;
}
