import { randomUUID } from 'node:crypto';
import { secondRatingOf } from '../../feedback/rating/index.ts';
import { day, isoMoment } from '../../kernel/day.ts';
import { firstDay, monthOf } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, systemActor, type UserActor } from '../../oversight/access/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { exclusionOf, personOf, proposeIn, refuseConcerned, upholdIn } from '../exclusion/index.ts';
import {
  closeOrder,
  type HeldOrder,
  holdOrder,
  holdOrderOf,
  isOver,
  orderById,
  stateAccount,
  tell,
} from '../work-order/index.ts';
import { foundBy } from './account-actions.ts';
import { chargesOf, waiveCharges } from './charge-store.ts';
import type { RectificationView, ReviewForm } from './contract.ts';
import { orderCharged } from './fact.ts';
import { findReviewed, findSecondLevel, findVerdicts, type ReviewedRow } from './store.ts';

/** Orders answer first ratings only. */
const FIRST = 1;

/**
 * The pre-review of a bad rating within its order. Upheld is a verdict at once, by a verifier whom it doesn't
 * concern; mistaken or malicious is a proposal that a second person decides; reasonable is to be mended, and
 * its verdict stays open. The clocks of the order run on meanwhile.
 * @throws Refusal `order.unknown`, `order.wrong_state`, `rectification.none`, `rectification.no_evidence`,
 *   and what the exclusion desk refuses
 */
export async function reviewRating(
  deps: Deps,
  actor: Actor,
  orderId: string,
  form: ReviewForm,
): Promise<void> {
  requirePermission(actor, 'exclusion.propose');
  const person = personOf(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const held = await holdOrder(tx, actor, orderId);
    if (held === undefined) throw new Refusal('order.unknown');
    const { order } = held;
    const stepId = order.step_id;
    if (order.kind !== 'rectification' || stepId === null) throw new Refusal('rectification.none');
    if (isOver(order.state)) throw new Refusal('order.wrong_state', { state: order.state });
    await judge(tx, person, { stepId, form, at });
    const { finding, attribution = null, note } = form;
    const detail = { finding, attribution };
    await tell(tx, actor, { orderId, number: order.number, what: 'reviewed', at, note, detail });
  });
}

async function judge(
  tx: Tx,
  person: UserActor,
  { stepId, form, at }: { stepId: string; form: ReviewForm; at: Date },
): Promise<void> {
  const { finding, attribution, note, evidence } = form;
  const rating = { stepId, assessNumber: FIRST };
  if (finding === 'upheld') return await upholdIn(tx, person, { ...rating, attribution, note, at });
  if (finding === 'reasonable') return await refuseConcerned(tx, person, { stepIds: [stepId], now: at });
  if (evidence === undefined) {
    throw new Refusal('rectification.no_evidence', {}, { field: 'evidence' });
  }
  const proposal = { ...rating, verdict: finding, reason: note, evidence };
  await proposeIn(tx, person, { id: randomUUID(), at, proposal });
}

/** A rating was taken out: its order ends and charges nobody. One that stays in: its order goes on. */
export async function followExclusion(
  deps: Deps,
  told: { cityCode: string; exclusionId: string; stepId: string; assessNumber: number; approved: boolean },
): Promise<void> {
  const { cityCode, exclusionId, stepId, assessNumber, approved } = told;
  const actor = systemActor(cityCode, 'rectification');
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const held = await holdOrderOf(tx, actor, {
      kind: 'rectification',
      sourceId: `${stepId}/${assessNumber}`,
    });
    if (held === undefined || isTold(held, exclusionId)) return;
    const { order_id: orderId, number, state } = held.order;
    const what = approved ? 'excluded' : 'exclusion_rejected';
    const event = { at, what, detail: { exclusion: exclusionId } };
    if (approved && !isOver(state)) await closeOrder(tx, actor, held.order, event);
    else await tell(tx, actor, { orderId, number, ...event });
    const days = approved ? await waiveCharges(tx, cityCode, orderId) : [];
    if (days.length > 0) {
      await emit(tx, orderCharged, { cityCode, months: [...new Set(days.map((on) => monthOf(day(on))))] });
    }
  });
}

