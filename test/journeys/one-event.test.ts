/** One event is charged once: a month counts the heaviest of what names the same case and subject. */
import { expect, it } from 'vitest';
import { verifyBook } from '../../src/close/month/index.ts';
import { explainScore } from '../../src/close/statement/index.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { CLERK, csvOf, recordForm } from '../support/hall.ts';
import { CITY } from '../support/office.ts';

const app = await openApp({ now: new Date('2026-06-08T10:00:00+08:00') });
const { t } = app;
const office = await app.person('assessment_office');
const people = {
  caller: await app.person('caller'),
  supervisor: await app.person('supervisor'),
  leader: await app.person('leader'),
};
const proposal = {
  outcome: 'at_fault',
  subjectKind: 'staff',
  subjectCode: CLERK,
  reason: '监控显示确有推诿',
};
const agree = { approve: true, note: '同意认定' };

let made = 0;
const complaint = (more: object) => {
  made += 1;
  return {
    ...{ id: `one-${made}`, channel: 'phone', kind: 'complaint', subjectKind: 'staff', subjectCode: CLERK },
    ...{ text: '窗口工作人员推诿', receivedAt: '2026-06-08 09:30', ...more },
  };
};

/** What the book has of a case, and what a close makes of it for the clerk. */
const bookOf = async (projectNo: string, of = '2026-06') => {
  await app.settle();
  const { rows } = await t.db.owner.query(
    `SELECT rule FROM ledger.entry WHERE city_code = $1 AND project_no = $2 AND subject_kind = 'staff'
       AND kind IN ('plain', 'post') ORDER BY rule`,
    [CITY, projectNo],
  );
  expect((await office.page.post(`/months/${of}/close`)).statusCode).toBe(200);
  const subject = { kind: 'staff', code: CLERK } as const;
  const { lines } = await explainScore(t, cliActor(CITY), { month: month(of), subject, lang: 'zh-CN' });
  const about = lines.filter((one) => JSON.stringify(one).includes(projectNo));
  const points = about.map(({ points: value }) => Number(value));
  return { rules: rows.map(({ rule }) => rule), counted: points.reduce((sum, one) => sum + one, 0), about };
};
const found = async (projectNo: string, more: object = {}) => {
  const { id, number, orderId } = (
    await people.caller.page.post('/voices', complaint({ projectNo, ...more }))
  ).json();
  await people.supervisor.page.post(`/voices/${id}/fault`, proposal);
  const decide = () => people.leader.page.post(`/voices/${id}/fault/decision`, agree);
  return { number, orderId, decided: await decide(), decide };
};
const badly = async (projectNo: string, serviceTime: string, satisfaction = 2) => {
  const [handed] = await app.handIn([recordForm({ projectNo, serviceTime })]);
  const token = handed ? tokenOf(handed) : '';
  const tags = satisfaction === 2 ? ['214'] : ['115'];
  const rated = await app.api('POST', '/ratings', { token, satisfaction, evalDetail: tags });
  expect(rated.statusCode, rated.body).toBe(201);
  await app.settle();
  const { items } = (await office.page.get(`/work-orders?kind=rectification&q=${projectNo}`)).json();
  return items[0].id as string;
};
const uphold = async (id: string) => {
  const review = { finding: 'upheld', note: '核实属实' };
  expect((await office.page.post(`/work-orders/${id}/review`, review)).statusCode).toBe(200);
};

it('of a stuck matter and a complaint about it the month counts the heavier', async () => {
  const projectNo = 'P-STUCK-1';
  await app.handIn([recordForm({ projectNo, serviceTime: '2026-06-08 09:00:00' })]);
  for (const more of [{ kind: 'stuck_matter', category: 'no_result' }, {}])
    expect((await found(projectNo, more)).decided.json().decisions[0].chargedWith).toBeNull();
  const { rules, counted } = await bookOf(projectNo);
  expect(rules).toEqual(['complaint.at_fault', 'complaint.desk_at_fault']);
  expect(counted).toBe(-5);
});

