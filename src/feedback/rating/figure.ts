import { addDays, type Day } from '../../kernel/day.ts';
import { firstDay, lastDay, type Month, monthOf, monthsBetween } from '../../kernel/month.ts';

/** Days of service, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** What is rolled up and right: days, and whole months by their first day. */
export interface Clean {
  readonly days: readonly Day[];
  readonly months: ReadonlySet<Day>;
}

/** How a range is counted: from figures of months, from figures of days, and row by row in between. */
export interface Split {
  readonly months: readonly Day[];
  readonly days: readonly Day[];
  readonly gaps: readonly DayRange[];
}

/** More gaps than this are counted as one with what lies between them. */
const MOST_GAPS = 40;

/** Each day of the range lies in exactly one part. */
export function splitRange({ from, to }: DayRange, clean: Clean): Split {
  const ofMonth = Map.groupBy(clean.days, (one) => monthOf(one));
  const months: Day[] = [];
  const days: Day[] = [];
  const gaps: DayRange[] = [];
  for (const month of monthsBetween(monthOf(from), monthOf(to))) {
    const first = firstDay(month);
    const range = clip(month, { from, to });
    if (clean.months.has(first) && range.from === first && range.to === lastDay(month)) months.push(first);
    else splitMonth(range, ofMonth.get(month) ?? [], { days, gaps });
  }
  const [one, last] = [gaps[0], gaps.at(-1)];
  if (one === undefined || last === undefined || gaps.length <= MOST_GAPS) return { months, days, gaps };
  const outside = (day: Day): boolean => day < one.from || day > last.to;
  return {
    months: months.filter((day) => outside(day)),
    days: days.filter(outside),
    gaps: [{ from: one.from, to: last.to }],
  };
}

/** The part of a split that lies in a range of whole months. */
export function splitWithin({ months, days, gaps }: Split, { from, to }: DayRange): Split {
  const inside = (day: Day): boolean => day >= from && day <= to;
  return {
    months: months.filter(inside),
    days: days.filter(inside),
    gaps: gaps
      .map((gap) => ({ from: gap.from > from ? gap.from : from, to: gap.to < to ? gap.to : to }))
      .filter((gap) => gap.from <= gap.to),
  };
}

function clip(month: Month, { from, to }: DayRange): DayRange {
  return {
    from: month === monthOf(from) ? from : firstDay(month),
    to: month === monthOf(to) ? to : lastDay(month),
  };
}

function splitMonth(
  { from, to }: DayRange,
  clean: readonly Day[],
  into: { days: Day[]; gaps: DayRange[] },
): void {
  let next = from;
  for (const day of clean.filter((one) => one >= from && one <= to).sort()) {
    if (day > next) addGap(into.gaps, { from: next, to: addDays(day, -1) });
    into.days.push(day);
    next = addDays(day, 1);
  }
  if (next <= to) addGap(into.gaps, { from: next, to });
}

/** A gap that follows the one before is the same gap. */
function addGap(gaps: DayRange[], gap: DayRange): void {
  const before = gaps.at(-1);
  if (before && addDays(before.to, 1) === gap.from) gaps[gaps.length - 1] = { ...before, to: gap.to };
  else gaps.push(gap);
}