function isTold({ events }: HeldOrder, exclusionId: string): boolean {
  return events.some(({ detail }) => detail?.exclusion === exclusionId);
}

/**
 * Ratings were judged, here or at the verification desk: their orders' stories say so, once, and those that
 * have ended say what becomes of the deduction.
 */
export async function followVerdicts(
  deps: Deps,
  { cityCode, stepIds }: { cityCode: string; stepIds: readonly string[] },
): Promise<void> {
  const actor = systemActor(cityCode, 'rectification');
  const at = deps.clock.now();
  for (const row of await findVerdicts(deps.db.app, cityCode, monthsOf(stepIds), stepIds)) {
    await inTx(deps.db, async (tx) => {
      const source = { kind: 'rectification', sourceId: `${row.step_id}/${FIRST}` } as const;
      const held = await holdOrderOf(tx, actor, source);
      if (held === undefined) return;
      if (row.verdict === 'upheld' && !isVerified(held)) {
        const { order_id: orderId, number } = held.order;
        const detail = { attribution: row.attribution, by: row.verified_by };
        await tell(tx, actor, { orderId, number, what: 'verified', at, detail });
      }
      await stateAccount(tx, actor, held, { found: await foundBy(tx, held, row.verdict), at });
    });
  }
}

function isVerified({ events }: HeldOrder): boolean {
  return events.some(
    ({ what, detail }) => what === 'verified' || (what === 'reviewed' && detail?.finding === 'upheld'),
  );
}

function monthsOf(stepIds: readonly string[]): string[] {
  const months = stepIds.flatMap((stepId) => unpackRecordNumber(stepId)?.month ?? []);
  return [...new Set(months)].map(firstDay);
}

/** How the rating of an order was judged, and what the order charges. @throws Refusal `order.unknown` */
export async function readRectification(
  deps: Deps,
  actor: Actor,
  orderId: string,
): Promise<RectificationView> {
  requirePermission(actor, 'order.read');
  const reader = deps.db.app;
  const { cityCode } = actor;
  const order = await orderById(reader, actor, orderId);
  const stepId = order?.step_id ?? null;
  if (order === undefined || stepId === null) throw new Refusal('order.unknown');
  const [month] = monthsOf([stepId]);
  const rated = month === undefined ? undefined : await findReviewed(reader, cityCode, { stepId, month });
  const last = await exclusionOf(reader, actor, { stepId, assessNumber: FIRST });
  const open = !isOver(order.state) && rated?.verdict === null && last?.state !== 'proposed';
  return {
    ...verdictOf(rated),
    exclusion: last ? { id: last.exclusion_id, state: last.state, verdict: last.verdict } : null,
    charges: await chargeViews(reader, cityCode, orderId),
    second: await secondView(deps, actor, stepId),
    mayReview:
      open &&
      actor.kind === 'user' &&
      actor.permissions.has('exclusion.propose') &&
      (actor.staffNo === undefined || actor.staffNo !== order.concerned_staff),
  };
}

async function secondView(deps: Deps, actor: Actor, stepId: string): Promise<RectificationView['second']> {
  const second = await secondRatingOf(deps, deps.db.app, actor.cityCode, stepId);
  if (second === undefined) return null;
  const [month] = monthsOf([stepId]);
  const given =
    month === undefined ? undefined : await findSecondLevel(deps.db.app, actor.cityCode, { stepId, month });
  // Whoever answers must not be able to rate the answer.
  const calls = actor.kind === 'user' && actor.permissions.has('order.call');
  return { url: calls ? second.url : null, until: isoMoment(second.until), satisfaction: given ?? null };
}

function verdictOf(rated: ReviewedRow | undefined) {
  return {
    verdict: rated?.verdict ?? null,
    attribution: rated?.attribution ?? null,
    verifiedBy: rated?.verified_by ?? null,
    tagged: (rated?.tags.length ?? 0) > 0,
  };
}

async function chargeViews(reader: Reader, cityCode: string, orderId: string) {
  return (await chargesOf(reader, cityCode, orderId)).map((row) => ({
    rule: row.rule,
    subjectKind: row.subject_kind,
    subjectCode: row.subject_code,
    on: row.occurred_on,
    waived: row.waived,
  }));
}
