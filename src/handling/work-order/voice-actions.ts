import type { Actor } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { finishDuty, renewDuty } from '../duty/index.ts';
import { KIND, orderClosed } from './fact.ts';
import { tell } from './open-actions.ts';
import { isOver, type LimitName, type Limits, type OrderKind, type OrderState, TERMS } from './order.ts';
import { answerLimit } from './step-actions.ts';
import { findBySource, findByVoices, findEvents, lockOrder, updateOrder } from './store.ts';

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

/**
 * An order that ended since discipline took the matter over is answered after all: its department, or the
 * office, signs for it, and every limit runs anew from the instant. One that had ended before stays so.
 */
export async function reviveOrderOf(
  tx: Tx,
  actor: Actor,
  { kind, sourceId, at, limits }: { kind: OrderKind; sourceId: string; at: Date; limits: Limits },
): Promise<void> {
  const { cityCode } = actor;
  const found = await findBySource(tx, cityCode, { kind, sourceId });
  const order = found && (await lockOrder(tx, { cityCode }, found.order_id));
  if (order?.state !== 'withdrawn') return;
  const { order_id: orderId, number, owner_department: owner } = order;
  const passed = (await findEvents(tx, cityCode, orderId)).filter(({ what }) => what === 'to_discipline');
  if (passed.at(-1)?.at.getTime() !== order.closed_at?.getTime()) return;
  const { sign, contact } = TERMS[kind];
  const renew = (step: string, name: LimitName) =>
    renewDuty(tx, {
      ...{ cityCode, matter: { kind: KIND, id: orderId, number }, step, from: at },
      ...{ days: limits.days(name), officeEnd: limits.officeEnd },
    });
  const change = {
    state: owner === null ? 'unassigned' : 'unsigned',
    opened_at: at,
    sign_due_at: await renew('sign', sign),
    contact_due_at: await renew('contact', contact),
    due_at: await renew('answer', answerLimit(order)),
    ...{ signed_at: null, contacted_at: null, answered_at: null, answered_by: null, closed_at: null },
  } as const;
  await updateOrder(tx, cityCode, { orderId, at, change });
  await tell(tx, actor, { orderId, number, what: 'from_discipline', at });
}
