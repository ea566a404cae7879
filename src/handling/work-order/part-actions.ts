import { dayOf, formatMoment } from '../../kernel/day.ts';
import { deadline } from '../../kernel/deadline.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { type Duty, dutiesOf, finishDuty, openDuty } from '../duty/index.ts';
import type { StepForm } from './contract.ts';
import { KIND } from './fact.ts';
import { ownerOf } from './open-actions.ts';
import { endPart, findParts, insertMeeting, insertPart, type PartRow } from './part-store.ts';
import { type At, type Done, matterOf, type Rule } from './rule-actions.ts';
import type { OrderRow } from './store.ts';

type PartStep = 'ask-part' | 'answer-part' | 'return-part' | 'waive-part' | 'meet';

/** The steps by which several departments answer together (domain §4: 多部门会商). */
export const PART_RULES: { readonly [S in PartStep]: Rule<S> } = {
  'ask-part': { permission: 'order.handle', from: ['handling'], owner: true, take: ask },
  'waive-part': { permission: 'order.handle', from: ['handling'], owner: true, take: waive },
  meet: { permission: 'order.handle', from: ['handling', 'paused'], owner: true, take: meet },
  'answer-part': {
    permission: 'order.handle',
    from: ['handling'],
    part: true,
    take: (given, { note }) => endOwn(given, { state: 'answered', words: note, what: 'part_answered' }),
  },
  'return-part': { permission: 'order.handle', from: ['handling'], part: true, take: giveBack },
};

/** The name of the duty that a part is. */
export function partStep(partNo: number): string {
  return `part-${partNo}`;
}

async function ask(given: At, { department, days, note }: StepForm<'ask-part'>): Promise<Done> {
  const { tx, actor, order, at, limits } = given;
  const { cityCode } = actor;
  const field = { field: 'department' };
  if (department === order.owner_department) throw new Refusal('order.part_lead', {}, field);
  const known = await departmentsByCode(tx, cityCode, [department]);
  if (!known.has(department)) throw new Refusal('order.unknown_department', {}, field);
  const parts = await findParts(tx, cityCode, order.order_id);
  const before = parts.filter((part) => part.department_code === department);
  if (before.some(({ state }) => state === 'returned')) throw new Refusal('order.part_circle', {}, field);
  if (before.some(({ state }) => state === 'asked')) throw new Refusal('order.part_open', {}, field);
  const { officeEnd } = limits;
  const { dueAt } = deadline(at, days, officeEnd, await readCalendar(tx));
  if (dueAt > order.due_at) {
    throw new Refusal('order.part_beyond', { until: formatMoment(order.due_at) }, { field: 'days' });
  }
  const partNo = parts.length + 1;
  await insertPart(tx, cityCode, {
    order_id: order.order_id,
    part_no: partNo,
    department_code: department,
    asked: note,
    asked_by: actor.id,
    asked_name: actor.name,
    asked_at: at,
  });
  const matter = matterOf(order);
  const owner = ownerOf(cityCode, department);
  await openDuty(tx, { cityCode, matter, step: partStep(partNo), owner, from: at, days, officeEnd });
  return { note, detail: { to: department, partDueAt: dueAt.toISOString() }, what: 'part_asked' };
}

/** The lead lets a department off, with a reason that stays in the story. */
async function waive(given: At, { department, note }: StepForm<'waive-part'>): Promise<Done> {
  const part = await openPartOf(given.tx, given.order, department);
  if (part === undefined) throw new Refusal('order.part_none', {}, { field: 'department' });
  return await end(given, part, { state: 'waived', words: note, what: 'part_waived' });
}

/** “Not ours”: back to the lead, within the days that any department has to say so. */
async function giveBack(given: At, { note }: StepForm<'return-part'>): Promise<Done> {
  const { tx, actor, order, at, limits } = given;
  const part = await openPartOf(tx, order, actor.scope.departmentCode);
  if (part === undefined) throw new Refusal('order.part_none');
  const days = limits.days('complaint.return');
  const until = deadline(part.asked_at, days, limits.officeEnd, await readCalendar(tx)).dueAt;
  if (at > until) throw new Refusal('order.return_late', { until: formatMoment(until) });
  return await end(given, part, { state: 'returned', words: note, what: 'part_returned' });
}

