import { assert } from './assert.ts';
import { addDays, type Day, daysBetween } from './day.ts';

/** A calendar month, 'YYYY-MM'; months compare as text. The month of assessment. */
export type Month = string & { readonly __brand: 'Month' };

/** Month 0 of a record number (see record-number.ts). */
export const FIRST_MONTH = '2020-01' as Month;

/** The month written as 'YYYY-MM' between 1900 and 2999. */
export function parseMonth(text: string): Month | undefined {
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, number] = [Number(match[1]), Number(match[2])];
  return year >= 1900 && year <= 2999 && number >= 1 && number <= 12 ? (text as Month) : undefined;
}

/** The month that the program itself wrote; a fault when it is none. */
export function month(text: string): Month {
  const parsed = parseMonth(text);
  assert(parsed !== undefined, `${text} is not a month`);
  return parsed;
}

export function monthOf(of: Day): Month {
  return of.slice(0, 7) as Month;
}

export function firstDay(of: Month): Day {
  return `${of}-01` as Day;
}

export function lastDay(of: Month): Day {
  return addDays(firstDay(nextMonth(of)), -1);
}

/** Days in the month, 28 to 31. */
export function monthLength(of: Month): number {
  return daysBetween(firstDay(of), firstDay(nextMonth(of)));
}

export function nextMonth(of: Month): Month {
  return addMonths(of, 1);
}

export function previousMonth(of: Month): Month {
  return addMonths(of, -1);
}

export function addMonths(of: Month, months: number): Month {
  return monthAt(monthIndex(of) + months);
}

/** Months since 2020-01, negative before it. */
export function monthIndex(of: Month): number {
  return (Number(of.slice(0, 4)) - 2020) * 12 + Number(of.slice(5, 7)) - 1;
}

/** The month that lies so many months after 2020-01. */
export function monthAt(index: number): Month {
  assert(Number.isInteger(index), 'a month index is whole');
  const year = 2020 + Math.floor(index / 12);
  const number = ((index % 12) + 12) % 12;
  return month(`${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`);
}

/** Every month from the first to the last, both included; none when the last is earlier. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let index = monthIndex(first); index <= monthIndex(last); index++) months.push(monthAt(index));
  return months;
}
