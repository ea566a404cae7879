/** How many services kept their promised time, by the records themselves: for staff, windows, departments. */
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, verifyBook } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { allScores, explainScore, type Score } from '../../src/close/statement/index.ts';
import type { SubjectKind } from '../../src/kernel/ids.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, ITEM, loadAll, OTHER_DEPARTMENT, openHall } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-05-29T10:00:00+08:00') });
const office = cliActor(CITY);
const MAY = month('2026-05');

interface Done {
  readonly project: string;
  readonly accepted?: string;
  readonly finished?: string;
  readonly promised?: string;
}

async function serve(...done: Done[]): Promise<void> {
  await loadAll(
    t,
    'service-records',
    done.map(({ project, accepted = '', finished = '', promised = '' }) => ({
      projectNo: project,
      serviceNumber: '1',
      serviceName: '办结',
      areaCode: '370800000000',
      deptCode: DEPARTMENT,
      taskCode: ITEM,
      taskName: '企业设立登记',
      windowCode: 'W1',
      staffNo: 'S1',
      proStatus: '3',
      proChannel: '2',
      serviceTime: '2026-05-20 10:00:00',
      acceptDate: accepted && `${accepted} 09:00:00`,
      resultDate: finished && `${finished} 15:00:00`,
      promiseDay: promised,
    })),
  );
}

async function scoreOf(subject: SubjectKind, code: string): Promise<Score | undefined> {
  const scores = await allScores(t, office, { month: MAY, subject });
  return scores.find(({ subject_code }) => subject_code === code);
}

beforeAll(async () => {
  await openHall(t);
  await loadAll(t, 'postings', [
    { staff_no: 'S3', window_code: 'W2', from_date: '2026-01-01', role: 'clerk' },
  ]);
  await serve(
    // Thursday 30 April to Friday 8 May: the holiday of five days lies between, 6 to 8 May are worked.
    { project: 'T-HOLIDAY', accepted: '2026-04-30', finished: '2026-05-08', promised: '3' },
    // Friday to Monday: one working day.
    { project: 'T-WEEKEND', accepted: '2026-05-15', finished: '2026-05-18', promised: '1' },
    { project: 'T-LATE', accepted: '2026-05-15', finished: '2026-05-19', promised: '1' },
    // Saturday 9 May is worked to make up for the holiday, so these are two.
    { project: 'T-MADE-UP', accepted: '2026-05-08', finished: '2026-05-11', promised: '1' },
    // Without a promise, or not finished by the record: in neither number.
    { project: 'T-NONE' },
    { project: 'T-OPEN', accepted: '2026-05-15', promised: '3' },
  );
  await closeMonth(t, office, MAY);
});

describe('the on-time rate', () => {
  it.each([
    ['staff', 'S1'],
    ['window', 'W1'],
    ['department', DEPARTMENT],
  ] as const)('of a %s has its numerator and denominator', async (kind, code) => {
    const score = await scoreOf(kind, code);
    expect(score?.on_time).toEqual({ value: '0.5000', numerator: 2, denominator: 4 });
    expect(score?.counts.ratable).toBe(6);
  });

  it('has no value where nothing was promised', async () => {
    expect((await scoreOf('staff', 'S3'))?.on_time).toEqual({ value: null, numerator: 0, denominator: 0 });
    expect(await scoreOf('department', OTHER_DEPARTMENT)).toMatchObject({ on_time: { denominator: 0 } });
  });

  it('charges nothing for records of a file, and the proof holds', async () => {
    expect((await scoreOf('staff', 'S1'))?.indicators.case).toBe('30.00');
    expect((await verifyBook(t, office)).differences).toEqual([]);
  });

  it('is the same in the file of the subject, closed or running', async () => {
    const subject = { kind: 'staff', code: 'S1' } as const;
    const closed = await explainScore(t, office, { month: MAY, subject, lang: 'en' });
    const live = await liveScore(t, office, { month: MAY, staffNo: 'S1', lang: 'en' });
    expect(closed.on_time).toEqual({ value: '0.5000', numerator: 2, denominator: 4 });
    expect(live.on_time).toEqual(closed.on_time);
  });
});
