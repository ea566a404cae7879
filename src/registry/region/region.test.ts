import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { inTx } from '../../platform/db.ts';
import { type ImportReport, importFile, runImport } from '../../platform/imports.ts';
import { regionAliases, regionBook, regionImport, seedCity, seedRegions, tenantCities } from './index.ts';
import { belongsToCity, inReach, regionRow, resolveRegion } from './region.ts';

const t = await testDb();
const audited: ImportReport[] = [];
const options = {
  by: 'test',
  audit: async (_tx: unknown, report: ImportReport) => {
    audited.push(report);
  },
};

const brief = (report: ImportReport) => ({
  outcome: report.outcome,
  created: report.created,
  updated: report.updated,
  unchanged: report.unchanged,
  problems: report.problems.map(({ line, column, code }) => `${line} ${column} ${code}`),
});

const region = (code: string, name: string, level: string, parent_code = '') => ({
  code,
  name,
  level,
  parent_code,
});

async function countRegions(): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM registry.v_region`.execute(
    t.db.app,
  );
  return rows[0]?.count ?? 0;
}

describe('a row', () => {
  const faults = (row: Record<string, string>) =>
    regionRow.safeParse(row).error?.issues.map((issue) => issue.path.join('.')) ?? [];

  test('has a code whose zeros tell its level, and a parent that holds it', () => {
    const good = region('370811001000', '古槐街道', 'township', '370811000000');
    expect(faults(good)).toEqual([]);
    expect(faults({ ...good, code: '37081100100' })).toEqual(['code']);
    expect(faults({ ...good, level: 'county' })).toEqual(['level']);
    expect(faults({ ...good, level: 'hamlet' })).toEqual(['level']);
    expect(faults({ ...good, parent_code: '370812000000' })).toEqual(['parent_code']);
    expect(faults({ ...good, parent_code: '370811001000' })).toEqual(['parent_code']);
    expect(faults({ ...good, name: 'a\u0000b' })).toEqual(['name']);
    expect(faults({ code: good.code, level: good.level, name: good.name })).toEqual(['parent_code']);
  });

  test('belongs to the city, to none of its neighbours', () => {
    const row = regionRow.parse(region('370811001000', '古槐街道', 'township', '370811000000'));
    expect(belongsToCity(row.code, '370800')).toBe(true);
    expect(belongsToCity(row.code, '370100')).toBe(false);
    expect(inReach({ regionPrefix: '370811' }, { regionCode: row.code })).toBe(true);
    expect(inReach({ regionPrefix: '370812' }, { regionCode: row.code })).toBe(false);
    expect(inReach({ departmentCode: 'a' }, { regionCode: row.code, departmentCode: 'b' })).toBe(false);
  });
});

describe('the register', () => {
  beforeAll(async () => {
    await inTx(t.db, seedRegions);
    await inTx(t.db, (tx) => seedCity(tx, '370800'));
  });

  test('begins with all 2,021 regions of Shandong', async () => {
    expect(await countRegions()).toBe(2021);
    await inTx(t.db, seedRegions);
    expect(await countRegions()).toBe(2021);
    expect(await tenantCities(t.db.app)).toEqual(new Set(['370800']));
  });

  test('finds their file unchanged when it is imported', async () => {
    const bytes = await readFile(new URL('../../../db/seed/regions.csv', import.meta.url));
    const report = await importFile(t, regionImport, { bytes, name: 'regions.csv' }, options);
    expect(brief(report)).toEqual({
      outcome: 'loaded',
      created: 0,
      updated: 0,
      unchanged: 2021,
      problems: [],
    });
    expect(audited.at(-1)).toBe(report);
  });

  test('maps former codes to the present ones and knows its own city only', async () => {
    expect((await regionAliases(t.db.app)).get('370882')).toBe('370812');
    const book = await regionBook(t.db.app, '370800');
    const resolve = (code: string) =>
      resolveRegion(code as Parameters<typeof resolveRegion>[0], '370800', book);
    expect(resolve('370882000000')).toEqual({ code: '370812000000' });
    expect(resolve('370811000000')).toEqual({ code: '370811000000' });
    expect(resolve('370102000000')).toEqual({ refused: 'region.other_city' });
    expect(resolve('370899000000')).toEqual({ refused: 'region.unknown' });
  });

  test('a city writes its own regions, in any order; those of others only as they stand', async () => {
    const rows = [
      region('370898001000', '示例街道', 'township', '370898000000'),
      region('370898000000', '示例区', 'county', '370800000000'),
      region('370811000000', '任城区（更名）', 'county', '370800000000'),
      region('370100000000', '济南市', 'city', '370000000000'),
    ];
    const report = await runImport(t, regionImport, rows, options);
    expect(brief(report)).toEqual({ outcome: 'loaded', created: 2, updated: 1, unchanged: 1, problems: [] });
    const other = await runImport(
      t,
      regionImport,
      [region('370100000000', '济南', 'city', '370000000000')],
      options,
    );
    expect(brief(other).problems).toEqual(['2 code region.other_city']);
  });

  test('a child of a refused parent is refused too, and whoever has a part writes that part', async () => {
    const rows = [
      region('370897001000', '街道', 'township', '370897000000'),
      region('370896001000', '街道', 'township', '370896000000'),
      region('370897000000', '区', 'county', '370800000000'),
    ];
    const report = await runImport(t, regionImport, rows, {
      ...options,
      scope: { regionPrefix: '370897001' },
      partial: true,
    });
    expect(brief(report)).toEqual({
      outcome: 'loaded',
      created: 0,
      updated: 0,
      unchanged: 0,
      problems: ['2 parent_code region.unknown', '3 null import.out_of_scope', '4 null import.out_of_scope'],
    });
  });
});
