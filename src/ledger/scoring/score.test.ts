import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BONUS_ITEMS, INDICATORS } from '../../kernel/assessment.ts';
import { day } from '../../kernel/day.ts';
import { findOn } from '../../kernel/history.ts';
import { month } from '../../kernel/month.ts';
import { readScheme } from '../scheme/index.ts';
import { goodRateTerm } from './good-rate-2022-01.ts';
import { placesOf } from './grade-2022-01.ts';
import {
  type Candidate,
  gradeStaff,
  gradeValues,
  type MonthInput,
  monthValues,
  payOf,
  type ScoredEntry,
  scoreMonth,
} from './index.ts';

const scheme = readScheme('example-city');
const MAY = month('2026-05');
const values = monthValues(scheme, MAY);
const FIRST = day('2022-01-01');

const entry = fc
  .record({
    subject: fc.constantFrom('staff/S1', 'staff/S2', 'staff/S3', 'window/W1', 'window/W2', 'department/D1'),
    rule: fc.constantFrom(...scheme.rules),
    quantity: fc.integer({ min: 1, max: 9 }),
    on: fc.integer({ min: 1, max: 31 }),
    project: fc.option(fc.constantFrom('P1', 'P2', 'P3'), { nil: null }),
  })
  .map(({ subject, rule, quantity, on, project }): Omit<ScoredEntry, 'entryId' | 'factId'> => {
    const [kind, code = ''] = subject.split('/') as ['staff' | 'window' | 'department', string];
    return {
      subjectKind: kind,
      subjectCode: code,
      rule: rule.code,
      part: rule.part,
      pointsCenti: findOn(rule.values, FIRST)?.value.amount ?? 0,
      quantity,
      occurredOn: day(`2026-05-${String(on).padStart(2, '0')}`),
      projectNo: project,
      veto: rule.veto,
      reverses: null,
    };
  });

/** An entry that takes another back. */
function reversalOf(one: ScoredEntry): ScoredEntry {
  return { ...one, entryId: `R-${one.entryId}`, pointsCenti: -one.pointsCenti, reverses: one.entryId };
}

/** What an appeal gives for a line that follows from an entry: its doubling, the chief's half, a merit. */
function redressOf(one: ScoredEntry, share: number): ScoredEntry {
  const half = one.subjectKind === 'window' && one.subjectCode === 'W1';
  const kind = one.pointsCenti > 0 ? 'entry' : half ? 'chief_half' : 'repeat';
  const most = Math.abs(one.pointsCenti) * one.quantity;
  return {
    ...one,
    ...(half ? { subjectKind: 'staff', subjectCode: 'S1' } : {}),
    ...{ entryId: `G-${one.entryId}`, factId: `G-${one.factId}`, rule: 'appeal.redress', quantity: 1 },
    ...{ pointsCenti: Math.max(1, Math.floor((most * share) / 100)), projectNo: null, veto: false },
    redresses: { kind, entryId: one.entryId },
  };
}

/** Facts of a month, some of them taken back, and what appeals have given for lines that follow from them. */
const entries = fc
  .array(
    fc.record({
      one: entry,
      reversed: fc.nat({ max: 3 }),
      share: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null, freq: 2 }),
    }),
    { maxLength: 24 },
  )
  .map((list) =>
    list.flatMap(({ one, reversed, share }, at): ScoredEntry[] => {
      const own = { ...one, entryId: `E${at}`, factId: `F${at}` };
      return [
        own,
        ...(reversed === 0 ? [reversalOf(own)] : []),
        ...(share === null ? [] : [redressOf(own, share)]),
      ];
    }),
  );

const counted = fc.integer({ min: 0, max: 300 }).chain((rated) =>
  fc.integer({ min: 0, max: rated }).map((good) => ({
    ratable: rated + 7,
    rated,
    good,
    bad: rated - good,
    excluded: 0,
    promised: 0,
    kept: 0,
  })),
);

const input = fc.record({ entries, one: counted, two: counted }).map(
  ({ entries: list, one, two }): MonthInput => ({
    staff: [
      { code: 'S1', departmentCode: 'D1', postings: [{ windowCode: 'W1', days: 31, chief: true }] },
      {
        code: 'S2',
        departmentCode: 'D2',
        postings: [
          { windowCode: 'W1', days: 10, chief: false },
          { windowCode: 'W2', days: 21, chief: false },
        ],
      },
      { code: 'S3', departmentCode: 'D1', postings: [{ windowCode: 'W2', days: 1, chief: false }] },
    ],
    windows: [
      { code: 'W1', departmentCode: 'D1' },
      { code: 'W2', departmentCode: 'D1' },
    ],
    departments: [{ code: 'D1' }, { code: 'D2' }],
    entries: list,
    counts: { staff: new Map([['S1', one]]), window: new Map([['W1', two]]), department: new Map() },
  }),
);

