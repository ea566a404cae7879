import { GRADES, type PeriodState } from '../../kernel/assessment.ts';
import { type Month, month, monthsBetween } from '../../kernel/month.ts';
import type { YearRow } from './contract.ts';

/** How far a year has come. */
export interface Frame {
  readonly months: { month: string; state: PeriodState; closed: boolean }[];
  readonly final: boolean;
  readonly finalQuarters: ReadonlySet<number>;
  /** years with results, the newest first */
  readonly years: number[];
}

export function monthsOf(year: string): Month[] {
  return monthsBetween(month(`${year}-01`), month(`${year}-12`));
}

export function lastOfQuarter(year: string, quarter: 1 | 2 | 3 | 4): Month {
  return month(`${year}-${String(quarter * 3).padStart(2, '0')}`);
}

/**
 * A stretch of months is final when it is over and, from the first month that was ever closed on, each of
 * its months is sealed: what came before the city began is not waited for.
 */
export function frameOf(year: string, states: ReadonlyMap<Month, PeriodState>, running: Month): Frame {
  const [first = running] = [...states.keys()].sort();
  const all = monthsOf(year);
  const settled = (some: readonly Month[]) =>
    some.every((one) => one < running && (one < first || states.get(one) === 'sealed')) &&
    some.some((one) => one >= first);
  const quarters = ([1, 2, 3, 4] as const).filter((quarter) =>
    settled(all.slice(quarter * 3 - 3, quarter * 3)),
  );
  const newest = Number(running.slice(0, 4));
  const count = newest - Number(first.slice(0, 4)) + 1;
  return {
    months: all.map((one) => ({ month: one, state: states.get(one) ?? 'open', closed: states.has(one) })),
    final: settled(all),
    finalQuarters: new Set(quarters),
    years: Array.from({ length: Math.max(count, 1) }, (_, at) => newest - at),
  };
}

const QUARTERS = [1, 2, 3, 4];

/** The columns of a year as a table: csv and xlsx. */
export function yearColumns(months: readonly Month[]): string[] {
  return [
    ...['subject_kind', 'subject_code', 'name', 'department_code', 'identity'],
    ...months,
    ...['unsealed_months', 'counted_months', 'mean', ...GRADES, 'excellent', 'reason'],
    ...QUARTERS.flatMap((quarter) => [`q${quarter}_mean`, `q${quarter}_grade`, `q${quarter}_final`]),
  ];
}

export function yearCells(row: YearRow, months: readonly Month[]): (string | number | boolean | null)[] {
  const unsealed = row.months.filter(({ state }) => state !== 'sealed');
  return [
    ...[row.subject_kind, row.subject_code, row.name, row.department_code, row.identity],
    ...months.map((one) => row.months.find((made) => made.month === one)?.total ?? null),
    unsealed.map((made) => made.month).join(' '),
    ...[row.counted, row.mean, ...GRADES.map((grade) => row.grades[grade] ?? 0), row.excellent, row.reason],
    ...QUARTERS.flatMap((quarter) => {
      const made = row.quarters?.find((one) => one.quarter === quarter);
      return [made?.mean ?? null, made?.grade ?? null, made?.final ?? null];
    }),
  ];
}
