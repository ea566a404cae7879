import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { ApprovalView } from '../../src/intake/approval/contract.ts';
import type { Person } from '../support/app.ts';
import { applicationBody, type CaseHall, openCaseHall, PASSPORT_ITEM } from '../support/case-hall.ts';
import { APPROVAL, POLICE } from '../support/hall.ts';

const hall = {} as CaseHall;
/** A Wednesday; 2027 is not published. */
const WEDNESDAY = new Date('2026-12-23T10:00:00+08:00');
let chief: Person;

beforeAll(async () => {
  Object.assign(hall, await openCaseHall({ now: WEDNESDAY }));
  chief = await hall.app.person('clerk', { staffNo: 'G002', scope: '370800' });
});

/** Another day: everybody signs in again. */
async function on(when: Date): Promise<void> {
  if (hall.app.t.clock.now().getTime() === when.getTime()) return;
  hall.app.t.clock.set(when);
  for (const { page, username, password } of [hall.clerk, hall.colleague, hall.officer, chief])
    await page.signIn(username, password);
}

async function accepted(given: object = {}): Promise<string> {
  await on(WEDNESDAY);
  const answer = await hall.clerk.page.post('/applications', applicationBody(given));
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().projectNo;
}

const decide = (by: Person, projectNo: string, step: number, outcome = 'pass') =>
  by.page.post(`/approvals/${projectNo}/decision`, { step, outcome, opinion: '符合条件' });
const codeOf = async (answer: ReturnType<Person['page']['post']>) => (await answer).json().code;

