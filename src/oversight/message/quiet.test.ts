import { describe, expect, it } from 'vitest';
import type { Day } from '../../kernel/day.ts';
import { weekday } from '../../kernel/day.ts';
import { retryAt } from './choice.ts';
import { nextDigest, wakeAt } from './quiet.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// Weekends are off, but Saturday 9 May 2026 is worked.
const isWorkday = (day: Day) => weekday(day) <= 5 || day === '2026-05-09';
const calendar = { isWorkday, addWorkdays: (day: Day) => day, workdayBefore: (day: Day) => day };
const usual = { from: '20:00', to: '08:00', restDays: true };

describe('quiet hours', () => {
  it.each([
    ['by day nothing waits', '2026-05-06T10:00', usual, '2026-05-06T10:00'],
    ['the evening waits for the morning', '2026-05-06T20:00', usual, '2026-05-07T08:00'],
    ['so does the night', '2026-05-07T03:00', usual, '2026-05-07T08:00'],
    ['the last minute is quiet, the end is not', '2026-05-07T07:59', usual, '2026-05-07T08:00'],
    ['Friday evening waits for the make-up Saturday', '2026-05-08T21:00', usual, '2026-05-09T08:00'],
    ['Saturday evening waits for Monday', '2026-05-09T21:00', usual, '2026-05-11T08:00'],
    [
      'whoever works on days off says so',
      '2026-05-10T10:00',
      { ...usual, restDays: false },
      '2026-05-10T10:00',
    ],
    [
      'an hour at noon',
      '2026-05-06T12:30',
      { from: '12:00', to: '13:00', restDays: true },
      '2026-05-06T13:00',
    ],
    [
      'equal ends are no hours',
      '2026-05-06T03:00',
      { from: '08:00', to: '08:00', restDays: true },
      '2026-05-06T03:00',
    ],
  ])('%s', (_name, now, quiet, expected) => {
    expect(wakeAt(at(now), quiet, calendar)).toEqual(at(expected));
  });

  it.each([
    ['today, before its time', '2026-05-06T08:00', true, '2026-05-06T08:30'],
    ['tomorrow, at its time', '2026-05-06T08:30', true, '2026-05-07T08:30'],
    ['after days off', '2026-05-09T09:00', true, '2026-05-11T08:30'],
    ['on days off too', '2026-05-09T09:00', false, '2026-05-10T08:30'],
  ])('the digest comes %s', (_name, now, restDays, expected) => {
    expect(nextDigest(at(now), '08:30', { restDays }, calendar)).toEqual(at(expected));
  });

  it('is tried again less and less often, and then no more', () => {
    const now = at('2026-05-06T10:00');
    expect(retryAt(now, 1)).toEqual(at('2026-05-06T10:01'));
    expect(retryAt(now, 7)).toEqual(at('2026-05-06T18:00'));
    expect(retryAt(now, 8)).toBeUndefined();
  });
});
