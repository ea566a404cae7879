import { describe, expect, test, vi } from 'vitest';
import { testDb } from '../../test/support/db.ts';
import { operator } from '../../test/support/office.ts';
import { createUser } from '../oversight/access/index.ts';
import { ensurePartitions } from '../platform/migrate.ts';
import { departmentCount } from '../registry/department/index.ts';
import { FillError, fillNew } from './fill.ts';

vi.setConfig({ testTimeout: 180_000 });

const CITY = '370800';
const mark = async (t: Awaited<ReturnType<typeof testDb>>) =>
  (await t.db.owner.query("SELECT value FROM platform.mark WHERE name = 'demo'")).rows[0]?.value;

describe('a hall of its own', async () => {
  const t = await testDb();

  test('begins with regions, calendar and scheme, and without accounts', async () => {
    const nothing = { rows: {}, accounts: [], needsAccounts: true };
    expect(await fillNew(t)).toEqual(nothing);
    expect(await fillNew(t)).toEqual(nothing);
    expect(await departmentCount(t.db.app, CITY)).toBe(0);
    expect(await mark(t)).toBeUndefined();
    const { rows } = await t.db.owner.query('SELECT count(*)::int AS n FROM registry.region');
    expect(rows[0].n).toBeGreaterThan(2000);
  });

  test('gets no demo beside the accounts that it has made', async () => {
    await createUser(t, operator, { username: 'li.security', role: 'security_admin' }, async () => true);
    t.config.demo = true;
    expect(await fillNew(t)).toEqual({ rows: {}, accounts: [], needsAccounts: false });
    expect(await departmentCount(t.db.app, CITY)).toBe(0);
  });
});

describe('a demo that was interrupted', async () => {
  const t = await testDb();

  test('is neither completed nor passed over by a start without the demo', async () => {
    await fillNew(t);
    const at = t.clock.now().toISOString();
    await t.db.owner.query(
      `INSERT INTO platform.mark (name, value, marked_at)
       VALUES ('demo', jsonb_build_object('state', 'loading', 'at', $1::text), $1::timestamptz)`,
      [at],
    );
    await expect(fillNew(t)).rejects.toThrow(FillError);
    await expect(fillNew(t)).rejects.toThrow(/DEMO=1 to complete it/);
    expect(await departmentCount(t.db.app, CITY)).toBe(0);
  });

  test('is completed for the moment for which it was begun, and only once', async () => {
    const begun = await mark(t);
    t.clock.advance(26 * 3_600_000);
    await ensurePartitions(t.db.owner, t.clock.now());
    t.config.demo = true;
    const filled = await fillNew(t);
    expect(filled.rows.departments).toBeGreaterThanOrEqual(64);
    expect(filled.rows.ratings).toBeGreaterThan(0);
    expect(filled.accounts.map(({ role }) => role)).toContain('security_admin');
    for (const { password } of filled.accounts) expect(password).toMatch(/^\S{10,}$/);
    expect(await mark(t)).toEqual({ state: 'loaded', at: begun.at });
    expect(await fillNew(t)).toEqual({ rows: {}, accounts: [], needsAccounts: false });
  });
});
