import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTx } from '../../src/platform/db.ts';
import { testDb } from './db.ts';

const t = await testDb();

test('the application works as the restricted role', async () => {
  const { rows } = await inTx(t.db, (tx) =>
    sql<{
      user: string;
      super: string;
    }>`SELECT current_user AS user, current_setting('is_superuser') AS super`.execute(tx),
  );
  expect(rows[0]).toEqual({ user: 'yiping_template_login', super: 'off' });
});
