/** Trying a draft on a month tells exactly what a close by that scheme would say, and writes nothing. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeMonth, publishMonth, sealMonth } from '../../src/close/month/index.ts';
import { tryDraft } from '../../src/close/month/what-if-actions.ts';
import { whatIfQuerySchema } from '../../src/close/month/what-if-contract.ts';
import { allScores } from '../../src/close/statement/index.ts';
import { FINDING_RULES } from '../../src/conduct/inspection/index.ts';
import { MERIT_RULES } from '../../src/conduct/merit/index.ts';
import { addMonths, lastDay, type Month, month } from '../../src/kernel/month.ts';
import { postMonth } from '../../src/ledger/entry/index.ts';
import { createDraft, decideDraft, proposeDraft } from '../../src/ledger/scheme/draft-actions.ts';
import { type Actor, cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, loadAll, OTHER_DEPARTMENT, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-03-25T10:00:00+08:00') });
const office = cliActor(CITY);
const SUBJECTS = ['staff', 'window', 'department'] as const;

function named(username: string): Actor {
  const roles = ['assessment_office'] as const;
  const { cityCode, permissions, scope } = office;
  return {
    kind: 'user',
    id: username,
    username,
    name: username,
    roles,
    cityCode,
    permissions,
    scope,
  } as never;
}
const [writer, decider] = [named('writer'), named('decider')];

beforeAll(() => openHall(t));

interface Change {
  key: string;
  from: string;
  value: string;
  source: string;
}

async function drafted(changes: readonly Omit<Change, 'source' | 'from'>[], from: string) {
  const full = changes.map((change) => ({ ...change, from, source: '修订' }));
  const given = { title: '试算', effectiveFrom: from, changes: full };
  return await createDraft(t, writer, given, 'en');
}

async function inForce(draft: { id: string; revision: number }): Promise<void> {
  const { revision } = await proposeDraft(t, writer, { draftId: draft.id, revision: draft.revision }, 'en');
  await decideDraft(t, decider, draft.id, { decision: 'approve', revision }, 'en');
}

const tried = (id: string, of: Month, subject: (typeof SUBJECTS)[number] = 'staff') =>
  tryDraft(t, writer, id, whatIfQuerySchema.parse({ month: of, subject, sort: 'code' }));

/** Everything that a close or a posting could change. */
async function written(): Promise<unknown> {
  const { rows } = await t.db.owner.query(
    `SELECT (SELECT jsonb_agg(e ORDER BY entry_id) FROM ledger.entry e) AS entries,
            (SELECT jsonb_agg(p ORDER BY month) FROM ledger.period p) AS periods,
            (SELECT jsonb_agg(c ORDER BY month) FROM close.closing c) AS closings,
            (SELECT jsonb_agg(s ORDER BY month, subject_kind, subject_code)
             FROM close.statement s) AS statements,
            (SELECT count(*) FROM close.statement_line) AS lines,
            (SELECT count(*) FROM ledger.carried_share) AS carried,
            (SELECT count(*) FROM ledger.scheme_version) AS versions`,
  );
  return rows;
}

