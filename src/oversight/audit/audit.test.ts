import { describe, expect, test } from 'vitest';
import { openOffice } from '../../../test/support/office.ts';

const { newAccount, person, t } = await openOffice();

describe('the audit', () => {
  test('can only grow: the application may neither change nor delete a line', async () => {
    await newAccount('leader');
    for (const statement of [
      "UPDATE oversight.audit SET result = 'ok'",
      'DELETE FROM oversight.audit',
      'TRUNCATE oversight.audit',
      'DELETE FROM oversight.audit_2026_03',
    ]) {
      await expect(t.db.appPool.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  test('has a partition for each month, before and after today', async () => {
    const { rows } = await t.db.owner.query(
      "SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'oversight.audit'::regclass",
    );
    expect(rows[0].n).toBeGreaterThan(30);
  });

  test('is searched, paged and exported by the auditor, and the export is audited', async () => {
    const { page, username } = await person('auditor');
    const officer = await person('security_admin');
    await officer.page.post('/users', { username: 'audited', name: '张三', role: 'leader' });
    const found = (await page.get('/audit?action=user.created&subject=audited')).json();
    expect(found.items).toMatchObject([{ actor: officer.username, action: 'user.created', result: 'ok' }]);
    expect(JSON.stringify(found)).not.toContain('张三');
    const first = (await page.get('/audit?limit=3')).json();
    const second = (await page.get(`/audit?limit=3&cursor=${first.next}`)).json();
    const ids = [...first.items, ...second.items].map((line: { id: string }) => Number(line.id));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(6);
    const file = await page.get('/audit?format=csv&from=2026-03-11&to=2026-03-11');
    expect(file.headers['content-disposition']).toContain('audit-2026-03-11.csv');
    expect(file.body).toContain('user.created');
    expect((await page.get('/audit?action=export.')).json().items).toMatchObject([
      { actor: username, action: 'export.audit', detail: { format: 'csv', lines: expect.any(Number) } },
    ]);
    expect((await page.get('/audit?from=2026-03-12')).json().items).toEqual([]);
    expect((await page.get('/audit?format=xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
});
