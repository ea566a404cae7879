import type { Actor } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import {
  countWritten,
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
  type RowFault,
  sift,
} from '../../platform/imports.ts';
import { departmentsByCode } from '../department/index.ts';
import { EXPORT_ROWS, exported, unreachable } from '../region/index.ts';
import { itemsByCode } from './actions.ts';
import {
  type ItemStepRow,
  itemStepRow,
  type Material,
  type MaterialRow,
  materialRow,
  type WorkStep,
} from './working.ts';
import {
  allMaterials,
  allSteps,
  listMaterials,
  listSteps,
  type Reach,
  upsertMaterials,
  upsertSteps,
} from './working-store.ts';

const MATERIAL_COLUMNS = [
  'item_code',
  'material_no',
  'name',
  'applicant',
  'form',
  'copies',
  'may_follow',
  'source',
];
const MATERIAL_OPTIONAL = ['applicant', 'form', 'copies', 'source'];
const STEP_COLUMNS = ['item_code', 'step_no', 'name', 'department_code', 'two_person'];

/** Import kind `materials`: the papers that items ask for. */
export const materialImport: ImportKind<MaterialRow> = {
  kind: 'materials',
  columns: MATERIAL_COLUMNS.map((name) => ({ name, required: !MATERIAL_OPTIONAL.includes(name) })),
  row: materialRow,
  key: (row) => `${row.item_code} ${row.material_no}`,
  load: async (tx, ctx, rows) => {
    const judge = await itemJudge(tx, ctx, rows);
    const { good, problems } = sift(rows, judge);
    const written = await upsertMaterials(
      tx,
      ctx.cityCode,
      good.map(({ row }) => row),
    );
    return { ...countWritten(written, good.length), problems };
  },
};

/** Import kind `item_steps`: by which back offices an item is approved, one after the other. */
export const itemStepImport: ImportKind<ItemStepRow> = {
  kind: 'item_steps',
  columns: STEP_COLUMNS.map((name) => ({ name, required: true })),
  row: itemStepRow,
  key: (row) => `${row.item_code} ${row.step_no}`,
  load: loadSteps,
};

async function loadSteps(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<ItemStepRow>[],
): Promise<LoadResult> {
  const judge = await itemJudge(tx, ctx, rows);
  const named = [...new Set(rows.map(({ row }) => row.department_code))];
  const departments = await departmentsByCode(tx, ctx.cityCode, named);
  const { good, problems } = sift(rows, (row) => [
    judge(row),
    departments.has(row.department_code)
      ? undefined
      : { column: 'department_code', code: 'department.unknown' },
  ]);
  const written = await upsertSteps(
    tx,
    ctx.cityCode,
    good.map(({ row }) => row),
  );
  return { ...countWritten(written, good.length), problems };
}

/** Whether a row's item is known and within the scope of whoever imports. */
async function itemJudge(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<{ item_code: string }>[],
): Promise<(row: { item_code: string }) => RowFault | undefined> {
  const items = await itemsByCode(tx, ctx.cityCode, [...new Set(rows.map(({ row }) => row.item_code))]);
  const owners = [...new Set([...items.values()].map((item) => item.department_code))];
  const departments = await departmentsByCode(tx, ctx.cityCode, owners);
  return ({ item_code }) => {
    const department = departments.get(items.get(item_code)?.department_code ?? '');
    if (department === undefined) return { column: 'item_code', code: 'item.unknown' };
    return unreachable(ctx.scope, [{ regionCode: department.region_code, departmentCode: department.code }]);
  };
}

/** The papers that an item asks for. */
export async function materialsOf(reader: Reader, cityCode: string, itemCode: string): Promise<Material[]> {
  return await listMaterials(reader, cityCode, itemCode);
}

/** The steps of an item's approval; none where its department decides alone. */
export async function stepsOf(reader: Reader, cityCode: string, itemCode: string): Promise<WorkStep[]> {
  return await listSteps(reader, cityCode, itemCode);
}

function reachOf(actor: Actor): Reach {
  const { cityCode, regionPrefix = '', departmentCode = null } = actor.scope;
  return { cityCode, prefix: regionPrefix, departmentCode, limit: EXPORT_ROWS };
}

/** All papers within reach, with the columns of the import. */
export async function materialTable(deps: Deps, actor: Actor): Promise<OutTable> {
  const rows = await allMaterials(deps.db.read, reachOf(actor));
  return await exported(deps, actor, 'materials', {
    columns: MATERIAL_COLUMNS,
    rows: rows.map((row) => [
      ...[row.item_code, row.material_no, row.name, row.applicant, row.form, row.copies],
      ...[String(row.may_follow), row.source],
    ]),
  });
}

/** All steps of approval within reach, with the columns of the import. */
export async function stepTable(deps: Deps, actor: Actor): Promise<OutTable> {
  const rows = await allSteps(deps.db.read, reachOf(actor));
  return await exported(deps, actor, 'item_steps', {
    columns: STEP_COLUMNS,
    rows: rows.map((row) => [
      ...[row.item_code, row.step_no, row.name, row.department_code, String(row.two_person)],
    ]),
  });
}
