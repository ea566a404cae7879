import { assert } from '../../kernel/assert.ts';
import { day } from '../../kernel/day.ts';
import { parseSubjectKind, type Subject } from '../../kernel/ids.ts';
import { firstDay, lastDay, type Month, monthOf } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Tx } from '../../platform/db.ts';
import { type Gate, gateFor } from '../period/index.ts';
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
  const kind = parseSubjectKind(entry.subject_kind);
  assert(kind !== undefined, 'an entry has a subject');
  const subject = { kind, code: entry.subject_code };
  return await intoOpenMonth(tx, cityCode, { month, subject, redressing }, (into) =>
    insertReversal(tx, cityCode, { ...redressing, entryId, ...into, month: firstDay(into.month) }),
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
  const made = await intoOpenMonth(tx, cityCode, { month, subject, redressing }, (into) =>
    insertAdjustment(tx, cityCode, {
      ...given,
      ...redressing,
      ...into,
      month: firstDay(into.month),
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
  { month, subject, redressing }: { month: Month; subject: Subject; redressing: Redressing },
  insert: (into: Gate) => Promise<RedressRow | undefined>,
): Promise<Redress | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { by, now } = redressing;
    const made = await insert(await gateFor(tx, cityCode, month, { subject, by, now }));
    if (made !== undefined) return { entryId: made.entry_id, month: monthOf(day(made.month)) };
  }
  return undefined;
}
