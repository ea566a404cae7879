import { describe, expect, it } from 'vitest';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { APPROVAL, POLICE, RENCHENG, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// Thursday before May Day: 1 to 5 May are off, Saturday 9 May is worked.
const app = await openApp({ now: at('2026-04-30T16:00') });
const { t } = app;
const people = {
  liaison: await app.person('department_liaison', { scope: APPROVAL }),
  police: await app.person('department_liaison', { scope: POLICE }),
  supervisor: await app.person('supervisor'),
  caller: await app.person('caller'),
  leader: await app.person('leader'),
};
const liaison = people.liaison.page;
const police = people.police.page;
const supervisor = people.supervisor.page;
const caller = people.caller.page;
const leader = people.leader.page;

/** Another day: everybody signs in again. */
async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

interface Order {
  id: string;
  number: string;
  kind: string;
  state: string;
  card: string;
  may: string[];
}

async function listed(page: typeof liaison, query = ''): Promise<Order[]> {
  return (await page.get(`/work-orders?state=open${query}`)).json().items;
}

async function step(page: typeof liaison, id: string, name: string, form: object = {}) {
  return await page.post(`/work-orders/${id}/${name}`, form);
}

async function evidence(page: typeof liaison, id: string) {
  const { body, headers } = fileForm('整改照片.png', samples.png);
  return await page.post(`/work-orders/${id}/files`, body, headers);
}

const voice = (id: string, more: object = {}) => ({
  id,
  channel: '12345',
  kind: 'complaint',
  text: '<b>等了两个小时</b>，没有人叫号',
  name: '张三',
  phone: '13812345678',
  receivedAt: '2026-04-30 15:30:00',
  ...more,
});

describe('a bad rating before a holiday', () => {
  it('is an order of the department that served, with limits over make-up days', async () => {
    const [link] = await app.handIn([recordForm({ projectNo: 'BAD1', serviceTime: '2026-04-30 15:00:00' })]);
    if (link === undefined) throw new Error('no link');
    const rated = { token: tokenOf(link), satisfaction: 2, evalDetail: ['214'] };
    expect((await app.api('POST', '/ratings', rated)).statusCode).toBe(201);
    await app.settle();
    await app.settle();
    const { items } = (await app.api('GET', '/work-orders?kind=rectification')).json();
    expect(items).toEqual([
      {
        number: 'CP2026-000001',
        kind: 'rectification',
        state: 'unsigned',
        projectNo: 'BAD1',
        serviceNumber: 1,
        ownerDepartment: APPROVAL,
        signDueAt: '2026-05-06T17:30:00+08:00',
        contactDueAt: '2026-05-06T17:30:00+08:00',
        dueAt: '2026-05-11T17:30:00+08:00',
        card: 'yellow',
      },
    ]);
    expect(await listed(police)).toEqual([]);
  });

  it('is handled by its department, and by nobody it concerns', async () => {
    const [order] = await listed(liaison, '&kind=rectification');
    const id = order?.id ?? '';
    const concerned = await app.person('department_liaison', { scope: APPROVAL, staffNo: 'G001' });
    expect((await step(concerned.page, id, 'sign')).json()).toMatchObject({ code: 'order.own_matter' });
    expect((await step(police, id, 'sign')).json()).toMatchObject({ code: 'order.unknown' });
    expect((await step(liaison, id, 'answer', { note: '已经整改' })).json()).toMatchObject({
      code: 'order.wrong_state',
    });
    expect((await step(liaison, id, 'sign')).json()).toMatchObject({ state: 'handling' });
    expect((await step(liaison, id, 'answer', { note: '已经整改' })).json().code).toBe('order.not_contacted');
    const called = { outcome: 'reached', note: '已致歉' };
    expect((await step(liaison, id, 'contact', called)).statusCode).toBe(200);
    expect((await step(liaison, id, 'answer', { note: '已经整改' })).json().code).toBe('order.no_evidence');
    expect((await evidence(liaison, id)).statusCode).toBe(200);
    expect((await step(liaison, id, 'answer', { note: '已经整改' })).json()).toMatchObject({
      state: 'approval',
    });
    expect((await step(leader, id, 'approve', { approve: false, note: '证据不足' })).json()).toMatchObject({
      state: 'handling',
      dueAt: '2026-05-11T17:30:00+08:00',
    });
    await step(liaison, id, 'answer', { note: '补充了证据' });
    expect((await step(leader, id, 'approve', { approve: true, note: '同意' })).json()).toMatchObject({
      state: 'call_back',
    });
    const unhappy = { outcome: 'dissatisfied', note: '问题没有解决' };
    expect((await step(caller, id, 'call-back', unhappy)).json()).toMatchObject({
      state: 'handling',
      reopened: true,
    });
    await step(liaison, id, 'answer', { note: '再次整改' });
    await step(leader, id, 'approve', { approve: true, note: '同意' });
    const done = (await step(caller, id, 'call-back', unhappy)).json();
    expect(done).toMatchObject({ state: 'closed', card: 'none', may: [] });
    expect(done.events.map(({ what }: { what: string }) => what)).toEqual([
      'opened',
      'signed',
      'contacted',
      'answered',
      'sent_back',
      'answered',
      'approved',
      'reopened',
      'answered',
      'approved',
      'called_back',
    ]);
    expect((await evidence(liaison, id)).json().code).toBe('order.wrong_state');
  });
});

describe('a voice', () => {
  it('gets a number and an order in one go; the same id again is the same', async () => {
    const given = voice('H1', { subjectKind: 'window', subjectCode: 'T02' });
    const first = await app.api('POST', '/voices', given);
    expect([first.statusCode, first.json()]).toEqual([
      201,
      { number: 'TS2026-000001', dueAt: '2026-05-11T17:30:00+08:00', state: 'unsigned' },
    ]);
    const again = await app.api('POST', '/voices', { ...given, text: '别的内容' });
    expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    const other = await app.api('POST', '/voices', given, await app.newKey(CITY));
    expect(other.json().number).toBe('TS2026-000002');
  });

  it('is registered once, however many hand it in at the same time', async () => {
    const given = voice('H-race', { subjectKind: 'window', subjectCode: 'T02' });
    const all = await Promise.all([1, 2, 3, 4].map(() => app.api('POST', '/voices', given)));
    expect(all.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(all.map((one) => one.json().number)).size).toBe(1);
  });

  it('of a stuck matter is due the same day, after office on the next working day', async () => {
    const given = voice('S1', { kind: 'stuck_matter', channel: 'desk', projectNo: 'BAD1' });
    await app.api('POST', '/voices', given);
    await app.api(
      'POST',
      '/voices',
      voice('S2', { kind: 'stuck_matter', receivedAt: '2026-04-29 18:00:00' }),
    );
    const { items } = (await app.api('GET', '/work-orders?kind=stuck_matter')).json();
    expect(items).toMatchObject([
      { voice: 'S2', signDueAt: '2026-04-30T17:30:00+08:00', ownerDepartment: '', state: 'unassigned' },
      { voice: 'S1', signDueAt: '2026-04-30T17:30:00+08:00', ownerDepartment: APPROVAL, state: 'unsigned' },
    ]);
  });

  it('of praise asks for no answer', async () => {
    const answer = await app.api('POST', '/voices', voice('P1', { kind: 'praise' }));
    expect(answer.json()).toEqual({ number: 'BY2026-000006', dueAt: null, state: 'received' });
  });

  it.each([
    [{ phone: '12' }, 'phone'],
    [{ subjectKind: 'window' }, 'subjectCode'],
    [{ subjectKind: 'window', subjectCode: 'X99' }, 'subjectCode'],
    [{ projectNo: 'NONE' }, 'projectNo'],
    [{ receivedAt: '2027-01-01 09:00:00' }, 'receivedAt'],
    [{ text: ' ' }, 'text'],
    [{ mood: 'angry' }, ''],
  ])('%j is refused by its field', async (more, field) => {
    const answer = await app.api('POST', '/voices', voice('BAD', more));
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].field).toContain(field);
  });

  it('about another part of the city is not for a key of one department', async () => {
    const key = await app.newKey(RENCHENG);
    const beyond = voice('R1', { subjectKind: 'window', subjectCode: 'T01' });
    expect((await app.api('POST', '/voices', beyond, key)).json().code).toBe('voice.beyond_scope');
    expect((await app.api('POST', '/voices', voice('R2'), key)).statusCode).toBe(201);
    const { items } = (await app.api('GET', '/work-orders', undefined, key)).json();
    expect(items).toMatchObject([{ voice: 'R2', ownerDepartment: RENCHENG }]);
  });
});

