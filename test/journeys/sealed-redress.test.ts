/** What was sealed stands; what was decided of it since comes back to the hundredth, once. */
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, sealMonth, verifyBook } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { yearOfSubject } from '../../src/close/year/actions.ts';
import { type Month, month } from '../../src/kernel/month.ts';
import { adjustForAppeal, reverseForAppeal } from '../../src/ledger/entry/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { inTx } from '../../src/platform/db.ts';
import { paySheet } from '../../src/uses/pay/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, loadAll, openHall } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-04-10T10:00:00+08:00') });
const office = cliActor(CITY);
const [JANUARY, FEBRUARY, MARCH] = [month('2026-01'), month('2026-02'), month('2026-03')];

const finding = { quantity: '1', evidence: '监控', recorded_by: 'R', confirmed_by: 'C' };
const about = (kind: string, code: string, rule: string, day: string, id: string) => ({
  ...finding,
  ...{ finding_id: id, subject_kind: kind, subject_code: code, rule, occurred_on: day },
});

async function close(of: Month): Promise<void> {
  t.clock.advance(60_000);
  await closeMonth(t, office, of);
}

async function seal(of: Month): Promise<void> {
  t.clock.advance(60_000);
  await sealMonth(t, office, of, { waiveNotice: '试运行月份，不公示' });
  t.clock.advance(60_000);
}

async function total(of: Month, code: string, subject: 'staff' | 'window' = 'staff') {
  const scores = await allScores(t, office, { month: of, subject });
  return scores.find(({ subject_code }) => subject_code === code)?.total;
}

async function reverse(factId: string, of = JANUARY): Promise<void> {
  t.clock.advance(60_000);
  const { rows } = await t.db.owner.query<{ entry_id: string }>(
    `SELECT entry_id FROM ledger.entry WHERE city_code = $1 AND fact_id = $2 AND kind = 'plain'`,
    [CITY, factId],
  );
  const entryId = rows[0]?.entry_id ?? '';
  const redressing = { number: `SS-${factId}`, by: 'A', confirmedBy: 'B', now: t.clock.now() };
  const made = await inTx(t.db, (tx) => reverseForAppeal(tx, CITY, { entryId, month: of }, redressing));
  expect(made).toBeDefined();
}

const proven = async () => expect((await verifyBook(t, office)).differences).toEqual([]);

beforeAll(async () => {
  await openHall(t);
  await loadAll(t, 'staff', [
    { staff_no: 'S4', name: '孙燕', identity: 'purchased', department_code: DEPARTMENT },
  ]);
  const posting = { staff_no: 'S4', window_code: 'W1', role: 'clerk' };
  await loadAll(t, 'postings', [
    { ...posting, from_date: '2026-01-01', to_date: '2026-01-31' },
    { ...posting, from_date: '2026-03-01' },
  ]);
  await loadAll(t, 'findings', [
    ...[1, 2, 3, 4, 5, 6, 7].map((at) => about('staff', 'S1', 'daily.late', `2026-01-0${at}`, `L${at}`)),
    about('staff', 'S1', 'daily.quarrel', '2026-01-20', 'Q1'),
    about('window', 'W2', 'daily.window_unmanned', '2026-01-21', 'U1'),
    about('staff', 'S4', 'daily.late', '2026-01-22', 'N1'),
  ]);
  await close(JANUARY);
  await seal(JANUARY);
});

describe('a sealed month of which entries are taken back', () => {
  it('took the doubling, the chief’s half and a veto', async () => {
    // Seven times late: 5 + 2 × 2; the quarrel 3.
    expect(await total(JANUARY, 'S1')).toBe('83.00');
    expect(await total(JANUARY, 'S2')).toBe('94.00');
    const pay = (await paySheet(t, office, JANUARY, 'zh-CN')).find(({ staff_no }) => staff_no === 'S1');
    expect(pay).toMatchObject({ grade: '较差', amount_fen: -30_000, correction_fen: 0 });
    await proven();
  });

  it('gives back all of it in the next open month, to everybody whom it was taken from', async () => {
    const before = await total(JANUARY, 'W2', 'window');
    for (const fact of ['L2', 'U1', 'Q1', 'N1']) await reverse(fact);
    await close(FEBRUARY);
    expect(await total(JANUARY, 'S1')).toBe('83.00');
    expect(await total(JANUARY, 'W2', 'window')).toBe(before);
    // One late less is one doubling less as well: 2, and the quarrel 3.
    expect(await total(FEBRUARY, 'S1')).toBe('100.00');
    expect(await total(FEBRUARY, 'S2')).toBe('96.00');
    // Its own 2, and 1 by the mean of its staff.
    expect(await total(FEBRUARY, 'W2', 'window')).toBe('98.00');
    const subject = { kind: 'staff', code: 'S1' } as const;
    const { lines } = await explainScore(t, office, { month: FEBRUARY, subject, lang: 'zh-CN' });
    expect(lines.filter(({ part }) => part === 'total').map(({ kind, points }) => [kind, points])).toEqual([
      ['redress', '1.00'],
      ['redress', '3.00'],
      ['rescored', '1.00'],
    ]);
    expect(lines.at(-1)?.text).toContain('封存 83.00，应为 88.00');
    const live = await liveScore(t, office, { month: FEBRUARY, staffNo: 'S1', lang: 'zh-CN' });
    expect(live.total).toBe('100.00');
    await proven();
  });

  it('gives once, and the rest of it later', async () => {
    await seal(FEBRUARY);
    await reverse('L5');
    await close(MARCH);
    // Five times late are left: the last doubling goes.
    expect(await total(MARCH, 'S1')).toBe('97.00');
    expect(await total(MARCH, 'S2')).toBe('95.00');
    await proven();
  });

  it('owes who was not assessed until the first month in which the person is', async () => {
    expect(await total(FEBRUARY, 'S4')).toBeUndefined();
    expect(await total(MARCH, 'S4')).toBe('96.00');
    await seal(MARCH);
    await close(month('2026-04'));
    expect(await total(month('2026-04'), 'S4')).toBe('95.00');
    await proven();
  });

  it('no longer holds the veto against the year, and pay shows the difference', async () => {
    const subject = { kind: 'staff', code: 'S1' } as const;
    const { row } = await yearOfSubject(t, office, { year: '2026', subject });
    const [january] = row.months;
    expect(january).toMatchObject({ total: '83.00', grade: '一般', veto: false, corrected: true });
    expect(row.reason).not.toBe('veto');
    const lines = await paySheet(t, office, JANUARY, 'zh-CN');
    const own = lines.find(({ staff_no }) => staff_no === 'S1');
    expect(own).toMatchObject({ grade: '较差', amount_fen: -30_000, correction_fen: 30_000 });
    expect(own?.reason).toContain('一票否决已撤销');
    expect(lines.find(({ staff_no }) => staff_no === 'S4')).toMatchObject({ correction_fen: 0 });
  });
});

