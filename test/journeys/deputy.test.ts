/** Who has an order in hand; deputies (AB 岗), who decide for somebody and stay one person. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, CLERK, POLICE, recordForm } from '../support/hall.ts';

const app = await openApp({ now: new Date('2026-03-11T10:00:00+08:00') });
const { t } = app;
const liaison = await app.person('department_liaison', { scope: APPROVAL, name: '王五' });
const leader = await app.person('leader', { name: '赵六' });
const supervisor = await app.person('supervisor', { name: '钱七' });
const concerned = await app.person('supervisor', { staffNo: CLERK, name: '孙八' });
const office = await app.person('assessment_office');
const wages = await app.person('wage_office');

const as = (one: Person, principal: Person) => ({
  get: (path: string) => one.page.send('GET', path, undefined, { 'x-on-behalf-of': principal.id }),
  post: (path: string, form: object = {}) =>
    one.page.send('POST', path, form, { 'x-on-behalf-of': principal.id }),
});
const days = { from: '2026-03-11', until: '2026-03-13' };
let count = 0;
async function speak(): Promise<string> {
  count += 1;
  const answer = await app.api('POST', '/voices', {
    id: `deputy-${count}`,
    channel: 'web',
    kind: 'suggestion',
    subjectKind: 'department',
    subjectCode: APPROVAL,
    text: '希望延长午间服务时间',
    receivedAt: t.clock.now().toISOString(),
  });
  return await orderOf(answer.json().number);
}
async function orderOf(q: string): Promise<string> {
  return (await office.page.get(`/work-orders?q=${q}`)).json().items[0].id;
}
/** Signed, contacted and answered by the liaison, or by whoever stands in. */
interface Hand {
  post(path: string, form?: object): PromiseLike<{ statusCode: number }>;
}
async function answered(id: string, by: Hand): Promise<void> {
  for (const [step, form] of [
    ['sign', {}],
    ['contact', { outcome: 'reached', note: '已联系' }],
    ['answer', { note: '已安排值班' }],
  ] as const) {
    expect((await by.post(`/work-orders/${id}/${step}`, form)).statusCode, step).toBe(200);
  }
}
const approve = { approve: true, note: '同意' };

