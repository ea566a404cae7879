import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRADES, type Grade, IDENTITIES, type PeriodState } from '../../kernel/assessment.ts';
import { day } from '../../kernel/day.ts';
import { type Month, month, monthsBetween } from '../../kernel/month.ts';
import { readScheme } from '../../ledger/scheme/index.ts';
import { gradeValues } from '../../ledger/scoring/index.ts';
import { yearRulesOn } from './rules.ts';
import { type YearSubject, type YearValues, yearOf } from './year.ts';
import { frameOf } from './year-frame.ts';

const scheme = readScheme('example-city');
const quarter = gradeValues(scheme, month('2026-03'));
const values: YearValues = {
  rules: yearRulesOn(day('2026-12-01')),
  excellentShare: 2000,
  equalRemainders: scheme.quota.equalRemainders,
  quarters: [quarter, quarter, quarter, quarter],
};
const YEAR = monthsBetween(month('2026-01'), month('2026-12'));

interface Given {
  readonly identity?: YearSubject['identity'];
  readonly unitCode?: string;
  /** totals in whole points from January on */
  readonly totals: readonly number[];
  readonly vetoIn?: number;
  /** months from this number on aren't sealed */
  readonly openFrom?: number;
}

const gradeOf = (total: number): Grade =>
  total >= 95 ? '好' : total >= 85 ? '较好' : total >= 70 ? '一般' : '较差';

function person(code: string, given: Given): YearSubject {
  const { identity = 'civil_servant', unitCode = 'U', totals, vetoIn, openFrom = 13 } = given;
  const months = totals.map((total, at) => ({
    month: YEAR[at] as Month,
    state: (at + 1 >= openFrom ? 'provisional' : 'sealed') as PeriodState,
    totalCenti: total * 100,
    deductedCenti: 0,
    calls: { satisfied: 0, reached: 0 },
    grade: at + 1 === vetoIn ? ('较差' as const) : gradeOf(total),
    veto: at + 1 === vetoIn,
  }));
  return {
    kind: 'staff',
    code,
    name: code,
    unitCode,
    identity,
    departmentCode: 'D',
    regionCode: '3708',
    months,
  };
}
const twelve = (total: number) => Array.from({ length: 12 }, () => total);
const resultOf = (people: readonly YearSubject[]) => {
  const { results, groups } = yearOf(people, values);
  return { of: (code: string) => results.find((one) => one.code === code), results, groups };
};

describe('a quarter of 平时考核', () => {
  test.each([
    { name: 'the mean is rounded once', totals: [94, 95, 95], mean: 9467, grade: '较好' },
    { name: 'exactly 85 is 较好', totals: [80, 85, 90], mean: 8500, grade: '较好' },
    { name: 'just below 85 is 一般', totals: [80, 85, 89], mean: 8467, grade: '一般' },
    { name: 'below 70 is 较差', totals: [60, 70, 70], mean: 6667, grade: '较差' },
    { name: 'two months are enough', totals: [88, 90], mean: 8900, grade: '较好' },
    { name: 'one month is not', totals: [90], mean: 9000, grade: null },
    { name: 'a veto sets the lowest', totals: [100, 100, 100], vetoIn: 2, mean: 10000, grade: '较差' },
    {
      name: 'months that are not sealed are left out',
      totals: [90, 80, 99],
      openFrom: 3,
      mean: 8500,
      grade: '较好',
    },
    {
      name: 'one sealed month of three gives none',
      totals: [90, 80, 99],
      openFrom: 2,
      mean: 9000,
      grade: null,
    },
  ])('$name', ({ mean, grade, ...given }) => {
    const first = resultOf([person('A', given)]).of('A')?.quarters?.[0];
    expect(first).toMatchObject({ quarter: 1, meanCenti: mean, grade });
  });

  test('the best grade keeps to its quota within the hall; the others become 较好', () => {
    const { of } = resultOf(
      ['A', 'B', 'C', 'D', 'E'].map((code, at) => person(code, { totals: twelve(99 - at) })),
    );
    const grades = ['A', 'B', 'C', 'D', 'E'].map((code) => of(code)?.quarters?.[0]?.grade);
    expect(grades).toEqual(['好', '好', '较好', '较好', '较好']);
    expect(of('C')?.quarters?.[0]?.overQuota).toBe(true);
  });

  test('concerns civil servants only', () => {
    const { of } = resultOf([person('P', { identity: 'purchased', totals: twelve(90) })]);
    expect(of('P')?.quarters).toBeNull();
  });
});

