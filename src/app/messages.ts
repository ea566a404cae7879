/**
 * Who is told of what: each fact becomes messages to the people whose role, scope or department it concerns.
 * Repeats tell nobody twice. A message names numbers and times; what citizens said stays where it is.
 */
import { dutiesOf } from '../handling/duty/index.ts';
import { KIND as ORDER, orderById } from '../handling/work-order/index.ts';
import { isoMoment } from '../kernel/day.ts';
import { systemActor } from '../oversight/access/index.ts';
import {
  type Audience,
  type MessageKind,
  type Notice,
  notify,
  type Place,
} from '../oversight/message/index.ts';
import type { Deps } from '../platform/deps.ts';
import { readCalendar } from '../registry/calendar/index.ts';

/** Tells people, by the working days of the city. */
const tellAll = (deps: Deps, notices: readonly Notice[]): Promise<void> =>
  notify(deps, readCalendar, notices);

type Order = NonNullable<Awaited<ReturnType<typeof orderById>>>;
interface OrderTold {
  readonly cityCode: string;
  readonly orderId: string;
}

async function orderOf(deps: Deps, { cityCode, orderId }: OrderTold): Promise<Order | undefined> {
  return await orderById(deps.db.app, systemActor(cityCode, 'message'), orderId);
}

/**
 * Those who answer an order: its department's people, the person it was given to among them, or those who
 * assign it while it has none.
 */
function handlersOf(order: Order): Audience {
  const { owner_department: department } = order;
  return department === null
    ? assigners(order)
    : { permission: 'order.handle', department, ...spared(order) };
}

const assigners = (order: Order): Audience => ({ ...officeOf(order, 'order.assign') });

function officeOf(order: Order, permission: 'order.assign' | 'order.approve' | 'order.call'): Audience {
  return { permission, over: { regionCode: order.region_code }, ...spared(order) };
}

/** Whoever an order concerns handles nothing of it and hears nothing of it. */
function spared({ concerned_staff: staff }: Order): Pick<Audience, 'except'> {
  return staff === null ? {} : { except: { staff: [staff] } };
}

function orderNotice(
  order: Order,
  given: { kind: MessageKind; factKey: string; audience: Audience; due?: Date },
): Notice {
  const { kind, factKey, audience, due = order.due_at } = given;
  return {
    cityCode: order.city_code,
    kind,
    factKey,
    params: { number: order.number, due: isoMoment(due) },
    link: `/orders/${order.order_id}`,
    audience,
    place: placeOf(order),
  };
}

function placeOf({ region_code: regionCode, owner_department: departmentCode }: Order): Place {
  return { regionCode, departmentCode };
}

/** A new order: its department signs for it, or somebody assigns it. */
export async function tellOrderOpened(deps: Deps, told: OrderTold): Promise<void> {
  const order = await orderOf(deps, told);
  if (order === undefined) return;
  const kind = order.owner_department === null ? 'order_unassigned' : 'order_opened';
  await tellAll(deps, [orderNotice(order, { kind, factKey: order.order_id, audience: handlersOf(order) })]);
}

/** What each event of an order's story tells, and whom. */
const MOVES: Readonly<Record<string, readonly [MessageKind, (order: Order) => Audience]>> = {
  assigned: ['order_assigned', handlersOf],
  entrusted: [
    'order_entrusted',
    (order) => ({ accounts: order.handler_id === null ? [] : [order.handler_id] }),
  ],
  returned: ['order_returned', assigners],
  extension_asked: ['order_extension_asked', (order) => officeOf(order, 'order.approve')],
  extension_approved: ['order_extension_approved', handlersOf],
  extension_refused: ['order_extension_refused', handlersOf],
  answered: ['order_answered', (order) => officeOf(order, 'order.approve')],
  sent_back: ['order_sent_back', handlersOf],
  approved: ['order_call_back', (order) => officeOf(order, 'order.call')],
  reopened: ['order_reopened', handlersOf],
  supervised: ['order_supervised', handlersOf],
  withdrawn: ['order_withdrawn', handlersOf],
  from_discipline: ['order_opened', handlersOf],
};

