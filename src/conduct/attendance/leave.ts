import { addDays, type Day } from '../../kernel/day.ts';
import { HALVES, type Half } from './judge.ts';

/** What people are away for; the last three are no leave: overtime taken off, and work elsewhere. */
export const LEAVE_KINDS = [
  'annual',
  'sick',
  'personal',
  'marriage',
  'maternity',
  'bereavement',
  'other',
  'time_off',
  'trip',
  'training',
] as const;
export type LeaveKind = (typeof LEAVE_KINDS)[number];

/** Kinds that the month's grid shows as work elsewhere. */
export const ELSEWHERE: readonly LeaveKind[] = ['trip', 'training'];

export const LEAVE_STATES = ['requested', 'approved', 'refused', 'withdrawn'] as const;
export type LeaveState = (typeof LEAVE_STATES)[number];

/** Days with the halves with which they begin and end. */
export interface LeaveSpan {
  readonly fromDate: Day;
  readonly fromHalf: Half;
  readonly toDate: Day;
  readonly toHalf: Half;
}

/** The halves of a day that the leave takes. */
export function halvesOn(span: LeaveSpan, day: Day): Half[] {
  if (day < span.fromDate || day > span.toDate) return [];
  return HALVES.filter((half) => {
    const begun = day > span.fromDate || half >= span.fromHalf;
    const over = day === span.toDate && half > span.toHalf;
    return begun && !over;
  });
}

/** Whether it runs forward. */
export function isForward({ fromDate, fromHalf, toDate, toHalf }: LeaveSpan): boolean {
  return fromDate < toDate || (fromDate === toDate && fromHalf <= toHalf);
}

/** Whether two spans share a half day. */
export function overlap(one: LeaveSpan, other: LeaveSpan): boolean {
  const begin = (of: LeaveSpan): string => `${of.fromDate} ${of.fromHalf}`;
  const end = (of: LeaveSpan): string => `${of.toDate} ${of.toHalf}`;
  return begin(one) <= end(other) && begin(other) <= end(one);
}

/** How many half days of work it takes. */
export function workHalves(span: LeaveSpan, isWorkday: (day: Day) => boolean): number {
  let halves = 0;
  for (let day = span.fromDate; day <= span.toDate; day = addDays(day, 1)) {
    if (isWorkday(day)) halves += halvesOn(span, day).length;
  }
  return halves;
}