describe('a month of scores', () => {
  it('lies within its bounds, line by line', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const { score } of scoreMonth(given, values)) {
          expect(score.totalCenti).toBeGreaterThanOrEqual(0);
          expect(score.totalCenti).toBeLessThanOrEqual(11_000);
          expect(score.bonusCenti).toBeLessThanOrEqual(1000);
          for (const part of INDICATORS) {
            expect(score.indicators[part]).toBeGreaterThanOrEqual(0);
            expect(score.indicators[part]).toBeLessThanOrEqual(values.indicators[part].max);
          }
          const sum = score.lines.reduce((total, line) => total + line.pointsCenti, 0);
          expect(sum).toBe(score.totalCenti);
          expect(score.lines.every(({ pointsCenti }) => Number.isSafeInteger(pointsCenti))).toBe(true);
        }
      }),
    );
  });

  it("doesn't depend on the order in which facts arrive", () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), (given, stream) => {
        const keys = new Map(given.entries.map(({ entryId }) => [entryId, stream.next().value as number]));
        const shuffled = [...given.entries].sort(
          (one, other) => (keys.get(one.entryId) ?? 0) - (keys.get(other.entryId) ?? 0),
        );
        expect(scoreMonth({ ...given, entries: shuffled }, values)).toEqual(scoreMonth(given, values));
      }),
    );
  });

  it('gives back what a reversal takes back', () => {
    fc.assert(
      fc.property(input, fc.nat(), (given, pick) => {
        const taken = given.entries[pick % Math.max(given.entries.length, 1)];
        fc.pre(taken !== undefined && taken.reverses === null && !taken.redresses);
        fc.pre(!given.entries.some(({ reverses }) => reverses === taken.entryId));
        const reversal = reversalOf(taken);
        const without = given.entries.filter(({ entryId }) => entryId !== taken.entryId);
        const totals = (of: readonly ScoredEntry[]) =>
          scoreMonth({ ...given, entries: of }, values).map(({ code, score }) => [
            code,
            score.totalCenti,
            score.veto,
          ]);
        expect(totals([...given.entries, reversal])).toEqual(totals(without));
      }),
    );
  });

  it('gives a line and what follows from it back no more than once', () => {
    fc.assert(
      fc.property(input, (given) => {
        const gone = new Set(given.entries.flatMap(({ reverses }) => reverses ?? []));
        const over = (one: ScoredEntry): boolean =>
          one.pointsCenti > 0 && one.redresses?.kind !== 'entry' && gone.has(one.redresses?.entryId ?? '');
        const totals = (of: readonly ScoredEntry[]) =>
          scoreMonth({ ...given, entries: of }, values).map(({ code, score }) => [code, score.totalCenti]);
        // Once the entry is gone, points for its doubling or its half count for nothing.
        expect(totals(given.entries)).toEqual(totals(given.entries.filter((one) => !over(one))));
      }),
    );
  });

  it('gives points for a merit up to the cap of its item, and no less', () => {
    fc.assert(
      fc.property(input, (given) => {
        const isGift = ({ redresses }: ScoredEntry): boolean => redresses?.kind === 'entry';
        const bonusOf = (of: readonly ScoredEntry[]) =>
          new Map(
            scoreMonth({ ...given, entries: of }, values).map(({ code, score }) => [code, score.bonus]),
          );
        const before = bonusOf(given.entries.filter((one) => !isGift(one)));
        for (const [code, items] of bonusOf(given.entries)) {
          for (const item of BONUS_ITEMS) {
            const gifts = given.entries.filter(
              (one) => isGift(one) && one.subjectCode === code && one.part === item,
            );
            const sum = gifts.reduce((points, { pointsCenti }) => points + pointsCenti, 0);
            const had = before.get(code)?.[item] ?? 0;
            const expected = Math.min(values.bonus[item].cap, had + sum);
            if (code.startsWith('S')) expect(items[item]).toBe(expected);
          }
        }
      }),
    );
  });

  it('never gains by one more deduction', () => {
    fc.assert(
      fc.property(input, entry, (given, more) => {
        fc.pre(more.pointsCenti < 0 && more.subjectKind === 'staff');
        const added = { ...more, projectNo: null, entryId: 'X', factId: 'X' };
        const totalOf = (of: readonly ScoredEntry[]) =>
          scoreMonth({ ...given, entries: of }, values).find(({ code }) => code === more.subjectCode)?.score
            .totalCenti;
        expect(totalOf([...given.entries, added])).toBeLessThanOrEqual(totalOf(given.entries) ?? 0);
      }),
    );
  });
});

