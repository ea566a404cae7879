import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { ApplicationView } from '../../src/intake/acceptance/contract.ts';
import type { Person } from '../support/app.ts';
import { applicationBody, type CaseHall, openCaseHall, PASSPORT_ITEM } from '../support/case-hall.ts';

const hall = {} as CaseHall;
beforeAll(async () => Object.assign(hall, await openCaseHall()));

async function take(given: object = {}, by: Person = hall.clerk): Promise<ApplicationView> {
  const answer = await by.page.post('/applications', applicationBody(given));
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

async function refusal(given: object, by: Person = hall.clerk): Promise<string> {
  const answer = await by.page.post('/applications', applicationBody(given));
  const { code, errors } = answer.json();
  return errors?.[0]?.code ?? code;
}

const records = async (projectNo: string) => {
  const { rows } = await sql<Record<string, unknown>>`
    SELECT service_number, service_name, pro_status, window_code, staff_no, source, has_mobile
    FROM intake.case_step WHERE city_code = '370800' AND project_no = ${projectNo}
    ORDER BY service_number`.execute(hall.app.t.db.app);
  return rows.map((row) => [
    row.service_number,
    row.service_name,
    row.pro_status,
    row.window_code,
    row.staff_no,
  ]);
};

test('the papers are those of the kind of applicant', async () => {
  const asked = async (userProp: number) => {
    const answer = await hall.clerk.page.get(
      `/applications/papers?item=${applicationBody().item}&userProp=${userProp}`,
    );
    return answer.json().items.map(({ number }: { number: number }) => number);
  };
  expect(await asked(1)).toEqual([1, 2]);
  expect(await asked(2)).toEqual([1, 2, 3]);
});

test('an accepted case is one however often its form is sent, and a service record by itself', async () => {
  const body = applicationBody();
  const both = await Promise.all([1, 2].map(() => hall.clerk.page.post('/applications', body)));
  expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
  const [one, other] = both.map((answer) => answer.json());
  expect(other.projectNo).toBe(one.projectNo);
  expect(one).toMatchObject({ state: 'accepted', proStatus: 2, promisedDays: 5, applicant: '周*' });
  expect(one.dueDay).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(await records(one.projectNo)).toEqual([[1, '受理', 2, 'T01', 'G001']]);
  const sealed = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM intake.applicant a
    JOIN intake.case_step s ON s.city_code = a.city_code AND s.step_id = a.step_id
    WHERE s.city_code = '370800' AND s.project_no = ${one.projectNo} AND user_name_enc IS NOT NULL`.execute(
    hall.app.t.db.app,
  );
  expect(sealed.rows[0]?.count).toBe(1);
  const slip = await hall.clerk.page.get(`/applications/${one.projectNo}/slips/1`);
  expect(slip.headers['content-type']).toContain('text/html');
  for (const text of ['受理通知书', one.projectNo, '评价码', '<svg']) expect(slip.body).toContain(text);
  expect(slip.body).not.toContain('周大爷');
});

test('what is missing is told once, under a number, and nothing else is asked for afterwards', async () => {
  const told = await take({ decision: { kind: 'notice', handed: [2] } });
  expect(told).toMatchObject({ state: 'noticed', proStatus: 1, dueDay: null });
  expect(told.notices).toMatchObject([{ missing: ['食品经营许可申请书'] }]);
  const slip = await hall.clerk.page.get(`/applications/${told.projectNo}/slips/1?lang=en`);
  expect(slip.body).toContain(`No. ${told.notices[0]?.noticeNo}`);
  const again = (decision: object, by = hall.colleague, window = 'T02') =>
    by.page.post(`/applications/${told.projectNo}/supplement`, { window, decision });
  expect((await again({ kind: 'accept', handed: [] })).json().errors[0].code).toBe(
    'acceptance.papers_missing',
  );
  const other = await take({
    applicant: { userProp: 2, userName: '某公司' },
    decision: { kind: 'notice', handed: [1, 2] },
  });
  expect(other.notices[0]?.missing).toEqual(['营业执照复印件']);
  const more = await again({ kind: 'consult' });
  expect(more.json().code).toBe('acceptance.state');
  expect((await again({ kind: 'accept', handed: [1] }, hall.officer, 'P01')).statusCode).toBe(200);
  expect((await again({ kind: 'accept', handed: [1] })).json().code).toBe('acceptance.state');
  expect(await records(told.projectNo)).toEqual([
    [1, '一次性告知', 1, 'T01', 'G001'],
    [2, '受理', 2, 'P01', 'G003'],
  ]);
});

test('papers that may follow are waited for until a day, and completed once', async () => {
  const { latest } = (
    await hall.clerk.page.get(`/applications/papers?item=${applicationBody().item}&userProp=1`)
  ).json();
  const lacking = await take({ decision: { kind: 'accept_lacking', handed: [1], until: latest } });
  expect(lacking).toMatchObject({ state: 'accepted', lackingUntil: latest });
  const hand = () =>
    hall.clerk.page.post(`/applications/${lacking.projectNo}/supplement`, {
      window: 'T01',
      decision: { kind: 'accept', handed: [2] },
    });
  const both = await Promise.all([hand(), hand()]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  expect(await records(lacking.projectNo)).toHaveLength(2);
});

test('a refusal stands in the register of every no by itself, once', async () => {
  const refused = await take({
    decision: { kind: 'refuse', reason: '不属于本机关职权范围', ground: '行政许可法第三十二条' },
  });
  expect(refused).toMatchObject({ state: 'refused', proStatus: 3 });
  await hall.app.settle();
  const office = await hall.app.person('assessment_office');
  const { items } = (await office.page.get('/refusals')).json();
  expect(items).toMatchObject([
    { windowCode: 'T01', itemName: '食品经营许可', ground: '行政许可法第三十二条' },
  ]);
  expect(await records(refused.projectNo)).toEqual([[1, '不予受理', 3, 'T01', 'G001']]);
});

test('bad input is refused and leaves nothing behind', async () => {
  expect(await refusal({ window: 'T02' })).toBe('acceptance.not_your_window');
  expect(await refusal({ item: PASSPORT_ITEM.replace(/.$/, '9') })).toBe('acceptance.not_offered');
  expect(await refusal({ decision: { kind: 'accept', handed: [1] } })).toBe('acceptance.papers_missing');
  expect(await refusal({ decision: { kind: 'accept', handed: [9] } })).toBe('acceptance.unknown_paper');
  expect(await refusal({ joint: 'nothing' })).toBe('acceptance.joint_unknown');
  expect(
    await refusal({ applicant: { userProp: 1, userName: '周', certKey: '370800199001011234' } }),
  ).toMatch(/^field\.resident_id/);
  expect(await refusal({ window: 'P01', item: applicationBody().item }, hall.officer)).toBe(
    'acceptance.not_offered',
  );
  const office = await hall.app.person('assessment_office');
  const answer = await office.page.post('/applications', applicationBody());
  expect(answer.json().code).toBe('access.permission_denied');
  const stray = await hall.app.person('clerk', { staffNo: 'G005', scope: '370800' });
  const mine = await take();
  expect((await stray.page.get(`/applications/${mine.projectNo}`)).json().code).toBe('acceptance.unknown');
});

test('items handed in together are joined, and a case is taken back', async () => {
  const first = await take();
  const second = await take({
    joint: first.projectNo,
    item: PASSPORT_ITEM,
    decision: { kind: 'accept', handed: [] },
  });
  expect(second.joint).toMatchObject([{ projectNo: first.projectNo }]);
  const body = { window: 'T01', reason: '申请人要求' };
  const back = await hall.clerk.page.post(`/applications/${second.projectNo}/withdraw`, body);
  expect(back.json()).toMatchObject({ state: 'withdrawn', proStatus: 3, dueDay: null });
  expect((await hall.clerk.page.post(`/applications/${second.projectNo}/withdraw`, body)).statusCode).toBe(
    409,
  );
  const own = (await hall.clerk.page.get('/applications')).json().items;
  expect(own.map((row: { projectNo: string }) => row.projectNo)).toContain(first.projectNo);
  expect(own.map((row: { projectNo: string }) => row.projectNo)).not.toContain(second.projectNo);
});
