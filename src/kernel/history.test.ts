import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from './assert.ts';
import { addDays, day } from './day.ts';
import { findOn, historyOf, valueOn } from './history.ts';

const negative = historyOf([
  { from: day('2024-01-01'), value: -300 },
  { from: day('2022-01-01'), value: -200 },
]);

it('gives the newest value whose day is not after the fact', () => {
  expect(valueOn(negative, day('2022-01-01'))).toEqual({ from: '2022-01-01', value: -200 });
  expect(valueOn(negative, day('2023-12-31')).value).toBe(-200);
  expect(valueOn(negative, day('2024-01-01'))).toEqual({ from: '2024-01-01', value: -300 });
  expect(valueOn(negative, day('2099-01-01')).value).toBe(-300);
});

it('refuses before the first', () => {
  const before = () => valueOn(negative, day('2021-12-31'));
  expect(before).toThrow(expect.objectContaining({ code: 'history.no_value_yet', status: 422 }));
  expect(findOn(negative, day('2021-12-31'))).toBeUndefined();
});

it('does not take no value or two on one day', () => {
  const twice = { from: day('2024-01-01'), value: 1 };
  expect(() => historyOf([])).toThrow(Fault);
  expect(() => historyOf([twice, { ...twice, value: 2 }])).toThrow(Fault);
});

it('does not depend on the order of its values', () => {
  const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(offsets, fc.integer({ min: 0, max: 6000 }), (days, at) => {
      const values = days.map((days) => ({ from: addDays(day('2020-01-01'), days), value: days }));
      const expected = Math.max(...days.filter((days) => days <= at));
      const found = findOn(historyOf(values), addDays(day('2020-01-01'), at));
      expect(found?.value ?? Number.NEGATIVE_INFINITY).toBe(expected);
    }),
  );
});