test('a case passes two departments, and nobody approves what they handled before', async () => {
  const projectNo = await accepted();
  const first = (await chief.page.get('/approvals')).json().items;
  expect(first).toMatchObject([{ projectNo, step: 1, stepName: '审查', steps: 2 }]);
  expect(await codeOf(decide(hall.clerk, projectNo, 1))).toBe('approval.two_people');
  expect(await codeOf(decide(hall.officer, projectNo, 1))).toBe('approval.not_yours');
  expect(await codeOf(decide(hall.officer, projectNo, 2))).toBe('approval.step_over');
  const both = await Promise.all([decide(chief, projectNo, 1), decide(chief, projectNo, 1)]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  const back = (await decide(hall.officer, projectNo, 2, 'return')).json();
  expect(back.steps.map((one: { state: string }) => one.state)).toEqual(['open', 'waiting']);
  expect(await codeOf(decide(chief, projectNo, 1, 'return'))).toBe('approval.first_step');
  await decide(chief, projectNo, 1);
  const end = (await decide(hall.officer, projectNo, 2)).json() as ApprovalView;
  expect(end).toMatchObject({ state: 'approved', dueDay: null });
  expect(end.steps.map((one) => [one.departmentCode, one.state])).toEqual([
    [APPROVAL, 'passed'],
    [POLICE, 'passed'],
  ]);
  expect(await codeOf(decide(hall.officer, projectNo, 2))).toBe('acceptance.state');
});

test('a step goes to whoever has least, and never to the acceptor where two are needed', async () => {
  const projectNo = await accepted();
  const [open] = (await chief.page.get('/approvals'))
    .json()
    .items.filter((one: { projectNo: string }) => one.projectNo === projectNo);
  // Of the three with accounts in the department one has accepted it; the chief had the case before.
  expect(['王磊', '赵敏']).toContain(open.assignedTo);
});

test('the clock stands still while it is paused, is extended once, and warns', async () => {
  const projectNo = await accepted();
  const due = async () => (await chief.page.get(`/approvals/${projectNo}`)).json();
  // Five working days from the 23rd; of 2027 only weekends are known.
  expect(await due()).toMatchObject({ dueDay: '2026-12-30', yearMissing: null });
  const pause = { why: 'expert_review', remark: '专家评审' };
  expect((await chief.page.post(`/approvals/${projectNo}/pause`, pause)).json().state).toBe('paused');
  expect(await codeOf(chief.page.post(`/approvals/${projectNo}/pause`, pause))).toBe('acceptance.state');
  expect(await codeOf(decide(chief, projectNo, 1))).toBe('acceptance.state');
  await on(new Date('2026-12-25T16:00:00+08:00'));
  const resumed = (await chief.page.post(`/approvals/${projectNo}/resume`, {})).json();
  expect(resumed).toMatchObject({ state: 'accepted', dueDay: '2027-01-01', yearMissing: '2027' });
  const extend = (days: number) =>
    chief.page.post(`/approvals/${projectNo}/extend`, { days, reason: '情况复杂' });
  expect(await codeOf(extend(11))).toBe('approval.too_long');
  expect((await extend(10)).json()).toMatchObject({ dueDay: '2027-01-15', yearMissing: '2027' });
  expect(await codeOf(extend(1))).toBe('approval.extended');
  await hall.app.load('calendar', 'day,kind,name\n2027-01-01,holiday,元旦\n');
  expect(await due()).toMatchObject({ dueDay: '2027-01-18', yearMissing: null });
  await decide(chief, projectNo, 1);
  await decide(hall.officer, projectNo, 2);
  const { rows } = await sql<{ promise_day: number; pro_status: number }>`
    SELECT promise_day, pro_status FROM intake.case_step
    WHERE city_code = '370800' AND project_no = ${projectNo} AND service_name = '办结'`.execute(
    hall.app.t.db.app,
  );
  // Five promised, two paused, ten of the extension: what the record of the end is measured by.
  expect(rows).toEqual([{ promise_day: 17, pro_status: 3 }]);
});

test('a case over its time is in the list of overruns, by the records of its end', async () => {
  const projectNo = await accepted({ item: PASSPORT_ITEM, decision: { kind: 'accept', handed: [] } });
  await on(new Date('2027-01-20T10:00:00+08:00'));
  expect((await hall.officer.page.get(`/approvals/${projectNo}`)).json()).toMatchObject({ overdue: true });
  await decide(hall.officer, projectNo, 1, 'reject');
  const { rows } = await sql<{ staff_no: string }>`
    SELECT staff_no FROM intake.overrun_step
    WHERE city_code = '370800' AND project_no = ${projectNo}`.execute(hall.app.t.db.app);
  expect(rows).toEqual([{ staff_no: 'G003' }]);
});

test('papers that follow hold up the end, and a result is handed out once', async () => {
  await on(WEDNESDAY);
  const { latest } = (
    await hall.clerk.page.get(`/applications/papers?item=${applicationBody().item}&userProp=1`)
  ).json();
  const projectNo = await accepted({
    decision: { kind: 'accept_lacking', handed: [1], until: '2026-12-28' },
  });
  expect(latest).toBe('2026-12-30');
  await decide(chief, projectNo, 1);
  expect(await codeOf(decide(hall.officer, projectNo, 2))).toBe('approval.papers_missing');
  await hall.clerk.page.post(`/applications/${projectNo}/supplement`, {
    window: 'T01',
    decision: { kind: 'accept', handed: [2] },
  });
  expect((await decide(hall.officer, projectNo, 2)).statusCode).toBe(200);
  const waiting = (await hall.colleague.page.get('/results')).json().items;
  expect(waiting.map((row: { projectNo: string }) => row.projectNo)).toContain(projectNo);
  const give = (by = hall.colleague, window = 'T02') =>
    by.page.post(`/results/${projectNo}/hand-out`, { window, way: 'counter' });
  const both = await Promise.all([give(), give(hall.clerk, 'T01')]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  expect((await give()).json().code).toBe('acceptance.state');
  const view = (await hall.clerk.page.get(`/applications/${projectNo}`)).json();
  const last = view.course.at(-1);
  expect([view.state, last.verb, last.slip]).toEqual(['handed_out', 'hand_out', true]);
  const slip = await hall.clerk.page.get(`/applications/${projectNo}/slips/${last.number}`);
  expect(slip.body).toContain('出件回执');
});

test('where the hall has an issuing window, results are handed out there only', async () => {
  const windows = 'code,name,department_code,region_code,kind\n';
  const projectNo = await accepted({ item: PASSPORT_ITEM, decision: { kind: 'accept', handed: [] } });
  await decide(hall.officer, projectNo, 1);
  await hall.app.load('windows', `${windows}C01,统一出件,${APPROVAL},370800000000,issue\n`);
  await hall.app.load(
    'postings',
    'staff_no,window_code,from_date,to_date,role\nG004,C01,2025-01-01,,clerk\n',
  );
  const give = (window: string) =>
    hall.colleague.page.post(`/results/${projectNo}/hand-out`, { window, way: 'mail', parcel: 'EMS1' });
  expect(await codeOf(give('T02'))).toBe('approval.issue_window');
  expect((await give('C01')).json()).toMatchObject({ state: 'handed_out' });
});
