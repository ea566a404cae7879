/** A city with two halls: each closes, publishes and seals its month by itself. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { deskOf } from '../../src/close/month/desk-actions.ts';
import { closeMonth, listMonths, publishMonth, sealMonth, verifyBook } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { appealLine } from '../../src/close/statement/appeal-actions.ts';
import { allScores, explainScore, type Score } from '../../src/close/statement/index.ts';
import { yearOfSubject } from '../../src/close/year/actions.ts';
import type { SubjectKind } from '../../src/kernel/ids.ts';
import { month } from '../../src/kernel/month.ts';
import { postMonth, reverseForAppeal } from '../../src/ledger/entry/index.ts';
import { type Actor, cliActor } from '../../src/oversight/access/index.ts';
import { inTx } from '../../src/platform/db.ts';
import { paySheet } from '../../src/uses/pay/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, loadAll, OTHER_DEPARTMENT, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-05-06T10:00:00+08:00') });
const office = cliActor(CITY);
const [APRIL, MAY] = [month('2026-04'), month('2026-05')];
const HALL = '370800000000';
const COUNTY = '370811000000';

const late = (id: string, code: string, day: string, kind: SubjectKind = 'staff') => ({
  finding_id: id,
  occurred_on: day,
  subject_kind: kind,
  subject_code: code,
  rule: kind === 'window' ? 'stationing.item_outside' : 'daily.late',
  quantity: '1',
  evidence: '打卡',
  recorded_by: 'V1',
  confirmed_by: 'V2',
});

async function scoreOf(of: string, code: string, subject: SubjectKind = 'staff'): Promise<Score | undefined> {
  const scores = await allScores(t, office, { month: of, subject });
  return scores.find(({ subject_code }) => subject_code === code);
}

async function states(of = '2026-04'): Promise<Record<string, string>> {
  const scores = await allScores(t, office, { month: of, subject: 'staff' });
  return Object.fromEntries(scores.map(({ subject_code, state }) => [subject_code, state]));
}

const stateOf = async (of: string) =>
  (await listMonths(t, office)).items.find((one) => one.month === of)?.state;

const proven = async () => expect((await verifyBook(t, office)).differences).toEqual([]);

async function entryOf(factId: string): Promise<{ entryId: string; month: string }> {
  const { rows } = await t.db.owner.query<{ entry_id: string; month: string }>(
    `SELECT entry_id, month FROM ledger.entry
     WHERE city_code = $1 AND fact_id = $2 AND kind = 'plain'`,
    [CITY, factId],
  );
  return { entryId: rows[0]?.entry_id ?? '', month: rows[0]?.month ?? '' };
}

async function reverse(factId: string, of = APRIL): Promise<string | undefined> {
  t.clock.advance(60_000);
  const { entryId } = await entryOf(factId);
  const redressing = { number: `SS-${factId}`, by: 'A', confirmedBy: 'B', now: t.clock.now() };
  const made = await inTx(t.db, (tx) => reverseForAppeal(tx, CITY, { entryId, month: of }, redressing));
  return made?.month;
}

beforeAll(async () => {
  await openHall(t);
  const window = { name: '县窗口', department_code: OTHER_DEPARTMENT, kind: 'general' };
  await loadAll(t, 'windows', [
    { code: 'C1', region_code: COUNTY, ...window },
    { code: 'C2', region_code: '370811002000', ...window },
  ]);
  const person = { identity: 'purchased', department_code: OTHER_DEPARTMENT };
  await loadAll(t, 'staff', [
    { staff_no: 'K1', name: '孙燕', ...person },
    { staff_no: 'K2', name: '周涛', ...person },
    { staff_no: 'K3', name: '吴静', ...person },
  ]);
  const clerk = { role: 'clerk', from_date: '2026-01-01' };
  await loadAll(t, 'postings', [
    { staff_no: 'K1', window_code: 'C1', ...clerk },
    { staff_no: 'K2', window_code: 'C2', ...clerk },
    // Ten days in the city's hall, twenty in the county's: to the county's she belongs in April.
    { staff_no: 'K3', window_code: 'W2', role: 'clerk', from_date: '2026-04-01', to_date: '2026-04-10' },
    { staff_no: 'K3', window_code: 'C1', role: 'clerk', from_date: '2026-04-11' },
  ]);
  const good = Array.from({ length: 6 }, () => ({ satisfaction: 5, tags: '510' }));
  for (const [staff, at] of [
    ['S1', 'W1'],
    ['K1', 'C1'],
  ] as const) {
    await serve(t, { staff, window: at, day: '2026-04-14', count: 9, prefix: `A-${staff}`, ratings: good });
  }
  await loadAll(t, 'findings', [
    late('F-S1', 'S1', '2026-04-07'),
    late('F-K1', 'K1', '2026-04-08'),
    late('F-K1b', 'K1', '2026-04-09'),
  ]);
});

describe('a hall closes by itself', () => {
  it('and leaves the others alone', async () => {
    const closed = await closeMonth(t, office, APRIL, COUNTY);
    expect(closed).toMatchObject({ unit: COUNTY, state: 'provisional', staff: 3, windows: 2 });
    expect(await states()).toEqual({ K1: 'provisional', K2: 'provisional', K3: 'provisional' });
    expect(await stateOf('2026-04')).toBe('open');
    expect((await scoreOf('2026-04', 'K1'))?.total).toBe('96.44');
    await proven();
  });

  it('refuses what is no hall, or none of the month', async () => {
    const other = closeMonth(t, office, APRIL, '370812000000');
    await expect(other).rejects.toMatchObject({ code: 'month.unit_unknown', field: 'unit' });
  });

  it('is published by itself, and all of the city only once all are closed', async () => {
    await expect(publishMonth(t, office, APRIL)).rejects.toMatchObject({ code: 'month.units_open' });
    const end = await publishMonth(t, office, APRIL, COUNTY);
    expect(end).toMatchObject({
      unit: COUNTY,
      state: 'objection',
      notice_until: '2026-05-12T17:30:00+08:00',
    });
    await closeMonth(t, office, APRIL, HALL);
    expect(await states()).toEqual({
      ...{ K1: 'objection', K2: 'objection', K3: 'objection' },
      ...{ S1: 'provisional', S2: 'provisional' },
    });
    expect(await stateOf('2026-04')).toBe('provisional');
    await proven();
  });

  it('gives what a close of the whole city gives', async () => {
    const before = await allScores(t, office, { month: '2026-04', subject: 'staff' });
    await closeMonth(t, office, APRIL);
    expect(await allScores(t, office, { month: '2026-04', subject: 'staff' })).toEqual(before);
    await proven();
  });
});

/** Somebody who sees the own file, and may object to it. */
const clerk = (staffNo: string): Actor => ({
  kind: 'user',
  id: `u-${staffNo}`,
  username: staffNo,
  name: staffNo,
  roles: ['clerk'],
  cityCode: CITY,
  staffNo,
  permissions: new Set(['score.own', 'appeal.file'] as const),
  scope: { cityCode: CITY },
});

