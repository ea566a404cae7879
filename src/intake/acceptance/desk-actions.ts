import { type Day, dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { postedWindows, staffByNo } from '../../registry/staff/index.ts';
import { hallRules } from './rules.ts';

/** Whoever works cases: an account of somebody in the register of staff. */
export interface Worker {
  readonly staffNo: string;
  readonly name: string;
  readonly departmentCode: string;
}

/** A window as a place of work. */
export interface Desk {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly region_code: string;
  readonly department_code: string;
}

/** @throws Refusal `acceptance.staff_only` */
export async function workerOf(reader: Reader, actor: Actor): Promise<Worker> {
  const staffNo = actor.kind === 'user' ? actor.staffNo : undefined;
  const staff = staffNo && (await staffByNo(reader, actor.cityCode, [staffNo])).get(staffNo);
  if (!staff || staffNo === undefined) throw new Refusal('acceptance.staff_only');
  return { staffNo, name: staff.name, departmentCode: staff.department_code };
}

/** The windows of whoever asks, today. */
export async function ownDesks(deps: Deps, actor: Actor): Promise<Desk[]> {
  const staffNo = actor.kind === 'user' ? actor.staffNo : undefined;
  if (staffNo === undefined) return [];
  return await postedWindows(deps.db.app, actor.cityCode, { staffNo, on: dayOf(deps.clock.now()) });
}

/**
 * The window of whoever acts: cases are worked at the own one only.
 * @throws Refusal `acceptance.staff_only`, `acceptance.not_your_window`
 */
export async function ownDesk(
  deps: Deps,
  actor: Actor,
  code: string,
): Promise<{ worker: Worker; desk: Desk }> {
  requirePermission(actor, 'case.accept');
  const worker = await workerOf(deps.db.app, actor);
  const desk = (await ownDesks(deps, actor)).find((one) => one.code === code);
  if (desk === undefined) throw new Refusal('acceptance.not_your_window', {}, { field: 'window' });
  return { worker, desk };
}

/** A hall: a city's, or a county's with its townships, by the first six digits of the region. */
export const hallOf = (regionCode: string): string => regionCode.slice(0, 6);

/** The day, and until when papers may follow by the rules of the day (容缺受理). */
export async function followUntil(deps: Deps): Promise<{ today: Day; latest: Day }> {
  const today = dayOf(deps.clock.now());
  const calendar = await readCalendar(deps.db.app, today);
  return { today, latest: calendar.addWorkdays(today, hallRules(today).followDays) };
}
