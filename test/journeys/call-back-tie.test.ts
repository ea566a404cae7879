/** Equal totals: who was called back and found more content people goes first (domain §5, tie-breakers). */
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, sealMonth, verifyBook } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { allScores, explainScore, tableOf } from '../../src/close/statement/index.ts';
import { yearOfSubject } from '../../src/close/year/actions.ts';
import type { Lang } from '../../src/kernel/lang.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, loadAll, openHall } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-05-06T10:00:00+08:00') });
const office = cliActor(CITY);
const APRIL = month('2026-04');
const TIED = ['S1', 'T1', 'T2', 'T3', 'T4'];

let calls = 0;

/** Call-backs that ended on a day: reached and content or not, or nobody answered. */
async function called(staffNo: string, on: string, ...content: (boolean | null)[]): Promise<void> {
  for (const satisfied of content) {
    calls += 1;
    await t.db.owner.query(
      `INSERT INTO feedback.call_back (city_code, call_id, number, source, source_key, window_code, staff_no,
         region_code, served_on, opened_at, due_at, yellow_from, red_from, outcome, closed_at, closed_on,
         satisfied)
       VALUES ($1, gen_random_uuid(), $2, 'sample', $2, 'W1', $3, '370800000000', $4, $5, $5, $5, $5, $6, $5,
         $4, $7)`,
      [
        CITY,
        `HF2026-${calls}`,
        staffNo,
        on,
        `${on}T10:00:00+08:00`,
        satisfied === null ? 'no_answer' : 'reached',
        satisfied,
      ],
    );
  }
}

const scores = async () => {
  const all = await allScores(t, office, { month: APRIL, subject: 'staff' });
  return new Map(all.map((one) => [one.subject_code, one]));
};

const best = async () =>
  [...(await scores()).values()].filter(({ grade }) => grade === '好').map((one) => one.subject_code);

const explain = async (code: string, lang: Lang = 'zh-CN') =>
  await explainScore(t, office, { month: APRIL, subject: { kind: 'staff', code }, lang });

beforeAll(async () => {
  await openHall(t);
  const people = TIED.filter((code) => code.startsWith('T'));
  const person = { identity: 'purchased', department_code: DEPARTMENT };
  await loadAll(
    t,
    'staff',
    people.map((staff_no) => ({ staff_no, name: `人员${staff_no}`, ...person })),
  );
  const posting = { window_code: 'W1', from_date: '2026-01-01', role: 'clerk' };
  await loadAll(
    t,
    'postings',
    people.map((staff_no) => ({ staff_no, ...posting })),
  );
  await called('T1', '2026-04-30', true, false);
  await called('T2', '2026-04-01', true, null);
  await called('T3', '2026-04-15', true, true, true);
  await called('T4', '2026-04-15', false);
  // Of another month.
  await called('S1', '2026-03-31', true);
  await called('T4', '2026-05-01', true, true);
  await closeMonth(t, office, APRIL);
});

describe('a closed month', () => {
  it('gives the places of the best grade to whoever satisfied more of those called back', async () => {
    const made = await scores();
    expect(new Set(TIED.map((code) => made.get(code)?.total))).toEqual(new Set(['95.00']));
    expect(await best()).toEqual(['T2', 'T3']);
    expect(made.get('T1')?.flags).toContain('over_quota');
  });

  it('says how many were reached and how many were satisfied, in every form', async () => {
    const made = await scores();
    expect(made.get('T1')?.call_back).toEqual({ value: '0.5000', numerator: 1, denominator: 2 });
    expect(made.get('T2')?.call_back).toEqual({ value: '1.0000', numerator: 1, denominator: 1 });
    expect(made.get('S1')?.call_back).toEqual({ value: null, numerator: 0, denominator: 0 });
    const { columns, rows } = tableOf([...made.values()]);
    const at = columns.indexOf('call_satisfied');
    const row = rows.find(([, code]) => code === 'T3');
    expect(row?.slice(at, at + 2)).toEqual([3, 3]);
    const [window] = await allScores(t, office, { month: APRIL, subject: 'window' });
    expect(window?.call_back).toMatchObject({ numerator: 5, denominator: 7 });
    const live = await liveScore(t, office, { month: APRIL, staffNo: 'T3', lang: 'zh-CN' });
    expect(live.call_back).toEqual(made.get('T3')?.call_back);
  });

  it('shows what decides between equal totals, in the order of the scheme', async () => {
    expect((await explain('T1')).tie_breakers).toEqual([
      { code: 'fewer_points_deducted', name: '扣分少', value: '0.00' },
      { code: 'higher_call_back_satisfaction', name: '回访满意率高', value: '1/2' },
      { code: 'fewer_leave_days', name: '请假天数少', value: null },
      { code: 'staff_number', name: '工号在前', value: 'T1' },
    ]);
    const [, callBack] = (await explain('S1', 'en')).tie_breakers;
    expect(callBack).toMatchObject({ name: 'higher call-back satisfaction', value: null });
    const window = { kind: 'window', code: 'W1' } as const;
    const whole = await explainScore(t, office, { month: APRIL, subject: window, lang: 'zh-CN' });
    expect(whole.tie_breakers).toEqual([]);
  });
});

describe('a sealed month', () => {
  beforeAll(async () => {
    await sealMonth(t, office, APRIL, { waiveNotice: '没有异议，提前封存' });
    await called('S1', '2026-04-30', true);
  });

  it('keeps what it counted, whatever is recorded afterwards', async () => {
    expect((await scores()).get('S1')?.call_back.denominator).toBe(0);
    expect(await best()).toEqual(['T2', 'T3']);
    expect((await verifyBook(t, office)).differences).toEqual([]);
  });

  it('is graded anew by what it kept, once a veto is taken back', async () => {
    // A veto that nothing in the book stands for any more.
    const { rowCount } = await t.db.owner.query(
      "UPDATE close.statement SET veto = true, grade = '较差' WHERE city_code = $1 AND subject_code = 'T3'",
      [CITY],
    );
    expect(rowCount).toBe(1);
    const subject = { kind: 'staff', code: 'T3' } as const;
    const { row } = await yearOfSubject(t, office, { year: '2026', subject });
    expect(row.months[0]).toMatchObject({ grade: '好', veto: false, corrected: true });
  });
});
