import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../kernel/day.ts';
import { firstDay, monthOf } from '../../kernel/month.ts';
import { splitRange } from './figure.ts';

const FIRST = day('2025-11-20');
const someDay = fc.integer({ min: 0, max: 130 }).map((at) => addDays(FIRST, at));

describe('a range of days', () => {
  it('is counted once, whatever is rolled up', () => {
    fc.assert(
      fc.property(
        fc.tuple(someDay, someDay),
        fc.uniqueArray(someDay),
        fc.uniqueArray(someDay, { maxLength: 4 }),
        ([one, other], days, monthDays) => {
          const range = one < other ? { from: one, to: other } : { from: other, to: one };
          const months = new Set(monthDays.map((of) => firstDay(monthOf(of))));
          const split = splitRange(range, { days, months });
          const counted: string[] = [...split.days];
          for (const gap of split.gaps)
            for (let of = gap.from; of <= gap.to; of = addDays(of, 1)) counted.push(of);
          for (const of of split.months)
            for (let at = of; monthOf(at) === monthOf(of); at = addDays(at, 1)) counted.push(at);
          const all: string[] = [];
          for (let of = range.from; of <= range.to; of = addDays(of, 1)) all.push(of);
          expect(counted.sort()).toEqual(all);
          expect(split.months.every((of) => months.has(of))).toBe(true);
          expect(split.days.every((of) => days.includes(of))).toBe(true);
        },
      ),
    );
  });

  it('is one gap where nothing is rolled up, however long it is', () => {
    const range = { from: day('1900-01-01'), to: day('2999-12-31') };
    expect(splitRange(range, { days: [], months: new Set() })).toEqual({
      months: [],
      days: [],
      gaps: [range],
    });
  });

  it('has no more gaps than a statement may have', () => {
    const days = Array.from({ length: 60 }, (_, at) => addDays(FIRST, at * 2));
    const split = splitRange({ from: FIRST, to: addDays(FIRST, 130) }, { days, months: new Set() });
    expect(split).toEqual({
      months: [],
      days: [FIRST],
      gaps: [{ from: addDays(FIRST, 1), to: addDays(FIRST, 130) }],
    });
  });
});
