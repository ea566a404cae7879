import type { Actor } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { finishDuty } from '../duty/index.ts';
import { KIND, orderClosed } from './fact.ts';
import { tell } from './open-actions.ts';
import { isOver, type OrderKind, type OrderState } from './order.ts';
import { findBySource, findByVoices, lockOrder, updateOrder } from './store.ts';

/** The order that answers a voice. */
export interface VoiceOrder {
  readonly orderId: string;
  readonly state: OrderState;
  readonly dueAt: Date;
}

/** The orders that answer the voices. */
export async function ordersOfVoices(
  reader: Reader,
  cityCode: string,
  voiceIds: readonly string[],
): Promise<ReadonlyMap<string, VoiceOrder>> {
  const rows = await findByVoices(reader, cityCode, voiceIds);
  return new Map(
    rows.map((row) => [row.source_id, { orderId: row.order_id, state: row.state, dueAt: row.due_at }]),
  );
}

/** Ends the order that answers something, where one is still open: somebody else deals with it. */
export async function withdrawOrderOf(
  tx: Tx,
  actor: Actor,
  { kind, sourceId, what, at }: { kind: OrderKind; sourceId: string; what: string; at: Date },
): Promise<void> {
  const { cityCode, name } = actor;
  const found = await findBySource(tx, cityCode, { kind, sourceId });
  const order = found && (await lockOrder(tx, { cityCode }, found.order_id));
  if (order === undefined || isOver(order.state)) return;
  const { order_id: orderId, number } = order;
  await finishDuty(tx, { cityCode, matter: { kind: KIND, id: orderId }, at, by: name });
  await updateOrder(tx, cityCode, { orderId, at, change: { state: 'withdrawn', closed_at: at } });
  await tell(tx, actor, { orderId, number, what, at });
  await emit(tx, orderClosed, { cityCode, orderId });
}
