import { expect, it } from 'vitest';
import { testDb } from '../support/db.ts';
import { schemaText } from './schema-text.ts';

const t = await testDb();
const { rows } = await t.db.owner.query<{ version: number }>(
  "SELECT current_setting('server_version_num')::int AS version",
);
// Older servers write the same definitions in other words.
const isOurVersion = (rows[0]?.version ?? 0) >= 180_000;

it.runIf(isOurVersion)('db/schema.sql shows what the migrations make', async () => {
  await expect(await schemaText(t.db.owner)).toMatchFileSnapshot('../../db/schema.sql');
});