describe('an order', () => {
  const find = async (q: string): Promise<Order> => {
    const [order] = await listed(supervisor, `&q=${q}`);
    if (order === undefined) throw new Error(`no order ${q}`);
    return order;
  };

  it('that is not ours goes back in time, and never in a circle', async () => {
    const { id } = await find('TS2026-000001');
    await step(liaison, id, 'sign');
    expect((await step(liaison, id, 'return', { note: '属于公安业务' })).statusCode).toBe(204);
    const back = await listed(supervisor, '&q=TS2026-000001');
    expect(back).toMatchObject([{ state: 'unassigned', ownerDepartment: '' }]);
    const circle = { department: APPROVAL, note: '转办' };
    expect((await step(supervisor, id, 'assign', circle)).json().code).toBe('order.circle');
    const unknown = { department: '11370800MB2855926Y', note: '转办' };
    expect((await step(supervisor, id, 'assign', unknown)).json().code).toBe('order.unknown_department');
    const moved = await step(supervisor, id, 'assign', { department: POLICE, note: '转办' });
    expect(moved.json()).toMatchObject({ state: 'unsigned', ownerDepartment: POLICE });
    expect((await listed(police)).map(({ number }) => number)).toEqual(['TS2026-000001']);
  });

  it('stands still while it is paused, and is extended once by another person', async () => {
    const { id } = await find('TS2026-000001');
    await later('2026-05-06T09:00');
    await step(police, id, 'sign');
    expect((await step(police, id, 'pause', { note: '等待鉴定结论' })).json()).toMatchObject({
      state: 'paused',
    });
    await later('2026-05-08T09:00');
    // Thursday and Friday stood still: two working days more.
    expect((await step(police, id, 'resume')).json()).toMatchObject({
      state: 'handling',
      dueAt: '2026-05-13T17:30:00+08:00',
    });
    const decided = { approve: true, note: '同意延期' };
    expect((await step(leader, id, 'decide-extension', decided)).json().code).toBe('order.no_extension');
    await step(police, id, 'ask-extension', { note: '鉴定未完成' });
    const longer = (await step(leader, id, 'decide-extension', decided)).json();
    expect(longer).toMatchObject({ extended: true, dueAt: '2026-05-27T17:30:00+08:00' });
    expect((await step(police, id, 'ask-extension', { note: '再延一次' })).json().code).toBe(
      'order.extended_before',
    );
  });

  it('comes under supervision once it is overdue, told once; of the hotline, it charges', async () => {
    const web = voice('WEB', { channel: 'web', subjectKind: 'window', subjectCode: 'T02' });
    expect((await app.api('POST', '/voices', web)).statusCode).toBe(201);
    await later('2026-05-28T00:00');
    await lookAtDuties(t, CITY);
    await app.settle();
    await lookAtDuties(t, CITY);
    await app.settle();
    const { id } = await find('TS2026-000001');
    const order = (await supervisor.get(`/work-orders/${id}`)).json();
    expect(order).toMatchObject({ supervised: true, card: 'red' });
    const told = order.events.filter(({ what }: { what: string }) => what === 'overdue');
    expect(told.map(({ detail }: { detail: { step: string } }) => detail.step).sort()).toEqual([
      'answer',
      'contact',
    ]);
    const charged = order.events.filter(({ what }: { what: string }) => what === 'charged');
    expect(charged).toMatchObject([{ detail: { rule: 'complaint.hotline_overdue', on: '2026-05-28' } }]);
    const { rows } = await t.db.owner.query(
      `SELECT e.rule, e.points_centi::int AS points, e.subject_code, v.channel FROM ledger.entry e
       JOIN handling.order_charge c ON c.charge_id = e.fact_id
       JOIN handling.work_order o USING (order_id) LEFT JOIN feedback.voice v USING (voice_id)
       WHERE e.occurred_on > '2026-05-20' ORDER BY o.number`,
    );
    expect(rows).toContainEqual({
      rule: 'complaint.hotline_overdue',
      points: -200,
      subject_code: POLICE,
      channel: '12345',
    });
    expect(rows.map(({ channel }: { channel: string }) => channel)).not.toContain('web');
    expect((await step(police, id, 'ask-extension', { note: '还没办完' })).json().code).toBe('order.expired');
  });

  it('is found by card, supervision, rating, department; counted by card and age; handed out', async () => {
    const found = async (query: string) =>
      (await listed(supervisor, query)).map(({ number }: Order) => number);
    expect(await found('&card=red&supervised=true&kind=complaint')).toContain('TS2026-000001');
    expect(await found(`&department=${POLICE}`)).toEqual(['TS2026-000001']);
    const rated = (await supervisor.get('/work-orders?kind=rectification')).json().items[0];
    const byStep = (await supervisor.get(`/work-orders?step=${rated.stepId}`)).json().items;
    expect(byStep).toMatchObject([{ number: 'CP2026-000001', state: 'closed' }]);
    const whole = (await supervisor.get('/work-orders/overview')).json();
    expect(
      whole.departments.map(({ open }: { open: number }) => open).reduce((a: number, b: number) => a + b),
    ).toBe(whole.open);
    expect(whole.ages.at(-1)).toMatchObject({ from: 16, to: null, open: whole.open, red: whole.red });
    const own = (await police.get('/work-orders/overview')).json();
    expect(own).toMatchObject({ open: 1, red: 1, yellow: 0, departments: [{ code: POLICE, open: 1 }] });
    const csv = await leader.get('/work-orders?state=open&card=red&format=csv');
    expect(csv.body).toContain('TS2026-000001,投诉,办理中,红牌');
    expect(csv.body).not.toContain('13812345678');
    expect((await police.get('/work-orders?format=csv')).statusCode).toBe(
      (await police.get('/ratings?format=csv')).statusCode,
    );
  });

  it('tells who spoke to whoever answers, for a noted reason, and to nobody else', async () => {
    const { id } = await find('TS2026-000001');
    const opened = await police.post(`/work-orders/${id}/speaker`, { reason: '联系反映人核实' });
    expect(opened.json()).toEqual({ name: '张三', phone: '13812345678' });
    expect((await supervisor.post(`/work-orders/${id}/speaker`, { reason: '看一下是谁' })).statusCode).toBe(
      403,
    );
    expect((await police.get(`/work-orders/${id}`)).body).not.toContain('13812345678');
  });

  it('that was withdrawn takes no answer', async () => {
    const { id } = await find('TS2026-000002');
    expect((await step(supervisor, id, 'withdraw', { note: '反映人撤回' })).json().state).toBe('withdrawn');
    expect((await step(liaison, id, 'sign')).json().code).toBe('order.wrong_state');
  });
});
