import { addDays, type Day, day, dayOf } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { exported, inReach } from '../../registry/region/index.ts';
import { itemsByCode } from '../../registry/service-item/index.ts';
import { staffByNo } from '../../registry/staff/index.ts';
import type { Coverage, DutyForm, DutyLine, StationingQuery } from './contract.ts';
import { stationingImport } from './import-actions.ts';
import { servedWithin } from './rules.ts';
import { type Found, signsOf, stateOf } from './stationing.ts';
import { type ComparedDuty, comparedDuties, regionHalls, upsertDuties } from './store.ts';

type Filter = Pick<StationingQuery, 'on' | 'department' | 'state' | 'sign'>;

function foundOf(row: ComparedDuty): Found {
  const { stationed, windows, served, outside, authority, chief, item_code: item } = row;
  return { stationed, windows, served, outside, authority, chief, item: item !== '' };
}

async function compared(deps: Deps, actor: Actor, filter: Filter): Promise<ComparedDuty[]> {
  requirePermission(actor, 'stationing.read');
  const on = dayAsked(deps, filter.on);
  const scope = { ...actor.scope, cityCode: actor.cityCode };
  const since = addDays(on, -servedWithin(on));
  const rows = await comparedDuties(deps.db.read, scope, { on, since, department: filter.department });
  return rows.filter(
    (row) =>
      (filter.state === undefined || stateOf(foundOf(row)) === filter.state) &&
      (filter.sign === undefined || signsOf(foundOf(row)).includes(filter.sign)),
  );
}

function dayAsked(deps: Deps, on: string | undefined): Day {
  return on === undefined ? dayOf(deps.clock.now()) : day(on);
}

/** The list of what must be in the hall on a day, each compared with what the registers say. */
export async function duties(
  deps: Deps,
  actor: Actor,
  { cursor, limit, ...filter }: Filter & { cursor?: string | undefined; limit: number },
): Promise<{ items: DutyLine[]; next: string | null; count: number }> {
  const rows = await compared(deps, actor, filter);
  const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const rest = after === undefined ? rows : rows.slice(rows.findIndex((row) => keyOf(row) === after) + 1);
  const page = pageOf(rest.slice(0, limit + 1), limit, lineOf, (row) => [keyOf(row)]);
  return { ...page, count: rows.length };
}

/** The same as a table with the columns of the import, which takes it back unchanged. */
export async function dutyTable(deps: Deps, actor: Actor, filter: Filter): Promise<OutTable> {
  const rows = await compared(deps, actor, filter);
  return await exported(deps, actor, 'stationing', {
    columns: stationingImport.columns.map(({ name }) => name),
    rows: rows.map((row) => [
      ...[row.department_code, row.item_code || null, row.from_date, row.to_date, row.clause],
      ...[row.authority, row.chief_staff_no],
    ]),
  });
}

function keyOf(row: ComparedDuty): string {
  return [row.department_code, row.item_code, row.from_date].join('/');
}

function lineOf(row: ComparedDuty): DutyLine {
  return {
    key: keyOf(row),
    departmentCode: row.department_code,
    departmentName: row.department_name,
    itemCode: row.item_code || null,
    itemName: row.item_name,
    from: row.from_date,
    to: row.to_date,
    clause: row.clause,
    authority: row.authority,
    chiefStaffNo: row.chief_staff_no,
    chiefName: row.chief_name,
    state: stateOf(foundOf(row)),
    signs: signsOf(foundOf(row)),
    windows: row.windows,
    served: row.served,
    outside: row.outside,
  };
}

/**
 * Adds a duty, or changes that of the same department, item and first day.
 * @throws Refusal `stationing.unknown_department`, `stationing.unknown_item`, `stationing.unknown_chief`
 */
export async function keepDuty(deps: Deps, actor: Actor, form: DutyForm): Promise<void> {
  requirePermission(actor, 'stationing.write');
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const department = (await departmentsByCode(tx, cityCode, [form.departmentCode])).get(
      form.departmentCode,
    );
    const place = department && { regionCode: department.region_code, departmentCode: form.departmentCode };
    if (place === undefined || !inReach(actor.scope, place)) {
      throw new Refusal('stationing.unknown_department', {}, { field: 'departmentCode' });
    }
    const item = (await itemsByCode(tx, cityCode, [form.itemCode])).get(form.itemCode);
    if (form.itemCode !== '' && item?.department_code !== form.departmentCode) {
      throw new Refusal('stationing.unknown_item', {}, { field: 'itemCode' });
    }
    const chief = form.chiefStaffNo || null;
    if (chief !== null && !(await staffByNo(tx, cityCode, [chief])).has(chief)) {
      throw new Refusal('stationing.unknown_chief', {}, { field: 'chiefStaffNo' });
    }
    const row = {
      department_code: form.departmentCode,
      item_code: form.itemCode,
      from_date: form.from,
      to_date: form.to || null,
      clause: form.clause,
      authority: form.authority,
      chief_staff_no: chief,
    };
    await upsertDuties(tx, cityCode, [row], { by: actor.name, at });
    await audit(tx, {
      actor,
      action: 'stationing.kept',
      subjectKind: 'department',
      subjectId: form.departmentCode,
      detail: { item: form.itemCode, from: form.from, authority: form.authority },
      cityCode,
      at,
    });
  });
}

/** Coverage by level and county (进驻覆盖): each rate with its numerator and denominator. */
export async function stationingCoverage(
  deps: Deps,
  actor: Actor,
  on: string | undefined,
): Promise<Coverage> {
  const rows = await compared(deps, actor, { on });
  const scope = { ...actor.scope, cityCode: actor.cityCode };
  const regions = await regionHalls(deps.db.read, scope);
  const levelOf = new Map(regions.map(({ code, level }) => [code, level]));
  const met = (some: readonly ComparedDuty[]) =>
    rate(some.filter((row) => stateOf(foundOf(row)) !== 'missing').length, some.length);
  const halls = (some: readonly { hall: boolean }[]) =>
    rate(some.filter(({ hall }) => hall).length, some.length);
  return {
    on: dayAsked(deps, on),
    levels: (['city', 'county', 'township'] as const).map((level) => ({
      level,
      halls: halls(regions.filter((region) => region.level === level)),
      duties: met(rows.filter((row) => levelOf.get(row.region_code) === level)),
    })),
    counties: regions
      .filter(({ level }) => level === 'county')
      .map(({ code, name, hall }) => {
        const prefix = code.slice(0, 6);
        const townships = regions.filter((one) => one.level === 'township' && one.code.startsWith(prefix));
        const own = rows.filter((row) => row.region_code.startsWith(prefix));
        return { code, name, hall, townships: halls(townships), duties: met(own) };
      }),
  };
}