describe('the yearly best', () => {
  const group = (totals: Record<string, Given>) =>
    resultOf(Object.entries(totals).map(([code, given]) => person(code, given)));

  test('a fifth of the group, the highest means first', () => {
    const { of, groups } = group({
      A: { totals: twelve(96) },
      B: { totals: twelve(99) },
      C: { totals: twelve(97) },
      D: { totals: twelve(90) },
      E: { totals: twelve(91) },
    });
    expect(groups).toEqual([{ unitCode: 'U', identity: 'civil_servant', people: 5, places: 1, taken: 1 }]);
    expect(of('B')).toMatchObject({ excellent: true, reason: null, meanCenti: 9900, counted: 12 });
    expect(of('C')).toMatchObject({ excellent: false, reason: 'over_quota' });
  });

  test('ties go to the higher call-back satisfaction of all months, in year and quarter', () => {
    // January 1 of 1, but over the year 2 of 4; the other one has 3 of 4.
    const called = (months: readonly (readonly [satisfied: number, reached: number])[]) =>
      twelve(99).map((_, at) => {
        const [satisfied, reached] = months[at] ?? [0, 0];
        return { satisfied, reached };
      });
    const calls = {
      A: called([
        [1, 1],
        [1, 3],
      ]),
      B: called([
        [1, 2],
        [2, 2],
      ]),
    };
    const people = ['A', 'B', 'C', 'D', 'E'].map((code) => {
      const one = person(code, { totals: twelve(99) });
      const own = calls[code as 'A'];
      return {
        ...one,
        months: one.months.map((month, at) => ({ ...month, calls: own?.[at] ?? month.calls })),
      };
    });
    const { of } = resultOf(people);
    expect(['A', 'B', 'C'].map((code) => of(code)?.excellent)).toEqual([false, true, false]);
    expect(['A', 'B', 'C'].map((code) => of(code)?.quarters?.[0]?.grade)).toEqual(['好', '好', '较好']);
    const one = resultOf(people.slice(0, 3));
    expect(['A', 'B', 'C'].map((code) => one.of(code)?.quarters?.[0]?.grade)).toEqual(['较好', '好', '较好']);
  });

  test.each([
    {
      name: 'five sealed months are too few',
      given: { totals: twelve(99).slice(0, 5) },
      reason: 'few_months',
    },
    {
      name: 'a month below 较好 bars',
      given: { totals: [...twelve(100).slice(1), 84] },
      reason: 'low_grade',
    },
    { name: 'a veto bars', given: { totals: twelve(100), vetoIn: 3 }, reason: 'veto' },
    {
      name: 'fewer than half of the months with 好 bar',
      given: { totals: [99, 99, 99, 99, 99, 94, 94, 94, 94, 94, 94, 94] },
      reason: 'few_best',
    },
    {
      name: 'half of them do not',
      given: { totals: [...twelve(99).slice(6), ...twelve(94).slice(6)] },
      reason: null,
    },
    { name: 'open months do not count', given: { totals: twelve(99), openFrom: 6 }, reason: 'few_months' },
  ])('$name', ({ given, reason }) => {
    const { of } = group({
      A: given,
      B: { totals: twelve(80) },
      C: { totals: twelve(80) },
      D: { totals: twelve(80) },
      E: { totals: twelve(80) },
    });
    expect(of('A')?.reason).toBe(reason);
  });

  test('what is left goes by largest remainder, equal ones in the scheme’s order', () => {
    const people = [
      ...Array.from({ length: 3 }, (_, at) => person(`C${at}`, { totals: twelve(96) })),
      ...Array.from({ length: 4 }, (_, at) =>
        person(`S${at}`, { identity: 'stationed', totals: twelve(96) }),
      ),
      ...Array.from({ length: 3 }, (_, at) =>
        person(`P${at}`, { identity: 'purchased', totals: twelve(96) }),
      ),
    ];
    // floor(0.2 × 10) = 2; remainders 0.6, 0.8, 0.6: stationed first, then purchased before civil servants.
    const places = Object.fromEntries(
      resultOf(people).groups.map(({ identity, places: n }) => [identity, n]),
    );
    expect(places).toEqual({ civil_servant: 0, stationed: 1, purchased: 1 });
  });

  test('places are never more than the quota of all, nor passed on, whatever the people', () => {
    const personArb = fc.record({
      identity: fc.constantFrom(...IDENTITIES),
      unitCode: fc.constantFrom('U', 'V'),
      totals: fc.array(fc.integer({ min: 60, max: 110 }), { minLength: 1, maxLength: 12 }),
      openFrom: fc.integer({ min: 2, max: 13 }),
    });
    fc.assert(
      fc.property(fc.array(personArb, { maxLength: 40 }), (all) => {
        const { results, groups } = resultOf(all.map((given, at) => person(`X${at}`, given)));
        for (const unitCode of ['U', 'V']) {
          const own = groups.filter((group) => group.unitCode === unitCode);
          const people = own.reduce((sum, group) => sum + group.people, 0);
          const places = own.reduce((sum, group) => sum + group.places, 0);
          expect(places).toBe(Math.floor(people / 5));
        }
        for (const { taken, places } of groups) expect(taken).toBeLessThanOrEqual(places);
        const best = results.filter(({ excellent }) => excellent);
        expect(best).toHaveLength(groups.reduce((sum, { taken }) => sum + taken, 0));
        for (const { grades, counted } of best) {
          expect(GRADES.reduce((sum, grade) => sum + grades[grade], 0)).toBe(counted);
          expect(grades.一般 + grades.较差).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is final', () => {
  const states = (sealed: readonly string[], others: readonly string[] = []) =>
    new Map<Month, PeriodState>([
      ...sealed.map((one) => [month(one), 'sealed'] as const),
      ...others.map((one) => [month(one), 'provisional'] as const),
    ]);

  test('a quarter whose months are all sealed', () => {
    const frame = frameOf(
      '2026',
      states(['2026-01', '2026-02', '2026-03', '2026-04'], ['2026-05']),
      month('2026-06'),
    );
    expect([...frame.finalQuarters]).toEqual([1]);
    expect(frame.final).toBe(false);
    expect(frame.years).toEqual([2026]);
  });

  test('what lies before the first close isn’t waited for', () => {
    const frame = frameOf('2025', states(['2025-11', '2025-12']), month('2026-01'));
    expect([...frame.finalQuarters]).toEqual([4]);
    expect(frame.final).toBe(true);
    expect(frame.years).toEqual([2026, 2025]);
  });

  test('a month never closed in between is', () => {
    const frame = frameOf('2025', states(['2025-10', '2025-12']), month('2026-01'));
    expect(frame.final).toBe(false);
  });
});
