import { openSecondRating } from '../../feedback/rating/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { firstDay, month } from '../../kernel/month.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type MicroBatch, microBatch } from '../../platform/micro-batch.ts';
import { holdOrder, type LimitsOf, openOrders, tell } from '../work-order/index.ts';
import { type BadRating, findBadRatings, reserveOrderNumbers } from './store.ts';

/** Bad ratings whose orders are opened by one transaction. */
const TOGETHER = 64;
/** More than ever wait: each is a fact that the worker holds. */
const WAITING = 10_000;

interface Told {
  readonly deps: Deps;
  readonly cityCode: string;
  readonly batchId: string;
  readonly months: readonly string[];
  readonly limitsOf: LimitsOf;
}

const desks = new WeakMap<Db, MicroBatch<Told, void>>();

/**
 * Opens an order for each bad rating of a batch, owned by the department that served; a repeat opens nothing
 * more. What the worker is told at the same time is opened together: numbers are drawn one after the other,
 * and each transaction would wait for the one before.
 */
export async function openRectifications(
  deps: Deps,
  told: { cityCode: string; batchId: string; months: readonly string[] },
  limitsOf: LimitsOf,
): Promise<void> {
  const desk = desks.get(deps.db) ?? openDesk();
  desks.set(deps.db, desk);
  await desk.add({ deps, ...told, limitsOf });
}

function openDesk(): MicroBatch<Told, void> {
  return microBatch({
    write: async (told) => {
      const cities = Map.groupBy(told, ({ cityCode }) => cityCode);
      for (const [cityCode, own] of cities) await openTogether(cityCode, own);
      return told.map(() => undefined);
    },
    divisible: () => true,
    size: TOGETHER,
    inFlight: 1,
    gatherMs: 1,
    waiting: WAITING,
  });
}

async function openTogether(cityCode: string, told: readonly Told[]): Promise<void> {
  const [{ deps, limitsOf }] = told as readonly [Told];
  const months = [...new Set(told.flatMap((one) => one.months))].map((text) => firstDay(month(text)));
  const batchIds = told.map(({ batchId }) => batchId);
  const found = await findBadRatings(deps.db.app, cityCode, { batchIds, months });
  if (found.length === 0) return;
  const at = deps.clock.now();
  const year = Number(dayOf(at).slice(0, 4));
  await inTx(deps.db, async (tx) => {
    for (const ratings of Map.groupBy(found, ({ recorded_at: on }) => dayOf(on)).values()) {
      const [{ recorded_at: on }] = ratings as [BadRating];
      await openOrders(tx, systemActor(cityCode, 'rectification'), {
        kind: 'rectification',
        asked: ratings.map(askedOf),
        numbers: async (count) => {
          const first = await reserveOrderNumbers(tx, cityCode, { year, count });
          return ratings.map((_, index) => `CP${year}-${String(first + index).padStart(6, '0')}`);
        },
        limits: await limitsOf(tx, cityCode, on),
        at,
      });
    }
  });
}

function askedOf(rating: BadRating) {
  return {
    sourceId: `${rating.step_id}/${rating.assess_number}`,
    stepId: rating.step_id,
    projectNo: rating.project_no,
    serviceNumber: rating.service_number,
    concernedStaff: rating.staff_no,
    windowCode: rating.window_code,
    regionCode: rating.region_code,
    ownerDepartment: rating.dept_code,
    from: rating.recorded_at,
  };
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
