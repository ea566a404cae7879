import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { testDb } from '../../test/support/db.ts';
import { openDb } from './db.ts';
import { appRoleOf, MigrationError, migrate } from './migrate.ts';

const t = await testDb();

test('a statement that takes too long is given up, but for work that may take its time', async () => {
  const db = openDb({ owner: t.ownerUrl, app: t.appUrl }, { statementMs: 50 });
  afterAll(() => db.close());
  const wait = sql`SELECT pg_sleep(0.3)`;
  await expect(wait.execute(db.app)).rejects.toMatchObject({ code: '57014' });
  await expect(wait.execute(db.read)).rejects.toMatchObject({ code: '57014' });
  expect((await wait.execute(db.unhurried.app)).rows).toHaveLength(1);
  expect(db.unhurried.unhurried).toBe(db.unhurried);
  expect(t.db.unhurried.appPool).toBe(t.db.appPool);
});

test('a role that could rewrite the book is refused before anything is served', async () => {
  const now = t.clock.now();
  const owner = appRoleOf(t.ownerUrl, t.ownerUrl, '');
  await expect(migrate(t.ownerUrl, owner, now)).rejects.toThrow(MigrationError);
  await expect(migrate(t.ownerUrl, owner, now)).rejects.toThrow(
    /DATABASE_APP_URL could rewrite the score book/,
  );
  const name = `writer_${new URL(t.ownerUrl).pathname.slice(1)}`;
  await t.db.owner.query(`CREATE ROLE ${name} LOGIN PASSWORD 'x'; GRANT UPDATE ON ledger.entry TO ${name}`);
  const granted = new URL(t.appUrl);
  granted.username = name;
  try {
    const role = appRoleOf(t.ownerUrl, granted.href, '');
    await expect(migrate(t.ownerUrl, role, now)).rejects.toThrow(/neither superuser nor owner/);
  } finally {
    await t.db.owner.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
  }
  expect(await migrate(t.ownerUrl, appRoleOf(t.ownerUrl, t.appUrl, ''), now)).toEqual([]);
});
