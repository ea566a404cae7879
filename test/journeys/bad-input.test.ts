/**
 * Whatever arrives over HTTP is taken or refused with a code, a sentence and the field: never a fault,
 * never an echo.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { openApp, tokenOf } from '../support/app.ts';
import { recordForm } from '../support/hall.ts';
import { routesOf } from '../support/routes.ts';
import { openSenders, type Send } from '../support/senders.ts';

const NOW = new Date('2026-05-20T10:30:00+08:00');
const app = await openApp({ now: NOW });

/** Personal data that no answer may repeat. */
const SECRETS = ['欧阳娜娜', '13987654321', '11010519491231002X'];
const secret = { userName: SECRETS[0], mobile: SECRETS[1], certKey: SECRETS[2] };

type Answer = Awaited<ReturnType<typeof app.http.inject>>;

/** A refusal as contract §4 wants it. */
function expectProblem(what: string, answer: Answer, status?: number): void {
  const { statusCode, headers, body } = answer;
  expect([what, statusCode >= 400 && statusCode < 500], body.slice(0, 300)).toEqual([what, true]);
  if (status !== undefined) expect([what, statusCode], body.slice(0, 300)).toEqual([what, status]);
  for (const one of SECRETS) expect([what, body.includes(one)]).toEqual([what, false]);
  expect([what, body.includes('    at ')]).toEqual([what, false]);
  if (String(headers['content-type']).startsWith('text/html')) return;
  expect([what, headers['content-type']]).toEqual([what, 'application/problem+json']);
  const problem = answer.json();
  expect(problem).toMatchObject({ type: 'about:blank', status: statusCode });
  for (const field of ['code', 'title', 'detail'])
    expect([what, field, typeof problem[field]]).toEqual([what, field, 'string']);
}

describe('whatever a route takes', () => {
  let send: Send;
  let writes: string[] = [];
  beforeAll(async () => {
    await app.http.ready();
    writes = routesOf(app.http).filter((route) => route.startsWith('POST '));
    send = await openSenders(app);
  });
  /** What takes no body at all: there is nothing in it to be refused. */
  const bodiless =
    /\/(sign-out|visits\/:id\/(cancel|confirm)|close|checks|shown|(address|:id)\/(remove|end))$/;
  const withBody = () => writes.filter((route) => !bodiless.test(route));

  test.each([
    ['broken JSON', '{"a":', 400],
    ['no JSON', `name=${SECRETS[0]}`, 400],
    ['an empty body', '', undefined],
    ['null', 'null', undefined],
    ['a number', '42', undefined],
    ['a text', `"${SECRETS[1]}"`, undefined],
    ['a list of nonsense', `[[["${SECRETS[1]}"]]]`, undefined],
    ['an unknown field', JSON.stringify({ surprise: SECRETS[0] }), undefined],
    ['a field for the prototype', '{"__proto__": {"admin": true}}', 400],
    ['a zero byte', '{"username": "\\u0000", "token": "\\u0000", "reason": "\\u0000"}', undefined],
    ['half a character', '{"username": "\\ud800", "token": "\\ud800", "reason": "\\ud800"}', undefined],
    ['a deep nest', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, undefined],
  ])('JSON: %s', async (what, payload, status) => {
    for (const route of withBody()) {
      const answer = await send(route, payload, { 'content-type': 'application/json' });
      // A batch of records is answered one by one; nothing stands in the way of enabling an account without
      // a reason.
      const isAnswered = answer.statusCode === 200 && /service-records$/.test(route);
      if (!isAnswered) expectProblem(`${route}: ${what}`, answer, status);
      else for (const one of answer.json()) expect([what, one.outcome]).toEqual([what, 'refused']);
    }
  });

  test.each([
    ['text/plain', 'hello', 415],
    ['application/xml', '<a/>', 415],
    ['no type at all', 'hello', 415],
    ['multipart/form-data', 'hello', undefined],
  ])('of another type: %s', async (type, payload, status) => {
    for (const route of withBody()) {
      const headers: Record<string, string> = type.includes('/')
        ? { 'content-type': type }
        : { 'content-type': '' };
      expectProblem(`${route}: ${type}`, await send(route, payload, headers), status);
    }
  });

  test('an upload that is broken off', async () => {
    const payload = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncode';
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expectProblem('broken off', await send('POST /admin/api/imports/departments', payload, headers));
  });

  test('too large', async () => {
    for (const route of writes) {
      const megabytes = /api\/v1\/service-records$/.test(route) ? 4 : 1;
      const payload = JSON.stringify([{ a: 'x'.repeat(megabytes * 1024 * 1024) }]);
      expectProblem(route, await send(route, payload, { 'content-type': 'application/json' }), 413);
    }
  });

  test('a sentence in the reader’s language', async () => {
    for (const route of withBody().filter((one) => one.includes('/api/'))) {
      const told = async (lang: string) => {
        const headers = { 'content-type': 'text/plain', 'accept-language': lang };
        return (await send(route, 'hello', headers)).json();
      };
      const [zh, en] = [await told('zh-CN,zh;q=0.9'), await told('en-GB')];
      expect([route, zh.code]).toEqual([route, en.code]);
      expect(zh.detail).toMatch(/^\p{Script=Han}[^a-z]+。$/u);
      expect(en.detail).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
    }
  });
});

