import { addDays, dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { inReach, regionNames } from '../../registry/region/index.ts';
import { placesOfSubjects } from '../../registry/staff/index.ts';
import { parseHours } from '../../registry/window/index.ts';
import type { ShiftForm, ShiftLine } from './contract.ts';
import { collides, type PlaceKind } from './shift.ts';
import { endShiftOn, insertShift, listShifts, lockShift, lockShifts } from './shift-store.ts';

const MOST_SPANS = 2;

/** The shifts that hold today or later. */
export async function shiftsFor(deps: Deps, actor: Actor): Promise<{ items: ShiftLine[] }> {
  requirePermission(actor, 'attendance.read');
  const today = dayOf(deps.clock.now());
  const rows = await listShifts(deps.db.read, actor.cityCode, {
    from: addDays(today, -LISTED_BACK),
    to: '9999-12-31',
  });
  return { items: rows };
}

/** Shifts that ended lately are still listed: their days can be looked at anew. */
const LISTED_BACK = 92;

/**
 * Sets the hours of a hall, a window or a person from a day on; the newest holds, and when it ends the one
 * before holds again. The same form again changes nothing.
 * @throws Refusal `shift.…`, `attendance.days_reversed`
 */
export async function addShift(deps: Deps, actor: Actor, form: ShiftForm): Promise<void> {
  requirePermission(actor, 'attendance.write');
  const spans = parseHours(form.spans);
  if (spans === undefined || spans.split(',').length > MOST_SPANS || spans.endsWith('24:00')) {
    throw new Refusal('shift.hours', {}, { field: 'spans' });
  }
  const to = form.to ?? null;
  if (to !== null && to < form.from) throw new Refusal('attendance.days_reversed', {}, { field: 'to' });
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    if (!(await isInReach(tx, actor, form))) {
      throw new Refusal('shift.unknown_place', {}, { field: 'placeCode' });
    }
    const others = await lockShifts(tx, cityCode, form);
    if (others.some(({ id }) => id === form.id)) return;
    if (others.some((one) => collides(one, { ...form, to }))) {
      throw new Refusal('shift.same_day', {}, { field: 'from' });
    }
    await insertShift(tx, cityCode, { ...form, spans, to, by: actor.name, at });
    await audit(tx, {
      actor,
      action: 'shift.added',
      subjectKind: 'shift',
      subjectId: form.id,
      detail: { place: `${form.placeKind}/${form.placeCode}`, days: form.days, spans, from: form.from },
      cityCode,
      at,
    });
  });
}

/** Whether the hall, window or person is known and lies within the actor's scope. */
async function isInReach(
  reader: Reader,
  actor: Actor,
  { placeKind, placeCode }: { placeKind: PlaceKind; placeCode: string },
): Promise<boolean> {
  if (placeKind === 'hall') {
    const known = (await regionNames(reader, [placeCode])).has(placeCode);
    const { departmentCode, regionPrefix = actor.cityCode.slice(0, 4) } = actor.scope;
    return known && departmentCode === undefined && placeCode.startsWith(regionPrefix);
  }
  const [place] = await placesOfSubjects(reader, actor.cityCode, [{ kind: placeKind, code: placeCode }]);
  if (place === undefined) return false;
  return inReach(actor.scope, { regionCode: place.region_code, departmentCode: place.department_code });
}

/** Ends a shift with a day. @throws Refusal `shift.unknown`, `shift.ended` */
export async function endShift(
  deps: Deps,
  actor: Actor,
  { id, on }: { id: string; on: string },
): Promise<void> {
  requirePermission(actor, 'attendance.write');
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await lockShift(tx, cityCode, id);
    const place = row && { placeKind: row.place_kind, placeCode: row.place_code };
    if (row === undefined || place === undefined || !(await isInReach(tx, actor, place))) {
      throw new Refusal('shift.unknown');
    }
    if (on < row.from_date || (row.to_date !== null && row.to_date < on)) {
      throw new Refusal('shift.ended', {}, { field: 'on' });
    }
    await endShiftOn(tx, cityCode, { id, on });
    await audit(tx, {
      actor,
      action: 'shift.ended',
      subjectKind: 'shift',
      subjectId: id,
      detail: { on },
      cityCode,
      at,
    });
  });
}