describe('the good-rate term', () => {
  it.each([
    [58, 60, 321],
    [0, 5, 0],
    [4, 4, 0],
    [5, 5, 333],
    [1_000_000, 1_000_000, 500],
    [90, 100, 23],
  ])('of %i good in %i is %i', (good, rated, expected) => {
    const counts = { ratable: rated, rated, good, bad: rated - good, excluded: 0, promised: 0, kept: 0 };
    expect(goodRateTerm(counts, values).line.pointsCenti).toBe(expected);
  });
});

describe('grades', () => {
  const grades = gradeValues(scheme, MAY);

  it.each([
    [
      { stationed: 3, purchased: 2 },
      { stationed: 1, purchased: 1 },
    ],
    [
      { stationed: 1, purchased: 1, civil_servant: 1 },
      { stationed: 1, purchased: 0, civil_servant: 0 },
    ],
    [
      { stationed: 7, purchased: 4, civil_servant: 2 },
      { stationed: 3, purchased: 1, civil_servant: 1 },
    ],
    [{ purchased: 1 }, { purchased: 0 }],
  ])('deals the places of %o by largest remainder', (sizes, expected) => {
    const groups = new Map(Object.entries(sizes)) as Parameters<typeof placesOf>[0];
    expect(Object.fromEntries(placesOf(groups, grades))).toEqual(expected);
  });

  const candidate = fc.record({
    unitCode: fc.constantFrom('U1', 'U2'),
    identity: fc.constantFrom('civil_servant' as const, 'stationed' as const, 'purchased' as const),
    totalCenti: fc.integer({ min: 0, max: 11_000 }),
    veto: fc.boolean(),
    deductedCenti: fc.integer({ min: 0, max: 300 }),
    callBack: fc.constant(null),
    leaveDays: fc.constant(0),
  });

  const equal = { unitCode: 'U1', identity: 'purchased' as const, totalCenti: 9500, veto: false };
  const tied = (code: string, callBack: Candidate['callBack'], more: Partial<Candidate> = {}): Candidate => ({
    ...{ ...equal, code, callBack, deductedCenti: 0, leaveDays: 0 },
    ...more,
  });
  const bestOf = (people: readonly Candidate[]) => {
    const graded = gradeStaff(people, grades);
    return people.map(({ code }) => code).filter((code) => graded.get(code)?.grade === '好');
  };

  it.each([
    ['the higher share', [{ satisfied: 1, reached: 2 }, null, { satisfied: 2, reached: 3 }], ['C']],
    ['not the higher number', [{ satisfied: 9, reached: 10 }, null, { satisfied: 1, reached: 1 }], ['C']],
    ['any before none', [null, { satisfied: 0, reached: 1 }, null], ['B']],
    ['equal shares by number', [null, { satisfied: 3, reached: 6 }, { satisfied: 1, reached: 2 }], ['B']],
    ['nobody called', [null, null, null], ['A']],
  ] as const)('breaks ties by call-back satisfaction: %s', (_, calls, expected) => {
    // Three people: one place.
    expect(bestOf(calls.map((one, at) => tied('ABC'[at] ?? '', one)))).toEqual(expected);
  });

  it('breaks ties by call-backs only after points deducted', () => {
    const content = { satisfied: 1, reached: 1 };
    const people = [tied('A', null), tied('B', content, { deductedCenti: 100 }), tied('C', null)];
    expect(bestOf(people)).toEqual(['A']);
  });

  it('leaves sealed grades and their places alone, whoever comes into the hall', () => {
    const sealed = [tied('B', null, { sealed: '好' }), tied('C', null, { sealed: '较好' })];
    const newcomer = tied('A', { satisfied: 1, reached: 1 }, { totalCenti: 10_500 });
    expect(bestOf([...sealed, newcomer])).toEqual(['B']);
    // Five people have two places: one of them is left.
    const more = [tied('D', null, { sealed: '较好' }), tied('E', null, { sealed: '一般' })];
    expect(bestOf([...sealed, ...more, newcomer])).toEqual(['B', 'A']);
  });

  it('keep the quota in each unit and pay within its bounds', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 60 }), (list) => {
        const people = list.map((one, at) => ({ ...one, code: `S${String(at).padStart(3, '0')}` }));
        const graded = gradeStaff(people, grades);
        for (const unit of ['U1', 'U2']) {
          const group = people.filter(({ unitCode }) => unitCode === unit);
          const best = group.filter(({ code }) => graded.get(code)?.grade === '好');
          expect(best.length * 10).toBeLessThanOrEqual(group.length * 4);
          expect(best.every(({ veto, totalCenti }) => !veto && totalCenti >= 9500)).toBe(true);
        }
        for (const { code, identity, veto } of people) {
          const grade = graded.get(code)?.grade ?? '较差';
          if (veto) expect(grade).toBe('较差');
          const pay = payOf(grade, identity, grades);
          expect(pay === null).toBe(identity !== 'purchased');
          expect(Math.abs(pay ?? 0)).toBeLessThanOrEqual(30_000);
        }
      }),
    );
  });
});
