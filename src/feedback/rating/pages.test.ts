import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { ratingServer, seedStep } from '../../../test/support/rating-hall.ts';
import { cityCode } from '../../kernel/ids.ts';
import { inTx } from '../../platform/db.ts';
import type { Http } from '../../platform/http.ts';
import { seedCity, seedRegions } from '../../registry/region/index.ts';

const t = await testDb();
let http: Http;
beforeAll(async () => {
  http = await ratingServer(t);
});
afterAll(() => http.close());

const get = (url: string, headers: Record<string, string> = {}) => http.inject({ url, headers });

function submit(url: string, fields: [string, string][], headers: Record<string, string> = {}) {
  return http.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

describe('the rating page', () => {
  it('offers five equal choices with none chosen, in one small answer without a script', async () => {
    const { token } = await seedStep(t);
    const answer = await get(`/r/${token}`, { 'accept-encoding': 'br, gzip' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.rawPayload.length).toBeLessThan(14 * 1024);
    const page = gunzipSync(answer.rawPayload).toString();
    expect(page).toBe((await get(`/r/${token}`)).body.replace(/name="id" value="[\w-]+"/, idOf(page)));
    expect(page.match(/name="satisfaction"/g)).toHaveLength(5);
    expect(page).not.toMatch(/checked>|<script|https?:/);
    expect(page).toContain('您 3月11日 9:00 在 T01 窗口办理的“企业设立登记”'.replace('9:00', '09:00'));
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("script-src 'none'");
    expect(policy).toMatch(/style-src 'sha256-[\w+/=]+'/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('speaks both languages and two sizes', async () => {
    const { token } = await seedStep(t);
    expect((await get(`/r/${token}?lang=en&elder=1`)).body).toMatch(/<html lang="en" class="elder">/);
    expect((await get(`/r/${token}`, { 'accept-language': 'en-GB' })).body).toContain(
      'How satisfied are you',
    );
    expect((await get(`/r/${token}`)).body).toMatch(/<html lang="zh-CN">/);
  });

  it('shows names as text, whatever they hold', async () => {
    const { token } = await seedStep(t, { taskName: '<script>alert(1)</script>"\'', windowCode: '<b>' });
    for (const headers of [{}, { 'accept-encoding': 'gzip' }] as Record<string, string>[]) {
      const answer = await get(`/r/${token}`, headers);
      const page = 'accept-encoding' in headers ? gunzipSync(answer.rawPayload).toString() : answer.body;
      expect(page).toContain('&lt;script&gt;');
      expect(page).not.toContain('<script');
      expect(page).not.toContain('<b>');
    }
  });

  it('takes one post, marks the device and leads to the receipt', async () => {
    const { token, stepId } = await seedStep(t, { hasMobile: true });
    const id = idOf((await get(`/r/${token}`)).body).match(/value="([\w-]+)"/)?.[1] ?? '';
    const fields: [string, string][] = [
      ...([
        ['id', id],
        ['satisfaction', '2'],
        ['evalDetail', '214'],
        ['evalDetail', '213'],
      ] as [string, string][]),
      ...([
        ['writingEvaluation', ''],
        ['process', ''],
        ['attitude', '1'],
        ['anonymous', '1'],
      ] as [string, string][]),
    ];
    const answer = await submit(`/r/${token}?lang=zh`, fields);
    expect(answer.statusCode).toBe(303);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^yp_device=[0-9a-f]{32}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    const location = String(answer.headers.location);
    expect(location).toMatch(/^\/receipt\/[0-9A-Z-]{19}\?lang=zh$/);
    const receipt = await get(location);
    expect(receipt.statusCode).toBe(200);
    expect(receipt.body).toContain('谢谢，您的评价已经收到');
    const { rows } = await t.db.owner.query(
      `SELECT satisfaction, tags, attitude, process, real_name FROM feedback.rating WHERE step_id = $1`,
      [stepId],
    );
    expect(rows).toEqual([
      { satisfaction: 2, tags: [213, 214], attitude: 1, process: null, real_name: false },
    ]);

    const device = cookie.split(';')[0] ?? '';
    const code = location.slice('/receipt/'.length, -'?lang=zh'.length);
    const used = await get(`/r/${token}`, { cookie: device });
    expect(used.body).toContain('已经评价过');
    expect(used.body).toContain(code);
    expect((await get(`/r/${token}`)).body).not.toContain(code);
    // A double tap sends the same form twice: the same receipt again.
    expect((await submit(`/r/${token}?lang=zh`, fields, { cookie: device })).headers.location).toBe(location);
    const second = await submit(`/r/${token}`, [['satisfaction', '5']]);
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('已经评价过');
  });

  it('comes back with everything entered when a rule is broken', async () => {
    const { token } = await seedStep(t);
    const text = '<i>好</i>'.repeat(80);
    const answer = await submit(`/r/${token}`, [
      ['id', 'keep-me'],
      ['satisfaction', '1'],
      ['evalDetail', '113,115'],
      ['writingEvaluation', text],
      ['attitude', '2'],
      ['anonymous', '1'],
    ]);
    expect(answer.statusCode).toBe(422);
    const page = answer.body;
    expect(page).toContain('role="alert"');
    expect(page).toContain('文字共640字，最多500字');
    for (const kept of ['id="s1" value="1" required checked', 'value="113" checked', 'value="115" checked']) {
      expect(page).toContain(kept);
    }
    for (const kept of [
      'value="2" checked',
      'name="anonymous" value="1" aria-describedby="real" checked',
      'keep-me',
    ]) {
      expect(page).toContain(kept);
    }
    expect(page).toContain('&lt;i&gt;好');
    expect((await submit(`/r/${token}`, [['satisfaction', '2']])).body).toContain('还没有说明哪里不满意');
    expect((await submit(`/r/${token}`, [])).body).toContain('还没有选择满意度');
    expect((await submit(`/r/${token}`, [['satisfaction', '6']])).statusCode).toBe(422);
    expect(
      (
        await submit(`/r/${token}`, [
          ['satisfaction', '5'],
          ['staffNo', 'x'],
        ])
      ).statusCode,
    ).toBe(422);
    expect(
      (
        await submit(`/r/${token}`, [
          ['satisfaction', '5'],
          ['process', '9'],
        ])
      ).statusCode,
    ).toBe(422);
  });

  it('forgets the tags of a level that was left again', async () => {
    const { token, stepId } = await seedStep(t);
    const answer = await submit(`/r/${token}`, [
      ['satisfaction', '5'],
      ['evalDetail', '214'],
      ['evalDetail', '510'],
    ]);
    expect(answer.statusCode).toBe(303);
    const { rows } = await t.db.owner.query('SELECT tags FROM feedback.rating WHERE step_id = $1', [stepId]);
    expect(rows).toEqual([{ tags: [510] }]);
  });

  it('has a plain page for each link that can not be used', async () => {
    const { token } = await seedStep(t);
    const old = await seedStep(t, { serviceTime: new Date('2026-03-03T09:00:00+08:00') });
    for (const [url, status, words] of [
      ['/r/nonsense', 404, '评价链接无效'],
      [`/r/${token.slice(0, -1)}`, 404, '评价链接无效'],
      [`/r/${old.token}`, 410, '评价期限已过'],
      ['/receipt/0000-0000-0000-0000', 404, '没有这个回执'],
      ['/receipt/nonsense', 404, '没有这个回执'],
    ] as const) {
      const answer = await get(url);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        status,
        'text/html; charset=utf-8',
      ]);
      expect(answer.body).toContain(words);
    }
    expect((await submit(`/r/${old.token}`, [['satisfaction', '5']])).statusCode).toBe(410);
    expect((await submit('/r/nonsense', [['satisfaction', '5']])).statusCode).toBe(404);
  });
});

describe('the short code', () => {
  it('opens a record only together with its window', async () => {
    await inTx(t.db, async (tx) => {
      await seedRegions(tx);
      await seedCity(tx, cityCode('370800'));
    });
    await t.db.owner.query(
      `INSERT INTO registry.department (city_code, code, name, region_code, stationed)
       VALUES ('370800', '11370800MB28559184', '示例部门', '370800000000', true)`,
    );
    await t.db.owner.query(
      `INSERT INTO registry.service_window (city_code, code, name, department_code, region_code, kind)
       VALUES ('370800', 'T01', '一号', '11370800MB28559184', '370800000000', 'general')`,
    );
    const { shortCode } = await seedStep(t);
    const enter = (window: string, code: string) =>
      submit('/r?lang=en&elder=1', [
        ['window', window],
        ['code', code],
      ]);
    const opened = await enter('t01', ` ${shortCode.toLowerCase()} `);
    expect(opened.statusCode).toBe(303);
    expect(opened.headers.location).toMatch(/^\/r\/[\w-]{23}\?lang=en&elder=1$/);
    expect((await get(String(opened.headers.location))).statusCode).toBe(200);
    for (const [window, code] of [
      ['T02', shortCode],
      ['', shortCode],
      ['T01', 'ZZZZZZ'],
      ['T01', ''],
    ] as const) {
      const answer = await enter(window, code);
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toContain('No service fits');
    }
  });

  it('asks to wait after sixty wrong ones a minute at one window, also when all come at once', async () => {
    const guesses = Array.from({ length: 70 }, () =>
      submit('/r', [
        ['window', 'Ｔ０９'],
        ['code', 'ZZZZZZ'],
      ]),
    );
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 404)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });
});

function idOf(page: string): string {
  return /name="id" value="[\w-]+"/.exec(page)?.[0] ?? '';
}
