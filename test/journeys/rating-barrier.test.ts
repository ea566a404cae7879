/** The hall's own browsers don't rate: whoever is signed in as staff, and whatever stands in its office. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createApiKey, systemActor } from '../../src/oversight/access/index.ts';
import type { HandedIn } from '../support/app.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { recordForm } from '../support/hall.ts';

const app = await openApp();

let security: Person;
let links: HandedIn[];
let made = 0;
const token = (): string => tokenOf(links[made++] as HandedIn);

beforeAll(async () => {
  security = await app.person('security_admin');
  const forms = Array.from({ length: 20 }, (_, at) =>
    recordForm({ projectNo: `BB2026-${at}`, serviceTime: '2026-03-10 09:00:00' }),
  );
  links = await app.handIn(forms);
});

interface From {
  address?: string;
  cookie?: string;
  headers?: Record<string, string>;
}

const open = (of: string, { address = '203.0.113.9', cookie, headers = {} }: From = {}) =>
  app.http.inject({
    url: `/r/${of}`,
    remoteAddress: address,
    headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
  });

const sendForm = (of: string, { address = '203.0.113.9', cookie }: From = {}) =>
  app.http.inject({
    method: 'POST',
    url: `/r/${of}`,
    remoteAddress: address,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie === undefined ? {} : { cookie }),
    },
    payload: 'satisfaction=5',
  });

const post = (of: string, { address = '203.0.113.9', headers = {} }: From = {}) =>
  app.http.inject({
    method: 'POST',
    url: '/api/v1/ratings',
    remoteAddress: address,
    headers: { 'accept-language': 'en', ...headers },
    payload: { token: of, satisfaction: 5 },
  });

/** The cookies that a browser sends to a page outside the office application. */
const outside = ({ page }: Person): string =>
  [...page.jar]
    .filter(([name]) => name.includes('_staff_'))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

describe('a browser signed in as staff', () => {
  test('neither opens nor posts a rating, whatever its role, and the page says why', async () => {
    const clerk = await app.person('clerk', { staffNo: 'G001' });
    const cookie = outside(clerk);
    const of = token();
    const page = await open(of, { cookie });
    expect([page.statusCode, page.body.includes('不能在这里评价')]).toEqual([403, true]);
    expect(page.body).toContain('请用自己的手机扫码');
    expect((await sendForm(of, { cookie })).statusCode).toBe(403);
    const api = await post(of, { headers: { cookie } });
    expect([api.statusCode, api.json().code]).toEqual([403, 'rating.staff_browser']);
    // The link itself is as good as before.
    expect((await open(of)).statusCode).toBe(200);
    expect((await sendForm(of)).statusCode).toBe(303);
  });

  test('not once it has signed out, nor with a mark that was made up, altered or has run out', async () => {
    const clerk = await app.person('clerk', { staffNo: 'G002' });
    const cookie = outside(clerk);
    const altered = cookie.slice(0, -1) + (cookie.endsWith('A') ? 'B' : 'A');
    const foreign = cookie.replace(clerk.id, '00000000-0000-4000-8000-000000000000');
    for (const other of [altered, foreign, `${cookie.split('=')[0]}=x`]) {
      expect((await open(token(), { cookie: other })).statusCode).toBe(200);
    }
    const before = app.t.clock.now();
    app.t.clock.set(new Date(before.getTime() + 30 * 3_600_000));
    expect((await open(token(), { cookie })).statusCode).toBe(200);
    app.t.clock.set(before);
    await clerk.page.post('/sign-out');
    expect(outside(clerk)).toBe('');
  });

  test('and the mark opens nothing in the office', async () => {
    const clerk = await app.person('clerk', { staffNo: 'G003' });
    const answer = await app.http.inject({ url: '/admin/api/me', headers: { cookie: outside(clerk) } });
    expect(answer.statusCode).toBe(401);
  });
});