async function object(staffNo: string, factId: string): Promise<void> {
  const subject = { kind: 'staff', code: staffNo } as const;
  const file = await explainScore(t, clerk(staffNo), { month: APRIL, subject, lang: 'en' });
  const line = file.lines.find(({ fact }) => fact?.id === factId)?.key ?? '';
  const form = { id: randomUUID(), line, text: '当日已经请假' };
  await appealLine(t, clerk(staffNo), { month: APRIL, subject, form });
}

async function endOf(staffNo: string): Promise<[waived: string | null, appealUntil: string | null]> {
  const subject = { kind: 'staff', code: staffNo } as const;
  const file = await explainScore(t, office, { month: APRIL, subject, lang: 'en' });
  return [file.waived_reason, file.appeal_until];
}

const appealUntil = async (staffNo: string) => (await endOf(staffNo))[1];

describe('a hall is sealed before the others', () => {
  it('when its own notice is over', async () => {
    t.clock.set(new Date('2026-05-11T10:00:00+08:00'));
    await publishMonth(t, office, APRIL);
    await expect(sealMonth(t, office, APRIL, { unit: COUNTY })).rejects.toMatchObject({
      code: 'month.notice_running',
    });
    t.clock.set(new Date('2026-05-13T10:00:00+08:00'));
    // The county's notice is over, the city's runs until the 18th; so does the time to object.
    expect([await appealUntil('K1'), await appealUntil('S1')]).toEqual([
      '2026-05-12T17:30:00+08:00',
      '2026-05-18T17:30:00+08:00',
    ]);
    await object('S1', 'F-S1');
    await expect(sealMonth(t, office, APRIL)).rejects.toMatchObject({ code: 'month.notice_running' });
    const end = await sealMonth(t, office, APRIL, { unit: COUNTY });
    expect(end).toMatchObject({ unit: COUNTY, state: 'sealed', waived_reason: null });
    expect(await states()).toEqual({
      ...{ K1: 'sealed', K2: 'sealed', K3: 'sealed' },
      ...{ S1: 'objection', S2: 'objection' },
    });
    expect(await stateOf('2026-04')).toBe('objection');
    await proven();
  });

  it('once, and is then neither closed nor published', async () => {
    const refusal = { code: 'month.unit_sealed' };
    await expect(sealMonth(t, office, APRIL, { unit: COUNTY })).rejects.toMatchObject(refusal);
    await expect(closeMonth(t, office, APRIL, COUNTY)).rejects.toMatchObject(refusal);
    await expect(publishMonth(t, office, APRIL, COUNTY)).rejects.toMatchObject(refusal);
  });

  it('shows everybody the own state: pay, file, running month, year', async () => {
    const pay = await paySheet(t, office, '2026-04', 'en');
    expect(pay.map(({ staff_no, state }) => [staff_no, state])).toEqual([
      ['K1', 'sealed'],
      ['K2', 'sealed'],
      ['K3', 'sealed'],
      ['S1', 'objection'],
    ]);
    for (const [code, state] of [
      ['K1', 'sealed'],
      ['S1', 'objection'],
    ] as const) {
      const subject = { kind: 'staff', code } as const;
      expect(await explainScore(t, office, { month: APRIL, subject, lang: 'en' })).toMatchObject({ state });
      expect(await liveScore(t, office, { month: APRIL, staffNo: code, lang: 'en' })).toMatchObject({
        state,
      });
      const { row } = await yearOfSubject(t, office, { year: '2026', subject });
      expect(row.months).toEqual([expect.objectContaining({ month: '2026-04', state })]);
      expect(row.counted).toBe(state === 'sealed' ? 1 : 0);
    }
  });

  it('takes nothing more, while what belongs to the others still counts in the month', async () => {
    t.clock.advance(60_000);
    await loadAll(t, 'findings', [
      late('L-S1', 'S1', '2026-04-21'),
      late('L-K1', 'K1', '2026-04-21'),
      // Nobody's statement that is sealed moves with it, though K3 sat at this window too.
      late('L-W2', 'W2', '2026-04-22', 'window'),
    ]);
    await closeMonth(t, office, MAY);
    await closeMonth(t, office, APRIL);
    expect(await entryOf('L-S1')).toMatchObject({ month: '2026-04-01' });
    expect(await entryOf('L-K1')).toMatchObject({ month: '2026-05-01' });
    expect(await entryOf('L-W2')).toMatchObject({ month: '2026-04-01' });
    expect((await scoreOf('2026-04', 'S1'))?.indicators.daily).toBe('23.00');
    expect((await scoreOf('2026-04', 'S2'))?.indicators.stationing).toBe('8.00');
    expect((await scoreOf('2026-04', 'K1'))?.total).toBe('96.44');
    expect((await scoreOf('2026-04', 'K3'))?.indicators.stationing).toBe('10.00');
    expect((await scoreOf('2026-05', 'K1'))?.indicators.daily).toBe('24.00');
    await proven();
  });

  it('splits ratings by their batch: its own count later, those of the others at once', async () => {
    t.clock.advance(60_000);
    const ratings = [{ satisfaction: 5, tags: '510' }];
    await serve(t, { staff: 'K1', window: 'C1', day: '2026-04-15', count: 1, prefix: 'R-K', ratings });
    await serve(t, { staff: 'S1', window: 'W1', day: '2026-04-15', count: 1, prefix: 'R-S', ratings });
    // A clerk of the county at a window of the city: sealed for the one, open for the other.
    await serve(t, { staff: 'K1', window: 'W1', day: '2026-04-16', count: 1, prefix: 'R-X', ratings });
    await closeMonth(t, office, MAY);
    await closeMonth(t, office, APRIL);
    const rated = async (of: string, code: string, kind: SubjectKind = 'staff') =>
      (await scoreOf(of, code, kind))?.counts.rated;
    expect([await rated('2026-04', 'K1'), await rated('2026-05', 'K1')]).toEqual([6, 2]);
    expect([await rated('2026-04', 'S1'), await rated('2026-05', 'S1')]).toEqual([7, 0]);
    expect([await rated('2026-04', 'W1', 'window'), await rated('2026-05', 'W1', 'window')]).toEqual([8, 0]);
    expect([await rated('2026-04', 'C1', 'window'), await rated('2026-05', 'C1', 'window')]).toEqual([6, 1]);
    await proven();
  });

  it('gives back in the month that is open for the subject', async () => {
    expect(await reverse('F-S1')).toBe('2026-04');
    expect(await reverse('F-K1')).toBe('2026-05');
    t.clock.advance(60_000);
    await closeMonth(t, office, APRIL);
    await closeMonth(t, office, MAY);
    expect((await scoreOf('2026-04', 'S1'))?.indicators.daily).toBe('24.00');
    const file = await explainScore(t, office, {
      month: MAY,
      subject: { kind: 'staff', code: 'K1' },
      lang: 'en',
    });
    const back = file.lines.filter(({ kind }) => kind === 'redress' || kind === 'rescored');
    expect(back.map(({ points }) => points)).toEqual(['1.00']);
    await proven();
  });
});

