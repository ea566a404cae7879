import type { PoolClient } from 'pg';
import { describe, expect, it } from 'vitest';
import { testDb } from '../support/db.ts';
import { looseFunctions, readTables, rightsOn } from './catalogue.ts';
import { INSERT_ONLY_TABLES, LOCAL_TABLES, REFERENCE_TABLES } from './layout.ts';
import { silentWords, undistributable } from './rules/tables.ts';

const t = await testDb();

/** Lets a change into the catalogue, looks, and takes it back. */
async function lookAfter<T>(ddl: string, look: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await t.db.owner.connect();
  try {
    await client.query('BEGIN');
    if (ddl !== '') await client.query(ddl);
    return await look(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('R12 tables speak', () => {
  const silent = (ddl: string) => lookAfter(ddl, async (client) => silentWords(await readTables(client)));

  it('holds in the database', async () => {
    expect((await silent('')).join('\n')).toBe('');
  });

  it('misses the words of a table and of a column', async () => {
    const found = await silent(`CREATE TABLE intake.planted (city_code text PRIMARY KEY, pf int, weight int);
      COMMENT ON COLUMN intake.planted.pf IS 'channel'`);
    expect(found.filter((message) => message.startsWith('intake.planted'))).toEqual([
      'intake.planted has no comment',
      'intake.planted.weight has no comment',
    ]);
  });
});

describe('a province can distribute every table by its city', () => {
  const broken = (ddl: string) => lookAfter(ddl, async (client) => undistributable(await readTables(client)));

  it('holds in the database', async () => {
    expect((await broken('')).join('\n')).toBe('');
  });

  it('lists only tables that exist', async () => {
    const names = await lookAfter('', async (client) => (await readTables(client)).map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining([...REFERENCE_TABLES, ...LOCAL_TABLES]));
  });

  const parent = 'CREATE TABLE intake.parent (city_code text, id bigint, PRIMARY KEY (city_code, id));';

  it.each([
    ['CREATE TABLE intake.planted (id bigint PRIMARY KEY)', 'has no city_code'],
    ['CREATE TABLE intake.planted (city_code text NOT NULL)', 'has no primary key'],
    ['CREATE TABLE intake.planted (city_code varchar PRIMARY KEY)', 'is not a plain text NOT NULL'],
    [
      'CREATE TABLE intake.planted (id int, city_code text, PRIMARY KEY (id, city_code))',
      'begin with city_code',
    ],
    ['CREATE TABLE intake.planted (city_code text PRIMARY KEY, code text UNIQUE)', 'begin with city_code'],
    [
      `CREATE TABLE intake.planted (city_code text PRIMARY KEY, code text);
       CREATE UNIQUE INDEX ON intake.planted (lower(code), city_code)`,
      'begin with city_code',
    ],
    [
      `${parent} CREATE UNIQUE INDEX parent_id ON intake.parent (id);
       CREATE TABLE intake.planted (city_code text PRIMARY KEY, id bigint REFERENCES intake.parent (id))`,
      'without city_code',
    ],
    [
      `${parent} CREATE TABLE intake.planted (city_code text PRIMARY KEY, id bigint,
         FOREIGN KEY (city_code, id) REFERENCES intake.parent ON DELETE SET NULL)`,
      'would rewrite city_code',
    ],
    [
      `CREATE TABLE intake.planted (city_code text PRIMARY KEY, name text REFERENCES platform.migration)`,
      'only the coordinator has',
    ],
    [
      `${parent} CREATE TABLE platform.planted (id text PRIMARY KEY, city_code text, parent bigint,
         FOREIGN KEY (city_code, parent) REFERENCES intake.parent)`,
      'out of the coordinator',
    ],
    [
      `CREATE TABLE intake.planted (city_code text PRIMARY KEY);
       CREATE TRIGGER t BEFORE UPDATE ON intake.planted
         FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger()`,
      'has a trigger',
    ],
    [`${parent} CREATE TABLE intake.planted (PRIMARY KEY (city_code)) INHERITS (intake.parent)`, 'inherits'],
    [
      'CREATE TABLE intake.planted (city_code text PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY)',
      'is no bigint',
    ],
  ])('refuses %s', async (ddl, message) => {
    expect((await broken(ddl)).join('\n')).toContain(message);
  });

  it.each([
    `CREATE TABLE intake.planted (city_code text, id bigint GENERATED ALWAYS AS IDENTITY,
       PRIMARY KEY (city_code, id))`,
    `${parent} CREATE TABLE intake.planted (city_code text PRIMARY KEY, id bigint,
       FOREIGN KEY (city_code, id) REFERENCES intake.parent ON DELETE CASCADE)`,
  ])('takes %s', async (ddl) => {
    expect(await broken(ddl)).toEqual(await broken(''));
  });
});

describe('R13 the book cannot be rewritten', () => {
  const beyond = (table: string) => (client: PoolClient) =>
    rightsOn(client, table, 'yiping_app').then((rights) =>
      rights.filter(({ privilege }) => !['SELECT', 'INSERT'].includes(privilege)),
    );

  it.each(INSERT_ONLY_TABLES)('%s only grows', async (table) => {
    const own = await lookAfter('', (client) => rightsOn(client, table, 'yiping_app'));
    expect(own.filter(({ name }) => name === table).map(({ privilege }) => privilege)).toEqual([
      'INSERT',
      'SELECT',
    ]);
    expect(await lookAfter('', beyond(table))).toEqual([]);
  });

  it.each(['feedback.rating', 'oversight.audit'])('%s is partitioned by month', async (table) => {
    const tables = await lookAfter('', readTables);
    expect(tables.find(({ name }) => name === table)).toMatchObject({ partitioned: true });
  });

  it.each([
    'GRANT UPDATE ON oversight.audit TO yiping_app',
    'GRANT DELETE ON oversight.audit_before_2024 TO yiping_app',
    'GRANT UPDATE (city_code) ON oversight.audit TO yiping_app',
    'GRANT TRUNCATE ON oversight.audit TO PUBLIC',
  ])('sees %s', async (ddl) => {
    expect(await lookAfter(ddl, beyond('oversight.audit'))).not.toEqual([]);
  });

  it('is kept by the server, not by good will', async () => {
    const client = await t.db.appPool.connect();
    try {
      for (const statement of ['DELETE FROM oversight.audit', "UPDATE oversight.audit SET city_code = ''"]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
      await expect(client.query('CREATE TABLE oversight.mine ()')).rejects.toMatchObject({ code: '42501' });
    } finally {
      client.release();
    }
  });

  it('lends the owner’s rights only by functions that fix their search path', async () => {
    expect(await lookAfter('', looseFunctions)).toEqual([]);
    const loose = `CREATE FUNCTION platform.planted() RETURNS int LANGUAGE sql
      SECURITY DEFINER AS 'SELECT 1'`;
    expect(await lookAfter(loose, looseFunctions)).toEqual(['platform.planted()']);
  });
});
