import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { month } from '../../kernel/month.ts';
import { readScheme } from '../scheme/index.ts';
import {
  type Due,
  givenFor,
  type MonthInput,
  monthValues,
  owedBy,
  scoreMonth,
  withRedress,
} from './index.ts';
import type { ScoredEntry } from './scoring.ts';

const scheme = readScheme('example-city');
const [MAY, JUNE] = [month('2026-05'), month('2026-06')];
const [may, june] = [monthValues(scheme, MAY), monthValues(scheme, JUNE)];

function entry(given: Partial<ScoredEntry> & { entryId: string }): ScoredEntry {
  return {
    subjectKind: 'staff',
    subjectCode: 'S1',
    rule: 'daily.late',
    part: 'daily',
    pointsCenti: -100,
    quantity: 1,
    occurredOn: day('2026-05-06'),
    factId: given.entryId,
    projectNo: null,
    veto: false,
    reverses: null,
    ...given,
  };
}

/** S1 leads W1, S2 works at both windows; D1 owns them. */
function input(entries: readonly ScoredEntry[]): MonthInput {
  return {
    staff: [
      { code: 'S1', departmentCode: 'D1', postings: [{ windowCode: 'W1', days: 31, chief: true }] },
      {
        code: 'S2',
        departmentCode: 'D1',
        postings: [
          { windowCode: 'W1', days: 10, chief: false },
          { windowCode: 'W2', days: 21, chief: false },
        ],
      },
    ],
    windows: [
      { code: 'W1', departmentCode: 'D1' },
      { code: 'W2', departmentCode: 'D1' },
    ],
    departments: [{ code: 'D1' }],
    entries,
    counts: { staff: new Map(), window: new Map(), department: new Map() },
  };
}

function totals(entries: readonly ScoredEntry[]): Map<string, number> {
  return new Map(
    scoreMonth(input(entries), may).map(({ kind, code, score }) => [`${kind}/${code}`, score.totalCenti]),
  );
}

const back = (one: ScoredEntry): ScoredEntry => ({
  ...one,
  entryId: `r-${one.entryId}`,
  pointsCenti: -one.pointsCenti,
  reverses: one.entryId,
});

/** What May owes by these decisions, by subject. */
function owed(entries: readonly ScoredEntry[], decided: readonly ScoredEntry[]): Map<string, number> {
  const sealed = totals(entries);
  const found = owedBy(input(entries), may, {
    decided,
    sealed: (kind, code) => sealed.get(`${kind}/${code}`),
  });
  return new Map(found.map(({ kind, code, owedCenti }) => [`${kind}/${code}`, owedCenti]));
}

