import {
  type CallSource,
  dropCallBacks,
  finishedCall,
  openCallBack,
} from '../../feedback/follow-up/index.ts';
import { speakerOf } from '../../feedback/voice/index.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { dutiesOf } from '../duty/index.ts';
import { KIND } from './fact.ts';
import { closeOrder } from './following-actions.ts';
import { type LimitsOf, tell } from './open-actions.ts';
import type { CallBackOutcome, OrderKind } from './order.ts';
import { callBack } from './step-actions.ts';
import { findOrder, lockOrder, type OrderRow, updateOrder } from './store.ts';

const SOURCES: Readonly<Record<OrderKind, Exclude<CallSource, 'sample'>>> = {
  rectification: 'bad_rating',
  stuck_matter: 'stuck_matter',
  complaint: 'complaint',
  suggestion: 'suggestion',
  contact_request: 'contact_request',
};

/**
 * Puts an order whose answer has been approved before the callers, with the limit that its call-back has; a
 * repeat does nothing more. Where nobody may be called, the order ends by itself, and its story says why;
 * whoever spoke can still say on the page that the answer wasn't good.
 */
export async function askForCall(
  deps: Deps,
  { cityCode, orderId }: { cityCode: string; orderId: string },
): Promise<void> {
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const order = await lockOrder(tx, { cityCode }, orderId);
    if (order?.state !== 'call_back') return;
    const duties = (await dutiesOf(tx, cityCode, { kind: KIND, ids: [orderId] })).get(orderId) ?? [];
    const limit = duties.find(({ step, doneAt }) => step === 'call_back' && doneAt === null);
    if (limit === undefined) return;
    const uncalled = await openCallBack(tx, cityCode, {
      source: SOURCES[order.kind],
      sourceKey: `${orderId}/${order.reopened}`,
      orderId,
      stepId: order.step_id,
      voiceId: order.voice_id,
      projectNo: order.project_no,
      serviceNumber: order.service_number,
      windowCode: order.window_code,
      staffNo: order.concerned_staff,
      regionCode: order.region_code,
      departmentCode: order.owner_department,
      hasPhone: await leftPhone(tx, deps, order),
      at,
      limit,
    });
    if (uncalled === null) return;
    const event = { at, what: 'closed_uncalled', detail: { uncalled } };
    await closeOrder(tx, systemActor(cityCode, 'follow-up'), order, event);
  });
}

async function leftPhone(tx: Tx, deps: Deps, order: OrderRow): Promise<boolean> {
  if (order.voice_id === null) return false;
  return (await speakerOf(tx, deps, order.city_code, order.voice_id)).phone !== null;
}

/** The order has ended or was reopened, by a call or without: nobody is called about its answer any more. */
export async function dropCall(
  deps: Deps,
  { cityCode, orderId }: { cityCode: string; orderId: string },
): Promise<void> {
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const order = await findOrder(tx, { cityCode }, orderId);
    // Answered anew meanwhile: that call-back stands.
    if (order !== undefined && order.state !== 'call_back')
      await dropCallBacks(tx, cityCode, { orderId, at });
  });
}

/** Takes over what somebody said about an answer: the order ends, or opens once more. */
export async function takeCall(
  deps: Deps,
  { cityCode, callId }: { cityCode: string; callId: string },
  limitsOf: LimitsOf,
): Promise<void> {
  const at = deps.clock.now();
  const call = await finishedCall(deps.db.app, { cityCode, callId });
  if (call?.orderId == null) return;
  const orderId = call.orderId;
  const actor = systemActor(cityCode, 'follow-up');
  const outcome = outcomeOf(call);
  await inTx(deps.db, async (tx) => {
    const order = await lockOrder(tx, { cityCode }, orderId);
    // Somebody may have entered it by hand, or the fact comes twice.
    if (order?.state !== 'call_back') return;
    const limits = await limitsOf(tx, cityCode, at);
    const note = call.answers?.remark ? `${call.number}：${call.answers.remark}` : call.number;
    const taken = { tx, actor, order, at, limits };
    const { change = {}, detail, what = 'called_back' } = await callBack(taken, { outcome, note });
    await updateOrder(tx, cityCode, { orderId, at, change });
    const { number } = order;
    await tell(tx, actor, { orderId, number, what, at, note, detail: { ...detail, call: call.number } });
  });
}

function outcomeOf({
  outcome,
  answers,
}: {
  outcome: Exclude<CallBackOutcome, 'satisfied' | 'dissatisfied'> | 'reached';
  answers: { readonly satisfied: boolean } | null;
}): CallBackOutcome {
  if (outcome !== 'reached') return outcome;
  return answers?.satisfied ? 'satisfied' : 'dissatisfied';
}
