/** The running month of one person says exactly what a close would say of it now, and writes nothing. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeMonth, sealMonth } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { type Derivation, explainScore } from '../../src/close/statement/index.ts';
import { FINDING_RULES } from '../../src/conduct/inspection/index.ts';
import { MERIT_RULES } from '../../src/conduct/merit/index.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-03-25T10:00:00+08:00') });
const office = cliActor(CITY);
const MARCH = month('2026-03');

beforeAll(() => openHall(t));

const subjectArb = fc.constantFrom(
  ...(['S1', 'S2'] as const).map((subject_code) => ({ subject_kind: 'staff', subject_code })),
  ...(['W1', 'W2'] as const).map((subject_code) => ({ subject_kind: 'window', subject_code })),
);
const findingArb = fc.record({
  at: fc.integer({ min: 1, max: 24 }),
  subject: subjectArb,
  rule: fc.constantFrom(...FINDING_RULES),
  quantity: fc.integer({ min: 1, max: 8 }),
  project: fc.constantFrom('', 'P-1', 'P-2'),
});
const meritArb = fc.record({
  at: fc.integer({ min: 1, max: 24 }),
  staff: fc.constantFrom('S1', 'S2'),
  rule: fc.constantFrom(...MERIT_RULES),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const ratingArb = fc.record({
  satisfaction: fc.constantFrom(1, 2, 3, 5, 5, 5),
  person: fc.boolean(),
  verdict: fc.constantFrom('upheld', 'upheld', 'mistaken', undefined),
});

async function facts(seed: number): Promise<void> {
  const sample = <T>(arb: fc.Arbitrary<T>, count: number) => fc.sample(arb, { numRuns: count, seed });
  const day = (at: number) => `2026-03-${String(at).padStart(2, '0')}`;
  for (const [index, staff] of ['S1', 'S2'].entries()) {
    await serve(t, {
      staff,
      window: `W${index + 1}`,
      day: '2026-03-10',
      count: 14,
      prefix: `L${seed}-${staff}`,
      ratings: sample(ratingArb, 12).map(({ satisfaction, person, verdict }) => ({
        satisfaction,
        ...(satisfaction <= 2
          ? { tags: person ? (satisfaction === 2 ? '214' : '115') : satisfaction === 2 ? '208' : '108' }
          : {}),
        ...(satisfaction <= 2 && verdict ? { verdict } : {}),
      })),
    });
  }
  await loadAll(
    t,
    'findings',
    sample(findingArb, 14).map(({ at, subject, rule, quantity, project }, index) => ({
      finding_id: `F${seed}-${index}`,
      occurred_on: day(at),
      ...subject,
      rule,
      quantity: String(quantity),
      projectNo: project,
      evidence: '照片',
      recorded_by: '周督查',
      confirmed_by: index % 5 === 0 ? '' : '吴主任',
    })),
  );
  await loadAll(
    t,
    'merits',
    sample(meritArb, 5).map(({ at, staff, rule, quantity }, index) => ({
      merit_id: `M${seed}-${index}`,
      occurred_on: day(at),
      staff_no: staff,
      rule,
      quantity: String(quantity),
      evidence: '来信',
      confirmed_by: '吴主任',
    })),
  );
}

/** What both must say alike: all but the places of the best grade, the state and the appeals. */
function figures({ lines, pending, grade, flags, state, closed_at, appeal_until, ...rest }: Derivation) {
  const plain = ({
    key,
    may_appeal,
    appeal,
    recorded_at,
    entry_id,
    other_entry_id,
    ...line
  }: Derivation['lines'][number]) => line;
  const byFact = (list: Derivation['lines']) =>
    list
      .map(plain)
      .map(({ no, ...line }) => JSON.stringify(line))
      .sort();
  return {
    ...rest,
    veto: rest.veto,
    flags: flags.filter((flag) => flag !== 'over_quota'),
    lines: byFact(lines),
    pending: byFact(pending),
  };
}

const live = (staffNo: string, lang: 'zh-CN' | 'en' = 'zh-CN') =>
  liveScore(t, office, { month: MARCH, staffNo, lang });
