import { describe, expect, it } from 'vitest';
import { addDays, type Day, isoMoment, weekday } from './day.ts';
import { cardAt, deadline, type WorkingDays } from './deadline.ts';

/** Monday to Friday, with the National Day holiday of 2026 and its make-up Saturday. */
const off = new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']);
const isWorkday = (day: Day): boolean => day === '2026-10-10' || (weekday(day) <= 5 && !off.has(day));

function nearest(from: Day, step: 1 | -1): Day {
  let day = addDays(from, step);
  while (!isWorkday(day)) day = addDays(day, step);
  return day;
}

const calendar: WorkingDays = {
  isWorkday,
  addWorkdays(from, count) {
    let day = from;
    for (let left = count; left > 0; left -= 1) day = nearest(day, 1);
    return day;
  },
  workdayBefore: (from) => nearest(from, -1),
};

const at = (text: string): Date => new Date(`${text}+08:00`);
const limit = (from: string, days: number) => deadline(at(from), days, '17:30', calendar);
const due = (from: string, days: number): string => isoMoment(limit(from, days).dueAt);

describe('a limit in working days', () => {
  it.each([
    ['2026-06-01T10:20:00', 1, '2026-06-02T17:30:00+08:00'],
    ['2026-06-05T16:00:00', 1, '2026-06-08T17:30:00+08:00'],
    ['2026-06-06T09:00:00', 1, '2026-06-08T17:30:00+08:00'],
    ['2026-06-05T16:00:00', 5, '2026-06-12T17:30:00+08:00'],
    ['2026-09-30T16:00:00', 1, '2026-10-08T17:30:00+08:00'],
    ['2026-09-30T16:00:00', 3, '2026-10-10T17:30:00+08:00'],
    ['2026-09-30T16:00:00', 4, '2026-10-12T17:30:00+08:00'],
  ])('from %s of %i days ends at %s', (from, days, end) => {
    expect(due(from, days)).toBe(end);
  });

  it.each([
    ['2026-06-01T10:20:00', '2026-06-01T17:30:00+08:00'],
    ['2026-06-01T17:30:00', '2026-06-01T17:30:00+08:00'],
    ['2026-06-01T17:30:01', '2026-06-02T17:30:00+08:00'],
    ['2026-06-06T09:00:00', '2026-06-08T17:30:00+08:00'],
    ['2026-10-10T09:00:00', '2026-10-10T17:30:00+08:00'],
  ])('of the same day, arising at %s, ends at %s', (from, end) => {
    expect(due(from, 0)).toBe(end);
  });

  it('warns from the working day before the due day on, and is red from the day after it', () => {
    const five = limit('2026-06-01T10:20:00', 5);
    expect(five.dueDay).toBe('2026-06-08');
    const card = (now: string) => cardAt(five, at(now));
    expect([card('2026-06-04T23:59:59'), card('2026-06-05T00:00:00')]).toEqual(['none', 'yellow']);
    expect([card('2026-06-08T23:59:59'), card('2026-06-09T00:00:00')]).toEqual(['yellow', 'red']);
  });

  it('of one day warns at once', () => {
    expect(cardAt(limit('2026-06-01T10:20:00', 1), at('2026-06-01T10:20:00'))).toBe('yellow');
  });
});
