import type { Actor } from '../../oversight/access/index.ts';
import type { Tx } from '../../platform/db.ts';
import { accountOf, type Found } from './account.ts';
import type { HeldOrder } from './following-actions.ts';
import { tell } from './open-actions.ts';
import { isOver } from './order.ts';

/** Has the story of an order that has ended say what it means for the book; the same again says nothing. */
export async function stateAccount(
  tx: Tx,
  actor: Actor,
  { order, events }: HeldOrder,
  { found, at }: { found: Found; at: Date },
): Promise<void> {
  if (!isOver(order.state)) return;
  const ends = events.filter(({ what }) => what === 'to_discipline' || what === 'from_discipline');
  const account = accountOf(order, { found, toDiscipline: ends.at(-1)?.what === 'to_discipline' });
  const stated = events.findLast(({ what }) => what === 'accounted')?.detail?.account;
  if (stated === account) return;
  const { order_id: orderId, number } = order;
  await tell(tx, actor, { orderId, number, what: 'accounted', at, detail: { account } });
}
