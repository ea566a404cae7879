/** Invitations by short message: once a service, outside the quiet hours, to nobody who said no. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ratedAmong } from '../../src/feedback/rating/index.ts';
import { sendDue } from '../../src/intake/invitation/sms-actions.ts';
import { formatSecond } from '../../src/kernel/day.ts';
import { openApp } from '../support/app.ts';
import { recordForm } from '../support/hall.ts';
import { type Heard, openSmsProvider, SETTINGS } from '../support/sms-provider.ts';

const app = await openApp({ now: new Date('2026-06-01T10:20:00+08:00') });
const provider = await openSmsProvider();
const { endpoint, heard, faults } = provider;

/** An address at which nobody listens any more. */
const closed = createServer();
await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
const gone = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/`;
closed.close();

const { t } = app;
const CITY = t.config.cityCode;
let count = 0;

async function handIn(mobile: string, more: Record<string, unknown> = {}): Promise<string> {
  count += 1;
  const [record] = await app.handIn([
    recordForm({
      projectNo: `SMS-${count}`,
      serviceTime: formatSecond(t.clock.now()),
      mobile,
      proStatus: 3,
      ...more,
    }),
  ]);
  return record?.ratingUrl.split('/').at(-1) ?? '';
}

const minutes = (n: number): void => t.clock.advance(n * 60_000);
const send = (): Promise<number> => sendDue(t, CITY, ratedAmong);
const linkOf = (one: Heard | undefined): string => new URL(one?.params[2] ?? '').pathname;

beforeEach(() => {
  heard.length = 0;
  provider.behaviour = 'Ok';
  const templates = { invitation: '1110' };
  t.config.sms = {
    adapter: 'tencent',
    endpoint,
    region: 'ap-guangzhou',
    sign: '济宁政务',
    templates,
    ...SETTINGS,
  };
});

describe('an invitation', () => {
  it('goes out once, half an hour later, with day, matter and a link of its own channel', async () => {
    await handIn('13812341234');
    expect(await send()).toBe(0);
    minutes(30);
    expect([await send(), await send()]).toEqual([1, 0]);
    const url = expect.stringMatching(/\/r\/[A-Za-z0-9_-]{23}$/);
    expect(heard).toEqual([
      { phone: '+8613812341234', template: '1110', params: ['6月1日', '企业设立登记', url] },
    ]);
    expect(faults).toEqual([]);
    const page = await app.http.inject({ url: linkOf(heard[0]) });
    expect(page.statusCode).toBe(200);
  });

  it('is not sent for a step on the way, without a phone, or after a rating', async () => {
    await handIn('13812341234', { proStatus: 2 });
    await handIn('');
    const token = await handIn('13812341235');
    const rated = await app.api('POST', '/ratings', { token, satisfaction: 5 }, null);
    expect(rated.statusCode).toBe(201);
    minutes(40);
    await send();
    expect(heard).toEqual([]);
  });

  it('waits for the morning in the quiet hours', async () => {
    t.clock.set(new Date('2026-06-02T20:45:00+08:00'));
    await handIn('13812341236');
    minutes(60);
    await send();
    t.clock.set(new Date('2026-06-03T07:59:00+08:00'));
    await send();
    expect(heard).toEqual([]);
    t.clock.set(new Date('2026-06-03T08:00:00+08:00'));
    expect(await send()).toBe(1);
  });

  it('is never sent to who said no, by the link or at the desk', async () => {
    await handIn('13812341237');
    minutes(31);
    await send();
    const stop = `${linkOf(heard[0])}/stop`;
    expect((await app.http.inject({ url: stop })).body).toContain('不再接收');
    const stopped = await app.http.inject({ method: 'POST', url: stop });
    expect([stopped.statusCode, stopped.body]).toEqual([200, expect.stringContaining('已经为您停发')]);
    // Once more changes nothing, and nothing is noted of it.
    await app.http.inject({ method: 'POST', url: stop });
    const { rows } = await app.t.db.owner.query(
      `SELECT actor_kind FROM oversight.audit WHERE action = 'invitation.stopped'`,
    );
    expect(rows).toEqual([{ actor_kind: 'public' }]);
    const office = await app.person('assessment_office');
    const told = await office.page.post('/sms-opt-outs', { phone: '13812341238' });
    expect(told.statusCode).toBe(204);
    expect((await office.page.post('/sms-opt-outs', { phone: '123' })).json().code).toBe(
      'invitation.phone_malformed',
    );
    heard.length = 0;
    await handIn('13812341237');
    await handIn('13812341238');
    minutes(31);
    await send();
    expect(heard).toEqual([]);
  });

  it('stops nothing by a link of another kind', async () => {
    const token = await handIn('13812341239');
    const answer = await app.http.inject({ method: 'POST', url: `/r/${token}/stop` });
    expect([answer.statusCode, answer.body]).toEqual([404, expect.stringContaining('没有保存')]);
    minutes(31);
    expect(await send()).toBe(1);
  });
});

describe('a provider', () => {
  it('that is down, or can’t be reached, gets the message later', async () => {
    await handIn('13812341240');
    minutes(31);
    provider.behaviour = 'down';
    expect(await send()).toBe(0);
    expect(await send()).toBe(0);
    expect(heard).toHaveLength(1);
    const nowhere = { ...t.config.sms, endpoint: gone } as typeof t.config.sms;
    t.config.sms = nowhere;
    minutes(2);
    await send();
    t.config.sms = { ...nowhere, endpoint } as typeof t.config.sms;
    provider.behaviour = 'Ok';
    minutes(6);
    expect(await send()).toBe(1);
  });

  it('that refuses a number is not asked again', async () => {
    await handIn('13812341241');
    minutes(31);
    provider.behaviour = 'FailedOperation.PhoneNumberInBlacklist';
    await send();
    provider.behaviour = 'Ok';
    minutes(120);
    expect(await send()).toBe(0);
    expect(heard).toHaveLength(1);
  });

  it('whose line breaks may have sent it: it is not sent twice', async () => {
    await handIn('13812341242');
    minutes(31);
    provider.behaviour = 'cut';
    await send();
    provider.behaviour = 'Ok';
    minutes(120);
    expect(await send()).toBe(0);
    const admin = await app.person('system_admin');
    const states = (await admin.page.get('/sms-invitations')).json();
    expect(states.adapter).toBe('tencent');
    const counted = Object.fromEntries(
      states.items.map((one: { state: string; count: number }) => [one.state, one.count]),
    );
    expect(counted).toMatchObject({ unclear: 1, refused: 1, unneeded: 1, opted_out: 2 });
  });

  it('is none by default: a file says what would go out, with the phone masked', async () => {
    t.config.sms = { adapter: 'file' };
    await handIn('13812341243');
    minutes(31);
    expect(await send()).toBe(1);
    const [line] = readFileSync(join(t.config.dataDir, 'sms-outbox.jsonl'), 'utf8').trim().split('\n');
    const { phone, text } = JSON.parse(line ?? '');
    expect(phone).toBe('138****1243');
    expect(text).toMatch(
      /^您6月\d日办理的“企业设立登记”已完成，请您评价（自愿）：http\S+ 不想再收到此类短信/,
    );
  });
});
