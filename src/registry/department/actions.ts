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
  type RowProblem,
  sift,
} from '../../platform/imports.ts';
import {
  afterKey,
  EXPORT_ROWS,
  exported,
  regionBook,
  regionOrProblem,
  unreachable,
  withinPrefix,
} from '../region/index.ts';
import type { DepartmentQuery } from './contract.ts';
import { type DepartmentRow, departmentRow } from './department.ts';
import {
  countDepartments,
  findDepartments,
  listDepartments,
  type StoredDepartment,
  upsertDepartments,
} from './store.ts';

/** Departments of a city by code; those that don't exist are missing from the map. */
export async function departmentsByCode(
  reader: Reader,
  cityCode: string,
  codes: readonly string[],
): Promise<Map<string, StoredDepartment>> {
  const rows = await findDepartments(reader, cityCode, codes);
  return new Map(rows.map((row) => [row.code, row]));
}

/** How many departments the city has; none in a database that has just been made. */
export async function departmentCount(reader: Reader, cityCode: string): Promise<number> {
  return await countDepartments(reader, cityCode);
}

/** Import kind `departments`. */
export const departmentImport: ImportKind<DepartmentRow> = {
  kind: 'departments',
  columns: ['code', 'name', 'region_code', 'stationed'].map((name) => ({ name, required: true })),
  row: departmentRow,
  key: (row) => row.code,
  load: loadDepartments,
};

async function loadDepartments(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<DepartmentRow>[],
): Promise<LoadResult> {
  const book = await regionBook(tx, ctx.cityCode);
  const stored = await departmentsByCode(
    tx,
    ctx.cityCode,
    rows.map(({ row }) => row.code),
  );
  const ready: StoredDepartment[] = [];
  const { problems } = sift(rows, (row): Omit<RowProblem, 'line'> | undefined => {
    const region = regionOrProblem(row.region_code, ctx.cityCode, book);
    if ('problem' in region) return region.problem;
    const before = stored.get(row.code)?.region_code ?? region.code;
    const beyond = unreachable(ctx.scope, [
      { regionCode: region.code, departmentCode: row.code },
      { regionCode: before, departmentCode: row.code },
    ]);
    if (beyond) return beyond;
    ready.push({ ...row, region_code: region.code });
    return undefined;
  });
  const written = await upsertDepartments(tx, ctx.cityCode, ready);
  return { ...countWritten(written, ready.length), problems };
}

/** A page of departments within the actor's reach. */
export async function departmentPageFor(deps: Deps, actor: Actor, query: DepartmentQuery) {
  const rows = await listDepartments(deps.db.read, { ...filterOf(actor, query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.code],
  );
}

/** The same departments with the columns of the import. */
export async function departmentTable(deps: Deps, actor: Actor, query: DepartmentQuery): Promise<OutTable> {
  const rows = await listDepartments(deps.db.read, { ...filterOf(actor, query), limit: EXPORT_ROWS });
  return await exported(deps, actor, 'departments', {
    columns: departmentImport.columns.map(({ name }) => name),
    rows: rows.map((row) => [row.code, row.name, row.regionCode, row.stationed]),
  });
}

function filterOf(actor: Actor, query: DepartmentQuery) {
  const { cityCode, regionPrefix = '', departmentCode = null } = actor.scope;
  const { q, region, cursor } = query;
  return {
    cityCode,
    prefix: regionPrefix,
    departmentCode,
    q,
    within: withinPrefix(region),
    after: afterKey(cursor),
  };
}