describe('a month at whose gate somebody seals at the same instant', () => {
  it('takes no entry of who was sealed meanwhile', async () => {
    await loadAll(t, 'findings', [late('X-S2', 'S2', '2026-04-23'), late('X-S1', 'S1', '2026-04-23')]);
    const client = await t.db.owner.connect();
    let posting: Promise<number>;
    try {
      await client.query('BEGIN');
      await client.query(`SELECT FROM ledger.period WHERE month = '2026-04-01' FOR UPDATE`);
      posting = postMonth(t, CITY, APRIL);
      await waitForLock();
      await client.query(
        `INSERT INTO ledger.sealed_subject VALUES ($1, '2026-04-01', 'staff', 'S2', $2, now(), 0)`,
        [CITY, HALL],
      );
      await client.query(`UPDATE ledger.period SET sealings = sealings + 1 WHERE month = '2026-04-01'`);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    // Who isn't sealed is posted all the same, at once: the gate was only looked at too early.
    expect(await posting).toBe(2);
    expect(await entryOf('X-S2')).toMatchObject({ month: '2026-05-01' });
    expect(await entryOf('X-S1')).toMatchObject({ month: '2026-04-01' });
    await t.db.owner.query(`DELETE FROM ledger.sealed_subject WHERE subject_code = 'S2'`);
  });
});

/** Until somebody waits for a row that another holds. */
async function waitForLock(): Promise<void> {
  for (;;) {
    const { rows } = await t.db.owner.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Somebody turns out to have worked in the county's hall after that was sealed. */
async function comeLate(): Promise<void> {
  const person = { name: '郑爽', identity: 'purchased', department_code: OTHER_DEPARTMENT };
  await loadAll(t, 'staff', [{ staff_no: 'K4', ...person }]);
  const posting = { window_code: 'C1', role: 'clerk', from_date: '2026-04-20' };
  await loadAll(t, 'postings', [{ staff_no: 'K4', ...posting }]);
  await closeMonth(t, office, APRIL);
  expect((await deskOf(t, office, APRIL)).needs_waiver).toBe(true);
}

describe('the last hall', () => {
  it('seals the month with it', async () => {
    t.clock.set(new Date('2026-05-19T10:00:00+08:00'));
    await comeLate();
    await expect(sealMonth(t, office, APRIL)).rejects.toMatchObject({ code: 'month.newcomers' });
    const waiveNotice = '补录派岗，本人已确认';
    const sealing = sealMonth(t, office, APRIL, { waiveNotice });
    await expect(sealing).rejects.toMatchObject({ code: 'month.appeals_open' });
    const end = await sealMonth(t, office, APRIL, { waiveNotice, carryAppeals: '等待复核小组意见' });
    expect(end).toMatchObject({ unit: null, state: 'sealed' });
    expect(new Set(Object.values(await states()))).toEqual(new Set(['sealed']));
    // Only who had no notice reads why, and may appeal from the own sealing on.
    const reasons = await Promise.all(['K4', 'K1', 'S1'].map(endOf));
    expect(reasons).toEqual([
      [waiveNotice, '2026-05-26T17:30:00+08:00'],
      [null, '2026-05-20T17:30:00+08:00'],
      [null, '2026-05-26T17:30:00+08:00'],
    ]);
    expect(await stateOf('2026-04')).toBe('sealed');
    expect((await scoreOf('2026-04', 'K1'))?.total).toBe('96.44');
    await expect(closeMonth(t, office, APRIL)).rejects.toMatchObject({ code: 'month.sealed' });
    expect(await reverse('L-S1')).toBe('2026-05');
    t.clock.advance(60_000);
    await closeMonth(t, office, MAY);
    await proven();
  });
});

it('departments belong to the hall of their own region', async () => {
  const departments = await allScores(t, office, { month: '2026-04', subject: 'department' });
  expect(departments.map(({ subject_code }) => subject_code).sort()).toEqual(
    [DEPARTMENT, OTHER_DEPARTMENT].sort(),
  );
});

it('a department gets back what its windows do, though its hall sealed the later month first', async () => {
  const [january, february, march] = [month('2026-01'), month('2026-02'), month('2026-03')];
  const sealed = async (of: typeof january, unit: string) => {
    t.clock.advance(60_000);
    await closeMonth(t, office, of, unit);
    await sealMonth(t, office, of, { unit, waiveNotice: '补办以前月份' });
  };
  await loadAll(t, 'findings', [
    { ...late('J-C1', 'C1', '2026-01-07', 'window'), rule: 'case.incomplete_notice', quantity: '2' },
  ]);
  await sealed(january, COUNTY);
  expect(await reverse('J-C1', january)).toBe('2026-02');
  for (const unit of [COUNTY, HALL]) await sealed(february, unit);
  await sealed(january, HALL);
  t.clock.advance(60_000);
  await closeMonth(t, office, march);
  // The mean of its two windows had lost half of four points.
  const subject = { kind: 'department', code: OTHER_DEPARTMENT } as const;
  const { lines } = await explainScore(t, office, { month: march, subject, lang: 'en' });
  expect(lines.flatMap(({ kind, points }) => (kind === 'rescored' ? [points] : []))).toEqual(['2.00']);
  await proven();
});