it.each([
  ['before', 2, -5],
  ['after', 2, -5],
  ['after', 1, -5],
])(
  'of a complaint at fault and a bad rating upheld %s it too, whatever came first (level %i)',
  async (when, level, points) => {
    const projectNo = `P-ONE-${when}-${level}`;
    const order = await badly(projectNo, '2026-06-08 09:00:00', level);
    if (when === 'before') await uphold(order);
    const { decided, orderId } = await found(projectNo);
    expect(decided.json().decisions).toMatchObject([{ state: 'approved', chargedWith: null }]);
    if (when === 'after') await uphold(order);
    const { rules, counted, about } = await bookOf(projectNo);
    expect(rules).toEqual([
      'complaint.at_fault',
      level === 2 ? 'rating.dissatisfied' : 'rating.very_dissatisfied',
    ]);
    expect(counted).toBe(points);
    // The other one is listed with what it would have been, and why it counts for nothing.
    expect(about.length).toBe(3);
    // What ends afterwards says so in its story.
    await people.supervisor.page.post(`/work-orders/${orderId}/withdraw`, { note: '已另行处理' });
    await app.settle();
    const { events } = (await people.supervisor.page.get(`/work-orders/${orderId}`)).json();
    expect(events.at(-1)).toMatchObject({ what: 'accounted', detail: { account: 'one_event' } });
  },
);

it('of a bad rating and a complaint that another system has decided too', async () => {
  const projectNo = 'P-ONE-IMPORT';
  const order = await badly(projectNo, '2026-06-08 09:00:00');
  await app.load(
    'complaints',
    csvOf([
      {
        ...{ complaint_id: 'C-ONE', received_at: '2026-06-08 09:40:00', channel: '12345' },
        ...{ subject_kind: 'staff', subject_code: CLERK, projectNo, text: '态度差' },
        ...{ outcome: 'at_fault', confirmed_by: 'D12345' },
      },
    ]),
  );
  await uphold(order);
  const { rules, counted } = await bookOf(projectNo);
  expect(rules).toEqual(['complaint.at_fault', 'rating.dissatisfied']);
  expect(counted).toBe(-5);
});

it('a complaint waits for a bad rating of another month, and then charges nothing itself', async () => {
  const projectNo = 'P-MAY';
  const order = await badly(projectNo, '2026-06-01 09:00:00');
  const { decided, decide } = await found(projectNo, { receivedAt: '2026-05-31 16:00' });
  expect(decided.json().code).toBe('fault.rating_waiting');
  await uphold(order);
  expect((await decide()).json().decisions).toMatchObject([{ chargedWith: `${projectNo}-1` }]);
  const { rules } = await bookOf(projectNo);
  expect(rules).toEqual(['rating.dissatisfied']);
});

it('a bad rating is void, and says why, where a complaint of another month has charged before', async () => {
  const projectNo = 'P-LATER';
  await app.handIn([recordForm({ projectNo, serviceTime: '2026-06-01 09:00:00' })]);
  const { decided } = await found(projectNo, { receivedAt: '2026-05-31 16:00' });
  expect(decided.json().decisions[0]).toMatchObject({ state: 'approved', chargedWith: null });
  const order = await badly(projectNo, '2026-06-01 09:00:00');
  await uphold(order);
  const { rules, counted } = await bookOf(projectNo);
  expect([rules, counted]).toEqual([['complaint.at_fault'], 0]);
  expect((await bookOf(projectNo, '2026-05')).counted).toBe(-5);
  const { rows } = await t.db.owner.query(
    `SELECT kind, reason FROM ledger.entry WHERE project_no = $1 AND fact_kind = 'rating' ORDER BY kind`,
    [projectNo],
  );
  expect(rows).toEqual([
    { kind: 'pending', reason: null },
    { kind: 'void', reason: 'one_event' },
  ]);
  await people.supervisor.page.post(`/work-orders/${order}/withdraw`, { note: '已另行处理' });
  await app.settle();
  const { events } = (await people.supervisor.page.get(`/work-orders/${order}`)).json();
  expect(events.at(-1)).toMatchObject({ what: 'accounted', detail: { account: 'one_event' } });
  expect(await verifyBook(t, cliActor(CITY))).toMatchObject({ ok: true, differences: [] });
});
