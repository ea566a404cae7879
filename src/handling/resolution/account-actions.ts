import { systemActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Found, type HeldOrder, holdOrder, stateAccount } from '../work-order/index.ts';
import { type DecisionRow, findBadRatings, findDecisions } from './decision-store.ts';

/** The order of what somebody said has ended: its story says whom it charges, or why nobody. */
export async function accountVoice(
  deps: Deps,
  { cityCode, orderId }: { cityCode: string; orderId: string },
): Promise<void> {
  await inTx(deps.db, async (tx) => {
    const held = await holdOrder(tx, systemActor(cityCode, 'desk'), orderId);
    if (held !== undefined) await accountOrder(tx, held, deps.clock.now());
  });
}

/** The same for an order that is held. */
export async function accountOrder(tx: Tx, held: HeldOrder, at: Date): Promise<void> {
  const { city_code: cityCode, kind, voice_id: voiceId } = held.order;
  if (kind === 'rectification') return;
  const decisions = voiceId === null ? [] : await findDecisions(tx, cityCode, voiceId);
  const found = await shared(tx, held, decisions, foundIn(decisions));
  await stateAccount(tx, systemActor(cityCode, 'desk'), held, { found, at });
}

/** What charges may be of the same event as an upheld bad rating: then the close counts the heaviest. */
async function shared(
  tx: Tx,
  { order: { city_code: cityCode, project_no: projectNo } }: HeldOrder,
  decisions: readonly DecisionRow[],
  found: Found,
): Promise<Found> {
  const agreed = decisions.find(({ state }) => state === 'approved');
  if (found !== 'charged' || projectNo === null || agreed === undefined) return found;
  const subject = { kind: agreed.subject_kind, code: agreed.subject_code };
  const ratings = await findBadRatings(tx, cityCode, { projectNo, subject });
  return ratings.some(({ verdict }) => verdict === 'upheld') ? 'shared' : found;
}

function foundIn(decisions: readonly DecisionRow[]): Found {
  const agreed = decisions.find(({ state }) => state === 'approved');
  if (agreed === undefined) return 'open';
  if (agreed.outcome === 'not_at_fault') return 'cleared';
  return agreed.charged_with === null ? 'charged' : 'charged_before';
}
