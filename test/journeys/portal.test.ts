import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { POLICE, recordForm } from '../support/hall.ts';

const PORTAL = 'https://portal.example';
const app = await openApp();
let admin: Person;
beforeAll(async () => {
  admin = await app.person('system_admin');
  await app.handIn([
    recordForm({ projectNo: 'APP-1', serviceTime: '2026-03-10 09:00:00' }),
    recordForm({ projectNo: 'APP-2', serviceTime: '2026-03-10 09:10:00' }),
    recordForm({ projectNo: 'APP-3', serviceTime: '2026-03-10 09:20:00' }),
    recordForm({ projectNo: 'APP-OLD', serviceTime: '2025-03-10 09:00:00' }),
  ]);
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'GET', url, headers: { accept: 'text/html', ...headers } });
const local = (url: string): string => url.replace(app.t.config.publicUrl, '');
const ask = (projectNo: string, more: object = {}, key?: string) =>
  app.api('POST', '/rating-links', { projectNo, serviceNumber: 1, ...more }, key);

describe('the list of sites', () => {
  it('takes sites and nothing else, tells the audit, and forgets on request', async () => {
    const add = (origin: string, keyName = '') =>
      admin.page.post('/embed-origins', { origin, keyName, note: '市政务服务门户' });
    for (const bad of [
      'portal.example',
      '*',
      'https://*.example',
      'https://portal.example/path',
      'https://u:p@portal.example',
      'javascript:alert(1)',
      "https://a.example;script-src 'unsafe-inline'",
      'https://a.example https://b.example',
      'null',
    ]) {
      expect((await add(bad)).json().code, bad).toBe('origin.malformed');
    }
    expect((await add(`${PORTAL}/`)).json().items).toMatchObject([
      { origin: PORTAL, note: '市政务服务门户' },
    ]);
    expect((await add(PORTAL)).json().code).toBe('origin.known');
    expect((await add('https://other.example', 'another key')).statusCode).toBe(200);
    const gone = { origin: 'https://gone.example', keyName: '' };
    expect((await admin.page.post('/embed-origins/remove', gone)).json().code).toBe('origin.unknown');
    const auditor = await app.person('auditor');
    const log = (await auditor.page.get('/audit?action=origin.added')).json();
    expect(log.items).toHaveLength(2);
  });
});

describe('a link for a portal or App', () => {
  it('opens the rating page for half an hour, counts on its own channel, and leads back', async () => {
    const back = `${PORTAL}/done?a=1&b=2`;
    const answer = await ask('APP-1', { pf: 1, returnUrl: back });
    expect(answer.statusCode).toBe(201);
    const { url, expiresAt } = answer.json();
    expect(expiresAt).toBe('2026-03-11T10:30:00+08:00');
    const entry = await get(local(url));
    expect(entry.statusCode).toBe(303);
    const page = String(entry.headers.location);
    const form = await get(page);
    expect(form.statusCode).toBe(200);
    // Switching the language keeps the way back.
    expect(form.body).toContain(`back=${encodeURIComponent(back).replaceAll("'", '&#39;')}`);
    const sent = await app.http.inject({
      method: 'POST',
      url: page,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'satisfaction=5&id=app-one',
    });
    expect(sent.statusCode).toBe(303);
    const receipt = await get(String(sent.headers.location));
    expect(receipt.body).toContain(`href="${back.replace('&', '&amp;')}"`);
    const { rows } = await app.t.db.owner.query('SELECT channel, source FROM feedback.rating');
    expect(rows).toEqual([{ channel: 1, source: 'citizen' }]);
    const elsewhere = String(sent.headers.location).replace(
      encodeURIComponent(PORTAL),
      'https%3A%2F%2Fevil.example',
    );
    expect((await get(elsewhere)).body).not.toContain('evil.example');
  });

  it('is dead afterwards, and when anything of it was changed', async () => {
    const { url } = (await ask('APP-2', { returnUrl: `${PORTAL}/x` })).json();
    const changed = [
      local(url).replace('%2Fx', '%2Fy'),
      local(url).replace(/\?.*/, ''),
      local(url).replace('/go/A', '/go/B').replace('/go/', '/go/A'),
    ];
    for (const one of changed) expect((await get(one)).statusCode, one).toBe(410);
    app.t.clock.advance(31 * 60_000);
    const late = await get(local(url));
    expect(late.statusCode).toBe(410);
    expect(late.body).toContain('这个入口已经失效');
  });

  it('is refused for sites that are not allowed, old records, other keys and other channels', async () => {
    for (const returnUrl of [
      'https://evil.example/',
      'javascript:alert(1)',
      'https://other.example/',
      '//portal.example',
    ])
      expect((await ask('APP-2', { returnUrl })).json().code, returnUrl).toBe('link.return_not_allowed');
    expect((await ask('APP-OLD')).json().code).toBe('link.not_ratable');
    expect((await ask('NONE')).json().code).toBe('service_record.unknown');
    expect((await ask('APP-2', {}, await app.newKey(POLICE))).json().code).toBe('service_record.unknown');
    expect((await ask('APP-2', { pf: 4 })).statusCode).toBe(422);
    expect((await ask('APP-2', {}, 'yp_wrong')).statusCode).toBe(401);
  });
});

