import type { Actor } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { finishDuty } from '../duty/index.ts';
import { KIND, orderClosed } from './fact.ts';
import { tell } from './open-actions.ts';
import type { OrderKind } from './order.ts';
import {
  type EventRow,
  findBySource,
  findEvents,
  findOrder,
  lockOrder,
  type OrderRow,
  updateOrder,
} from './store.ts';

/** An order held until the transaction ends, with its story so far. */
export interface HeldOrder {
  readonly order: OrderRow;
  readonly events: readonly EventRow[];
}

/** Holds an order within the actor's scope. */
export async function holdOrder(tx: Tx, actor: Actor, orderId: string): Promise<HeldOrder | undefined> {
  const order = await lockOrder(tx, actor.scope, orderId);
  return order && { order, events: await findEvents(tx, order.city_code, orderId) };
}

/** An order within the actor's scope, as it stands now. */
export async function orderById(
  reader: Reader,
  actor: Actor,
  orderId: string,
): Promise<OrderRow | undefined> {
  return await findOrder(reader, actor.scope, orderId);
}

/** Holds the order that answers something. */
export async function holdOrderOf(
  tx: Tx,
  actor: Actor,
  source: { kind: OrderKind; sourceId: string },
): Promise<HeldOrder | undefined> {
  const found = await findBySource(tx, actor.cityCode, source);
  return found && (await holdOrder(tx, actor, found.order_id));
}

/** Ends a held order for a reason that lies outside it; whatever it still owed falls away. */
export async function closeOrder(
  tx: Tx,
  actor: Actor,
  order: OrderRow,
  given: { at: Date; what: string; note?: string | null; detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { cityCode, name } = actor;
  const { at, ...told } = given;
  const orderId = order.order_id;
  await finishDuty(tx, { cityCode, matter: { kind: KIND, id: orderId }, at, by: name });
  await updateOrder(tx, cityCode, { orderId, at, change: { state: 'closed', closed_at: at } });
  await tell(tx, actor, { orderId, number: order.number, at, ...told });
  await emit(tx, orderClosed, { cityCode, orderId });
}
