import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from './assert.ts';
import { day } from './day.ts';
import {
  addMonths,
  firstDay,
  lastDay,
  month,
  monthAt,
  monthIndex,
  monthLength,
  monthOf,
  monthsBetween,
  nextMonth,
  parseMonth,
  previousMonth,
} from './month.ts';

it('reads YYYY-MM and nothing else', () => {
  expect(parseMonth('2026-06')).toBe('2026-06');
  for (const text of ['2026-6', '2026-13', '2026-00', '2026-06-01', '206-06', '', '1899-12']) {
    expect(parseMonth(text)).toBeUndefined();
  }
  expect(() => month('soon')).toThrow(Fault);
});

it('knows its days', () => {
  expect(firstDay(month('2024-02'))).toBe('2024-02-01');
  expect(lastDay(month('2024-02'))).toBe('2024-02-29');
  expect(monthLength(month('2023-02'))).toBe(28);
  expect(lastDay(month('2023-12'))).toBe('2023-12-31');
  expect(monthOf(day('2024-02-29'))).toBe('2024-02');
});

it('has neighbours over the turn of the year', () => {
  expect(nextMonth(month('2023-12'))).toBe('2024-01');
  expect(previousMonth(month('2024-01'))).toBe('2023-12');
  expect(addMonths(month('2026-06'), -18)).toBe('2024-12');
  expect(monthsBetween(month('2023-11'), month('2024-02'))).toEqual([
    '2023-11',
    '2023-12',
    '2024-01',
    '2024-02',
  ]);
  expect(monthsBetween(month('2024-02'), month('2024-01'))).toEqual([]);
});

it('counts months from 2020-01 and back', () => {
  expect(monthIndex(month('2020-01'))).toBe(0);
  expect(monthIndex(month('2026-06'))).toBe(77);
  expect(monthIndex(month('2019-12'))).toBe(-1);
  fc.assert(
    fc.property(fc.integer({ min: -1400, max: 11_000 }), (index) => {
      expect(monthIndex(monthAt(index))).toBe(index);
    }),
  );
});