const closed = (code: string) =>
  explainScore(t, office, { month: MARCH, subject: { kind: 'staff', code }, lang: 'zh-CN' });

describe('the running month', () => {
  test.each([11, 12, 13])('before and after a close it is what the close says (facts %i)', async (seed) => {
    await facts(seed);
    const before = { S1: await live('S1'), S2: await live('S2') };
    await closeMonth(t, office, MARCH);
    for (const code of ['S1', 'S2'] as const) {
      const stored = await closed(code);
      expect(figures(before[code])).toEqual(figures(stored));
      expect(figures(await live(code))).toEqual(figures(stored));
      if (stored.flags.includes('over_quota')) expect(before[code].grade).toBe('好');
      else expect(before[code].grade).toBe(stored.grade);
    }
  });

  test('names entries of the book as the book does, once they are in it', async () => {
    const stored = await closed('S2');
    const now = await live('S2');
    const ids = (of: Derivation) => [...of.lines, ...of.pending].map(({ entry_id }) => entry_id).sort();
    expect(ids(now)).toEqual(ids(stored));
    expect(now.lines.every(({ may_appeal }) => !may_appeal)).toBe(true);
  });

  test('adds up, and says where it is refused', async () => {
    const { lines, total } = await live('S1', 'en');
    const sum = lines.reduce((cents, { points }) => cents + Math.round(Number(points) * 100), 0);
    expect((sum / 100).toFixed(2)).toBe(total);
    await expect(live('S9')).rejects.toMatchObject({ code: 'score.none' });
    await expect(liveScore(t, office, { month: '2026-04', staffNo: 'S1', lang: 'en' })).rejects.toMatchObject(
      { code: 'month.in_future' },
    );
    const elsewhere = { ...office, scope: { cityCode: CITY, departmentCode: '11370800MB2855926Y' } };
    await expect(liveScore(t, elsewhere, { month: MARCH, staffNo: 'S1', lang: 'en' })).rejects.toMatchObject({
      code: 'score.none',
    });
  });
});

describe('a month that is sealed', () => {
  test('is what its statement says, whatever comes later', async () => {
    t.clock.set(new Date('2026-04-10T10:00:00+08:00'));
    await closeMonth(t, office, MARCH);
    await sealMonth(t, office, MARCH, { waiveNotice: '试运行月份，不公示' });
    const sealed = await closed('S1');
    t.clock.advance(60_000);
    await serve(t, {
      ...{ staff: 'S1', window: 'W1', day: '2026-03-20', count: 4, prefix: 'LATE' },
      ratings: [
        { satisfaction: 5 },
        { satisfaction: 5 },
        { satisfaction: 2, tags: '214', verdict: 'upheld' },
      ],
    });
    const finding = { subject_kind: 'staff', quantity: '1', evidence: '照片', recorded_by: 'R' };
    await loadAll(t, 'findings', [
      {
        ...finding,
        finding_id: 'LF',
        occurred_on: '2026-03-21',
        subject_code: 'S1',
        rule: 'daily.late',
        confirmed_by: 'C',
      },
    ]);
    expect(await live('S1')).toEqual(sealed);
    // The month that takes it all up shows it before it is closed, and tries drafts on it.
    const next = (staffNo: string) => liveScore(t, office, { month: '2026-04', staffNo, lang: 'zh-CN' });
    const before = { S1: await next('S1'), S2: await next('S2') };
    expect(before.S1.counts).toMatchObject({ rated: 3, good: 2, bad: 1 });
    expect(before.S1.lines.filter(({ fact }) => fact?.id === 'LF')).toMatchObject([{ points: '-1.00' }]);
    await closeMonth(t, office, month('2026-04'));
    for (const code of ['S1', 'S2'] as const) {
      const subject = { kind: 'staff', code } as const;
      const stored = figures(await explainScore(t, office, { month: '2026-04', subject, lang: 'zh-CN' }));
      expect([figures(before[code]), figures(await next(code))]).toEqual([stored, stored]);
    }
    expect(await live('S1')).toEqual(sealed);
    expect(await closed('S1')).toEqual(sealed);
    await expect(live('S9')).rejects.toMatchObject({ code: 'score.none' });
  });
});
