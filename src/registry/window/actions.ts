import type { Actor } from '../../oversight/access/index.ts';
import { pageOf } from '../../platform/cursor.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import {
  countWritten,
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
  sift,
} from '../../platform/imports.ts';
import { departmentsByCode } from '../department/index.ts';
import {
  afterKey,
  EXPORT_ROWS,
  exported,
  type Place,
  regionBook,
  regionOrProblem,
  unreachable,
  withinPrefix,
} from '../region/index.ts';
import type { WindowQuery } from './contract.ts';
import { findWindows, listWindows, type StoredWindow, upsertWindows } from './store.ts';
import { type WindowRow, windowRow } from './window.ts';

/** Windows of a city by code; those that don't exist are missing from the map. */
export async function windowsByCode(
  reader: Reader,
  cityCode: string,
  codes: readonly string[],
): Promise<Map<string, StoredWindow>> {
  const rows = await findWindows(reader, cityCode, codes);
  return new Map(rows.map((row) => [row.code, row]));
}

/** Where a window stands and whose it is, for a data scope. */
export function placeOfWindow(window: StoredWindow | undefined): Place | undefined {
  return window && { regionCode: window.region_code, departmentCode: window.department_code };
}

const REQUIRED = ['code', 'name', 'department_code', 'region_code', 'kind'];

/** Import kind `windows`. */
export const windowImport: ImportKind<WindowRow> = {
  kind: 'windows',
  columns: [...REQUIRED, 'floor', 'hours'].map((name) => ({ name, required: REQUIRED.includes(name) })),
  row: windowRow,
  key: (row) => row.code,
  load: loadWindows,
};

const UNKNOWN_DEPARTMENT = { column: 'department_code', code: 'department.unknown' };

async function loadWindows(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<WindowRow>[],
): Promise<LoadResult> {
  const book = await regionBook(tx, ctx.cityCode);
  const codes = rows.map(({ row }) => row.department_code);
  const departments = await departmentsByCode(tx, ctx.cityCode, codes);
  const stored = await windowsByCode(
    tx,
    ctx.cityCode,
    rows.map(({ row }) => row.code),
  );
  const ready: StoredWindow[] = [];
  const { problems } = sift(rows, (row) => {
    const region = regionOrProblem(row.region_code, ctx.cityCode, book);
    const owner = departments.has(row.department_code) ? undefined : UNKNOWN_DEPARTMENT;
    if ('problem' in region) return [region.problem, owner];
    if (owner) return owner;
    const beyond = unreachable(ctx.scope, [
      { regionCode: region.code, departmentCode: row.department_code },
      placeOfWindow(stored.get(row.code)),
    ]);
    if (beyond) return beyond;
    ready.push({ ...row, region_code: region.code, floor: row.floor ?? null, hours: row.hours ?? null });
    return undefined;
  });
  const written = await upsertWindows(tx, ctx.cityCode, ready);
  return { ...countWritten(written, ready.length), problems };
}

/** A page of windows within the actor's reach. */
export async function windowPageFor(deps: Deps, actor: Actor, query: WindowQuery) {
  const rows = await listWindows(deps.db.read, { ...filterOf(actor, query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.code],
  );
}

/** The same windows with the columns of the import. */
export async function windowTable(deps: Deps, actor: Actor, query: WindowQuery): Promise<OutTable> {
  const rows = await listWindows(deps.db.read, { ...filterOf(actor, query), limit: EXPORT_ROWS });
  return await exported(deps, actor, 'windows', {
    columns: windowImport.columns.map(({ name }) => name),
    rows: rows.map((row) => [
      row.code,
      row.name,
      row.departmentCode,
      row.regionCode,
      row.kind,
      row.floor,
      row.hours,
    ]),
  });
}

function filterOf(actor: Actor, query: WindowQuery) {
  const { cityCode, regionPrefix = '', departmentCode = null } = actor.scope;
  const { q, department, region, kind, cursor } = query;
  const after = afterKey(cursor);
  return {
    cityCode,
    prefix: regionPrefix,
    departmentCode,
    q,
    department,
    kind,
    after,
    within: withinPrefix(region),
  };
}
