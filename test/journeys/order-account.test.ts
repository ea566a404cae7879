/** Every end of every kind of order: a charge in the book, or a stated reason why there is none. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ORDER_KINDS, type OrderKind } from '../../src/handling/work-order/order.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const app = await openApp({ now: new Date('2026-06-08T10:00:00+08:00') });
const { t } = app;
const PHONE = '13812345678';
let people: Record<'liaison' | 'leader' | 'supervisor' | 'second' | 'caller', Person>;

beforeAll(async () => {
  people = {
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
    leader: await app.person('leader'),
    supervisor: await app.person('supervisor'),
    second: await app.person('supervisor'),
    caller: await app.person('caller'),
  };
});

type Found = 'nothing' | 'fault' | 'no fault';
type End = 'answered' | 'withdrawn' | 'discipline' | 'excluded';

interface Made {
  readonly id: string;
  readonly number: string;
  readonly stepId: string | null;
}

let made = 0;

async function rated(given: object): Promise<void> {
  const record = recordForm({ projectNo: `A-${made}`, serviceTime: '2026-06-08 09:00:00', mobile: PHONE });
  const [link] = await app.handIn([record]);
  const body = { token: link ? tokenOf(link) : '', ...given };
  expect((await app.api('POST', '/ratings', body)).statusCode).toBe(201);
  await app.settle();
}

/** A fresh order of the kind, about a window. */
async function open(kind: OrderKind): Promise<Made> {
  made += 1;
  if (kind === 'rectification') await rated({ satisfaction: 2, evalDetail: ['212'] });
  else if (kind === 'contact_request') await rated({ satisfaction: 5, contact: { phone: PHONE } });
  else {
    const about = { subjectKind: 'window', subjectCode: 'T01', text: `第 ${made} 件`, phone: PHONE };
    const voice = { id: `A${made}`, channel: 'desk', kind, ...about, receivedAt: '2026-06-08 09:30' };
    expect((await app.api('POST', '/voices', voice)).statusCode).toBe(201);
  }
  const { items } = (await people.supervisor.page.get(`/work-orders?kind=${kind}&limit=200`)).json();
  const newest = (one: Made, other: Made) => (one.number < other.number ? 1 : -1);
  return items.sort(newest)[0];
}

const step = async (who: keyof typeof people, { id }: Made, name: string, form: object = {}) => {
  const answer = await people[who].page.post(`/work-orders/${id}/${name}`, form);
  expect([name, answer.statusCode], answer.body).toEqual([name, 200]);
};

async function find(order: Made, kind: OrderKind, found: Found): Promise<void> {
  if (found === 'nothing') return;
  if (kind === 'rectification') {
    await step('supervisor', order, 'review', { finding: 'upheld', note: '核实属实' });
    return;
  }
  const outcome = found === 'fault' ? 'at_fault' : 'not_at_fault';
  const path = `/voices/${await voiceOf(order)}/fault`;
  const subject = { subjectKind: 'window', subjectCode: 'T01', reason: '调阅监控' };
  await people.supervisor.page.post(path, { outcome, ...subject });
  const decided = await people.leader.page.post(`${path}/decision`, { approve: true, note: '同意认定' });
  expect(decided.statusCode, decided.body).toBe(200);
}

async function voiceOf({ number }: Made): Promise<string> {
  return (await people.supervisor.page.get(`/voices?q=${number}`)).json().items[0].id;
}

async function end(order: Made, kind: OrderKind, how: End): Promise<void> {
  if (how === 'withdrawn') await step('supervisor', order, 'withdraw', { note: '重复反映' });
  if (how === 'discipline') {
    const path = `/voices/${await voiceOf(order)}/discipline`;
    expect((await people.caller.page.post(path, { reason: '涉嫌违纪' })).statusCode).toBe(200);
  }
  if (how === 'excluded') await exclude(order);
  if (how === 'answered') await answer(order, kind);
  for (let round = 0; round < 3; round += 1) await app.settle();
}

