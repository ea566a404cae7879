import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
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
import type { StaffDetail, StaffQuery } from './contract.ts';
import { listPostings } from './posting-store.ts';
import { type StaffRow, staffRow } from './staff.ts';
import { findStaff, listStaff, type StaffPlace, type StoredStaff, upsertStaff } from './store.ts';

/**
 * Staff of a city by number, with the region of their department; unknown numbers are missing from the map.
 */
export async function staffByNo(
  reader: Reader,
  cityCode: string,
  numbers: readonly string[],
): Promise<Map<string, StaffPlace>> {
  const rows = await findStaff(reader, cityCode, numbers);
  return new Map(rows.map((row) => [row.staff_no, row]));
}

/** Whether the register has the person. */
export async function staffExists(reader: Reader, cityCode: string, staffNo: string): Promise<boolean> {
  return (await findStaff(reader, cityCode, [staffNo])).length > 0;
}

/** Import kind `staff`. */
export const staffImport: ImportKind<StaffRow> = {
  kind: 'staff',
  columns: ['staff_no', 'name', 'identity', 'department_code'].map((name) => ({ name, required: true })),
  row: staffRow,
  key: (row) => row.staff_no,
  load: loadStaff,
};

async function loadStaff(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<StaffRow>[],
): Promise<LoadResult> {
  const codes = rows.map(({ row }) => row.department_code);
  const departments = await departmentsByCode(tx, ctx.cityCode, codes);
  const numbers = rows.map(({ row }) => row.staff_no);
  const stored = await staffByNo(tx, ctx.cityCode, numbers);
  const ready: StoredStaff[] = [];
  const { problems } = sift(rows, (row): Omit<RowProblem, 'line'> | undefined => {
    const department = departments.get(row.department_code);
    if (department === undefined) return { column: 'department_code', code: 'department.unknown' };
    const before = stored.get(row.staff_no);
    const beyond = unreachable(ctx.scope, [
      { regionCode: department.region_code, departmentCode: department.code },
      before && { regionCode: before.region_code, departmentCode: before.department_code },
    ]);
    if (beyond) return beyond;
    ready.push(row);
    return undefined;
  });
  const written = await upsertStaff(tx, ctx.cityCode, ready);
  return { ...countWritten(written, ready.length), problems };
}

/** A page of staff within the actor's reach, with their windows of today. */
export async function staffPageFor(deps: Deps, actor: Actor, query: StaffQuery) {
  const rows = await listStaff(deps.db.read, { ...filterOf(deps, actor, query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.staffNo],
  );
}

/** The same staff with the columns of the import. */
export async function staffTable(deps: Deps, actor: Actor, query: StaffQuery): Promise<OutTable> {
  const rows = await listStaff(deps.db.read, { ...filterOf(deps, actor, query), limit: EXPORT_ROWS });
  return await exported(deps, actor, 'staff', {
    columns: staffImport.columns.map(({ name }) => name),
    rows: rows.map((row) => [row.staffNo, row.name, row.identity, row.departmentCode]),
  });
}

/** One member of staff with all postings. @throws Refusal `staff.not_found`, also for one out of reach */
export async function staffDetailFor(deps: Deps, actor: Actor, staffNo: string): Promise<StaffDetail> {
  const today = dayOf(deps.clock.now());
  const { cityCode } = actor.scope;
  const reach = reachOf(actor);
  const [person] = await listStaff(deps.db.read, { ...reach, today, staffNo, after: '', limit: 1 });
  if (person === undefined) throw new Refusal('staff.not_found');
  // Whoever may see the person sees the whole career, windows elsewhere included.
  const all = { cityCode, prefix: '', departmentCode: null };
  const rows = await listPostings(deps.db.read, { ...all, staff: staffNo, after: [], limit: EXPORT_ROWS });
  const postings = rows.map(({ windowCode, windowName, role, fromDate, toDate }) => {
    return { windowCode, windowName, role, fromDate, toDate };
  });
  postings.sort((one, other) => (one.fromDate < other.fromDate ? 1 : -1));
  return { ...person, postings };
}

/** The actor's scope as the stores take it. */
export function reachOf(actor: Actor) {
  const { cityCode, regionPrefix = '', departmentCode = null } = actor.scope;
  return { cityCode, prefix: regionPrefix, departmentCode };
}

function filterOf(deps: Deps, actor: Actor, query: StaffQuery) {
  const { q, department, window, identity, cursor } = query;
  const today = dayOf(deps.clock.now());
  return { ...reachOf(actor), today, q, department, window, identity, after: afterKey(cursor) };
}
