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
import { departmentsByCode } from '../department/index.ts';
import { afterKey, EXPORT_ROWS, exported, unreachable } from '../region/index.ts';
import type { ItemQuery } from './contract.ts';
import { lettersOf } from './letters.ts';
import { type ItemRow, itemRow } from './service-item.ts';
import { findItems, listItems, type StoredItem, upsertItems } from './store.ts';

/** Service items of a city by code; those that don't exist are missing from the map. */
export async function itemsByCode(
  reader: Reader,
  cityCode: string,
  codes: readonly string[],
): Promise<Map<string, StoredItem>> {
  const rows = await findItems(reader, cityCode, codes);
  return new Map(rows.map((row) => [row.code, row]));
}

const COLUMNS = ['code', 'name', 'department_code', 'type', 'promise', 'promised_days'];

/** Import kind `items`. Items that govern by force stand in the list and can't be rated. */
export const itemImport: ImportKind<ItemRow> = {
  kind: 'items',
  columns: COLUMNS.map((name) => ({ name, required: name !== 'promised_days' })),
  row: itemRow,
  key: (row) => row.code,
  load: loadItems,
};

async function loadItems(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<ItemRow>[],
): Promise<LoadResult> {
  const codes = rows.map(({ row }) => row.code);
  const stored = await itemsByCode(tx, ctx.cityCode, codes);
  const owners = [...stored.values()].map((item) => item.department_code);
  const named = rows.map(({ row }) => row.department_code);
  const departments = await departmentsByCode(tx, ctx.cityCode, [...new Set([...named, ...owners])]);
  const placeOf = (code: string | undefined) => {
    const department = code === undefined ? undefined : departments.get(code);
    return department && { regionCode: department.region_code, departmentCode: department.code };
  };
  const { good, problems } = sift(rows, (row): Omit<RowProblem, 'line'> | undefined => {
    const place = placeOf(row.department_code);
    if (place === undefined) return { column: 'department_code', code: 'department.unknown' };
    return unreachable(ctx.scope, [place, placeOf(stored.get(row.code)?.department_code)]);
  });
  const written = await upsertItems(
    tx,
    ctx.cityCode,
    good.map(({ row }) => ({ ...row, ...lettersOf(row.name) })),
  );
  return { ...countWritten(written, good.length), problems };
}

/** A page of service items within the actor's reach. */
export async function itemPageFor(deps: Deps, actor: Actor, query: ItemQuery) {
  const rows = await listItems(deps.db.read, { ...filterOf(actor, query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.code],
  );
}

/** The same items with the columns of the import. */
export async function itemTable(deps: Deps, actor: Actor, query: ItemQuery): Promise<OutTable> {
  const rows = await listItems(deps.db.read, { ...filterOf(actor, query), limit: EXPORT_ROWS });
  return await exported(deps, actor, 'items', {
    columns: COLUMNS,
    rows: rows.map((row) => [
      row.code,
      row.name,
      row.departmentCode,
      row.type,
      row.promise,
      row.promisedDays,
    ]),
  });
}

function filterOf(actor: Actor, query: ItemQuery) {
  const { cityCode, regionPrefix = '', departmentCode = null } = actor.scope;
  const { q, department, type, promise, cursor } = query;
  const after = afterKey(cursor);
  return { cityCode, prefix: regionPrefix, departmentCode, q, department, type, promise, after };
}
