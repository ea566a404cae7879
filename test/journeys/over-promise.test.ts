import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, verifyBook } from '../../src/close/month/index.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { submitRecords } from '../../src/intake/case/submission-actions.ts';
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
