import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, sealMonth, verifyBook } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { submitRecords } from '../../src/intake/case/submission-actions.ts';
import { decide, proposeCorrection, stepOf } from '../../src/intake/correction/actions.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, ITEM, loadAll, openHall } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-03-31T10:00:00+08:00') });
const office = cliActor(CITY);

interface Sent {
  project: string;
  number?: number;
  accepted: string;
  finished: string;
  promised: number;
  day?: string;
}

async function send(...records: Sent[]): Promise<void> {
  const answers = await submitRecords(
    t,
    office,
    records.map(({ project, number = 1, accepted, finished, promised, day = '2026-03-24' }) => ({
      projectNo: project,
      serviceNumber: number,
      serviceName: '办结',
      areaCode: '370800000000',
      deptCode: DEPARTMENT,
      taskCode: ITEM,
      taskName: '参保登记',
      windowCode: 'W1',
      staffNo: 'S1',
      proStatus: 3,
      proChannel: 2,
      serviceTime: `${day} 16:00:00`,
      acceptDate: `${accepted} 09:00:00`,
      resultDate: `${finished} 15:00:00`,
      promiseDay: promised,
    })),
    'en',
  );
  expect(answers.map(({ outcome }) => outcome)).toEqual(records.map(() => 'created'));
}

async function casePoints(): Promise<string | undefined> {
  t.clock.advance(60_000);
  await closeMonth(t, office, month('2026-03'));
  const scores = await allScores(t, office, { month: '2026-03', subject: 'staff' });
  return scores.find(({ subject_code }) => subject_code === 'S1')?.indicators.case;
}

beforeAll(() => openHall(t));

describe('the promised time, by the records themselves', () => {
  it('counts working days: a case within them costs nothing', async () => {
    // Friday to the Tuesday after the next: 7 working days over two weekends.
    await send({ project: 'P-IN', accepted: '2026-03-13', finished: '2026-03-24', promised: 7 });
    expect(await casePoints()).toBe('30.00');
  });

  it('charges a case over them once, though two of its steps say so', async () => {
    const over = { project: 'P-OVER', accepted: '2026-03-13', finished: '2026-03-24', promised: 6 };
    await send(over, { ...over, number: 2 });
    expect(await casePoints()).toBe('25.00');
    expect(await casePoints()).toBe('25.00');
  });

  it('counts a day that the calendar makes a working day', async () => {
    const shift = { project: 'P-SHIFT', accepted: '2026-03-06', finished: '2026-03-09', promised: 1 };
    await send(shift);
    expect(await casePoints()).toBe('25.00');
    await loadAll(t, 'calendar', [{ day: '2026-03-07', kind: 'workday', name: '调休上班' }]);
    expect(await casePoints()).toBe('20.00');
  });

  it('stands for one event with a finding about the same case', async () => {
    await loadAll(t, 'findings', [
      {
        ...{ finding_id: 'F1', occurred_on: '2026-03-25', subject_kind: 'staff', subject_code: 'S1' },
        ...{ rule: 'case.over_promise', quantity: '1', projectNo: 'P-OVER', evidence: '抽查' },
        ...{ recorded_by: 'R', confirmed_by: 'C' },
      },
    ]);
    expect(await casePoints()).toBe('20.00');
  });

  it('tells the days behind the deduction, and is proven with the book', async () => {
    const subject = { kind: 'staff', code: 'S1' } as const;
    const { lines } = await explainScore(t, office, { month: '2026-03', subject, lang: 'zh-CN' });
    const fact = lines.map((line) => line.fact).find((one) => one?.id === 'P-OVER');
    expect(fact).toMatchObject({
      kind: 'record',
      evidence: '受理 2026-03-13，办结 2026-03-24，承诺 6 个工作日，实际 7 个工作日',
    });
    const { differences } = await verifyBook(t, office);
    expect(differences).toEqual([]);
  });
});

/** Every charge of a case that counts, by subject and month, reversals taken off. */
async function charged(project: string): Promise<Record<string, number>> {
  const { rows } = await t.db.owner.query<{ at: string; points: number }>(
    `SELECT subject_code || ' ' || to_char(month, 'YYYY-MM') AS at, sum(points_centi)::int AS points
     FROM ledger.counting_entry WHERE fact_kind = 'record' AND fact_id = $1 GROUP BY 1 ORDER BY 1`,
    [project],
  );
  return Object.fromEntries(rows.map(({ at, points }) => [at, points]));
}

const proven = async () => expect((await verifyBook(t, office)).differences).toEqual([]);

async function closeOf(...months: string[]): Promise<void> {
  for (const one of months) {
    t.clock.advance(60_000);
    await closeMonth(t, office, month(one));
  }
}