interface Ending {
  readonly state: 'answered' | 'returned' | 'waived';
  readonly words: string;
  readonly what: string;
}

async function endOwn(given: At, ending: Ending): Promise<Done> {
  const part = await openPartOf(given.tx, given.order, given.actor.scope.departmentCode);
  if (part === undefined) throw new Refusal('order.part_none');
  return await end(given, part, ending);
}

async function end({ tx, actor, order, at }: At, part: PartRow, ending: Ending): Promise<Done> {
  const { cityCode, id, name } = actor;
  const { state, words, what } = ending;
  const { order_id, part_no } = part;
  await endPart(tx, cityCode, { order_id, part_no, state, by: { id, name }, at, words });
  await finishDuty(tx, { cityCode, matter: matterOf(order), step: partStep(part_no), at, by: name });
  return { note: words, detail: { to: part.department_code }, what };
}

/** The part that a department still owes. */
export async function openPartOf(
  reader: Reader,
  { city_code: cityCode, order_id: orderId }: OrderRow,
  department: string | undefined,
): Promise<PartRow | undefined> {
  if (department === undefined) return undefined;
  const parts = await findParts(reader, cityCode, orderId);
  return parts.find((part) => part.state === 'asked' && part.department_code === department);
}

/**
 * The whole is answered once its parts are: they are in, or waived, or their time is over.
 * @throws Refusal `order.parts_open`
 */
export async function refuseOpenParts({ tx, order, at }: Pick<At, 'tx' | 'order' | 'at'>): Promise<void> {
  const { city_code: cityCode, order_id: orderId } = order;
  const parts = await findParts(tx, cityCode, orderId);
  const open = parts.filter(({ state }) => state === 'asked');
  if (open.length === 0) return;
  const duties = (await dutiesOf(tx, cityCode, { kind: KIND, ids: [orderId] })).get(orderId) ?? [];
  const waiting = open.filter((part) => !isOverdue(dutyOfPart(duties, part), at));
  if (waiting.length === 0) return;
  const codes = waiting.map((part) => part.department_code);
  const names = await departmentsByCode(tx, cityCode, codes);
  const departments = codes.map((code) => names.get(code)?.name ?? code).join('、');
  throw new Refusal('order.parts_open', { departments });
}

/** The limit of a part. */
export function dutyOfPart(duties: readonly Duty[], { part_no: partNo }: PartRow): Duty | undefined {
  return duties.find(({ step }) => step === partStep(partNo));
}

function isOverdue(duty: Duty | undefined, at: Date): boolean {
  return duty !== undefined && duty.pausedAt === null && duty.redFrom <= at;
}

/** Who is asked for a part, or has said it isn't theirs, isn't handed the whole order. */
export async function refuseCircle(tx: Tx, order: OrderRow, department: string): Promise<void> {
  const parts = await findParts(tx, order.city_code, order.order_id);
  const own = parts.filter((part) => part.department_code === department);
  if (own.some(({ state }) => state === 'returned')) {
    throw new Refusal('order.circle', {}, { field: 'department' });
  }
  if (own.some(({ state }) => state === 'asked')) {
    throw new Refusal('order.part_open', {}, { field: 'department' });
  }
}

async function meet(given: At, { heldOn, departments, minutes, note }: StepForm<'meet'>): Promise<Done> {
  const { tx, actor, order, at } = given;
  const { cityCode } = actor;
  if (heldOn < dayOf(order.opened_at) || heldOn > dayOf(at)) {
    throw new Refusal('order.meeting_day', {}, { field: 'heldOn' });
  }
  const codes = [...new Set(departments)];
  const known = await departmentsByCode(tx, cityCode, codes);
  if (codes.some((code) => !known.has(code))) {
    throw new Refusal('order.unknown_department', {}, { field: 'departments' });
  }
  const files = await filesOf(tx, { cityCode, kind: KIND, id: order.order_id });
  if (!files.some((file) => file.file_id === minutes)) {
    throw new Refusal('order.no_minutes', {}, { field: 'minutes' });
  }
  await insertMeeting(tx, cityCode, {
    order_id: order.order_id,
    held_on: heldOn,
    departments: codes,
    outcome: note,
    minutes_file: minutes,
    recorded_by: actor.id,
    recorded_name: actor.name,
    recorded_at: at,
  });
  return { note, detail: { heldOn, departments: codes }, what: 'met' };
}
