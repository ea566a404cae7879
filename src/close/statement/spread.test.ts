import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

const rules = { smallestGroup: 10, smallestCell: 5, widthCenti: 500, source: '' };

describe('the distribution of a group', () => {
  test('nine people have none', () => {
    expect(spreadOf(Array(9).fill(9000), rules)).toBeNull();
  });

  test('bars of too few people join their neighbours', () => {
    const totals = [8010, 8600, 8700, 9000, 9100, 9200, 9300, 9400, 9600, 9700, 9800, 10100];
    expect(spreadOf(totals, rules)).toEqual([{ from: 8000, to: 10500, people: 12 }]);
    expect(spreadOf([...totals, 9900], rules)).toEqual([
      { from: 8000, to: 9500, people: 8 },
      { from: 9500, to: 10500, people: 5 },
    ]);
  });

  test('whatever the totals, every bar holds enough people and all are in one', () => {
    const totalsArb = fc.array(fc.integer({ min: 0, max: 11_000 }), { minLength: 10, maxLength: 200 });
    fc.assert(
      fc.property(totalsArb, (totals) => {
        const bars = spreadOf(totals, rules) ?? [];
        expect(bars.reduce((sum, { people }) => sum + people, 0)).toBe(totals.length);
        for (const { from, to, people } of bars) {
          expect(people).toBeGreaterThanOrEqual(5);
          expect(totals.filter((total) => total >= from && total < to)).toHaveLength(people);
        }
      }),
    );
  });
});
