/** Whatever the owner of the tables changes after the sealing is found, and named. */
import { beforeAll, describe, expect, test } from 'vitest';
import { sealNow, verifyRatings } from '../../src/feedback/seal/index.ts';
import { proofOf } from '../../src/feedback/seal/proof-actions.ts';
import { openApp } from '../support/app.ts';
import { commandOver } from '../support/command.ts';
import { recordForm } from '../support/hall.ts';
import { CITY, operator } from '../support/office.ts';
import { type Rated, rate } from './rated-hall.ts';

const app = await openApp();
const { t } = app;
const { yiping, file } = commandOver(t);
let worded: Rated | undefined;

const verify = () => verifyRatings(t, operator);

/** What is found while the owner of the tables has changed something; the change is taken back by `undo`. */
async function tampered(change: string, values: readonly unknown[] = []): Promise<string[]> {
  const client = await t.db.owner.connect();
  const tables = ['rating', 'rating_text', 'seal', 'seal_page'];
  try {
    for (const table of tables) {
      await client.query(`CREATE TABLE public.kept_${table} AS SELECT * FROM feedback.${table}`);
    }
    await client.query('SET session_replication_role = replica');
    if (values.length === 0) await client.query(change);
    else await client.query(change, [...values]);
    const found = await verify();
    expect(found.ok).toBe(false);
    expect(found.difference_count).toBe(found.differences.length);
    return found.differences.map(({ code, seal, projectNo, serviceNumber, assess }) =>
      [code, seal, projectNo, serviceNumber, assess].filter((part) => part !== null).join(' '),
    );
  } finally {
    for (const table of tables) {
      await client.query(`DELETE FROM feedback.${table}`);
      await client.query(`INSERT INTO feedback.${table} SELECT * FROM public.kept_${table}`);
      await client.query(`DROP TABLE public.kept_${table}`);
    }
    client.release(true);
  }
}

/** Seven seals on seven days: twelve ratings in the first, one in the fourth, five in the seventh. */
beforeAll(async () => {
  await rate(app, 'S', 11);
  [worded] = await rate(app, 'W', 1, '排队太久');
  for (const day of [1, 2, 3, 4, 5, 6, 7]) {
    if (day === 4) await rate(app, 'L', 1);
    if (day === 7) await rate(app, 'M', 5);
    expect(await sealNow(t, operator)).toMatchObject({ number: day });
    t.clock.advance(86_400_000);
  }
  expect(await verify()).toMatchObject({ ok: true, seals: 7, ratings: 18, unsealed: 0 });
});

