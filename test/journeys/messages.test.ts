import { describe, expect, it } from 'vitest';
import { courses } from '../../src/app/flow.ts';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { APPROVAL, POLICE, recordForm } from '../support/hall.ts';
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
const { liaison, police, supervisor, leader } = people;
type Person = typeof liaison;

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

interface Line {
  id: string;
  kind: string;
  text: string;
  link: string;
  readAt: string | null;
}

async function inbox({ page }: Person, query = ''): Promise<Line[]> {
  const answer = await page.get(`/messages${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items;
}

const kinds = async (person: Person, query = '') => (await inbox(person, query)).map(({ kind }) => kind);
const unread = async ({ page }: Person) => (await page.get('/messages/unread')).json().count;

describe('a bad rating', () => {
  it('is told to the department that answers, once and to nobody else', async () => {
    const [link] = await app.handIn([recordForm({ projectNo: 'BAD1', serviceTime: '2026-04-30 15:00:00' })]);
    if (link === undefined) throw new Error('no link');
    const rated = { token: tokenOf(link), satisfaction: 1, evalDetail: ['114'] };
    expect((await app.api('POST', '/ratings', rated)).statusCode).toBe(201);
    await app.settle();
    await app.settle();
    const [line, ...more] = await inbox(liaison);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ kind: 'order_opened', group: 'order', urgent: false, readAt: null });
    expect(line?.text).toBe('新工单 CP2026-000001 待签收，办结期限 2026-05-11 17:30。');
    expect(await inbox(police)).toEqual([]);
    // The same fact comes again, twice at once: nobody hears it twice.
    const course = courses.find(({ fact }) => fact === 'order.opened');
    const told = { cityCode: CITY, orderId: line?.link.slice('/orders/'.length) };
    await Promise.all([course?.deliver(t, told), course?.deliver(t, told)]);
    expect(await kinds(liaison)).toEqual(['order_opened']);
    const english = await liaison.page.send('GET', '/messages', undefined, { 'accept-language': 'en' });
    expect(english.json().items[0].text).toContain('is to be signed for');
  });

  it('shows yellow to its department, and red to its department and the next level', async () => {
    await later('2026-05-11T08:00');
    await lookAtDuties(t, CITY);
    await app.settle();
    expect(await kinds(liaison, '?group=card')).toContain('duty_yellow');
    await later('2026-05-12T08:00');
    await lookAtDuties(t, CITY);
    await app.settle();
    const cards = await inbox(liaison, '?group=card');
    expect(cards[0]).toMatchObject({ kind: 'duty_red', urgent: true });
    expect(new Set(await kinds(supervisor, '?group=card'))).toEqual(new Set(['order_escalated']));
    expect(await inbox(leader, '?group=card')).toEqual([]);
  });

  it('is told from step to step to whoever comes next, and not to whoever took the step', async () => {
    const [order] = (await supervisor.page.get('/work-orders?state=open')).json().items;
    const step = async ({ page }: Person, name: string, form: object) => {
      const answer = await page.post(`/work-orders/${order.id}/${name}`, form);
      expect(answer.statusCode, answer.body).toBeLessThan(300);
      await app.settle();
    };
    await step(supervisor, 'assign', { department: POLICE, note: '属公安职责' });
    expect(await kinds(police)).toEqual(['order_assigned']);
    await step(police, 'return', { note: '不属我局职责' }).catch(() => undefined);
    const before = (await inbox(supervisor, '?group=order')).length;
    await step(supervisor, 'assign', { department: APPROVAL, note: '经核实属审批局' });
    expect(await kinds(liaison, '?group=order')).toContain('order_assigned');
    expect((await inbox(supervisor, '?group=order')).length).toBe(before);
    const second = await app.person('department_liaison', { scope: APPROVAL });
    await step(liaison, 'sign', {});
    await step(liaison, 'entrust', { handler: second.id, note: '请你承办' });
    expect(await kinds(second)).toEqual(['order_entrusted']);
  });
});

describe('an inbox', () => {
  it('is read by its owner only, one by one or all at once', async () => {
    const all = await inbox(liaison);
    const [first] = all;
    if (first === undefined) throw new Error('no message');
    const count = await unread(liaison);
    expect(count).toBe(all.length);
    await police.page.post('/messages/read', { ids: [first.id] });
    expect(await unread(liaison)).toBe(count);
    for (const _ of [1, 2]) await liaison.page.post('/messages/read', { ids: [first.id] });
    expect(await unread(liaison)).toBe(count - 1);
    expect((await inbox(liaison, '?state=read')).map(({ id }) => id)).toEqual([first.id]);
    await liaison.page.post('/messages/read-all', { upTo: first.id, group: 'card' });
    expect(await kinds(liaison, '?state=unread&group=card')).toEqual([]);
    await police.page.post('/messages/read-all', { upTo: first.id });
    expect(await unread(liaison)).toBeGreaterThan(0);
    await liaison.page.post('/messages/read-all', { upTo: first.id });
    expect(await unread(liaison)).toBe(0);
  });

  it('comes page by page', async () => {
    const { items, next } = (await liaison.page.get('/messages?limit=2')).json();
    const second = (await liaison.page.get(`/messages?limit=2&cursor=${next}`)).json();
    const ids = [...items, ...second.items].map(({ id }: Line) => id);
    expect(ids).toEqual((await inbox(liaison)).slice(0, ids.length).map(({ id }) => id));
  });

  it('refuses what is none of its questions', async () => {
    const { page } = liaison;
    expect((await page.get('/messages?group=nonsense')).statusCode).toBe(422);
    expect((await page.get('/messages?cursor=x')).statusCode).toBe(422);
    expect((await page.post('/messages/read', { ids: [] })).statusCode).toBe(422);
    expect((await page.post('/messages/read-all', { upTo: 'x' })).statusCode).toBe(422);
    expect((await app.http.inject('/admin/api/messages')).statusCode).toBe(401);
  });

  it('asks for its badge without keeping a session awake', async () => {
    await later('2026-05-12T09:00');
    for (let minute = 5; minute <= 25; minute += 5) {
      t.clock.set(at(`2026-05-12T09:${String(minute).padStart(2, '0')}`));
      expect((await liaison.page.get('/messages/unread')).statusCode).toBe(200);
    }
    t.clock.set(at('2026-05-12T09:31'));
    expect((await liaison.page.get('/messages/unread')).statusCode).toBe(401);
  });

  it('forgets what is older than the rule says', async () => {
    const job = (await import('../../src/app/slices.ts')).sliceJobs.find(
      ({ name }) => name === 'message.retention',
    );
    await later('2027-05-20T09:00');
    await job?.work(t, {});
    expect(await inbox(liaison)).toEqual([]);
  });
});
