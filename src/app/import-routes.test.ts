import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDb } from '../../test/support/db.ts';
import { usccCheck } from '../kernel/codes.ts';
import { type Actor, systemActor } from '../oversight/access/index.ts';
import { inTx } from '../platform/db.ts';
import { createHttp, type Http } from '../platform/http.ts';
import { departmentRoutes } from '../registry/department/http.ts';
import { departmentImport } from '../registry/department/index.ts';
import { seedCity, seedRegions } from '../registry/region/index.ts';
import { importRoutes } from './import-routes.ts';

const t = await testDb();
const actor: Actor = systemActor('370800', 'test');
let http: Http;

beforeAll(async () => {
  await inTx(t.db, seedRegions);
  await inTx(t.db, (tx) => seedCity(tx, '370800'));
  http = await createHttp(t, {
    authorize: async (request) => {
      request.actor = actor;
    },
  });
  importRoutes(http, t, [departmentImport]);
  departmentRoutes(http, t);
});

const uscc = (serial: string) => {
  const first = `11370800MB${serial.padStart(7, '0')}`;
  return first + usccCheck(first);
};

const HEADER = 'code,name,region_code,stationed';
const row = (serial: string, name: string, region = '370800000000') =>
  `${uscc(serial)},${name},${region},true`;

async function upload(body: string | Buffer, path = '/admin/api/imports/departments') {
  const form = new FormData();
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  form.append('file', new Blob([new Uint8Array(bytes)]), '部门.csv');
  const request = new Request('http://hall/', { method: 'POST', body: form });
  const answer = await http.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': request.headers.get('content-type') ?? '', 'accept-language': 'en' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function count(): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM registry.v_department`.execute(
    t.db.app,
  );
  return rows[0]?.n ?? 0;
}

describe('an upload', () => {
  test('tries a file without writing, loads it, and finds it unchanged', async () => {
    const file = [HEADER, row('1', '市公安局'), row('2', '市税务局')].join('\n');
    const tried = await upload(file, '/admin/api/imports/departments?dryRun=1');
    expect(tried).toMatchObject({ status: 200, body: { outcome: 'tried', rows: 2, created: 2, badRows: 0 } });
    expect(await count()).toBe(0);
    expect((await upload(file)).body).toMatchObject({ outcome: 'loaded', created: 2, unchanged: 0 });
    expect((await upload(file)).body).toMatchObject({ outcome: 'loaded', created: 0, unchanged: 2 });
    expect(await count()).toBe(2);
  });

  test('names each bad row by line, column and sentence, and writes nothing', async () => {
    const file = [HEADER, row('3', '好'), row('4', '坏', '370102000000')].join('\n');
    const refused = await upload(file);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'import.rows_refused',
      errors: [{ field: '3.region_code', code: 'region.other_city' }],
    });
    expect(refused.body.errors[0].detail).toMatch(/^Line 3, column region_code: This region lies outside/);
    expect(await count()).toBe(2);
    const tried = await upload(file, '/admin/api/imports/departments?dryRun=1');
    expect(tried.body).toMatchObject({
      outcome: 'tried',
      badRows: 1,
      problems: [{ line: 3, column: 'region_code' }],
    });
    const partial = await upload(file, '/admin/api/imports/departments?partial=1');
    expect(partial.body).toMatchObject({ outcome: 'loaded', created: 1, badRows: 1 });
    expect(await count()).toBe(3);
  });

  test.each([
    ['a missing column', 'code,name,region_code\nx,y,z', 'import.missing_columns', /stationed/],
    ['an unknown column', `${HEADER},colour\na,b,c,d,e`, 'import.unknown_columns', /colour/],
    ['a column twice', `${HEADER},code\na,b,c,d,e`, 'import.repeated_columns', /code/],
    ['no header', `${uscc('1')},张三,13800000000\n`, 'import.no_header', /^(?!.*13800000000)/],
    ['nothing', '', 'import.file_empty', /header/],
  ])('refuses %s by name', async (_what, file, code, detail) => {
    const answer = await upload(file);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.detail).toMatch(detail);
  });

  test('refuses an unknown kind, a body without a file, a file of 200 MB', async () => {
    expect(await upload(HEADER, '/admin/api/imports/secrets')).toMatchObject({
      status: 404,
      body: { code: 'import.unknown_kind' },
    });
    const bare = await http.inject({
      method: 'POST',
      url: '/admin/api/imports/departments',
      payload: { a: 1 },
    });
    expect(bare.json()).toMatchObject({ code: 'import.no_file' });
    const huge = await upload(Buffer.alloc(200 * 1024 * 1024, 'a'));
    expect(huge).toMatchObject({ status: 413, body: { code: 'request.too_large' } });
  });

  test('leaves a line in the audit, whatever came of it', async () => {
    const { rows } = await sql<{ result: string; detail: { outcome: string } }>`
      SELECT result, detail FROM oversight.audit 
      WHERE city_code = '370800' AND action = 'import.run'`.execute(t.db.app);
    expect(new Set(rows.map(({ result, detail }) => `${result} ${detail.outcome}`))).toEqual(
      new Set(['ok tried', 'ok loaded', 'refused refused']),
    );
  });

  test('the kinds are listed with their columns', async () => {
    const answer = await http.inject({ url: '/admin/api/imports' });
    expect(answer.json()).toEqual({
      items: [{ kind: 'departments', columns: HEADER.split(',').map((name) => ({ name, required: true })) }],
    });
  });
});

describe('a register', () => {
  test('is searched, paged and handed out as a file', async () => {
    const list = await http.inject({ url: '/admin/api/registry/departments?limit=1&q=市' });
    const first = list.json();
    expect(first.items).toMatchObject([{ regionName: '济宁市', windows: 0 }]);
    const next = await http.inject({
      url: `/admin/api/registry/departments?limit=1&q=市&cursor=${first.next}`,
    });
    expect(next.json().items[0].code).not.toBe(first.items[0].code);
    const file = await http.inject({ url: '/admin/api/registry/departments?format=csv&q=公安' });
    expect(file.headers['content-disposition']).toBe('attachment; filename="departments.csv"');
    expect(file.body).toBe(`\ufeff${HEADER}\r\n${uscc('1')},市公安局,370800000000,true\r\n`);
    const book = await http.inject({ url: '/admin/api/registry/departments?format=xlsx' });
    expect(book.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const bad = await http.inject({ url: '/admin/api/registry/departments?cursor=nonsense' });
    expect(bad.json()).toMatchObject({ code: 'request.bad_cursor' });
  });
});