/** Something of an order's story; whoever did it needn't be told. */
export async function tellOrderMoved(
  deps: Deps,
  told: OrderTold & { what: string; eventNo: number; by: string },
): Promise<void> {
  const order = await orderOf(deps, told);
  const move = MOVES[told.what];
  if (order === undefined || move === undefined) return;
  const [kind, audienceOf] = move;
  const audience = audienceOf(order);
  const except = { ...audience.except, accounts: [told.by] };
  const due = told.what === 'approved' ? await dueOf(deps, order, 'call_back') : undefined;
  const factKey = `${order.order_id}/${told.eventNo}`;
  const notice = { kind, factKey, audience: { ...audience, except }, ...(due ? { due } : {}) };
  await tellAll(deps, [orderNotice(order, notice)]);
}

async function dueOf(deps: Deps, order: Order, step: string): Promise<Date | undefined> {
  const { city_code: cityCode, order_id: id } = order;
  const duties = (await dutiesOf(deps.db.app, cityCode, { kind: ORDER, ids: [id] })).get(id) ?? [];
  return duties.findLast((duty) => duty.step === step)?.dueAt;
}

/** An order has ended: those who answered it hear it. */
export async function tellOrderClosed(deps: Deps, told: OrderTold): Promise<void> {
  const order = await orderOf(deps, told);
  if (order === undefined || order.state !== 'closed') return;
  const factKey = `${order.order_id}/${order.reopened}`;
  await tellAll(deps, [orderNotice(order, { kind: 'order_closed', factKey, audience: handlersOf(order) })]);
}

interface DutyTold {
  readonly cityCode: string;
  readonly matterKind: string;
  readonly matterId: string;
  readonly step: string;
  readonly ownerKind: 'department' | 'office' | 'account';
  readonly ownerCode: string;
}

/** A yellow card: whoever owes the step hears it. */
export async function tellDutyReminded(deps: Deps, told: DutyTold): Promise<void> {
  const notice = await dutyNotice(deps, told, 'duty_yellow');
  if (notice !== undefined) await tellAll(deps, [notice]);
}

/** A red card: whoever owes the step hears it, and of an order the next level too. */
export async function tellDutyOverdue(deps: Deps, told: DutyTold): Promise<void> {
  const notice = await dutyNotice(deps, told, 'duty_red');
  if (notice === undefined) return;
  const { cityCode, matterId: orderId, matterKind } = told;
  const order = matterKind === ORDER ? await orderOf(deps, { cityCode, orderId }) : undefined;
  const up = order && ({ ...notice, kind: 'order_escalated', audience: assigners(order) } as const);
  await tellAll(deps, up === undefined ? [notice] : [notice, up]);
}

async function dutyNotice(deps: Deps, told: DutyTold, kind: MessageKind): Promise<Notice | undefined> {
  const { cityCode, matterKind, matterId, step } = told;
  const wanted = { kind: matterKind, ids: [matterId] };
  const duties = (await dutiesOf(deps.db.app, cityCode, wanted)).get(matterId) ?? [];
  const duty = duties.findLast((one) => one.step === step);
  // Done meanwhile: there is nothing left to remind of.
  if (duty === undefined || duty.doneAt !== null) return undefined;
  // Red already: the yellow card would say less.
  if (kind === 'duty_yellow' && deps.clock.now() >= duty.redFrom) return undefined;
  const due = isoMoment(duty.dueAt);
  const isOrder = matterKind === ORDER;
  const order = isOrder ? await orderOf(deps, { cityCode, orderId: matterId }) : undefined;
  return {
    cityCode,
    kind,
    // What was given more time can turn yellow or red once more.
    factKey: `${matterKind}/${matterId}/${step}/${due}`,
    params: { number: duty.matter.number, step, due },
    link: isOrder ? `/orders/${matterId}` : `/appeals/${matterId}`,
    audience: order === undefined ? ownersOf(told) : orderOwners(told, order),
    place: order === undefined ? null : placeOf(order),
  };
}

function orderOwners(told: DutyTold, order: Order): Audience {
  if (told.ownerKind === 'account') return { accounts: [told.ownerCode], ...spared(order) };
  if (told.ownerKind === 'department') {
    return { permission: 'order.handle', department: told.ownerCode, ...spared(order) };
  }
  return officeOf(order, told.step === 'call_back' ? 'order.call' : 'order.assign');
}

/** The owners of a step of an appeal. */
function ownersOf({ ownerKind, ownerCode }: DutyTold): Audience {
  if (ownerKind === 'account') return { accounts: [ownerCode] };
  if (ownerKind === 'department') return { permission: 'appeal.opinion', department: ownerCode };
  return { permission: 'appeal.appoint', over: { regionCode: null } };
}