describe('the page in a frame', () => {
  it('may be framed by the one site that asks and is allowed; by nobody else', async () => {
    const { embedUrl } = (await ask('APP-2')).json();
    const allowed = await get(`${local(embedUrl)}?parent=${encodeURIComponent(PORTAL)}`);
    expect(allowed.statusCode).toBe(200);
    expect(allowed.headers['x-frame-options']).toBeUndefined();
    const policy = String(allowed.headers['content-security-policy']);
    expect(policy).toContain(`frame-ancestors ${PORTAL};`);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    for (const parent of ['https://evil.example', '', '*', `${PORTAL};`, 'null']) {
      const refused = await get(`${local(embedUrl)}?parent=${encodeURIComponent(parent)}`);
      expect(refused.statusCode, parent).toBe(403);
      expect(refused.headers['x-frame-options']).toBe('DENY');
      expect(refused.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(refused.body).toContain('没有被允许嵌入评价页');
    }
    // The page that isn't made for frames stays closed to them.
    const plain = await get(`/r/${tokenOf({ ratingUrl: embedUrl })}`);
    expect(plain.headers['x-frame-options']).toBe('DENY');
  });

  it('takes a rating without a script, keeps what is wrong, and tells what became of it', async () => {
    const { embedUrl } = (await ask('APP-2')).json();
    const url = `${local(embedUrl)}?parent=${encodeURIComponent(PORTAL)}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = (payload: string) => app.http.inject({ method: 'POST', url, headers, payload });
    const wrong = await post('satisfaction=1&id=frame');
    expect(wrong.statusCode).toBe(422);
    expect(wrong.headers['x-frame-options']).toBeUndefined();
    expect(wrong.body).toContain('还没有说明哪里不满意');
    for (const _ of [1, 2])
      expect((await post('satisfaction=1&evalDetail=115&id=frame')).body).toContain('data-type="rated"');
    const other = await post('satisfaction=5&id=another');
    expect(other.statusCode).toBe(409);
    // Whoever rates in a frame may ask to be contacted too, and reads the number there.
    const { embedUrl: asking } = (await ask('APP-3')).json();
    const frame = `${local(asking)}?parent=${encodeURIComponent(PORTAL)}`;
    const send = (payload: string) =>
      app.http.inject({ method: 'POST', url: frame, headers, payload: `satisfaction=5&id=wish&${payload}` });
    expect((await send('phone=12ab&name=%E5%BC%A0')).statusCode).toBe(422);
    const asked = await send('phone=13987654321');
    expect(asked.body).toMatch(/data-type="rated"[\s\S]*LX2026-000001/);
    expect(asked.body).not.toContain('13987654321');
    expect(other.body).toContain('data-type="used"');
  });

  it('loads its scripts from any site, and has a demonstration in the demo hall', async () => {
    for (const url of ['/embed/button.js', '/embed/frame.js']) {
      const script = await get(url);
      expect(script.headers).toMatchObject({ 'cross-origin-resource-policy': 'cross-origin' });
      expect(script.headers['content-type']).toContain('text/javascript');
    }
    const demo = await get('/embed/demo');
    expect(demo.statusCode).toBe(200);
    expect(demo.headers['content-security-policy']).toContain("frame-src 'self'");
  });
});