async function exclude(order: Made): Promise<void> {
  const proposed = { finding: 'mistaken', note: '评价人误点', evidence: '12345 来电录音' };
  await step('supervisor', order, 'review', proposed);
  const { exclusion } = (await people.leader.page.get(`/work-orders/${order.id}/rectification`)).json();
  const agree = { approve: true, note: '已核对证据' };
  const decided = await people.second.page.post(`/exclusions/${exclusion.id}/decision`, agree);
  expect(decided.statusCode, decided.body).toBe(200);
}

async function answer(order: Made, kind: OrderKind): Promise<void> {
  await step('liaison', order, 'sign');
  await step('liaison', order, 'contact', { outcome: 'reached', note: '已联系' });
  const { body, headers } = fileForm('证据.png', samples.png);
  await people.liaison.page.post(`/work-orders/${order.id}/files`, body, headers);
  const { causes } = (await people.liaison.page.get(`/work-orders/${order.id}`)).json();
  const cause = kind === 'stuck_matter' ? { cause: causes[0].code } : {};
  await step('liaison', order, 'answer', { note: '已经办理', ...cause });
  await step('leader', order, 'approve', { approve: true, note: '同意' });
  await step('caller', order, 'call-back', { outcome: 'satisfied', note: '满意' });
}

/** What was charged, for good, by what the order is about. */
async function charged({ number, stepId }: Made): Promise<number> {
  const { rows } = await t.db.owner.query(
    `SELECT count(*)::int AS n FROM ledger.entry
     WHERE city_code = $1 AND fact_id IN ($2, $3) AND kind IN ('plain', 'post')`,
    [CITY, number, stepId ?? number],
  );
  return rows[0].n;
}

const JUDGED: readonly (readonly [Found, End, string])[] = [
  ['nothing', 'answered', 'fault_open'],
  ['nothing', 'withdrawn', 'unanswered'],
  ['nothing', 'discipline', 'to_discipline'],
  ['fault', 'answered', 'fault_charged'],
  ['fault', 'withdrawn', 'fault_charged'],
  ['fault', 'discipline', 'fault_charged'],
  ['no fault', 'answered', 'not_at_fault'],
  ['no fault', 'withdrawn', 'not_at_fault'],
  ['no fault', 'discipline', 'not_at_fault'],
];
const ENDS: Readonly<Record<OrderKind, readonly (readonly [Found, End, string])[]>> = {
  rectification: [
    ['nothing', 'answered', 'rating_pending'],
    ['nothing', 'withdrawn', 'rating_pending'],
    ['nothing', 'excluded', 'rating_void'],
    ['fault', 'answered', 'rating_posted'],
    ['fault', 'withdrawn', 'rating_posted'],
  ],
  stuck_matter: JUDGED,
  complaint: JUDGED,
  suggestion: [
    ['nothing', 'answered', 'suggestion_free'],
    ['nothing', 'withdrawn', 'suggestion_free'],
    ['nothing', 'discipline', 'suggestion_free'],
  ],
  contact_request: [
    ['nothing', 'answered', 'contact_free'],
    ['nothing', 'withdrawn', 'contact_free'],
    ['nothing', 'discipline', 'contact_free'],
  ],
};
const CHARGES: readonly string[] = ['rating_posted', 'fault_charged'];

describe.each(ORDER_KINDS)('an order of kind %s', (kind) => {
  it.each(ENDS[kind])('with %s found, %s: %s', async (found, how, account) => {
    const order = await open(kind);
    await find(order, kind, found);
    await end(order, kind, how);
    const { state, events } = (await people.supervisor.page.get(`/work-orders/${order.id}`)).json();
    expect(['closed', 'withdrawn']).toContain(state);
    const stated = events.filter(({ what }: { what: string }) => what === 'accounted');
    expect(stated.at(-1)?.detail).toEqual({ account });
    expect([account, await charged(order)]).toEqual([account, CHARGES.includes(account) ? 1 : 0]);
  });
});
