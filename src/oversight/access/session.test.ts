import { describe, expect, test } from 'vitest';
import { MINUTE, openOffice } from '../../../test/support/office.ts';
import { accessJobs } from './jobs.ts';

const { browser, person, t } = await openOffice();

describe('sessions', () => {
  test('end after 30 idle minutes, and each request starts them anew', async () => {
    const { page } = await person('leader');
    t.clock.advance(29 * MINUTE);
    expect((await page.get('/me')).statusCode).toBe(200);
    t.clock.advance(29 * MINUTE);
    expect((await page.get('/me')).statusCode).toBe(200);
    t.clock.advance(30 * MINUTE);
    const ended = await page.get('/me');
    expect(ended.statusCode).toBe(401);
    expect(ended.json().code).toBe('access.session_expired');
  });

  test('are told to a page that asks, and their absence too, without a refusal', async () => {
    const { page, username } = await person('leader');
    expect((await page.get('/session')).json()).toMatchObject({ me: { username } });
    t.clock.advance(31 * MINUTE);
    for (const one of [page, browser()]) {
      const answer = await one.get('/session');
      expect([answer.statusCode, answer.json()]).toEqual([200, { me: null }]);
    }
  });

  test('end after 12 hours, however busy', async () => {
    const { page } = await person('leader');
    for (let minutes = 20; minutes < 720; minutes += 20) {
      t.clock.advance(20 * MINUTE);
      expect((await page.get('/me')).statusCode).toBe(200);
    }
    t.clock.advance(20 * MINUTE);
    expect((await page.get('/me')).json().code).toBe('access.session_expired');
  });

  test('end with sign-out, also for whoever kept the cookie', async () => {
    const { page } = await person('leader');
    const kept = new Map(page.jar);
    expect((await page.post('/sign-out')).statusCode).toBe(204);
    expect(page.jar.size).toBe(0);
    const copy = page.copy(kept);
    expect((await copy.get('/me')).json().code).toBe('access.sign_in_required');
  });

  test('end at once when the account is disabled', async () => {
    const { page, id } = await person('leader');
    const officer = await person('security_admin');
    expect((await officer.page.post(`/users/${id}/disable`, { reason: 'left' })).statusCode).toBe(200);
    expect((await page.get('/me')).statusCode).toBe(401);
  });

  test('a disabled account’s session that slipped through opens nothing', async () => {
    const { page, id } = await person('leader');
    await t.db.owner.query('UPDATE oversight."user" SET disabled_at = created_at WHERE id = $1', [id]);
    expect((await page.get('/me')).statusCode).toBe(401);
  });
});

test('what has run out is cleared away', async () => {
  const idle = await person('leader');
  await browser().signIn('passer.by', 'wrong 12345');
  t.clock.advance(24 * 60 * MINUTE);
  const busy = await person('leader');
  for (const job of accessJobs) await job.work(t, {});
  const { rows } = await t.db.owner.query('SELECT user_id FROM oversight.session');
  expect(rows.map((row) => row.user_id)).toContain(busy.id);
  expect(rows.map((row) => row.user_id)).not.toContain(idle.id);
  const guards = await t.db.owner.query('SELECT count(*)::int AS n FROM oversight.sign_in_guard');
  expect(guards.rows[0].n).toBe(0);
});

describe('writes', () => {
  test.each([
    ['without our header', { 'x-yiping': '' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from nowhere', { origin: 'null' }],
  ])('%s are refused', async (_name, headers) => {
    const { page } = await person('leader');
    const refused = await page.post('/sign-out', {}, headers);
    expect(refused.json()).toMatchObject({ status: 403, code: 'access.cross_site' });
    expect((await page.get('/me')).statusCode).toBe(200);
    expect((await page.post('/sign-in', { username: 'a', password: 'b' }, headers)).statusCode).toBe(403);
  });

  test('from our own pages pass', async () => {
    const { page } = await person('leader');
    const headers = { origin: 'http://localhost', host: 'localhost', 'sec-fetch-site': 'same-origin' };
    expect((await page.post('/sign-out', {}, headers)).statusCode).toBe(204);
  });
});
