import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, type Holder, holdersOf } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { StepForm } from './contract.ts';
import type { At, Done } from './rule-actions.ts';
import { findOrder, type OrderRow } from './store.ts';

/** The people of the department that answers an order who may have it in hand; never whom it concerns. */
async function handlersOf(reader: Reader, order: OrderRow): Promise<Holder[]> {
  const holders = await holdersOf(reader, order.city_code, 'order.handle');
  return holders.filter(({ scope }) => scope.departmentCode === order.owner_department);
}

/** Who may be given the order. @throws Refusal `order.unknown` */
export async function handlerChoices(deps: Deps, actor: Actor, orderId: string) {
  const order = await findOrder(deps.db.app, actor.scope, orderId);
  if (order === undefined) throw new Refusal('order.unknown');
  const all = order.owner_department === null ? [] : await handlersOf(deps.db.app, order);
  const items = all.filter(({ staffNo }) => staffNo === null || staffNo !== order.concerned_staff);
  return { items: items.map(({ id, name, username }) => ({ id, name, username })) };
}

/** Gives an order to a person of the department that answers it; the department stays the owner. */
export async function entrust(given: At, { handler, note }: StepForm<'entrust'>): Promise<Done> {
  const { tx, order } = given;
  const holder = (await handlersOf(tx, order)).find(({ id }) => id === handler);
  if (holder === undefined) throw new Refusal('order.unknown_handler', {}, { field: 'handler' });
  if (holder.staffNo !== null && holder.staffNo === order.concerned_staff) {
    throw new Refusal('order.handler_concerned', {}, { field: 'handler' });
  }
  const change = { handler_id: holder.id, handler_name: holder.name };
  return { change, note, detail: { to: holder.name }, what: 'entrusted' };
}
