/** Messages by e-mail and group robot, against servers that check what they get. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/oversight/message/deliver-actions.ts';
import { type MessageKind, notify } from '../../src/oversight/message/index.ts';
import { readCalendar } from '../../src/registry/calendar/index.ts';
import { openApp } from '../support/app.ts';
import { APPROVAL } from '../support/hall.ts';
import { certificateIn, openMailServer, textOf } from '../support/mail-server.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// A Wednesday at ten.
const app = await openApp({ now: at('2026-03-11T10:00') });
const { t } = app;
const smtp = await openMailServer({
  onAuth({ username, password }, _session, done) {
    if (username === 'yiping' && password === 'p@ss') return done(null, { user: username });
    done(new Error('wrong password'));
  },
});
const admin = await app.person('system_admin');
const liaison = await app.person('department_liaison', { scope: APPROVAL });
const SECRET = 'SECexample0123456789';
const TOKEN = 'a1b2c3d4e5f6a7b8c9d0';

interface Post {
  path: string;
  query: URLSearchParams;
  body: { readonly markdown: { readonly text: string; readonly content: string } };
}
const posts: Post[] = [];
let answer: object = { errcode: 0, errmsg: 'ok' };
let status = 200;
const groups = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    posts.push({ path: url.pathname, query: url.searchParams, body });
    if (status === 302) return void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => groups.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(groups.address() as AddressInfo).port}`;
  t.config.robotOrigins = [origin];
  t.config.mail = {
    host: 'localhost',
    port: smtp.port,
    tls: 'starttls',
    auth: { user: 'yiping', pass: 'p@ss' },
    caFile: certificateIn(t.config.dataDir),
    from: '一评 <pj@example.gov.cn>',
  };
});
afterAll(() => groups.close());
beforeEach(async () => {
  posts.length = 0;
  smtp.mails.length = 0;
  [answer, status, smtp.refuse] = [{ errcode: 0, errmsg: 'ok' }, 200, null];
  await t.db.owner.query(`DELETE FROM oversight.delivery WHERE city_code = '${CITY}'`);
});

let told = 0;
async function tell(kind: MessageKind, number = `GD-${told + 1}`): Promise<void> {
  told += 1;
  await notify(t, readCalendar, [
    {
      cityCode: CITY,
      kind,
      factKey: `fact ${told}`,
      params: { number, step: 'answer', due: '2026-03-12T17:30:00+08:00' },
      link: '/orders/1',
      audience: { accounts: [liaison.id] },
      place: { regionCode: '370811000000', departmentCode: APPROVAL },
    },
  ]);
}

const deliver = () => deliverDue(t, CITY);
async function states(): Promise<string[]> {
  const { rows } = await t.db.owner.query<{ state: string }>(`SELECT state FROM oversight.delivery
    WHERE city_code = '${CITY}' ORDER BY created_at, delivery_id`);
  return rows.map(({ state }) => state);
}
async function signIn(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of [admin, liaison]) await page.signIn(username, password);
}

const choice = {
  byMail: { order: 'now', card: 'now', voice: 'off', review: 'digest', appeal: 'digest', month: 'digest' },
  quiet: null,
  digestAt: null,
  lang: 'zh-CN',
};

describe('an e-mail address', () => {
  it('is used once its code has come back, and guessing ends', async () => {
    const asked = await liaison.page.post('/me/address', { address: 'li@example.gov.cn' });
    expect(asked.json(), asked.body).toMatchObject({ address: null, waiting: 'li@example.gov.cn' });
    const [mail] = smtp.mails;
    expect(mail).toMatchObject({ to: ['li@example.gov.cn'], user: 'yiping', secure: true });
    const code = /验证码是 (\d{6})/.exec(textOf(mail!))?.[1] ?? '';
    expect((await liaison.page.post('/me/address', { address: 'x@example.com' })).json().code).toBe(
      'mail.too_soon',
    );
    const wrong = code === '000000' ? '111111' : '000000';
    expect((await liaison.page.post('/me/address/confirm', { code: wrong })).json().code).toBe(
      'mail.wrong_code',
    );
    const confirmed = await liaison.page.post('/me/address/confirm', { code });
    expect(confirmed.json()).toMatchObject({ address: 'li@example.gov.cn', waiting: null });
    expect((await liaison.page.post('/me/address/confirm', { code })).json().code).toBe('mail.no_code');
    const { rows } = await t.db.owner.query<{
      found: boolean;
    }>(`SELECT bool_or(c::text LIKE '%example.gov%') AS found
      FROM oversight.message_choice c`);
    expect(rows[0]?.found).toBe(false);
  });

  it('isn’t taken from somebody who guesses, nor after its time', async () => {
    await admin.page.post('/me/address', { address: 'admin@example.gov.cn' });
    const code = /(\d{6})/.exec(textOf(smtp.mails[0]!))?.[1] ?? '';
    const wrong = code === '000000' ? '111111' : '000000';
    const codes: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      codes.push((await admin.page.post('/me/address/confirm', { code: wrong })).json().code);
    }
    expect(codes).toEqual([...Array(5).fill('mail.wrong_code'), 'mail.no_code']);
    expect((await admin.page.post('/me/address/confirm', { code })).json().code).toBe('mail.no_code');
  });

  it('is refused where it is none, or where the server takes none', async () => {
    await signIn('2026-03-11T10:10');
    expect((await admin.page.post('/me/address', { address: 'no address' })).statusCode).toBe(422);
    smtp.refuse = { code: 550, text: 'no such user' };
    const refused = await admin.page.post('/me/address', { address: 'nobody@example.gov.cn' });
    expect(refused.json().code).toBe('mail.not_sent');
    expect((await admin.page.get('/me/messages')).json().waiting).toBeNull();
  });
});

describe('e-mails', () => {
  it('go out at once, in the person’s language, with number, time and link only', async () => {
    await liaison.page.post('/me/messages', { ...choice, lang: 'en' });
    await tell('order_opened', 'GD-MAIL');
    await deliver();
    const [mail, ...more] = smtp.mails;
    expect(more).toEqual([]);
    expect(textOf(mail!)).toContain('New order GD-MAIL is to be signed for; it is due by 2026-03-12 17:30.');
    expect(textOf(mail!)).toContain(`${t.config.publicUrl}/admin/orders/1`);
    expect(mail?.raw).toMatch(/auto-submitted: auto-generated/i);
    await liaison.page.post('/me/messages', choice);
    await deliver();
    expect(smtp.mails.length).toBe(1);
    expect(await states()).toEqual(['sent']);
  });

  it('wait for the morning, but not when it is urgent; what was read meanwhile isn’t sent', async () => {
    await signIn('2026-03-13T21:00');
    await tell('order_opened', 'GD-LATER');
    await tell('order_opened', 'GD-READ');
    await tell('duty_red', 'GD-RED');
    await deliver();
    expect(smtp.mails.map(textOf).join()).toContain('GD-RED');
    expect(smtp.mails.length).toBe(1);
    const { items } = (await liaison.page.get('/messages')).json();
    const read = items.find(({ text }: { text: string }) => text.includes('GD-READ'));
    await liaison.page.post('/messages/read', { ids: [read.id] });
    // A weekend lies between.
    t.clock.set(at('2026-03-15T12:00'));
    await deliver();
    expect(smtp.mails.length).toBe(1);
    t.clock.set(at('2026-03-16T08:00'));
    await deliver();
    expect(textOf(smtp.mails[1]!)).toContain('GD-LATER');
    expect(textOf(smtp.mails[1]!)).not.toContain('GD-READ');
    expect((await states()).sort()).toEqual(['dropped', 'sent', 'sent']);
  });

  it('come together in the digest of the day', async () => {
    await signIn('2026-03-16T09:00');
    for (const number of ['A1', 'A2', 'A3']) await tell('appeal_group', number);
    await deliver();
    expect(smtp.mails).toEqual([]);
    t.clock.set(at('2026-03-17T08:30'));
    await deliver();
    expect(smtp.mails.length).toBe(1);
    for (const number of ['A1', 'A2', 'A3']) expect(textOf(smtp.mails[0]!)).toContain(number);
  });

  it('are tried again under the same number, and given up in the end', async () => {
    await signIn('2026-03-17T10:00');
    smtp.refuse = { code: 451, text: 'later' };
    await tell('order_opened');
    await deliver();
    expect(await states()).toEqual(['waiting']);
    t.clock.set(at('2026-03-17T10:01'));
    smtp.refuse = null;
    await deliver();
    const first = /message-id: (\S+)/i.exec(smtp.mails[0]?.raw ?? '')?.[1];
    expect(first).toBeDefined();
    // The worker was killed after the server had taken it: the same mail comes once more.
    await t.db.owner.query(`UPDATE oversight.delivery SET state = 'sending'`);
    t.clock.set(at('2026-03-17T10:10'));
    await deliver();
    expect(/message-id: (\S+)/i.exec(smtp.mails[1]?.raw ?? '')?.[1]).toBe(first);
    smtp.refuse = { code: 550, text: 'no such user' };
    await tell('order_opened');
    await deliver();
    expect((await states()).sort()).toEqual(['dead', 'sent']);
    const { items } = (await admin.page.get('/deliveries?state=dead')).json();
    expect(items[0]).toMatchObject({ channel: 'mail', target: liaison.username, lastError: 'smtp_550' });
    expect(JSON.stringify(items)).not.toContain('li@example');
    smtp.refuse = null;
    expect((await admin.page.post(`/deliveries/${items[0].id}/retry`)).statusCode).toBe(204);
    expect((await admin.page.post(`/deliveries/${items[0].id}/retry`)).json().code).toBe('delivery.not_dead');
    await deliver();
    expect(await states()).toEqual(['sent', 'sent']);
  });

  it('never go to a server that can’t prove who it is, or that takes another password', async () => {
    const settings = t.config.mail!;
    const codes: string[] = [];
    for (const change of [{ caFile: null }, { auth: { user: 'yiping', pass: 'wrong' } }, { port: 1 }]) {
      await t.db.owner.query(`DELETE FROM oversight.delivery WHERE city_code = '${CITY}'`);
      t.config.mail = { ...settings, ...change };
      await tell('order_opened');
      await deliver();
      t.config.mail = settings;
      codes.push((await admin.page.get('/deliveries?state=waiting')).json().items[0].lastError);
    }
    expect(codes).toEqual([expect.any(String), 'sign_in_refused', expect.any(String)]);
    expect(smtp.mails).toEqual([]);
  });

  it('are sent once by two workers at once', async () => {
    for (let i = 0; i < 5; i += 1) await tell('order_opened');
    await Promise.all([deliver(), deliver(), deliver()]);
    const text = smtp.mails.map(textOf).join('\n');
    expect(text.match(/工单 GD-/g)?.length).toBe(5);
  });
});

const robot = (more: object = {}) => ({
  provider: 'dingtalk',
  name: '审批局群',
  scope: APPROVAL,
  url: `${origin}/robot/send?access_token=${TOKEN}`,
  secret: SECRET,
  groups: ['order', 'card'],
  everybody: false,
  phones: ['13812345678'],
  enabled: true,
  ...more,
});

describe('a group robot', () => {
  let id = '';

  it('is registered at an allowed address only, and its secrets never come back', async () => {
    await signIn('2026-03-18T10:00');
    await liaison.page.post('/me/address/remove');
    for (const [form, code] of [
      [{ url: 'https://oapi.dingtalk.com.evil.example/robot/send?access_token=a1b2c3d4e5' }, 'robot.address'],
      [{ url: 'http://169.254.169.254/robot/send?access_token=a1b2c3d4e5' }, 'robot.address'],
      [{ url: `http://user@${origin.slice(7)}/robot/send?access_token=${TOKEN}` }, 'robot.address'],
      [{ url: `${origin}/elsewhere?access_token=${TOKEN}` }, 'robot.address'],
      [{ url: `https://qyapi.weixin.qq.com/robot/send?access_token=${TOKEN}` }, 'robot.address'],
      [{ scope: '110000' }, 'robot.scope'],
      [{ provider: 'wecom', url: `${origin}/cgi-bin/webhook/send?key=${TOKEN}` }, 'robot.secret'],
    ] as const) {
      expect((await admin.page.post('/robots', robot(form))).json().code).toBe(code);
    }
    const made = await admin.page.post('/robots', robot());
    expect(made.statusCode, made.body).toBe(200);
    expect(made.body).not.toContain(TOKEN);
    expect(made.body).not.toContain(SECRET);
    expect(made.json().items[0]).toMatchObject({ signed: true, phones: ['138****5678'], lastError: null });
    ({ id } = made.json().items[0]);
    expect((await admin.page.post('/robots', robot())).json().code).toBe('robot.known');
    expect((await liaison.page.get('/robots')).statusCode).toBe(403);
  });

  it('of DingTalk gets signed markdown, and calls people only when it is urgent', async () => {
    await tell('order_opened', 'GD-DING');
    await deliver();
    const [post] = posts;
    expect(post?.path).toBe('/robot/send');
    expect(post?.query.get('access_token')).toBe(TOKEN);
    const stamp = post?.query.get('timestamp') ?? '';
    expect(Number(stamp)).toBe(t.clock.now().getTime());
    const expected = createHmac('sha256', SECRET).update(`${stamp}\n${SECRET}`).digest('base64');
    expect(post?.query.get('sign')).toBe(expected);
    expect(post?.body).toMatchObject({ msgtype: 'markdown', at: { atMobiles: [], isAtAll: false } });
    const text = post?.body.markdown.text;
    expect(text).toContain(
      `[新工单 GD-DING 待签收，办结期限 2026-03-12 17:30。](${t.config.publicUrl}/admin/orders/1)`,
    );
    await tell('duty_red', 'GD-RED');
    await deliver();
    expect(posts[1]?.body).toMatchObject({ at: { atMobiles: ['13812345678'], isAtAll: false } });
    expect(posts[1]?.body.markdown.text).toContain('@13812345678');
    // Nothing about one person, nothing that its groups don't name, nothing of another part of the hall.
    await tell('appeal_upheld');
    await tell('month_sealed');
    await deliver();
    expect(posts.length).toBe(2);
  });

  it('of WeCom gets markdown of 4,096 bytes at most, and a text that calls by phone', async () => {
    const url = `${origin}/cgi-bin/webhook/send?key=${TOKEN}`;
    const form = { provider: 'wecom', name: '微信群', scope: null, url, secret: undefined, everybody: true };
    const made = await admin.page.post('/robots', robot(form));
    expect(made.statusCode, made.body).toBe(200);
    expect(
      (await admin.page.post(`/robots/${id}`, robot({ enabled: false, url: undefined }))).statusCode,
    ).toBe(200);
    for (let i = 0; i < 60; i += 1) await tell('order_opened');
    await deliver();
    expect(posts.length).toBe(1);
    const content = posts[0]?.body.markdown.content ?? '';
    expect(posts[0]?.path).toBe('/cgi-bin/webhook/send');
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096);
    expect(content).toMatch(/… \+\d+$/);
    await tell('duty_red');
    await deliver();
    expect(posts[1]?.body).toMatchObject({
      msgtype: 'text',
      text: { mentioned_mobile_list: ['13812345678', '@all'] },
    });
  });

  it('sends twenty a minute and rests when the provider says it was too much', async () => {
    await signIn('2026-03-18T10:30');
    for (let i = 0; i < 22; i += 1) {
      await tell('order_opened');
      await deliver();
    }
    expect(posts.length).toBe(20);
    t.clock.set(at('2026-03-18T10:32'));
    await deliver();
    expect(posts.length).toBe(21);
    answer = { errcode: 45009, errmsg: 'api freq out of limit' };
    await tell('order_opened');
    await deliver();
    answer = { errcode: 0, errmsg: 'ok' };
    t.clock.set(at('2026-03-18T10:35'));
    await tell('order_opened');
    await deliver();
    expect(posts.length).toBe(22);
    const { items } = (await admin.page.get('/robots')).json();
    const wecom = items.find(({ name }: { name: string }) => name === '微信群');
    expect(wecom).toMatchObject({ lastError: 'errcode_45009', restsUntil: '2026-03-18T10:42:00+08:00' });
    t.clock.set(at('2026-03-18T10:43'));
    await deliver();
    expect((await states()).every((state) => state === 'sent')).toBe(true);
  });

  it('is tested by hand, follows nobody elsewhere, and goes with what waits for it', async () => {
    await signIn('2026-03-18T11:00');
    const { items } = (await admin.page.get('/robots')).json();
    const wecom = items.find(({ name }: { name: string }) => name === '微信群');
    expect((await admin.page.post(`/robots/${wecom.id}/test`)).json()).toEqual({
      accepted: true,
      code: null,
    });
    status = 302;
    expect((await admin.page.post(`/robots/${wecom.id}/test`)).json().accepted).toBe(false);
    [answer, status] = [{ errcode: 93000, errmsg: 'invalid webhook url' }, 200];
    await tell('order_opened');
    await deliver();
    expect(await states()).toEqual(['waiting']);
    expect((await admin.page.post(`/robots/${wecom.id}/remove`)).statusCode).toBe(200);
    expect((await admin.page.post(`/robots/${wecom.id}/remove`)).json().code).toBe('robot.unknown');
    t.clock.set(at('2026-03-18T11:05'));
    await deliver();
    expect(await states()).toEqual(['dropped']);
    const { rows } = await t.db.owner.query<{ action: string }>(`SELECT DISTINCT action FROM oversight.audit
      WHERE city_code = '${CITY}' AND subject_kind = 'robot' ORDER BY 1`);
    expect(rows.map(({ action }) => action)).toEqual([
      'robot.added',
      'robot.changed',
      'robot.removed',
      'robot.tested',
    ]);
  });
});
