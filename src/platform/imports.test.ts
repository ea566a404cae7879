import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { testDb } from '../../test/support/db.ts';
import { sentence } from '../kernel/refusal.ts';
import type { Tx } from './db.ts';
import { readTable } from './files.ts';
import {
  describeProblem,
  findKind,
  type ImportKind,
  type ImportReport,
  importAnswerOf,
  runImport,
} from './imports.ts';

const t = await testDb();
await t.db.owner.query(`
  CREATE TABLE platform.sample (code text PRIMARY KEY, size int NOT NULL);
  GRANT SELECT, INSERT ON platform.sample TO yiping_app`);

interface Sample {
  code: string;
  size: number;
}

/** Keeps what isn't there yet; a size of 13 is refused by the load itself. */
const sample: ImportKind<Sample> = {
  kind: 'samples',
  columns: [
    { name: 'code', required: true },
    { name: 'size', required: true },
    { name: 'note', required: false },
  ],
  row: z.object({ code: z.string().max(8), size: z.coerce.number().int(), note: z.string().optional() }),
  key: (row) => row.code,
  chunk: 2,
  async load(tx, _ctx, rows) {
    const unlucky = rows.filter(({ row }) => row.size === 13);
    const good = rows.filter(({ row }) => row.size !== 13).map(({ row }) => row);
    const { rows: written } = await sql`
      INSERT INTO platform.sample SELECT * FROM jsonb_to_recordset(${JSON.stringify(good)}::jsonb)
        AS r(code text, size int) ON CONFLICT DO NOTHING RETURNING 1`.execute(tx);
    return {
      created: written.length,
      updated: 0,
      unchanged: good.length - written.length,
      problems: unlucky.map(({ line }) => ({ line, column: 'size', code: 'field.wrong_format' })),
    };
  },
};

let audited: { outcome: string; stands: number }[] = [];
const count = async (reader: Tx | typeof t.db.app): Promise<number> =>
  (await sql<{ n: number }>`SELECT count(*)::int AS n FROM platform.sample`.execute(reader)).rows[0]?.n ?? 0;
const audit = async (tx: Tx, report: ImportReport): Promise<void> => {
  audited.push({ outcome: report.outcome, stands: await count(tx) });
};
const run = async (text: string, more: { dryRun?: boolean; partial?: boolean } = {}) =>
  runImport(t, sample, await readTable(Buffer.from(text), 'a.csv'), { by: 'test', audit, ...more });

beforeEach(async () => {
  audited = [];
  await t.db.owner.query('TRUNCATE platform.sample');
});

describe('an import', () => {
  const mixed = 'code,size\na,1\nb,13\nc,x\nd,4\ntoo long a code,5\n=1+1,6\n';

  test('is all or nothing, and every problem of every stage is named by line', async () => {
    const report = await run(mixed);
    expect(report).toMatchObject({ outcome: 'refused', rows: 6, badRows: 4, problemCount: 4 });
    expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 0 });
    expect(report.problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '3 size',
      '4 size',
      '6 code',
      '7 code',
    ]);
    expect(await count(t.db.app)).toBe(0);
    expect(audited).toEqual([{ outcome: 'refused', stands: 0 }]);
  });

  test('loads the good rows when it is partial, in the transaction that audits it', async () => {
    expect(await run(mixed, { partial: true })).toMatchObject({ outcome: 'loaded', created: 2, badRows: 4 });
    expect(audited).toEqual([{ outcome: 'loaded', stands: 2 }]);
    expect(await run(mixed, { partial: true })).toMatchObject({ created: 0, unchanged: 2 });
  });

  test('a cell that can’t be taken hides nothing of its row', async () => {
    const report = await run('code,size\n=1+1,many\ntoo long a code,many\n');
    expect(report.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '2 code import.formula',
      '2 size field.wrong_type',
      '3 code field.too_long',
      '3 size field.wrong_type',
    ]);
  });

  test('leaves nothing behind when it is a dry run', async () => {
    expect(await run('code,size\na,1\n', { dryRun: true })).toMatchObject({ outcome: 'tried', created: 1 });
    expect(await run(mixed, { dryRun: true, partial: true })).toMatchObject({ outcome: 'tried', badRows: 4 });
    expect(await count(t.db.app)).toBe(0);
    expect(audited.map(({ outcome }) => outcome)).toEqual(['tried', 'tried']);
  });

  test('a line that repeats another counts once; one that contradicts it is refused with it', async () => {
    const report = await run('code,size\na,1\na,1\nb,2\nb,3\nb,4\n', { partial: true });
    expect(report).toMatchObject({ created: 1, unchanged: 1, badRows: 3 });
    expect(report.problems.map(({ line, params }) => [line, params?.other])).toEqual([
      [4, 5],
      [5, 4],
      [6, 4],
    ]);
    expect(await count(t.db.app)).toBe(1);
  });

  test('two of the same at the same instant load once', async () => {
    const text = `code,size\n${Array.from({ length: 50 }, (_, at) => `k${at},1`).join('\n')}`;
    const [one, other] = await Promise.all([run(text), run(text)]);
    expect([one.created, other.created].sort()).toEqual([0, 50]);
  });

  test('a fault of the load leaves nothing behind and nothing audited', async () => {
    const broken = { ...sample, load: async () => Promise.reject(new Error('lost')) };
    const rows = [{ code: 'a', size: '1' }];
    await expect(runImport(t, broken, rows, { by: 'test', audit })).rejects.toThrow('lost');
    expect(audited).toEqual([]);
  });

  test('a file of nothing but errors is not read to its end', async () => {
    const text = `code,size\n${'x,y\n'.repeat(20_000)}`;
    await expect(run(text)).rejects.toMatchObject({
      code: 'import.too_many_problems',
      params: { line: 10_002 },
    });
    const formulas = `code,size\n${'=1,2\n'.repeat(20_000)}`;
    await expect(run(formulas)).rejects.toMatchObject({ code: 'import.too_many_problems' });
  });

  test('speaks both languages and never repeats a cell', async () => {
    const report = await run('code,size\nsecret-13800000000,1\n');
    const [problem] = report.problems;
    expect(problem && describeProblem(problem, 'zh-CN')).toBe(
      `第 2 行，code 列：${sentence('field.too_long', 'zh-CN', { limit: 8 })}`,
    );
    expect(problem && describeProblem(problem, 'en')).toBe(
      `Line 2, column code: ${sentence('field.too_long', 'en', { limit: 8 })}`,
    );
    expect(JSON.stringify([report, importAnswerOf(report, 'en')])).not.toContain('13800000000');
  });
});

test('a kind is found by its name', () => {
  expect(findKind([sample], 'samples')).toBe(sample);
  expect(() => findKind([sample], 'others')).toThrow('There are: samples.');
});
