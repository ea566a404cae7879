/** Short messages to whoever spoke: each once, outside the quiet hours, never what was said or answered. */
import { beforeEach, describe, expect, it } from 'vitest';
import { sendNotices } from '../../src/handling/citizen-notice/actions.ts';
import { noticeReceived } from '../../src/handling/citizen-notice/index.ts';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { stopByOffice } from '../../src/intake/invitation/sms-actions.ts';
import { openApp } from '../support/app.ts';
import { APPROVAL } from '../support/hall.ts';
import { CITY, operator } from '../support/office.ts';
import { openSmsProvider, SETTINGS } from '../support/sms-provider.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const app = await openApp({ now: at('2026-03-11T10:00') });
const { t } = app;
const provider = await openSmsProvider();
const { heard } = provider;
const TEMPLATES = Object.fromEntries(
  ['received', 'answered', 'extended', 'reminder', 'overdue', 'second_rating'].map((kind) => [
    `notice_${kind}`,
    kind === 'received' ? '1' : kind === 'answered' ? '2' : kind === 'extended' ? '3' : '4',
  ]),
);
const people = {
  liaison: await app.person('department_liaison', { scope: APPROVAL }),
  leader: await app.person('leader'),
  supervisor: await app.person('supervisor'),
};

let count = 0;
async function speak(phone?: string, more: object = {}): Promise<{ number: string; id: string }> {
  count += 1;
  const voice = {
    id: `notice-${count}`,
    channel: 'web',
    kind: 'suggestion',
    subjectKind: 'department',
    subjectCode: APPROVAL,
    text: '大厅的饮水机常常没有水',
    receivedAt: t.clock.now().toISOString(),
    ...(phone ? { phone } : {}),
    ...more,
  };
  const answer = await app.api('POST', '/voices', voice);
  expect(answer.statusCode).toBe(201);
  await settle();
  const { number } = answer.json();
  const { items } = (await people.supervisor.page.get(`/work-orders?q=${number}`)).json();
  return { number, id: items[0]?.id };
}

async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1) await app.settle();
}

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const one of Object.values(people)) await one.page.signIn(one.username, one.password);
  await lookAtDuties(t, CITY);
  await settle();
}

const send = () => sendNotices(t, CITY);
async function step(name: keyof typeof people, id: string, verb: string, form: object = {}): Promise<void> {
  const answer = await people[name].page.post(`/work-orders/${id}/${verb}`, form);
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
  await settle();
}
async function states(number: string): Promise<string[]> {
  const { rows } = await t.db.owner.query(
    `SELECT kind || ' ' || state AS line FROM handling.citizen_notice WHERE number = $1
     ORDER BY planned_at, kind DESC`,
    [number],
  );
  return rows.map(({ line }) => line);
}

beforeEach(async () => {
  heard.length = 0;
  provider.behaviour = 'Ok';
  t.config.sms = {
    adapter: 'tencent',
    endpoint: provider.endpoint,
    region: 'ap-guangzhou',
    sign: '济宁政务',
    templates: TEMPLATES,
    ...SETTINGS,
  };
});

describe('whoever spoke', () => {
  it('gets the number and a link once, and the story says so', async () => {
    const { number, id } = await speak('13812341234');
    const { rows } = await t.db.owner.query('SELECT voice_id FROM feedback.voice WHERE number = $1', [
      number,
    ]);
    // The fact may come twice.
    await noticeReceived(t, { cityCode: CITY, voiceId: rows[0].voice_id });
    expect([await send(), await send()]).toEqual([1, 0]);
    const url = `http://127.0.0.1/follow?number=${number}`;
    expect(heard).toEqual([{ phone: '+8613812341234', template: '1', params: [number, url] }]);
    expect(provider.faults).toEqual([]);
    const { events } = (await people.supervisor.page.get(`/work-orders/${id}`)).json();
    expect(events).toContainEqual(
      expect.objectContaining({ what: 'sms_sent', detail: { notice: 'received' } }),
    );
    expect((await app.http.inject(`/follow?number=${number}`)).body).toContain(`value="${number}"`);
  });

  it('hears that it takes longer and that it is answered, and nothing of the answer', async () => {
    const { number, id } = await speak('13812341235');
    await send();
    heard.length = 0;
    await step('liaison', id, 'sign');
    await step('liaison', id, 'contact', { outcome: 'reached', note: '已电话联系' });
    await step('liaison', id, 'ask-extension', { note: '需要更换设备' });
    await step('leader', id, 'decide-extension', { approve: true, note: '同意' });
    await step('liaison', id, 'answer', { note: '已更换两台饮水机' });
    await step('leader', id, 'approve', { approve: true, note: '同意' });
    expect([await send(), await send()]).toEqual([2, 0]);
    expect(heard.map(({ template }) => template).sort()).toEqual(['2', '3']);
    expect(JSON.stringify(heard)).not.toContain('饮水机');
    expect(await states(number)).toEqual(['received sent', 'extended sent', 'answered sent']);
  });

  it('is warned before the limit and told once it has passed, each once', async () => {
    const { number } = await speak('13812341236');
    await send();
    const { rows } = await t.db.owner.query('SELECT due_at FROM handling.work_order WHERE number = $1', [
      number,
    ]);
    const [{ due_at: due }] = rows as [{ due_at: Date }];
    const day = new Date(due.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await later(`${day}T09:00`);
    await later(`${day}T10:00`);
    await send();
    await later('2026-06-01T09:00');
    await later('2026-06-01T10:00');
    await send();
    const told = heard.filter(({ params }) => params[0] === number);
    expect(told.map(({ params }) => params.length)).toEqual([2, 2, 2]);
    expect(await states(number)).toEqual(['received sent', 'reminder sent', 'overdue sent']);
  });

  it('hears nothing at night, without a mobile, or after saying no', async () => {
    await later('2026-06-01T22:10');
    await speak('13812341237');
    expect(await send()).toBe(0);
    t.clock.set(at('2026-06-02T08:00'));
    expect(await send()).toBe(1);
    await later('2026-06-02T09:00');
    const landline = await speak('05371234567');
    const silent = await speak();
    await stopByOffice(t, operator, '13812341238');
    const stopped = await speak('13812341238');
    heard.length = 0;
    expect(await send()).toBe(0);
    expect(heard).toEqual([]);
    expect(await states(landline.number)).toEqual(['received no_mobile']);
    expect(await states(silent.number)).toEqual([]);
    expect(await states(stopped.number)).toEqual(['received opted_out']);
  });

  it('is told later when the provider is away, and never twice when nobody knows', async () => {
    provider.behaviour = 'down';
    const { number } = await speak('13812341239');
    expect(await send()).toBe(0);
    expect(await states(number)).toEqual(['received waiting']);
    provider.behaviour = 'cut';
    t.clock.advance(60_000);
    expect(await send()).toBe(0);
    provider.behaviour = 'Ok';
    t.clock.advance(3_600_000);
    expect(await send()).toBe(0);
    expect(await states(number)).toEqual(['received unclear']);
  });
});