/** Puts another clerk into a step, by two people. */
async function correct(projectNo: string, value: string, serviceNumber = 1): Promise<void> {
  t.clock.advance(60_000);
  const stepId = await stepOf(t, office, { projectNo, serviceNumber });
  const { id } = await proposeCorrection(t, office, stepId, { field: 'staff', value, reason: '当日顶岗' });
  const other = { ...office, kind: 'user', id: 'u2', username: 'wang', roles: [], staffNo: null } as never;
  await decide(t, other, id, { decision: 'approve', note: '' });
}

describe('a case over the promised time whose record is put right', () => {
  const over = { accepted: '2026-03-13', finished: '2026-03-24', promised: 6 };

  it('is charged anew to whom the record names now, as often as it is put right', async () => {
    await send({ project: 'P-MOVE', ...over });
    await closeOf('2026-03');
    expect(await charged('P-MOVE')).toEqual({ 'S1 2026-03': -500 });
    await correct('P-MOVE', 'S2');
    // What came after the close is taken up by the next.
    await proven();
    await closeOf('2026-03');
    expect(await charged('P-MOVE')).toEqual({ 'S1 2026-03': 0, 'S2 2026-03': -500 });
    await proven();
    await correct('P-MOVE', 'S1');
    await closeOf('2026-03', '2026-03');
    expect(await charged('P-MOVE')).toEqual({ 'S1 2026-03': -500, 'S2 2026-03': 0 });
    await proven();
  });

  it('is seen by both in the running month before any close', async () => {
    const live = async (staffNo: string) =>
      (await liveScore(t, office, { month: '2026-03', staffNo, lang: 'zh-CN' })).lines.filter(
        ({ fact }) => fact?.id === 'P-MOVE',
      );
    await correct('P-MOVE', 'S2');
    expect(await live('S1')).toEqual([]);
    const [line] = await live('S2');
    expect(line).toMatchObject({
      points: '-5.00',
      fact: { evidence: '受理 2026-03-13，办结 2026-03-24，承诺 6 个工作日，实际 7 个工作日' },
    });
    await closeOf('2026-03');
    expect(await live('S2')).toMatchObject([{ points: line?.points, text: line?.text, fact: line?.fact }]);
    await proven();
  });

  it('costs nothing any more where the calendar says that the promise was kept', async () => {
    await send({ project: 'P-HOLIDAY', ...over });
    await closeOf('2026-03');
    expect(await charged('P-HOLIDAY')).toEqual({ 'S1 2026-03': -500 });
    await loadAll(t, 'calendar', [{ day: '2026-03-18', kind: 'holiday', name: '停水停电' }]);
    await closeOf('2026-03');
    expect(await charged('P-HOLIDAY')).toEqual({ 'S1 2026-03': 0 });
    await proven();
    await loadAll(t, 'calendar', [{ day: '2026-03-18', kind: 'workday', name: '照常上班' }]);
    await closeOf('2026-03');
    expect(await charged('P-HOLIDAY')).toEqual({ 'S1 2026-03': -500 });
    await proven();
  });
});

describe('a case whose steps are over the promise in two months', () => {
  const first = { number: 2, accepted: '2026-01-05', finished: '2026-01-20', promised: 2, day: '2026-01-20' };
  const second = { accepted: '2026-01-05', finished: '2026-02-10', promised: 2, day: '2026-02-10' };

  it('is charged in the month of the first, if that one comes first', async () => {
    await send({ project: 'T-1', ...first });
    await closeOf('2026-01');
    await send({ project: 'T-1', ...second });
    await closeOf('2026-02', '2026-01');
    expect(await charged('T-1')).toEqual({ 'S1 2026-01': -500 });
    await proven();
  });

  it('is charged there as well if that one comes last, in whatever order the months are closed', async () => {
    for (const [project, ...months] of [
      ['T-2', '2026-01', '2026-02'],
      ['T-3', '2026-02', '2026-01'],
    ] as const) {
      await send({ project, ...second });
      await closeOf('2026-01', '2026-02');
      expect(await charged(project)).toEqual({ 'S1 2026-02': -500 });
      t.clock.advance(60_000);
      await send({ project, ...first });
      await proven();
      await closeOf(...months);
      expect(await charged(project)).toEqual({ 'S1 2026-01': -500, 'S1 2026-02': 0 });
      await proven();
    }
  });

  it('is given back and charged anew in the earliest open month once both are sealed', async () => {
    await send({ project: 'T-4', ...second });
    await closeOf('2026-02', '2026-01');
    for (const one of ['2026-01', '2026-02']) {
      t.clock.advance(60_000);
      await sealMonth(t, office, month(one), { waiveNotice: '试运行月份，不公示' });
    }
    t.clock.advance(60_000);
    await send({ project: 'T-4', ...first });
    await correct('T-2', 'S2', first.number);
    await closeOf('2026-03');
    expect(await charged('T-4')).toEqual({ 'S1 2026-02': -500, 'S1 2026-03': 0 });
    expect(await charged('T-2')).toEqual({
      'S1 2026-01': -500,
      'S1 2026-02': 0,
      'S1 2026-03': 500,
      'S2 2026-03': -500,
    });
    await proven();
  });
});