describe('an address of the office', () => {
  const add = (network: string, note = '前台办公网') =>
    security.page.post('/office-networks', { network, note });
  const settled = () => app.t.clock.set(new Date(app.t.clock.now().getTime() + 6_000));

  test('is whatever the security administrator lists, in both families of addresses', async () => {
    expect((await open(token(), { address: '10.20.30.7' })).statusCode).toBe(200);
    expect((await add('10.20.30.0/24')).statusCode).toBe(200);
    const { items, yours } = (await add('2001:DB8:5::/48')).json();
    expect(items.map((one: { network: string }) => one.network)).toEqual([
      '10.20.30.0/24',
      '2001:db8:5::/48',
    ]);
    expect(yours).toBe('127.0.0.1');
    settled();
    const of = token();
    for (const address of ['10.20.30.7', '::ffff:10.20.30.7', '2001:db8:5:1::9']) {
      expect([address, (await open(of, { address })).statusCode]).toEqual([address, 403]);
      expect((await sendForm(of, { address })).statusCode).toBe(403);
      expect((await post(of, { address })).json().code).toBe('rating.office_network');
      expect((await post(of, { address, headers: { cookie: 'a=b' } })).statusCode).toBe(403);
    }
    expect((await open(of, { address: '10.20.31.7' })).statusCode).toBe(200);
    // Another system isn't a browser.
    const byKey = await post(of, { address: '10.20.30.7', headers: { authorization: `Bearer ${app.key}` } });
    expect(byKey.statusCode).toBe(201);
    // The system of another city answers for nothing here.
    const elsewhere = systemActor('370900', 'test');
    const { key } = await createApiKey(app.t, elsewhere, { name: '外市系统', scope: '370900' });
    const foreign = await post(token(), {
      address: '10.20.30.7',
      headers: { authorization: `Bearer ${key}` },
    });
    expect([foreign.statusCode, foreign.json().code]).toEqual([403, 'rating.office_network']);
  });

  test('no longer once it is taken off', async () => {
    await add('198.51.100.4');
    settled();
    expect((await open(token(), { address: '198.51.100.4' })).statusCode).toBe(403);
    const gone = await security.page.post('/office-networks/remove', { network: '198.51.100.4/32' });
    expect(gone.statusCode).toBe(200);
    settled();
    expect((await open(token(), { address: '198.51.100.4' })).statusCode).toBe(200);
    const again = await security.page.post('/office-networks/remove', { network: '198.51.100.4/32' });
    expect(again.json().code).toBe('network.unknown');
  });

  test.each([
    ['10.1.2.3/24', 'network.malformed'],
    ['10.1.2.0/33', 'network.malformed'],
    ['300.1.2.0/24', 'network.malformed'],
    ['hall', 'network.malformed'],
    ['10.0.0.0/8/8', 'network.malformed'],
    ['::ffff:10.0.0.0/104', 'network.malformed'],
    ['fe80::1%eth0', 'network.malformed'],
    ['0.0.0.0/0', 'network.too_wide'],
    ['2000::/3', 'network.too_wide'],
  ])('is refused when it is none: %s', async (network, code) => {
    const answer = await add(network);
    expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
  });

  test('stands on the list once', async () => {
    await add('192.0.2.0/24');
    expect((await add('192.0.2.0/24')).json().code).toBe('network.known');
  });
});

describe('a paired tablet in the office network', () => {
  test('rates by its credential, until it is revoked', async () => {
    const admin = await app.person('system_admin');
    const form = { kind: 'tablet', windowCode: 'T01', name: '一号窗口平板' };
    const { id } = (await admin.page.post('/registry/devices', form)).json();
    const { code } = (await admin.page.post(`/registry/devices/${id}/code`)).json();
    const paired = await app.http.inject({ method: 'POST', url: '/kiosk/api/pair', payload: { code } });
    const [cookie] = paired.cookies.map(({ name, value }) => `${name}=${value}`);
    const address = '10.20.30.7';
    const of = token();
    expect((await open(of, { address })).statusCode).toBe(403);
    expect((await open(of, { address, cookie: String(cookie) })).statusCode).toBe(200);
    expect((await sendForm(of, { address, cookie: String(cookie) })).statusCode).toBe(303);
    // What a key device is known by is a text that somebody has copied: it lifts nothing.
    const button = { ...form, kind: 'button', keys: [{ key: '1', satisfaction: 5 }] };
    const made = (await admin.page.post('/registry/devices', button)).json();
    const { credential } = (await admin.page.post(`/registry/devices/${made.id}/credential`)).json();
    const headers = { 'x-device-credential': credential };
    expect((await open(token(), { address, headers })).statusCode).toBe(403);
    expect((await post(token(), { address, headers })).statusCode).toBe(403);
    await admin.page.post(`/registry/devices/${id}/revoke`, { reason: '平板遗失' });
    expect((await open(token(), { address, cookie: String(cookie) })).statusCode).toBe(403);
  });
});