describe('GET', () => {
  const token = () => app.handIn([recordForm({ projectNo: 'JN-OLD', serviceTime: '2026-05-01 10:00:00' })]);
  const get = (path: string, lang = 'zh-CN') =>
    app.http.inject({ url: path, headers: { authorization: `Bearer ${app.key}`, 'accept-language': lang } });

  test.each([
    ['/api/v1/nothing', 404],
    ['/api/v1/ratings?from=yesterday', 422],
    ['/api/v1/ratings?from=2026-02-30', 422],
    ['/api/v1/ratings?from=2026-05-02&to=2026-05-01', 422],
    ['/api/v1/ratings?limit=0', 422],
    ['/api/v1/ratings?limit=201', 422],
    ['/api/v1/ratings?cursor=nonsense', 422],
    [`/api/v1/ratings?cursor=${'x'.repeat(201)}`, 422],
    ['/api/v1/ratings?cursor=W10', 422],
    ['/api/v1/stats', 422],
    ['/api/v1/stats?from=2026-05-01', 422],
    ['/api/v1/stats?from=2026-05-01&to=2026-05-31&by=moon', 422],
    ['/api/v1/stats?from=2026-06-01&to=2026-05-31', 422],
    ['/api/v1/scores', 422],
    ['/api/v1/scores?month=2026-13', 422],
    ['/api/v1/scores?month=2026-05&subject=moon', 422],
    ['/api/v1/scores?month=2026-05&surprise=1', 422],
    ['/api/v1/scores?month=2026-05', 409],
    ['/api/v1/service-records/JN-1/one', 422],
    ['/api/v1/service-records/JN-1/0', 422],
    ['/api/v1/service-records/JN-1/1', 404],
    [`/api/v1/service-records/${'x'.repeat(65)}/1`, 422],
    ['/api/v1/service-records/%00/1', 400],
    ['/r/%ZZ', 404],
    ['/api/v1/ratings?from=2026-05-01&cursor=%00', 422],
    ['/api/v1/service-records/%ZZ/1', 404],
    ['/r/nothing', 404],
    [`/r/${'A'.repeat(23)}`, 404],
    [`/r/${'A'.repeat(300)}`, 404],
    ['/r/%00', 404],
    ['/receipt/nothing', 404],
    ['/receipt/0000-0000-0000-0000', 404],
    [`/receipt/${'0'.repeat(300)}`, 404],
    ['/receipt/%E0%A4%A', 404],
  ])('%#: %.60s', async (path, status) => {
    expectProblem(path, await get(path), status);
    const problem = await get(path, 'en');
    if (!String(problem.headers['content-type']).startsWith('text/html')) {
      expect(problem.json().detail).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test('a forged link and one whose time is over', async () => {
    const [old] = await token();
    expectProblem('expired', await get(`/r/${tokenOf(old!)}`), 410);
    const [fresh] = await app.handIn([
      recordForm({ projectNo: 'JN-NEW', serviceTime: '2026-05-20 10:00:00' }),
    ]);
    const good = tokenOf(fresh!);
    for (const forged of [
      `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
      `B${good.slice(1)}`,
      good.slice(1),
      `${good}A`,
    ]) {
      expectProblem(forged, await get(`/r/${forged}`), 404);
    }
  });
});

describe('POST /api/v1/ratings', () => {
  let made = 0;
  const newToken = async () => {
    made += 1;
    const [link] = await app.handIn([
      recordForm({ projectNo: `JN-P${made}`, serviceTime: '2026-05-20 10:00:00' }),
    ]);
    return tokenOf(link!);
  };
  const base = { satisfaction: 5 };

  test.each<[string, object, string?]>([
    ['no level', { satisfaction: undefined }, 'satisfaction'],
    ['level 0', { satisfaction: 0 }, 'satisfaction'],
    ['level 6', { satisfaction: 6 }, 'satisfaction'],
    ['half a level', { satisfaction: 4.5 }, 'satisfaction'],
    ['a level as text', { satisfaction: '5' }, 'satisfaction'],
    ['a tag that isn’t one', { evalDetail: ['good'] }],
    ['a tag that there never was', { evalDetail: ['599'] }],
    ['a retired tag', { evalDetail: ['501'] }],
    ['a tag of another level', { evalDetail: ['214'] }],
    ['tags as text', { evalDetail: '510' }, 'evalDetail'],
    ['a bad rating without a reason', { satisfaction: 2 }],
    ['a text of 501 characters', { writingEvaluation: '很'.repeat(501) }],
    ['a text of 5,001 characters', { writingEvaluation: SECRETS[0]!.repeat(1251) }, 'writingEvaluation'],
    ['a score of 6', { attitude: 6 }, 'attitude'],
    ['a channel of 100', { pf: 100 }, 'pf'],
    ['an id of 65 characters', { id: 'x'.repeat(65) }, 'id'],
    ['an id with a line break', { id: 'a\nb' }, 'id'],
    ['anonymous as text', { anonymous: 'yes' }, 'anonymous'],
    ['a device’s clock without a zone', { deviceAt: '2026-05-20 10:00' }, 'deviceAt'],
    ['an unknown field', { name: SECRETS[0] }, 'name'],
  ])('%s', async (what, given, field) => {
    const token = await newToken();
    const refused = await app.api('POST', '/ratings', { token, ...base, ...given }, null);
    expectProblem(what, refused, 422);
    const { errors = [] } = refused.json();
    if (field) expect(errors.map((one: { field: string }) => one.field)).toContain(field);
    // Nothing of it was kept: the record can still be rated.
    expect((await app.api('POST', '/ratings', { token, ...base }, null)).statusCode).toBe(201);
  });

  test('no token, a forged one, an expired one', async () => {
    expectProblem('none', await app.api('POST', '/ratings', base, null), 422);
    expectProblem('forged', await app.api('POST', '/ratings', { ...base, token: 'x'.repeat(23) }, null), 404);
    expectProblem(
      'too long',
      await app.api('POST', '/ratings', { ...base, token: 'x'.repeat(201) }, null),
      404,
    );
  });

  test('the form sent back keeps what was written, and a broken one is told on a page', async () => {
    const token = await newToken();
    const post = (payload: string) =>
      app.http.inject({
        method: 'POST',
        url: `/r/${token}`,
        payload,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const empty = await post('');
    expect([empty.statusCode, empty.body.includes('还没有选择满意度')]).toEqual([422, true]);
    const reasonless = await post('satisfaction=1&process=3');
    expect(reasonless.statusCode).toBe(422);
    expect(reasonless.body).toMatch(/id="s1" value="1" required checked/);
    const script = await post(
      `satisfaction=1&attitude=9&writingEvaluation=${encodeURIComponent('<script>alert(1)</script>')}`,
    );
    expect([script.statusCode, script.body.includes('<script')]).toEqual([422, false]);
    for (const broken of [
      'satisfaction=9',
      'satisfaction=5&surprise=1',
      'satisfaction=5&evalDetail=999',
      `id=${'x'.repeat(65)}&satisfaction=5`,
    ]) {
      expect([broken, (await post(broken)).statusCode]).toEqual([broken, 422]);
    }
    expect((await post('satisfaction=5')).statusCode).toBe(303);
  });
});

describe('POST /api/v1/service-records', () => {
  const good = recordForm({
    projectNo: 'JN-Q',
    serviceTime: '2026-05-20 10:00:00',
    ...secret,
    userPageType: '111',
  });

  test.each<[string, object, string]>([
    ...Object.keys(good)
      .filter(
        (name) => !['windowCode', 'staffNo', 'userName', 'mobile', 'certKey', 'userPageType'].includes(name),
      )
      .flatMap((name): [string, object, string][] => [
        [`no ${name}`, { [name]: undefined }, name],
        [`an empty ${name}`, { [name]: ' ' }, name],
        [`${name} of the wrong type`, { [name]: { a: 1 } }, name],
        [`${name} too long`, { [name]: 'x'.repeat(5000) }, name],
      ]),
    ['a department with a wrong check character', { deptCode: '11370800004312345X' }, 'deptCode'],
    ['a department that nobody knows', { deptCode: '11370800MB28559184' }, 'deptCode'],
    ['a region that there isn’t', { areaCode: '370899000000' }, 'areaCode'],
    ['a region of another city', { areaCode: '370102000000' }, 'areaCode'],
    [
      'an item code with a wrong check character',
      { taskCode: '11370800004312345X1370100001000' },
      'taskCode',
    ],
    [
      'an item that isn’t rated',
      { taskCode: good.taskCode!.toString().replace('13701', '13702') },
      'taskCode',
    ],
    ['a window that nobody knows', { windowCode: 'T99' }, 'windowCode'],
    ['a clerk whom nobody knows', { staffNo: 'G999' }, 'staffNo'],
    ['a phone that is none', { mobile: '1398765' }, 'mobile'],
    ['an identity number with a wrong check character', { certKey: '110105194912310021' }, 'certKey'],
    ['a day that there isn’t', { serviceTime: '2026-02-30 10:00:00' }, 'serviceTime'],
    ['a time to come', { serviceTime: '2026-05-21 10:00:00' }, 'serviceTime'],
    ['a time before 2020', { serviceTime: '2019-12-31 10:00:00' }, 'serviceTime'],
    ['a status of 4', { proStatus: 4 }, 'proStatus'],
    ['a channel of 3', { proChannel: 3 }, 'proChannel'],
    ['a step of 0', { serviceNumber: 0 }, 'serviceNumber'],
    ['a result before acceptance', { acceptDate: '2026-05-20', resultDate: '2026-05-19' }, 'resultDate'],
    ['an unknown field', { surprise: SECRETS[0] }, 'surprise'],
  ])('%s', async (_what, given, field) => {
    const answer = await app.api('POST', '/service-records', [{ ...good, ...given }]);
    expect(answer.statusCode, answer.body).toBe(200);
    const [one] = answer.json();
    expect(one).toMatchObject({ outcome: 'refused', ratingUrl: null, shortCode: null });
    expect(one.refusal.errors.map((error: { field: string }) => error.field)).toContain(field);
    for (const hidden of SECRETS) expect(answer.body).not.toContain(hidden);
  });

  test('no list, an empty one, one of 1,001', async () => {
    for (const body of [good, [], Array.from({ length: 1001 }, () => good)]) {
      expectProblem('list', await app.api('POST', '/service-records', body), 422);
    }
  });

  test('after all that, nothing of it was kept', async () => {
    expectProblem('unknown', await app.api('GET', '/service-records/JN-Q/1'), 404);
  });

  test('the reach of a key bounds what it may hand in and read', async () => {
    const narrow = await app.newKey('370811');
    const refused = await app.api('POST', '/service-records', [good], narrow);
    expect(refused.json()).toMatchObject([
      { outcome: 'refused', refusal: { code: 'service_record.out_of_scope' } },
    ]);
    await app.handIn([good]);
    const read = (key: string) => app.api('GET', '/service-records/JN-Q/1', undefined, key);
    expectProblem('out of reach', await read(narrow), 404);
    const seen = await read(app.key);
    expect(seen.statusCode).toBe(200);
    for (const hidden of SECRETS) expect(seen.body).not.toContain(hidden);
  });

  test('a correction without a reason, of an unknown field, of a record that there isn’t', async () => {
    const path = '/service-records/JN-Q/1/corrections';
    expectProblem('reason', await app.api('POST', path, { field: 'window', value: 'T02' }), 422);
    expectProblem(
      'field',
      await app.api('POST', path, { field: 'name', value: SECRETS[0], reason: '写错了名字' }),
      422,
    );
    expectProblem(
      'window',
      await app.api('POST', path, { field: 'window', value: 'T99', reason: '窗口登记错误' }),
      422,
    );
    const none = '/service-records/JN-NONE/1/corrections';
    expectProblem(
      'record',
      await app.api('POST', none, { field: 'window', value: 'T02', reason: '窗口登记错误' }),
      404,
    );
  });

  test.each(['/nowhere', '/r/%E0%A4%A'])('a browser at %s gets a page with the way on', async (url) => {
    const headers = { accept: 'text/html', 'accept-language': 'zh-CN' };
    const answer = await app.http.inject({ url, headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['content-security-policy']).toContain("script-src 'none'");
    expect(answer.body).toContain('请检查链接是否完整');
  });
});
