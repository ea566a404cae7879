import type { Tx } from '../../platform/db.ts';
import type { ImportContext, ImportedRow, ImportKind, LoadResult } from '../../platform/imports.ts';
import { sift } from '../../platform/imports.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { unreachable } from '../../registry/region/index.ts';
import { itemsByCode } from '../../registry/service-item/index.ts';
import { staffByNo } from '../../registry/staff/index.ts';
import { type DutyRow, dutyRow } from './contract.ts';
import { dutiesOf, type StoredDuty, upsertDuties } from './store.ts';

const OPTIONAL = ['item_code', 'to_date', 'authority', 'chief_staff_no'];

/** Import kind `stationing` (应进驻清单): what must be in the hall, by department, item and first day. */
export const stationingImport: ImportKind<DutyRow> = {
  kind: 'stationing',
  columns: [
    'department_code',
    'item_code',
    'from_date',
    'to_date',
    'clause',
    'authority',
    'chief_staff_no',
  ].map((name) => ({ name, required: !OPTIONAL.includes(name) })),
  row: dutyRow,
  key: (row) => [row.department_code, row.item_code ?? '', row.from_date].join('/'),
  load: loadDuties,
};

async function loadDuties(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<DutyRow>[],
): Promise<LoadResult> {
  const { cityCode, scope } = ctx;
  const of = (pick: (row: DutyRow) => string | undefined) => [
    ...new Set(rows.flatMap(({ row }) => pick(row) || [])),
  ];
  const departments = await departmentsByCode(
    tx,
    cityCode,
    of((row) => row.department_code),
  );
  const items = await itemsByCode(
    tx,
    cityCode,
    of((row) => row.item_code),
  );
  const chiefs = await staffByNo(
    tx,
    cityCode,
    of((row) => row.chief_staff_no),
  );
  const { good, problems } = sift(rows, (row) => {
    const department = departments.get(row.department_code);
    if (department === undefined) {
      return { column: 'department_code', code: 'stationing.unknown_department' };
    }
    const owner = row.item_code ? items.get(row.item_code)?.department_code : row.department_code;
    if (owner !== row.department_code) return { column: 'item_code', code: 'stationing.unknown_item' };
    if (row.chief_staff_no && !chiefs.has(row.chief_staff_no)) {
      return { column: 'chief_staff_no', code: 'stationing.unknown_chief' };
    }
    return unreachable(scope, [{ regionCode: department.region_code, departmentCode: row.department_code }]);
  });
  const known = new Map(
    (await dutiesOf(tx, cityCode, [...departments.keys()])).map((duty) => [keyOf(duty), textOf(duty)]),
  );
  const given = good.map(({ row }) => storedOf(row));
  const created = given.filter((duty) => !known.has(keyOf(duty)));
  const updated = given.filter((duty) => known.has(keyOf(duty)) && known.get(keyOf(duty)) !== textOf(duty));
  const changed = [...created, ...updated];
  if (changed.length > 0) await upsertDuties(tx, cityCode, changed, { by: ctx.by, at: ctx.now });
  const unchanged = given.length - changed.length;
  return { created: created.length, updated: updated.length, unchanged, problems };
}

function storedOf(row: DutyRow): StoredDuty {
  return {
    department_code: row.department_code,
    item_code: row.item_code ?? '',
    from_date: row.from_date,
    to_date: row.to_date || null,
    clause: row.clause,
    authority: (row.authority ?? 'granted') as StoredDuty['authority'],
    chief_staff_no: row.chief_staff_no || null,
  };
}

function keyOf(duty: StoredDuty): string {
  return [duty.department_code, duty.item_code, duty.from_date].join('/');
}

function textOf({ to_date, clause, authority, chief_staff_no }: StoredDuty): string {
  return JSON.stringify([to_date, clause, authority, chief_staff_no]);
}
