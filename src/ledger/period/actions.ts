import { assert } from '../../kernel/assert.ts';
import { PERIOD_STATES, type PeriodState } from '../../kernel/assessment.ts';
import { day, dayOf } from '../../kernel/day.ts';
import type { Subject } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf, nextMonth } from '../../kernel/month.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import {
  findPeriods,
  findSealedOf,
  insertPeriods,
  insertSealedSubjects,
  lockPeriod,
  lockPeriods,
  type PeriodRow,
  updateState,
} from './store.ts';
import { findBegun, findUnits, keepUnits, updateUnits } from './unit-store.ts';

/** A month's gate: how far it has come, and since when it takes nothing any more. */
export interface Period {
  readonly month: Month;
  /** that of the hall that has come least far */
  readonly state: PeriodState;
  readonly sealedAt: Date | null;
  /** the last batch of ratings that the sealed month counts */
  readonly sealedBatch: string | null;
  /** how often halls were sealed by themselves */
  readonly sealings: number;
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

/** The months from one on of which any hall has been closed. */
export async function begunFrom(reader: Reader, cityCode: string, from: Month): Promise<Month[]> {
  return (await findBegun(reader, cityCode, firstDay(from))).map((first) => monthOf(day(first)));
}

/** A hall's part of a month. */
export interface Unit {
  readonly code: string;
  readonly state: PeriodState;
}

/** The halls of a month as its last close found them. */
export async function unitsOf(reader: Reader, cityCode: string, month: Month): Promise<Unit[]> {
  const rows = await findUnits(reader, cityCode, firstDay(month));
  return rows.map(({ unit_code: code, state }) => ({ code, state }));
}

/** Says which halls a held month has. */
export async function setUnits(
  tx: Tx,
  cityCode: string,
  month: Month,
  { units, ...change }: Change & { readonly units: readonly string[] },
): Promise<void> {
  await keepUnits(tx, cityCode, { month: firstDay(month), units, ...change });
}

/** Moves halls of a held month on, and the month with the last of them. Sealing is another matter. */
export async function moveOn(
  tx: Tx,
  cityCode: string,
  month: Month,
  { units, state, ...change }: Change & { units: readonly string[]; state: 'provisional' | 'objection' },
): Promise<PeriodState> {
  await updateUnits(tx, cityCode, { month: firstDay(month), units, state, ...change });
  return await follow(tx, cityCode, month, change);
}

/** The month is as far as the hall that has come least far; sealed it is only by `sealPeriod`. */
async function follow(tx: Tx, cityCode: string, month: Month, change: Change): Promise<PeriodState> {
  const units = await findUnits(tx, cityCode, firstDay(month));
  const state = PERIOD_STATES.find((one) => units.some((unit) => unit.state === one)) ?? 'open';
  // All halls are sealed, but somebody came into one of them afterwards.
  const reached = state === 'sealed' ? 'provisional' : state;
  await updateState(tx, cityCode, { month: firstDay(month), state: reached, ...change });
  return reached;
}

/** What is sealed at once. */
export interface Sealing extends Change {
  readonly units: readonly string[];
  readonly lastBatch: string;
  /** null when nobody of the month is left: then all of it is sealed */
  readonly subjects: readonly (Subject & { readonly unit: string })[] | null;
}

/**
 * Seals halls of a held month, or all that was left of it: from now on its gate takes no entry of their
 * subjects, and their ratings of batches after the last one count later.
 */
export async function seal(tx: Tx, cityCode: string, month: Month, sealing: Sealing): Promise<PeriodState> {
  const { units, lastBatch, subjects, by, now } = sealing;
  const first = firstDay(month);
  await updateUnits(tx, cityCode, { month: first, units, state: 'sealed', by, now });
  if (subjects !== null) {
    await insertSealedSubjects(tx, cityCode, { month: first, subjects, now, lastBatch });
    return await follow(tx, cityCode, month, { by, now });
  }
  await updateState(tx, cityCode, { month: first, state: 'sealed', by, now, lastBatch });
  return 'sealed';
}

/** The gate that takes an entry of one subject, as it was when it was asked. */
export interface Gate {
  readonly month: Month;
  readonly sealings: number;
}

/** The earliest month from the given one on that still takes entries of the subject. */
export async function gateFor(
  tx: Tx,
  cityCode: string,
  from: Month,
  { subject, ...change }: Change & { readonly subject: Subject },
): Promise<Gate> {
  const periods = await openPeriods(tx, cityCode, from, change);
  const sealed = await sealedMonthsOf(tx, cityCode, from, subject);
  const open = periods.find(({ month, state }) => state !== 'sealed' && !sealed.has(month));
  assert(open !== undefined, 'there is always a month that takes entries');
  return { month: open.month, sealings: open.sealings };
}

/** Months from one on that are sealed for the subject before they are for the whole city. */
async function sealedMonthsOf(
  reader: Reader,
  cityCode: string,
  from: Month,
  { kind, code }: Subject,
): Promise<ReadonlySet<Month>> {
  const found = await findSealedOf(reader, cityCode, { kind, code, from: firstDay(from) });
  return new Set(found.map((first) => monthOf(day(first))));
}

async function periodIn(reader: Reader, cityCode: string, month: Month): Promise<PeriodRow | undefined> {
  const first = firstDay(month);
  return (await findPeriods(reader, cityCode, first)).find((one) => one.month === first);
}

/** Whether the month is sealed for the subject. */
export async function isSealedFor(
  reader: Reader,
  cityCode: string,
  month: Month,
  subject: Subject,
): Promise<boolean> {
  const found = await periodIn(reader, cityCode, month);
  if (found === undefined || found.state === 'sealed') return found !== undefined;
  return found.sealings > 0 && (await sealedMonthsOf(reader, cityCode, month, subject)).has(month);
}

/** How far the month has come for one subject of a hall. */
export async function stateFor(
  reader: Reader,
  cityCode: string,
  month: Month,
  { unitCode, subject }: { unitCode: string; subject: Subject },
): Promise<PeriodState> {
  if (await isSealedFor(reader, cityCode, month, subject)) return 'sealed';
  const whole = (await periodIn(reader, cityCode, month))?.state ?? 'open';
  const units = await findUnits(reader, cityCode, firstDay(month));
  const own = units.find((one) => one.unit_code === unitCode)?.state;
  return own === undefined || own === 'sealed' ? whole : own;
}

function periodOf(row: PeriodRow): Period {
  const { state, sealed_at: sealedAt, sealed_batch: sealedBatch, sealings } = row;
  return { month: monthOf(day(row.month)), state, sealedAt, sealedBatch, sealings };
}
