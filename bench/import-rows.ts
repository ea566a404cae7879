import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importOptionsOf } from '../src/app/import-routes.ts';
import { importKinds } from '../src/app/slices.ts';
import { isResidentId } from '../src/kernel/codes.ts';
import { formatSecond } from '../src/kernel/day.ts';
import { cliActor } from '../src/oversight/access/index.ts';
import { findKind, importFile } from '../src/platform/imports.ts';
import type { Bench } from './bench.ts';
import { BIG, departmentCode, itemCode, staffNo, windowCode } from './hall.ts';
import { BenchError, print, timed } from './line.ts';

const NAME = 'import';
const COLUMNS = [
  'projectNo',
  'serviceNumber int',
  'serviceName',
  'areaCode',
  'deptCode',
  'taskCode',
  'taskName',
  'windowCode',
  'staffNo',
  'proStatus int',
  'proChannel int',
  'serviceTime timestamptz',
  'acceptDate timestamptz',
  'promiseDay int',
  'userProp int',
  'userName',
  'userPageType',
  'certKey',
  'mobile',
];
const DAY_MS = 86_400_000;

/** Service records by file as the office imports them, against COPY of the same file into a bare table. */
export async function importRows(bench: Bench): Promise<void> {
  const { deps } = bench;
  const rows = bench.quick ? 20_000 : 100_000;
  const file = join(bench.instance.dataDir, 'service-records.csv');
  await pipeline(Readable.from(csv(bench, rows)), createWriteStream(file, { mode: 0o644 }));
  const copy = await timed(() => copied(bench, file));
  const kind = findKind(importKinds, 'service-records');
  const options = importOptionsOf(deps, cliActor(deps.config.cityCode), {});
  const imported = await timed(async () =>
    importFile(deps, kind, { bytes: await readFile(file), name: 'service-records.csv' }, options),
  );
  await rm(file);
  const { created, problems } = imported.result;
  if (created !== rows)
    throw new BenchError(
      `${NAME}: ${created} of ${rows} rows were imported; ${JSON.stringify(problems[0])}.`,
    );
  const value = rows / imported.seconds;
  print({ bench: NAME, metric: 'rows', value, unit: 'per second', baseline: rows / copy.seconds });
}

async function copied(bench: Bench, file: string): Promise<void> {
  const { owner } = bench.deps.db;
  const columns = COLUMNS.map((column) => (column.includes(' ') ? column : `${column} text`));
  await owner.query(`CREATE TABLE public.bench_copy (${columns.join(', ')})`);
  await owner.query(`COPY public.bench_copy FROM '${file}' (FORMAT csv, HEADER)`);
  await owner.query('DROP TABLE public.bench_copy');
}

function* csv(bench: Bench, rows: number): Generator<string> {
  const now = bench.deps.clock.now().getTime();
  yield `${COLUMNS.map((column) => column.split(' ')[0]).join(',')}\n`;
  for (let at = 0; at < rows; at += 1) {
    const staff = at % BIG.staff;
    const window = staff % BIG.windows;
    const department = window % 64;
    const times = [2, 3].map((days) => formatSecond(new Date(now - days * DAY_MS - at * 7)));
    const person =
      at % 5 < 3 ? ['王小明', '111', certificate(at), `138${String(at).padStart(8, '0')}`] : ['', '', '', ''];
    const service = [
      `IMPORT${at}`,
      1,
      '受理',
      `${bench.deps.config.cityCode}000000`,
      departmentCode(department),
    ];
    const item = [itemCode(department), '城乡居民基本养老保险参保登记', windowCode(window), staffNo(staff)];
    yield `${[...service, ...item, 3, 2, ...times, 5, 1, ...person].join(',')}\n`;
  }
}

const certificates = new Map<number, string>();

/** An invented identity number whose check digit is right; one of a thousand. */
function certificate(at: number): string {
  const kind = at % 1000;
  const known = certificates.get(kind);
  if (known) return known;
  const first = `37080119900101${String(kind).padStart(3, '0')}`;
  const made = [...'0123456789X'].map((last) => first + last).find(isResidentId) ?? '';
  certificates.set(kind, made);
  return made;
}