describe('a verification finds and names', () => {
  const step = `(SELECT step_id FROM intake.case_step WHERE city_code = '${CITY}' AND project_no = 'S-3')`;
  const where = `WHERE city_code = '${CITY}' AND step_id = ${step}`;
  const named = 'S-3 1 1';

  test.each([
    ['satisfaction = 4'],
    ["tags = '{511}'"],
    ['attitude = 1'],
    ['real_name = NOT real_name'],
    ["source = 'key'"],
    ["recorded_at = recorded_at + interval '1 microsecond'"],
    ["device_at = '2026-03-11 10:00:00+08'"],
    ["client_id = 'x'"],
    ["text_hash = '\\x00'"],
    ['receipt = set_byte(receipt, 9, get_byte(receipt, 9) # 1)'],
  ])('a rating changed by %s', async (change) => {
    expect(await tampered(`UPDATE feedback.rating SET ${change} ${where}`)).toEqual([
      `rating.changed 1 ${named}`,
    ]);
  });

  test('a rating put into another batch', async () => {
    const later = 'SELECT max(batch_id) FROM feedback.rating';
    expect(await tampered(`UPDATE feedback.rating SET batch_id = (${later}) ${where}`)).toContain(
      `rating.changed 1 ${named}`,
    );
    expect(await tampered(`UPDATE feedback.rating SET batch_id = 1000000 ${where}`)).toEqual([
      `rating.changed 1 ${named}`,
    ]);
  });

  test('a rating that is missing', async () => {
    expect(await tampered(`DELETE FROM feedback.rating ${where}`)).toEqual([`rating.missing 1 ${named}`]);
  });

  test.each([
    ['X-1', 'r.batch_id'],
    ['X-2', '0'],
    ['X-3', '-9223372036854775808'],
  ])('a rating that was slipped in (%s, batch %s)', async (projectNo, batch) => {
    const [record] = await app.handIn([recordForm({ projectNo, serviceTime: '2026-03-14 08:30:00' })]);
    const found = await tampered(
      `INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
         batch_position, assess_number, satisfaction, channel, real_name, mode, source, receipt, tags)
       SELECT s.city_code, s.service_month, s.step_id, ${batch}, r.recorded_at, r.assessed_at, 1, 1, 5, 3,
         false, 'onsite', 'citizen', '\\x0a02030405060708090a', '{}'
       FROM intake.case_step s, feedback.rating r
       WHERE s.city_code = $1 AND s.project_no = $2 AND r.city_code = $1 AND r.step_id = ${step}`,
      [CITY, record?.projectNo],
    );
    expect(found).toEqual([`rating.inserted 1 ${projectNo} 1 1`]);
  });

  test('a text that was rewritten; one that was erased is none', async () => {
    const set = `UPDATE feedback.rating_text SET body = '很满意' WHERE city_code = '${CITY}'`;
    expect(await tampered(set)).toEqual(['rating.text_changed 1 W-0 1 1']);
    await t.db.owner.query(`DELETE FROM feedback.rating_text WHERE city_code = '${CITY}'`);
    expect(await verify()).toMatchObject({ ok: true });
    expect(await proofOf(t, worded?.receipt ?? '')).toMatchObject({ index: 11 });
  });

  test.each([
    ['a seal taken out', 'DELETE FROM feedback.seal WHERE seal_number = 2', ['seal.missing 2']],
    ['the last seal taken off', 'DELETE FROM feedback.seal WHERE seal_number = 7', ['seal.missing 7']],
    [
      'a seal with another root',
      "UPDATE feedback.seal SET root = decode(repeat('00', 32), 'hex') WHERE seal_number = 4",
      ['seal.altered 4', 'seal.leaves 4'],
    ],
    [
      'a seal with another day',
      "UPDATE feedback.seal SET day = '2026-03-10' WHERE seal_number = 2",
      ['seal.altered 2', 'seal.order 2', 'seal.order 3'],
    ],
    [
      'a leaf that was changed',
      'UPDATE feedback.seal_page SET leaf_hashes = set_byte(leaf_hashes, 40, 1) WHERE seal_number = 1',
      ['rating.changed 1 S-1 1 1', 'seal.leaves 1', 'seal.leaves 1'],
    ],
    [
      'leaves that are gone',
      'DELETE FROM feedback.seal_page WHERE seal_number = 4',
      ['rating.inserted 4 L-0 1 1', 'seal.leaves 4'],
    ],
  ])('%s', async (_what, change, names) => {
    const found = await tampered(change);
    expect([...found].sort()).toEqual(names);
  });

  test("two seals in each other's place", async () => {
    const found = await tampered(
      [
        [1000, 5],
        [5, 6],
        [6, 1000],
      ]
        .map(([to, from]) => `UPDATE feedback.seal SET seal_number = ${to} WHERE seal_number = ${from}`)
        .join(';'),
    );
    expect([...new Set(found)].sort()).toEqual([
      'seal.altered 5',
      'seal.altered 6',
      'seal.order 5',
      'seal.order 6',
      'seal.order 7',
    ]);
  });

  test('a chain that was rewritten as a whole, by what somebody has kept', async () => {
    const { seals } = (await app.http.inject({ url: '/public/seals.json' })).json();
    const kept = new Map<number, string>(
      seals.map((one: { hash: string }, at: number) => [at + 1, one.hash]),
    );
    expect(await verifyRatings(t, operator, kept)).toMatchObject({ ok: true });
    kept.set(3, 'ab'.repeat(32)).set(9, 'cd'.repeat(32));
    const { differences } = await verifyRatings(t, operator, kept);
    expect(differences.map(({ code, seal }) => `${code} ${seal}`)).toEqual([
      'seal.altered 3',
      'seal.missing 9',
    ]);
  });

  test('nothing, once everything is as it was', async () => {
    expect(await verify()).toMatchObject({ ok: true, seals: 7, ratings: 18, differences: [] });
  });
});

describe('ratings verify', () => {
  test('ends with 0 or 1, in words and in JSON', async () => {
    const fine = await yiping(['ratings', 'verify', '--format', 'json']);
    expect([fine.code, JSON.parse(fine.out)]).toEqual([
      0,
      expect.objectContaining({ ok: true, ratings: 18 }),
    ]);
    const set = (
      to: string,
    ) => `UPDATE feedback.rating SET receipt = set_byte(receipt, 0, ${to}) WHERE city_code =
      '${CITY}' AND step_id = (SELECT step_id FROM intake.case_step WHERE project_no = 'M-2')`;
    await t.db.owner.query(set('get_byte(receipt, 0) # 1'));
    const found = await yiping(['ratings', 'verify']);
    await t.db.owner.query(set('get_byte(receipt, 0) # 1'));
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/rating\.changed +7 +M-2 +1 +1/);
    const list = await file('seals.json', (await app.http.inject({ url: '/public/seals.json' })).body);
    expect((await yiping(['ratings', 'verify', '--published', list])).code).toBe(0);
    const none = await file('none.json', '{}');
    const refused = await yiping(['ratings', 'verify', '--published', none]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('不是封缄公布文件')]);
    const sealed = await yiping(['ratings', 'seal', '--format', 'json']);
    expect(JSON.parse(sealed.out)).toMatchObject({ number: 8, size: 0 });
  });
});