describe('what a sealed month owes', () => {
  it('is the doubling too, from the sixth occurrence on', () => {
    const late = [1, 2, 3, 4, 5, 6, 7].map((at) => entry({ entryId: `d${at}` }));
    // Seven times late took 5 + 2 × 2; six take 5 + 2.
    expect(owed(late, [back(late[6] ?? entry({ entryId: '' }))]).get('staff/S1')).toBe(200);
  });

  it('is nothing where a heavier fact of the case stood instead, and the difference where it falls', () => {
    const light = entry({ entryId: 'a', projectNo: 'P1' });
    const heavy = entry({ entryId: 'b', projectNo: 'P1', rule: 'case.over_promise', part: 'case' });
    const both = [light, { ...heavy, pointsCenti: -500 }];
    expect(owed(both, [back(light)]).get('staff/S1')).toBe(0);
    expect(owed(both, [back({ ...heavy, pointsCenti: -500 })]).get('staff/S1')).toBe(400);
  });

  it('is no more than an indicator had to lose', () => {
    const many = [1, 2, 3, 4].map((at) =>
      entry({ entryId: `d${at}`, rule: `daily.${at}`, pointsCenti: -1000 }),
    );
    // Of 40 points 25 were taken; three of the four still take all of them.
    expect(owed(many, [back(many[0] ?? entry({ entryId: '' }))]).get('staff/S1')).toBe(0);
    expect(owed(many, many.slice(0, 2).map(back)).get('staff/S1')).toBe(500);
  });

  it('is the half of the chief, what staff inherit and what means pass on', () => {
    const window = { subjectKind: 'window' as const, subjectCode: 'W1' };
    const one = entry({ entryId: 'a', ...window, pointsCenti: -400 });
    const other = entry({ entryId: 'b', ...window, part: 'stationing', rule: 'x', pointsCenti: -300 });
    const found = owed([one, other], [back(one)]);
    expect([found.get('staff/S1'), found.get('staff/S2')]).toEqual([200, 0]);
    const all = owed([one, other], [back(one), back(other)]);
    // S2 sat there on 10 of 31 days.
    expect([all.get('staff/S1'), all.get('staff/S2')]).toEqual([500, 97]);
    // Mean of the staff by days: 2.00 × 31 of 41.
    expect(found.get('window/W1')).toBe(551);
  });

  it('gives points for a line once, whatever is taken back besides', () => {
    const late = [1, 2, 3, 4, 5, 6].map((at) => entry({ entryId: `d${at}` }));
    const sixth = late[5] ?? entry({ entryId: '' });
    const line = { kind: 'repeat', entryId: 'd6' };
    const given = entry({ entryId: 'g', rule: 'appeal.redress', pointsCenti: 100, redresses: line });
    expect(owed(late, [given]).get('staff/S1')).toBe(100);
    expect(owed(late, [given, back(sixth)]).get('staff/S1')).toBe(200);
  });
});

describe('points for a line within its own month', () => {
  const score = (...entries: ScoredEntry[]) => totals(entries).get('staff/S1') ?? 0;

  it('end with the line: the doubling is not given back twice', () => {
    const late = [1, 2, 3, 4, 5, 6].map((at) => entry({ entryId: `d${at}` }));
    const redresses = { kind: 'repeat', entryId: 'd6' };
    const given = entry({ entryId: 'g', rule: 'appeal.redress', pointsCenti: 100, redresses });
    const before = score(...late);
    expect(score(...late, given)).toBe(before + 100);
    expect(score(...late, given, back(entry({ entryId: 'd6' })))).toBe(before + 200);
    // Another one taken back takes the doubling away as well.
    expect(score(...late, given, back(entry({ entryId: 'd1' })))).toBe(before + 200);
  });

  it('end with the window’s deduction that the chief shares', () => {
    const one = entry({ entryId: 'w', subjectKind: 'window', subjectCode: 'W1', pointsCenti: -400 });
    const redresses = { kind: 'chief_half', entryId: 'w' };
    const given = entry({ entryId: 'g', rule: 'appeal.redress', pointsCenti: 200, redresses });
    const other = entry({ entryId: 'd' });
    expect(score(one, other) + 200).toBe(score(one, other, given));
    expect(score(one, other, given, back(one))).toBe(score(other));
  });

  it('come on top of the highest honour', () => {
    const honour = entry({ entryId: 'h', part: 'honour', rule: 'honour.city', pointsCenti: 200 });
    const redresses = { kind: 'entry', entryId: 'h' };
    const given = entry({
      entryId: 'g',
      part: 'honour',
      rule: 'appeal.redress',
      pointsCenti: 100,
      redresses,
    });
    expect(score(honour, given) - score(honour)).toBe(100);
  });
});

