import { describe, expect, test } from 'vitest';
import { type Day, day, weekday } from '../../kernel/day.ts';
import type { Half } from './judge.ts';
import { halvesOn, isForward, type LeaveSpan, overlap, workHalves } from './leave.ts';

/** '2026-06-01 pm – 2026-06-03 am' */
function span(text: string): LeaveSpan {
  const [fromDate, fromHalf, , toDate, toHalf] = text.split(' ') as [Day, Half, string, Day, Half];
  return { fromDate, fromHalf, toDate, toHalf };
}

describe('leave', () => {
  const long = span('2026-06-01 pm – 2026-06-03 am');

  test.each([
    ['2026-05-31', []],
    ['2026-06-01', ['pm']],
    ['2026-06-02', ['am', 'pm']],
    ['2026-06-03', ['am']],
    ['2026-06-04', []],
  ])('takes the halves of %s', (text, expected) => {
    expect(halvesOn(long, day(text))).toEqual(expected);
  });

  test('may be half a day, and runs forward', () => {
    expect(halvesOn(span('2026-06-01 pm – 2026-06-01 pm'), day('2026-06-01'))).toEqual(['pm']);
    expect(isForward(span('2026-06-01 am – 2026-06-01 am'))).toBe(true);
    expect(isForward(span('2026-06-01 pm – 2026-06-01 am'))).toBe(false);
  });

  test('overlaps by half days', () => {
    expect(overlap(long, span('2026-06-03 pm – 2026-06-04 pm'))).toBe(false);
    expect(overlap(long, span('2026-06-03 am – 2026-06-04 pm'))).toBe(true);
    expect(overlap(long, span('2026-06-01 am – 2026-06-01 am'))).toBe(false);
  });

  test('counts working days only', () => {
    const overWeekend = span('2026-06-05 pm – 2026-06-08 am');
    expect(workHalves(overWeekend, (one) => weekday(one) <= 5)).toBe(2);
  });
});
