import { describe, expect, test } from 'vitest';
import { WORKING_MORNING } from '../../../test/support/db.ts';
import { MINUTE, openOffice, operator } from '../../../test/support/office.ts';
import { createApiKey, revokeApiKey } from './key-actions.ts';

const { person, http, t } = await openOffice();

describe('keys', () => {
  const ask = (path: string, key: string, method: 'GET' | 'POST' = 'GET') =>
    http().inject({ method, url: path, headers: { authorization: `Bearer ${key}` } });

  test('open the API within their scope and nothing else', async () => {
    const { key, apiKey } = await createApiKey(t, operator, { name: 'county', scope: '370812' });
    expect(key).toMatch(/^yp_[\w-]{43}$/);
    expect((await ask('/api/v1/echo', key)).json()).toEqual({
      kind: 'key',
      scope: { cityCode: '370800', regionPrefix: '370812' },
    });
    expect((await ask('/admin/api/echo', key)).statusCode).toBe(401);
    const { rows } = await t.db.owner.query('SELECT * FROM oversight.api_key WHERE id = $1', [apiKey.id]);
    expect(rows).toMatchObject([{ last_used_on: '2026-03-11' }]);
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  test('open no route that asks for more than a key may do', async () => {
    const { key } = await createApiKey(t, operator, { name: 'curious', scope: '370800' });
    const answer = await ask('/api/v1/grown', key);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'access.permission_denied']);
  });

  test.each([
    ['370800', { cityCode: '370800' }],
    ['370000', { cityCode: '370800', regionPrefix: '37' }],
    ['370810', { cityCode: '370800', regionPrefix: '370810' }],
    ['370812001', { cityCode: '370800', regionPrefix: '370812001' }],
  ])('scope %s', async (scope, expected) => {
    const { key } = await createApiKey(t, operator, { name: 'any', scope });
    expect((await ask('/api/v1/echo', key)).json().scope).toEqual(expected);
  });

  test('are refused when unknown, revoked or expired, on public routes, too', async () => {
    expect((await http().inject('/api/v1/echo')).json().code).toBe('access.key_invalid');
    expect((await ask('/api/v1/echo', 'yp_unknown')).statusCode).toBe(401);
    expect((await http().inject({ method: 'POST', url: '/api/v1/echo' })).json()).toEqual({
      kind: 'public',
    });
    expect((await ask('/api/v1/echo', 'yp_unknown', 'POST')).statusCode).toBe(401);
    const expiresAt = new Date(WORKING_MORNING.getTime() + MINUTE).toISOString();
    const short = await createApiKey(t, operator, { name: 'short', scope: '370800', expiresAt });
    expect((await ask('/api/v1/echo', short.key)).statusCode).toBe(200);
    const taken = await createApiKey(t, operator, { name: 'taken', scope: '370800' });
    expect((await ask('/api/v1/echo', taken.key)).statusCode).toBe(200);
    await revokeApiKey(t, operator, taken.apiKey.id);
    t.clock.advance(MINUTE);
    expect((await ask('/api/v1/echo', short.key)).statusCode).toBe(401);
    expect((await ask('/api/v1/echo', taken.key)).statusCode).toBe(401);
  });

  test('are made, listed and revoked by the security administrator', async () => {
    const { page } = await person('security_admin');
    const created = (await page.post('/keys', { name: '12345', scope: '370800' })).json();
    expect((await page.get('/keys')).body).not.toContain(created.key);
    const revoked = await page.post(`/keys/${created.apiKey.id}/revoke`, { reason: 'lost' });
    expect(revoked.json().revokedAt).toBe('2026-03-11T10:00:00+08:00');
    expect((await page.post('/keys/none/revoke', {})).statusCode).toBe(404);
    expect((await page.post('/keys', { name: 'x', scope: '999999' })).json().errors[0].field).toBe('scope');
  });
});
