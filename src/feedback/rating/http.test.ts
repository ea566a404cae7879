import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { ratingServer, seedStep } from '../../../test/support/rating-hall.ts';
import { tokenFor } from '../../intake/invitation/index.ts';
import { cliActor, createApiKey } from '../../oversight/access/index.ts';
import type { Http } from '../../platform/http.ts';

const t = await testDb();
let http: Http;
let origin = '';
beforeAll(async () => {
  http = await ratingServer(t);
  origin = await http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => http.close());

/** Both ways in: over the network, where plain requests take the direct route, and through the framework. */
let way: 'direct' | 'framework' = 'direct';

async function post(body: object, headers: Record<string, string> = {}) {
  if (way === 'direct') {
    const answer = await fetch(`${origin}/api/v1/ratings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    return { status: answer.status, body: await answer.json(), type: answer.headers.get('content-type') };
  }
  const answer = await http.inject({ method: 'POST', url: '/api/v1/ratings', payload: body, headers });
  return { status: answer.statusCode, body: answer.json(), type: answer.headers['content-type'] };
}

async function rowsOf(stepId: string) {
  return (await t.db.owner.query('SELECT * FROM feedback.rating WHERE step_id = $1', [stepId])).rows;
}

describe.each(['direct', 'framework'] as const)('POST /api/v1/ratings, %s', (each) => {
  beforeAll(() => {
    way = each;
  });

  it('records a rating once, with its device kept apart, and tells it once a batch', async () => {
    const { token, stepId } = await seedStep(t, { hasMobile: true });
    const text = '排队时间长，但态度好';
    const first = await post({
      token,
      satisfaction: 2,
      evalDetail: ['214'],
      writingEvaluation: text,
      process: 3,
    });
    expect(first.status).toBe(201);
    expect(first.body.receipt).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(first.body.recordedAt).toBe('2026-03-11T10:00:00+08:00');
    const [row] = await rowsOf(stepId);
    expect(row).toMatchObject({
      satisfaction: 2,
      tags: [214],
      process: 3,
      efficiency: null,
      channel: 3,
      mode: 'onsite',
      real_name: true,
      source: 'citizen',
    });
    const { rows: texts } = await t.db.owner.query(
      'SELECT body FROM feedback.rating_text WHERE step_id = $1',
      [stepId],
    );
    expect(texts).toEqual([{ body: text }]);
    const { rows: raters } = await t.db.owner.query(
      'SELECT anonymous, device_mark, length(address_hash) AS hash FROM feedback.rater WHERE step_id = $1',
      [stepId],
    );
    expect(raters).toEqual([{ anonymous: false, device_mark: null, hash: 16 }]);
    const { rows: jobs } = await t.db.owner.query(
      `SELECT payload FROM graphile_worker._private_jobs WHERE payload -> 'payload' ->> 'batchId' = $1
       ORDER BY id`,
      [row.batch_id],
    );
    const told = { cityCode: '370800', batchId: row.batch_id };
    expect(jobs.map((job) => job.payload)).toEqual([
      { type: 'rating.recorded', payload: { ...told, days: ['2026-03-11'] } },
      { type: 'rating.bad_recorded', payload: { ...told, months: ['2026-03'] } },
    ]);
  });

  it('answers the same id with the same receipt, whatever the body, and another with 409', async () => {
    const { token, stepId } = await seedStep(t);
    const first = await post({ token, satisfaction: 5, id: 'mine' });
    expect(first.status).toBe(201);
    for (const body of [
      { token, satisfaction: 5, id: 'mine' },
      { token, satisfaction: 1, id: 'mine' },
      { token, satisfaction: 9, id: 'mine', unknown: true },
    ]) {
      const again = await post(body);
      expect([again.status, again.body]).toEqual([200, first.body]);
    }
    const other = await post({ token, satisfaction: 4, id: 'yours' });
    expect([other.status, other.body.code]).toEqual([409, 'rating.already_recorded']);
    expect((await post({ token, satisfaction: 4 })).status).toBe(409);
    expect(await rowsOf(stepId)).toHaveLength(1);
  });

  it('takes the same id for another record as another rating', async () => {
    const [one, two] = [await seedStep(t), await seedStep(t)];
    const first = await post({ token: one.token, satisfaction: 5, id: 'x' });
    const second = await post({ token: two.token, satisfaction: 5, id: 'x' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.receipt).not.toBe(second.body.receipt);
  });

  it('lets exactly one of two win that come at the same instant', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { token, stepId } = await seedStep(t);
      const answers = await Promise.all(
        [5, 1].map((satisfaction) => post({ token, satisfaction, writingEvaluation: 'x' })),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
      expect(await rowsOf(stepId)).toHaveLength(1);
    }
  });

  it('answers two hundred at once, each with its own receipt', async () => {
    const steps = await Promise.all(Array.from({ length: 200 }, () => seedStep(t)));
    const answers = await Promise.all(
      steps.map(({ token }, at) => post({ token, satisfaction: (at % 3) + 3, id: `c${at}` })),
    );
    expect(answers.every((answer) => answer.status === 201)).toBe(true);
    for (const [at, { stepId }] of steps.entries()) {
      const [row] = await rowsOf(stepId);
      expect([row.satisfaction, row.client_id]).toEqual([(at % 3) + 3, `c${at}`]);
    }
    expect(new Set(answers.map((answer) => answer.body.receipt)).size).toBe(200);
  });

  it('keeps the others when one of a batch breaks', async () => {
    const steps = await Promise.all(Array.from({ length: 20 }, () => seedStep(t)));
    await t.db.owner.query(
      `ALTER TABLE feedback.rating ADD CONSTRAINT broken CHECK (client_id <> 'bad') NOT VALID`,
    );
    const answers = await Promise.all(
      steps.map(({ token }, at) => post({ token, satisfaction: 5, id: at === 7 ? 'bad' : `ok${at}` })),
    );
    await t.db.owner.query('ALTER TABLE feedback.rating DROP CONSTRAINT broken');
    expect(answers.map((answer) => answer.status)).toEqual(steps.map((_, at) => (at === 7 ? 500 : 201)));
  });

  it.each([
    [
      'a tag of another level',
      { satisfaction: 5, evalDetail: ['214'] },
      'rating.tag_of_other_level',
      'evalDetail',
    ],
    ['a retired tag', { satisfaction: 5, evalDetail: ['501'] }, 'rating.tag_retired', 'evalDetail'],
    ['a bad level without a word', { satisfaction: 2 }, 'rating.reason_missing', 'evalDetail'],
    [
      'only blanks as a reason',
      { satisfaction: 1, writingEvaluation: ' \n' },
      'rating.reason_missing',
      'evalDetail',
    ],
    [
      'a long text',
      { satisfaction: 5, writingEvaluation: '好'.repeat(501) },
      'rating.text_too_long',
      'writingEvaluation',
    ],
    ['no level', {}, 'request.invalid', 'satisfaction'],
    ['level 0', { satisfaction: 0 }, 'request.invalid', 'satisfaction'],
    ['a level as text', { satisfaction: '5' }, 'request.invalid', 'satisfaction'],
    ['half a level', { satisfaction: 4.5 }, 'request.invalid', 'satisfaction'],
    ['an unknown field', { satisfaction: 5, staffNo: 'S001' }, 'request.invalid', 'staffNo'],
    ['a score of 6', { satisfaction: 5, process: 6 }, 'request.invalid', 'process'],
    [
      'a zone that there is none of',
      { satisfaction: 5, deviceAt: '2026-03-11T10:00:00+23:00' },
      'request.invalid',
      'deviceAt',
    ],
    [
      'the year 0 of a device',
      { satisfaction: 5, deviceAt: '0000-01-01T00:00:00Z' },
      'request.invalid',
      'deviceAt',
    ],
    ['a control character as id', { satisfaction: 5, id: 'a\u0000b' }, 'request.invalid', 'id'],
  ])('refuses %s with 422', async (_, body, code, field) => {
    const { token, stepId } = await seedStep(t);
    const answer = await post({ token, ...body });
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.field]).toEqual([422, code, field]);
    expect(answer.type).toContain('application/problem+json');
    expect(await rowsOf(stepId)).toHaveLength(0);
  });

  it('keeps texts as they are, without what a database or a page can not hold', async () => {
    const { token, stepId } = await seedStep(t);
    const answer = await post({ token, satisfaction: 5, writingEvaluation: ' a\u0000b\ud800<script>\r\n' });
    expect(answer.status).toBe(201);
    const { rows } = await t.db.owner.query('SELECT body FROM feedback.rating_text WHERE step_id = $1', [
      stepId,
    ]);
    expect(rows[0].body).toBe('ab\ufffd<script>');
  });

  it('refuses forged, unknown and expired tokens', async () => {
    const { stepId, token } = await seedStep(t);
    const forged = `${token.slice(0, -3)}AAA`;
    const missing = tokenFor(t.keys, `${BigInt(stepId) + 999_999n}` as typeof stepId, 3);
    const old = await seedStep(t, { serviceTime: new Date('2026-03-04T09:59:00+08:00') });
    for (const [body, status, code] of [
      [{ token: forged, satisfaction: 5 }, 404, 'rating.unknown_token'],
      [{ token: 'x', satisfaction: 5 }, 404, 'rating.unknown_token'],
      [{ token: missing, satisfaction: 5 }, 404, 'rating.unknown_token'],
      [{ token: missing, satisfaction: 1 }, 404, 'rating.unknown_token'],
      [{ token: old.token, satisfaction: 5 }, 410, 'rating.expired'],
      [{ token: old.token, satisfaction: 1 }, 410, 'rating.expired'],
    ] as const) {
      const answer = await post(body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it('keeps the cities of one system apart', async () => {
    const here = await seedStep(t);
    const there = await seedStep(t, { cityCode: '370900', regionCode: '370900000000' });
    expect((await post({ token: there.token, satisfaction: 5 })).status).toBe(201);
    expect((await post({ token: here.token, satisfaction: 4 })).status).toBe(201);
    expect(await rowsOf(there.stepId)).toMatchObject([{ city_code: '370900', satisfaction: 5 }]);
  });

  it('judges thirty posts a minute for a token, then asks to wait', async () => {
    const { token } = await seedStep(t);
    for (let count = 0; count < 30; count += 1)
      expect((await post({ token, satisfaction: 1 })).status).toBe(422);
    const answer = await post({ token, satisfaction: 5 });
    expect([answer.status, answer.body.code]).toEqual([429, 'rating.too_many']);
    t.clock.advance(61_000);
    expect((await post({ token, satisfaction: 5 })).status).toBe(201);
    t.clock.advance(-61_000);
  });

  it('takes the channel from the link, and from a key what the key says', async () => {
    const [one, two] = [await seedStep(t), await seedStep(t)];
    await post({ token: one.token, satisfaction: 5, pf: 1 });
    expect(await rowsOf(one.stepId)).toMatchObject([{ channel: 3, source: 'citizen' }]);
    const { key } = await createApiKey(t, cliActor('370800'), { name: 'portal', scope: '370800' });
    const headers = { authorization: `Bearer ${key}` };
    expect((await post({ token: two.token, satisfaction: 5, pf: 1 }, headers)).status).toBe(201);
    expect(await rowsOf(two.stepId)).toMatchObject([{ channel: 1, source: 'key' }]);
  });

  it('answers in the language asked for', async () => {
    const answer = await post({ token: 'x', satisfaction: 5 }, { 'accept-language': 'en' });
    expect(answer.body.detail).toContain('belongs to no service');
  });
});

describe('the table of ratings', () => {
  it('cannot be rewritten by the application', async () => {
    for (const statement of [
      'UPDATE feedback.rating SET satisfaction = 5',
      'DELETE FROM feedback.rating',
      'TRUNCATE feedback.rating',
    ]) {
      await expect(t.db.appPool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('reading by key', () => {
  it('lists and counts by the day of the service, within the scope of the key', async () => {
    const serviceTime = new Date('2026-02-10T09:00:00+08:00');
    t.clock.set(new Date('2026-02-10T12:00:00+08:00'));
    const [one, two] = [
      await seedStep(t, { serviceTime, windowCode: 'W1' }),
      await seedStep(t, { serviceTime, windowCode: 'W2', regionCode: '370811000000' }),
      await seedStep(t, { serviceTime, windowCode: 'W2', regionCode: '370811000000' }),
    ];
    await post({ token: one.token, satisfaction: 5, evalDetail: ['510'] });
    await post({ token: two.token, satisfaction: 1, evalDetail: ['115'] });
    const ask = async (url: string, scope: string) => {
      const { key } = await createApiKey(t, cliActor('370800'), { name: `k${scope}${url.length}`, scope });
      const answer = await http.inject({ url, headers: { authorization: `Bearer ${key}` } });
      expect(answer.statusCode).toBe(200);
      return answer.json();
    };
    const range = 'from=2026-02-10&to=2026-02-10';
    const all = await ask(`/api/v1/ratings?${range}&limit=1`, '370800');
    expect(all.items).toMatchObject([
      { projectNo: two.projectNo, satisfaction: 1, evalDetail: ['115'], pf: 3 },
    ]);
    const rest = await ask(`/api/v1/ratings?${range}&cursor=${all.next}`, '370800');
    expect(rest.items.map((item: { projectNo: string }) => item.projectNo)).toEqual([one.projectNo]);
    expect(rest.next).toBeNull();
    const county = await ask(`/api/v1/ratings?${range}`, '370811');
    expect(county.items.map((item: { projectNo: string }) => item.projectNo)).toEqual([two.projectNo]);
    const [line] = await ask(`/api/v1/stats?${range}&by=city`, '370800');
    expect(line).toMatchObject({
      code: '370800000000',
      ratable: 3,
      rated: 2,
      unrated: 1,
      good: 1,
      bad: 1,
      excluded: 0,
    });
    expect(line.active_good_rate).toEqual({ value: '0.5000', numerator: 1, denominator: 2 });
    expect(line.active_rating_rate).toEqual({ value: '0.6667', numerator: 2, denominator: 3 });
    const windows = await ask(`/api/v1/stats?${range}&by=window`, '370811');
    expect(windows).toMatchObject([{ code: 'W2', ratable: 2, rated: 1, good: 0, bad: 1 }]);
    const none = await ask('/api/v1/stats?from=2025-01-01&to=2025-01-31', '370800');
    expect(none).toEqual([]);
    t.clock.set(new Date('2026-03-11T10:00:00+08:00'));
  });

  it('refuses a reversed range, a wrong cursor and a caller without a key', async () => {
    const { key } = await createApiKey(t, cliActor('370800'), { name: 'r', scope: '370800' });
    const headers = { authorization: `Bearer ${key}` };
    for (const url of [
      '/api/v1/stats?from=2026-02-02&to=2026-02-01',
      '/api/v1/ratings?cursor=nonsense',
      '/api/v1/ratings?from=2026-02-30',
      '/api/v1/stats?from=2026-02-01&to=2026-02-02&by=planet',
    ]) {
      expect((await http.inject({ url, headers })).statusCode).toBe(422);
    }
    expect((await http.inject({ url: '/api/v1/ratings' })).statusCode).toBe(401);
  });
});
