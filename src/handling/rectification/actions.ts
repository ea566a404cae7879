import { openSecondRating } from '../../feedback/rating/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { firstDay, month } from '../../kernel/month.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { holdOrder, type LimitsOf, openOrder, tell } from '../work-order/index.ts';
import { type BadRating, findBadRatings, nextOrderCount } from './store.ts';

/**
 * Opens an order for each bad rating of a batch, owned by the department that served; a repeat opens nothing
 * more.
 */
export async function openRectifications(
  deps: Deps,
  told: { cityCode: string; batchId: string; months: readonly string[] },
  limitsOf: LimitsOf,
): Promise<void> {
  const { cityCode, batchId } = told;
  const months = told.months.map((text) => firstDay(month(text)));
  const found = await findBadRatings(deps.db.app, cityCode, { batchId, months });
  for (const rating of found) await openRectification(deps, cityCode, rating, limitsOf);
}

async function openRectification(
  deps: Deps,
  cityCode: string,
  rating: BadRating,
  limitsOf: LimitsOf,
): Promise<void> {
  const at = deps.clock.now();
  const year = dayOf(at).slice(0, 4);
  await inTx(deps.db, async (tx) => {
    const limits = await limitsOf(tx, cityCode, rating.recorded_at);
    const asked = {
      kind: 'rectification',
      sourceId: `${rating.step_id}/${rating.assess_number}`,
      number: async () =>
        `CP${year}-${String(await nextOrderCount(tx, cityCode, Number(year))).padStart(6, '0')}`,
      stepId: rating.step_id,
      projectNo: rating.project_no,
      serviceNumber: rating.service_number,
      concernedStaff: rating.staff_no,
      windowCode: rating.window_code,
      regionCode: rating.region_code,
      ownerDepartment: rating.dept_code,
      from: rating.recorded_at,
    } as const;
    await openOrder(tx, systemActor(cityCode, 'rectification'), asked, { limits, at });
  });
}

/**
 * Once a bad rating is answered and its order has ended, the person may rate a second time. What was taken
 * out or withdrawn was never answered; a repeat opens nothing more.
 */
export async function inviteAgain(
  deps: Deps,
  { cityCode, orderId }: { cityCode: string; orderId: string },
): Promise<void> {
  const actor = systemActor(cityCode, 'rectification');
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const held = await holdOrder(tx, actor, orderId);
    if (held === undefined) return;
    const { kind, state, step_id: stepId, number, answered_at: answered } = held.order;
    if (kind !== 'rectification' || state !== 'closed' || stepId === null || answered === null) return;
    if (held.events.some(({ what }) => what === 'excluded')) return;
    if (!(await openSecondRating(tx, cityCode, { stepId, at }))) return;
    await tell(tx, actor, { orderId, number, what: 'invited_again', at });
  });
}