const two = (value: number) => String(value).padStart(2, '0');
const subjectArb = fc.constantFrom(
  ...(['S1', 'S2'] as const).map((subject_code) => ({ subject_kind: 'staff', subject_code })),
  ...(['W1', 'W2'] as const).map((subject_code) => ({ subject_kind: 'window', subject_code })),
  ...[DEPARTMENT, OTHER_DEPARTMENT].map((subject_code) => ({ subject_kind: 'department', subject_code })),
);
const factArb = fc.record({
  at: fc.integer({ min: 1, max: 28 }),
  subject: subjectArb,
  rule: fc.constantFrom(...FINDING_RULES.filter((rule) => !rule.startsWith('conduct.'))),
  quantity: fc.integer({ min: 1, max: 8 }),
  project: fc.constantFrom('', 'P-1', 'P-2'),
});
const meritArb = fc.record({
  at: fc.integer({ min: 1, max: 28 }),
  staff: fc.constantFrom('S1', 'S2'),
  rule: fc.constantFrom(...MERIT_RULES),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const ratingArb = fc.record({
  satisfaction: fc.constantFrom(1, 2, 3, 5, 5, 5),
  person: fc.boolean(),
  verdict: fc.constantFrom('upheld', 'upheld', 'mistaken', undefined),
});
const cents = (lowest: number, highest: number) =>
  fc.integer({ min: lowest, max: highest }).map((value) => {
    const text = String(Math.abs(value)).padStart(3, '0');
    return `${value < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
  });
const changesArb = fc.record({
  'rules.daily.late': cents(-500, 0),
  'rules.case.over_promise': cents(-2500, 0),
  'rules.rating.dissatisfied': cents(-900, 0),
  'rules.complaint.at_fault': cents(-900, 0),
  'rules.bonus.public_praise': cents(0, 100),
  'bonus.public_praise.cap': cents(100, 400),
  'rating.good_rate.highest_points': cents(0, 500),
  'rating.process_fault_charges': fc.constantFrom('window', 'item_owner'),
  'chief_representative.share': cents(0, 10_000),
  'repeat.from_occurrence': fc.integer({ min: 1, max: 7 }).map(String),
  'grades.好': cents(9000, 9900),
  'quota.best': cents(0, 10_000),
  'pay.较好': cents(0, 30_000),
});

async function facts(of: Month, seed: number): Promise<void> {
  const sample = <T>(arb: fc.Arbitrary<T>, count: number) => fc.sample(arb, { numRuns: count, seed });
  await loadAll(
    t,
    'findings',
    sample(factArb, 14).map(({ at, subject, rule, quantity, project }, no) => ({
      ...{ finding_id: `F-${of}-${no}`, occurred_on: `${of}-${two(at)}`, ...subject, rule },
      ...{ quantity: String(quantity), ...(project ? { projectNo: `${project}-${of}` } : {}) },
      ...{ evidence: '记录', recorded_by: 'D1', confirmed_by: 'D2' },
    })),
  );
  await loadAll(
    t,
    'merits',
    sample(meritArb, 6).map(({ at, staff, rule, quantity }, no) => ({
      ...{ merit_id: `M-${of}-${no}`, occurred_on: `${of}-${two(at)}`, staff_no: staff, rule },
      ...{ quantity: String(quantity), evidence: '记录', confirmed_by: 'D2' },
    })),
  );
  for (const [at, staff] of ['S1', 'S2'].entries()) {
    const ratings = sample(ratingArb, 9 + at).map(({ satisfaction, person, verdict }) =>
      satisfaction > 2
        ? { satisfaction }
        : { satisfaction, tags: tagOf(satisfaction, person), ...(verdict ? { verdict } : {}) },
    );
    const served = { staff, window: `W${at + 1}`, day: `${of}-1${at}`, count: 12, prefix: `R${at}-${of}` };
    await serve(t, { ...served, ratings });
  }
}

function tagOf(satisfaction: number, person: boolean): string {
  if (satisfaction === 1) return person ? '115' : '113';
  return person ? '214' : '212';
}

describe('a draft that is tried', () => {
  const months = [0, 1, 2, 3, 4, 5].map((ahead) => addMonths(month('2026-03'), ahead));

  test.each(months)('on %s says what its close says afterwards, and writes nothing', async (of) => {
    t.clock.set(new Date(`${lastDay(of)}T17:00:00+08:00`));
    const seed = Number(of.slice(-2)) * 7919;
    await facts(of, seed);
    const [values] = fc.sample(changesArb, { numRuns: 1, seed });
    const changes = Object.entries(values ?? {}).map(([key, value]) => ({ key, value }));
    const draft = await drafted(changes, `${of}-01`);
    expect(draft.faults).toEqual([]);

    const untouched = await written();
    const before = await Promise.all(SUBJECTS.map((subject) => tried(draft.id, of, subject)));
    expect(await written()).toEqual(untouched);
    // What the book already holds for the month makes no difference.
    if (seed % 2 === 0) await postMonth(t, CITY, of);
    const again = await Promise.all(SUBJECTS.map((subject) => tried(draft.id, of, subject)));
    expect(again.map(({ items }) => items)).toEqual(before.map(({ items }) => items));
    expect(before[0]?.items.length).toBeGreaterThan(0);

    await inForce(draft);
    await closeMonth(t, office, of);
    for (const { subject, items, summary } of again) {
      const scores = await allScores(t, office, { month: of, subject });
      expect(scores.length).toBe(summary.assessed);
      const byCode = new Map(scores.map((score) => [score.subject_code, score]));
      for (const { subject_code, after } of items) {
        const { total, grade, veto } = byCode.get(subject_code) ?? {};
        expect({ subject_code, total, grade, veto }).toEqual({
          subject_code,
          total: after.total,
          grade: after.grade,
          veto: after.veto,
        });
      }
    }
    // Tried once more on the closed month, the scheme in force moves nobody.
    for (const subject of SUBJECTS) expect((await tried(draft.id, of, subject)).items).toEqual([]);
  });

  test('on a sealed month values the month’s entries anew and leaves them as they are', async () => {
    const of = months[5] ?? month('2026-08');
    t.clock.set(new Date('2026-09-20T10:00:00+08:00'));
    await publishMonth(t, office, of);
    await sealMonth(t, office, of, { waiveNotice: '测试需要，免除公示' });
    const draft = await drafted([{ key: 'daily.base_points', value: '20.00' }], '2026-10-01');
    const untouched = await written();
    const { summary, items } = await tried(draft.id, of);
    expect(await written()).toEqual(untouched);
    expect(summary.moved).toBe(items.length);
    expect(items.length).toBeGreaterThan(0);
    for (const { shift } of items) expect(shift).toMatch(/^-/);
  });

  test('on a sealed month stands beside its statements, whatever has come or changed since', async () => {
    const of = months[5] ?? month('2026-08');
    const scores = await allScores(t, office, { month: of, subject: 'staff' });
    const served = { staff: 'S1', window: 'W1', day: `${of}-27`, count: 3, prefix: 'LATE' };
    await serve(t, { ...served, ratings: [{ satisfaction: 1, tags: '115', verdict: 'upheld' }] });
    const changed = [
      `UPDATE intake.case_step SET staff_no = 'S2' WHERE staff_no = 'S1' AND service_month = '${of}-01'`,
      `UPDATE registry.posting SET window_code = 'W2' WHERE staff_no = 'S1'`,
      `UPDATE registry.staff SET identity = 'stationed' WHERE staff_no = 'S1'`,
    ];
    for (const text of changed) await t.db.owner.query(text);
    const idle = await drafted([{ key: 'rules.daily.late', value: '-1.50' }], '2027-01-01');
    const alike = await tryDraft(t, writer, idle.id, {
      ...whatIfQuerySchema.parse({ month: of, subject: 'staff' }),
      on: '2026-08-01',
    });
    expect(alike.items).toEqual([]);
    expect(alike.summary.assessed).toBe(scores.length);
    const draft = await drafted([{ key: 'daily.base_points', value: '20.00' }], '2026-10-01');
    const { items } = await tried(draft.id, of);
    expect(items.length).toBeGreaterThan(0);
    for (const { subject_code, before } of items) {
      const { total, grade, veto } = scores.find((one) => one.subject_code === subject_code) ?? {};
      expect(before).toMatchObject({ total, grade, veto });
    }
  });

  test('sums up what it lists', async () => {
    const pay = [
      { key: 'pay.较差', value: '-100.00' },
      { key: 'pay.一般', value: '50.00' },
      { key: 'pay.较好', value: '150.00' },
      { key: 'pay.好', value: '250.00' },
    ];
    const draft = await drafted(pay, '2026-10-01');
    const { summary, items } = await tried(draft.id, month('2026-08'));
    const shift = items.reduce(
      (sum, { before, after }) => sum + (after.pay_fen ?? 0) - (before.pay_fen ?? 0),
      0,
    );
    expect(summary).toMatchObject({ up: 0, down: 0, mean_shift: '0.00', grade_changes: 0 });
    expect(summary.pay).toMatchObject({ people: items.length, difference_fen: shift });
    expect(items.map(({ subject_code }) => subject_code)).toEqual(['S1']);
  });

  test('is refused for a month that has not begun', async () => {
    const draft = await drafted([{ key: 'rules.daily.late', value: '-8.00' }], '2026-10-01');
    await expect(tried(draft.id, month('2026-11'))).rejects.toMatchObject({ code: 'month.in_future' });
  });
});
