import { assert } from '../../kernel/assert.ts';
import type { PeriodState } from '../../kernel/assessment.ts';
import { day, dayOf } from '../../kernel/day.ts';
import { firstDay, type Month, monthOf, nextMonth } from '../../kernel/month.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { findPeriods, insertPeriods, lockPeriod, lockPeriods, type PeriodRow, updateState } from './store.ts';

/** A month's gate: how far it has come, and since when it takes nothing any more. */
export interface Period {
  readonly month: Month;
  readonly state: PeriodState;
  readonly sealedAt: Date | null;
  /** the last batch of ratings that the sealed month counts */
  readonly sealedBatch: string | null;
}

/** Who changes a gate, and when. */
export interface Change {
  readonly by: string;
  readonly now: Date;
}

/**
 * The gates from a month on, made where they are missing, up to the month after the present one: so there
 * is always one that takes a fact whose own month is sealed.
 */
export async function openPeriods(tx: Tx, cityCode: string, from: Month, change: Change): Promise<Period[]> {
  const present = nextMonth(monthOf(dayOf(change.now)));
  const to = present < from ? from : present;
  await insertPeriods(tx, cityCode, { from: firstDay(from), to: firstDay(to), ...change });
  return (await findPeriods(tx, cityCode, firstDay(from))).map(periodOf);
}

/** The gates from a month on, as they are. */
export async function periodsFrom(reader: Reader, cityCode: string, from: Month): Promise<Period[]> {
  return (await findPeriods(reader, cityCode, firstDay(from))).map(periodOf);
}

/** The month's gate, held until the transaction ends; a month never touched gets one. */
export async function holdPeriod(tx: Tx, cityCode: string, month: Month, change: Change): Promise<Period> {
  await insertPeriods(tx, cityCode, { from: firstDay(month), to: firstDay(month), ...change });
  const row = await lockPeriod(tx, cityCode, firstDay(month));
  assert(row !== undefined, 'the gate was just made');
  return periodOf(row);
}

/**
 * The gates from a month on up to the month after the present one, held until the transaction ends: what
 * all of them go by may be changed.
 */
export async function holdPeriodsFrom(
  tx: Tx,
  cityCode: string,
  from: Month,
  change: Change,
): Promise<Period[]> {
  await openPeriods(tx, cityCode, from, change);
  return (await lockPeriods(tx, cityCode, { from: firstDay(from), shared: false })).map(periodOf);
}

/** Keeps the gates from a month on as they are until the transaction ends. */
export async function sharePeriodsFrom(tx: Tx, cityCode: string, from: Month): Promise<void> {
  await lockPeriods(tx, cityCode, { from: firstDay(from), shared: true });
}

/** Moves a held gate on. Sealing is another matter: it also says since when. */
export async function moveOn(
  tx: Tx,
  cityCode: string,
  month: Month,
  state: Exclude<PeriodState, 'sealed'>,
  change: Change,
): Promise<void> {
  await updateState(tx, cityCode, { month: firstDay(month), state, ...change });
}

/** Seals a held gate: from now on it takes no entry, and no rating of a batch after the last one. */
export async function sealPeriod(
  tx: Tx,
  cityCode: string,
  month: Month,
  change: Change & { readonly lastBatch: string },
): Promise<void> {
  await updateState(tx, cityCode, { month: firstDay(month), state: 'sealed', ...change });
}

/** The earliest month from the given one on that still takes entries. */
export function earliestOpen(periods: readonly Period[], from: Month): Month | undefined {
  return periods.find(({ month, state }) => month >= from && state !== 'sealed')?.month;
}

function periodOf(row: PeriodRow): Period {
  const { state, sealed_at: sealedAt, sealed_batch: sealedBatch } = row;
  return { month: monthOf(day(row.month)), state, sealedAt, sealedBatch };
}