const subject = fc.constantFrom('staff/S1', 'staff/S2', 'window/W1', 'window/W2', 'department/D1');
const month_ = fc
  .array(
    fc.record({
      subject,
      rule: fc.constantFrom(...scheme.rules.filter(({ part }) => part in may.indicators)),
      quantity: fc.integer({ min: 1, max: 4 }),
      on: fc.integer({ min: 1, max: 31 }),
      project: fc.option(fc.constantFrom('P1', 'P2', 'P3'), { nil: null }),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((list) =>
    list.map(({ subject: who, rule, quantity, on, project }, at) => {
      const [subjectKind, subjectCode = ''] = who.split('/') as ['staff' | 'window' | 'department', string];
      const pointsCenti = rule.values[0]?.value.amount ?? -100;
      const occurredOn = day(`2026-05-${String(on).padStart(2, '0')}`);
      const { code, part, veto } = rule;
      const what = { rule: code, part, veto, pointsCenti, quantity, occurredOn, projectNo: project };
      return entry({ entryId: `E${at}`, subjectKind, subjectCode, ...what });
    }),
  );

/** May's decisions in batches, each counting in a month of its own; answers what they give altogether. */
function givenBy(entries: readonly ScoredEntry[], batches: readonly (readonly ScoredEntry[])[]) {
  const given = new Map<string, number>();
  const decided: ScoredEntry[] = [];
  const sealed = totals(entries);
  for (const batch of batches) {
    decided.push(...batch);
    const found = owedBy(input(entries), may, {
      decided,
      sealed: (kind, code) => sealed.get(`${kind}/${code}`),
    });
    for (const one of scoreMonth(input([]), june)) {
      const id = `${one.kind}/${one.code}`;
      const dues: Due[] = found
        .filter(({ kind, code }) => kind === one.kind && code === one.code)
        .map((due) => ({ ...due, of: MAY, givenCenti: given.get(id) ?? 0 }));
      const own = batch.filter(({ subjectKind, subjectCode }) => `${subjectKind}/${subjectCode}` === id);
      const made = withRedress(one, { entries: own, dues, monthOf: () => MAY }, june);
      const { lines, totalCenti } = made.score;
      expect(lines.reduce((sum, { pointsCenti }) => sum + pointsCenti, 0)).toBe(totalCenti);
      expect(totalCenti).toBeLessThanOrEqual(june.totalHighest);
      given.set(id, (given.get(id) ?? 0) + givenFor(MAY, lines));
    }
  }
  return given;
}

describe('what later months give', () => {
  it('is together what the sealed month lacks, in whatever order it was decided', () => {
    fc.assert(
      fc.property(
        month_.chain((entries) =>
          fc.record({
            entries: fc.constant(entries),
            reversed: fc.shuffledSubarray([...entries]),
            cut: fc.array(fc.integer({ min: 0, max: 16 }), { maxLength: 3 }),
          }),
        ),
        ({ entries, reversed, cut }) => {
          const ends = [0, ...cut.map((at) => Math.min(at, reversed.length)), reversed.length].sort(
            (one, other) => one - other,
          );
          const batches = ends.slice(1).map((end, at) => reversed.slice(ends[at], end).map(back));
          // A month has room for 15 points; what doesn't fit is given by months after it.
          const given = givenBy(entries, [...batches, ...Array.from({ length: 12 }, () => [])]);
          const sealed = totals(entries);
          const gone = new Set(reversed.map(({ entryId }) => entryId));
          for (const [id, without] of totals(entries.filter(({ entryId }) => !gone.has(entryId)))) {
            const lacks = without - (sealed.get(id) ?? 0);
            expect(given.get(id), id).toBe(Math.max(0, lacks));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('stands on the total, though the indicator has lost nothing', () => {
    const [made] = scoreMonth(input([]), june);
    const one = entry({ entryId: 'd' });
    const owes = { of: MAY, sealedCenti: 9400, rescoredCenti: 9500, owedCenti: 100, givenCenti: 0 };
    const due: Due = { kind: 'staff', code: 'S1', ...owes };
    expect(made?.code).toBe('S1');
    if (made === undefined) return;
    const { score } = withRedress(made, { entries: [back(one)], dues: [due], monthOf: () => MAY }, june);
    expect([score.indicators.daily, score.baseCenti, score.totalCenti]).toEqual([2500, 9500, 9600]);
    expect(score.lines.filter(({ part }) => part === 'total')).toMatchObject([
      { kind: 'redress', entryId: 'r-d', otherEntryId: 'd', pointsCenti: 100 },
    ]);
  });
});