describe('a deputy', () => {
  it('is named by oneself or the office, for days to come, once', async () => {
    const ask = (form: object, who = liaison) => who.page.post('/deputies', form);
    expect((await ask({ standInId: supervisor.id, ...days, until: '2026-03-10' })).json().code).toBe(
      'deputy.days',
    );
    for (const standInId of [liaison.id, wages.id, 'nobody']) {
      expect((await ask({ standInId, ...days })).json().code).toBe('deputy.unknown_account');
    }
    const named = (await ask({ standInId: supervisor.id, ...days })).json();
    expect(named.mine).toMatchObject([{ standInName: '钱七', ...days }]);
    expect((await ask({ standInId: leader.id, ...days })).json().code).toBe('deputy.overlap');
    const other = { userId: leader.id, standInId: supervisor.id, ...days };
    expect((await ask(other, supervisor)).statusCode).toBe(200);
    expect((await ask({ ...other, standInId: office.id }, liaison)).statusCode).toBe(403);
    const { standingIn } = (await supervisor.page.get('/deputies')).json();
    expect(standingIn.map((one: { userName: string }) => one.userName).sort()).toEqual(
      ['王五', '赵六'].sort(),
    );
  });

  it('sees and does what the other may, named as the deputy in history and audit', async () => {
    const id = await speak();
    expect((await supervisor.page.post(`/work-orders/${id}/sign`)).statusCode).toBe(403);
    await answered(id, as(supervisor, liaison));
    const order = (await office.page.get(`/work-orders/${id}`)).json();
    expect(order.events.at(-1)).toMatchObject({ what: 'answered', by: '钱七（代王五）' });
    const { rows } = await t.db.owner.query(
      `SELECT actor_name, detail ->> 'on_behalf_of' AS principal FROM oversight.audit
       WHERE action = 'order.answered' AND subject_id = $1`,
      [order.number],
    );
    expect(rows).toEqual([{ actor_name: supervisor.username, principal: liaison.username }]);
  });

  it('is one person: not the second to the own first step, in either name', async () => {
    const own = await speak();
    await answered(own, as(supervisor, liaison));
    const second = [supervisor.page, as(supervisor, leader)];
    for (const one of second) {
      expect((await one.post(`/work-orders/${own}/approve`, approve)).json().code).toBe('order.same_person');
    }
    expect((await leader.page.post(`/work-orders/${own}/approve`, approve)).statusCode).toBe(200);
    const theirs = await speak();
    await answered(theirs, liaison.page);
    expect((await as(supervisor, leader).post(`/work-orders/${theirs}/approve`, approve)).statusCode).toBe(
      200,
    );
  });

  it('handles nothing that concerns either of the two', async () => {
    const [link] = await app.handIn([recordForm({ projectNo: 'DEP1', serviceTime: '2026-03-11 09:00:00' })]);
    const given = { token: link ? tokenOf(link) : '', satisfaction: 1, evalDetail: ['110'] };
    expect((await app.api('POST', '/ratings', given)).statusCode).toBe(201);
    for (let round = 0; round < 2; round += 1) await app.settle();
    const id = await orderOf('DEP1');
    await office.page.post('/deputies', { userId: concerned.id, standInId: leader.id, ...days });
    const note = { note: '请尽快办理' };
    for (const one of [concerned.page, as(leader, concerned)]) {
      expect((await one.post(`/work-orders/${id}/supervise`, note)).json().code).toBe('order.own_matter');
    }
  });

  it('stands in on these days only, for orders only, and until it is taken back', async () => {
    const id = await speak();
    expect((await as(leader, liaison).get(`/work-orders/${id}`)).json().code).toBe('deputy.not_standing_in');
    expect((await as(supervisor, liaison).get('/deputies')).json().mine).toEqual([]);
    const [mine] = (await liaison.page.get('/deputies')).json().mine;
    expect((await leader.page.post(`/deputies/${mine.id}/end`)).statusCode).toBe(403);
    expect((await liaison.page.post(`/deputies/${mine.id}/end`)).json().mine).toEqual([]);
    expect((await liaison.page.post(`/deputies/${mine.id}/end`)).json().code).toBe('deputy.unknown');
    expect((await as(supervisor, liaison).get(`/work-orders/${id}`)).statusCode).toBe(403);
    t.clock.set(new Date('2026-03-14T09:00:00+08:00'));
    await supervisor.page.signIn(supervisor.username, supervisor.password);
    expect((await as(supervisor, leader).get(`/work-orders/${id}`)).json().code).toBe(
      'deputy.not_standing_in',
    );
  });
});

describe('an order in somebody’s hand', () => {
  beforeAll(async () => {
    for (const one of [liaison, office]) await one.page.signIn(one.username, one.password);
  });

  it('is given to a person of the department, who finds it among their own', async () => {
    const colleague = await app.person('department_liaison', { scope: APPROVAL, name: '周九' });
    const police = await app.person('department_liaison', { scope: POLICE });
    const id = await speak();
    const { items } = (await liaison.page.get(`/work-orders/${id}/handlers`)).json();
    expect(items.map((one: { id: string }) => one.id).sort()).toEqual([liaison.id, colleague.id].sort());
    const entrust = (handler: string, who = liaison) =>
      who.page.post(`/work-orders/${id}/entrust`, { handler, note: '请周九办理' });
    expect((await entrust(police.id)).json().code).toBe('order.unknown_handler');
    expect((await entrust(colleague.id, office)).statusCode).toBe(403);
    expect((await entrust(colleague.id)).json()).toMatchObject({ handlerName: '周九' });
    const mine = (await colleague.page.get('/work-orders?state=open&mine=true')).json();
    expect(mine.items.map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await liaison.page.get('/work-orders?state=open&mine=true')).json().items).toEqual([]);
    await answered(id, colleague.page);
  });

  it('is never given to whom it concerns, and leaves the hand with the department', async () => {
    const self = await app.person('department_liaison', { scope: APPROVAL, staffNo: 'G002' });
    const id = await speak();
    const mark = `UPDATE handling.work_order SET concerned_staff = 'G002' WHERE order_id = $1`;
    await t.db.owner.query(mark, [id]);
    const given = { handler: self.id, note: '请办理' };
    expect((await liaison.page.post(`/work-orders/${id}/entrust`, given)).json().code).toBe(
      'order.handler_concerned',
    );
    const own = { handler: liaison.id, note: '我来办理' };
    expect((await liaison.page.post(`/work-orders/${id}/entrust`, own)).json().handlerName).toBe('王五');
    const moved = { department: POLICE, note: '属公安窗口' };
    expect((await office.page.post(`/work-orders/${id}/assign`, moved)).json().handlerName).toBe(null);
  });
});