describe('an open month', () => {
  const APRIL = month('2026-04');
  const own = { kind: 'staff', code: 'S1' } as const;
  const derivation = () => explainScore(t, office, { month: APRIL, subject: own, lang: 'zh-CN' });

  /** Upholds an appeal against a line that has no entry to reverse. */
  async function redress(number: string, part: string, line: string, pointsCenti: number): Promise<void> {
    t.clock.advance(60_000);
    const { scheme_hash: schemeHash } = await derivation();
    const given = { month: APRIL, subject: own, part, pointsCenti, schemeHash };
    const explanation = { value_from: '2022-01-01', source: '细则', appeal: number, line };
    const redressing = { number, by: 'A', confirmedBy: 'B', now: t.clock.now() };
    await inTx(t.db, (tx) => adjustForAppeal(tx, CITY, { ...given, explanation }, redressing));
  }

  async function closed(): Promise<Record<string, string>> {
    await close(APRIL);
    await proven();
    const live = await liveScore(t, office, { month: APRIL, staffNo: 'S1', lang: 'zh-CN' });
    const { total: sum, parts, lines } = await derivation();
    expect([live.total, live.lines.map(({ points }) => points).sort()]).toEqual([
      sum,
      lines.map(({ points }) => points).sort(),
    ]);
    return Object.fromEntries(parts.map(({ code, points }) => [code, points ?? '']));
  }

  it('gives a line and its doubling back once each, in whatever order both are upheld', async () => {
    const days = [1, 2, 3, 4, 5, 6, 7].map((at) => `2026-04-0${at}`);
    await loadAll(
      t,
      'findings',
      days.map((on, at) => about('staff', 'S1', 'daily.late', on, `A${at + 1}`)),
    );
    expect(await closed()).toMatchObject({ daily: '16.00' });
    const { lines } = await derivation();
    const repeats = lines.filter(({ kind }) => kind === 'repeat');
    expect(repeats.map(({ points }) => points)).toEqual(['-1.00', '-1.00']);
    const [sixth, seventh] = repeats.map(({ key }) => key ?? '');
    await redress('SS-6', 'daily', sixth ?? '', 100);
    expect(await closed()).toMatchObject({ daily: '17.00' });
    await reverse('A6', APRIL);
    // Six times late are left, the last of them doubled: 7.
    expect(await closed()).toMatchObject({ daily: '18.00' });
    await reverse('A7', APRIL);
    expect(await closed()).toMatchObject({ daily: '20.00' });
    await redress('SS-7', 'daily', seventh ?? '', 100);
    expect(await closed()).toMatchObject({ daily: '20.00' });
  });

  it('gives points for a merit up to the cap of its item, and for an honour beside the highest', async () => {
    const merit = (id: string, rule: string, quantity: string) => ({
      ...{ merit_id: id, occurred_on: '2026-04-08', staff_no: 'S1', rule, quantity },
      ...{ evidence: '锦旗', confirmed_by: 'C' },
    });
    await loadAll(t, 'merits', [
      merit('M1', 'bonus.public_praise', '1'),
      merit('M2', 'bonus.honour_city', '1'),
      merit('M3', 'bonus.honour_province', '1'),
    ]);
    expect(await closed()).toMatchObject({ public_praise: '0.50', honour: '3.00' });
    const keys = new Map((await derivation()).lines.map(({ fact, key }) => [fact?.id, key ?? '']));
    await redress('SS-M1', 'public_praise', keys.get('M1') ?? '', 100);
    await redress('SS-M3', 'honour', keys.get('M3') ?? '', 150);
    expect(await closed()).toMatchObject({ public_praise: '1.50', honour: '4.50' });
    await loadAll(t, 'merits', [merit('M4', 'bonus.public_praise', '3')]);
    expect(await closed()).toMatchObject({ public_praise: '2.00', honour: '4.50' });
  });
});
