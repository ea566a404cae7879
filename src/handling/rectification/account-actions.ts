import { firstDay } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Found, type HeldOrder, holdOrder, stateAccount } from '../work-order/index.ts';
import { findReviewed, isFoundAtFault, type ReviewedRow } from './store.ts';

/** What a verdict means for the deduction that waits for it, and whether another one is of the same event. */
export async function foundBy(
  tx: Tx,
  { order }: HeldOrder,
  verdict: ReviewedRow['verdict'] | undefined,
): Promise<Found> {
  if (verdict === 'upheld') return (await isFoundAtFault(tx, order.city_code, order)) ? 'shared' : 'charged';
  return verdict === 'mistaken' || verdict === 'malicious' ? 'cleared' : 'open';
}

/** The order of a bad rating has ended: its story says what becomes of the deduction. */
export async function accountRating(
  deps: Deps,
  { cityCode, orderId }: { cityCode: string; orderId: string },
): Promise<void> {
  const actor = systemActor(cityCode, 'rectification');
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const held = await holdOrder(tx, actor, orderId);
    const stepId = held?.order.step_id ?? null;
    const month = stepId === null ? undefined : unpackRecordNumber(stepId)?.month;
    if (held?.order.kind !== 'rectification' || stepId === null || month === undefined) return;
    const rated = await findReviewed(tx, cityCode, { stepId, month: firstDay(month) });
    await stateAccount(tx, actor, held, { found: await foundBy(tx, held, rated?.verdict), at });
  });
}
