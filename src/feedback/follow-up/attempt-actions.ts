import { contactOf, textKeptFrom } from '../../intake/case/index.ts';
import { dayOf, startOfDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit, auditErasure } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { ratedAnonymously } from '../rating/index.ts';
import { speakerOf } from '../voice/index.ts';
import { judgeAttempt } from './call.ts';
import type { AttemptForm } from './contract.ts';
import { callFinished } from './fact.ts';
import { reachableCall } from './queue-actions.ts';
import { callRules } from './rules.ts';
import {
  type CallRow,
  closeCall,
  eraseRemarks,
  findAttempts,
  findCallable,
  insertAttempt,
  lockCall,
} from './store.ts';

/**
 * Opens the phone for the call, for a stated reason; each look is audited before it is answered.
 * @throws Refusal `call.unknown`, `call.own_window`, `call.closed`, `call.no_phone`
 */
export async function openPhone(
  deps: Deps,
  actor: Actor,
  { callId, reason }: { callId: string; reason: string },
): Promise<{ name: string | null; phone: string }> {
  requirePermission(actor, 'call.make');
  requirePermission(actor, 'record.identity');
  const { cityCode } = actor;
  const contact = await inTx(deps.db, async (tx) => {
    const call = await reachableCall(tx, actor, callId);
    if (call.closed_at !== null) throw new Refusal('call.closed');
    await audit(tx, {
      actor,
      action: 'call.phone_viewed',
      subjectKind: 'call_back',
      subjectId: call.number,
      reason,
      detail: { attempt: call.attempts + 1 },
      cityCode,
      at: deps.clock.now(),
    });
    return await contactBehind(tx, deps, call);
  });
  const { name, phone } = contact;
  // The look stays in the audit, also when it found nothing.
  if (phone === null) throw new Refusal('call.no_phone');
  return { name, phone };
}

/** Who is called: whoever spoke, else whoever was served. */
async function contactBehind(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  call: CallRow,
): Promise<{ name: string | null; phone: string | null }> {
  const { city_code: cityCode, voice_id: voiceId, step_id: stepId } = call;
  if (voiceId !== null) {
    const spoke = await speakerOf(tx, deps, cityCode, voiceId);
    if (spoke.phone !== null) return spoke;
  }
  if (stepId === null) return { name: null, phone: null };
  // Somebody may have rated anonymously since, or said that they want no contact.
  if (await ratedAnonymously(tx, cityCode, stepId)) throw new Refusal('service_record.anonymous');
  const callable = await findCallable(tx, cityCode, stepId);
  return callable === undefined ? { name: null, phone: null } : await contactOf(tx, deps, cityCode, stepId);
}

/**
 * Records how a call went. Reached, refused or a wrong number ends the call-back at once; the last attempt
 * ends it by itself.
 * @throws Refusal `call.unknown`, `call.own_window`, `call.closed`, `call.another_day`
 */
export async function recordAttempt(
  deps: Deps,
  actor: Actor,
  { callId, form }: { callId: string; form: AttemptForm },
): Promise<void> {
  requirePermission(actor, 'call.make');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await lockCall(tx, { cityCode }, callId);
    const call = await reachableCall(tx, actor, callId);
    if (call.closed_at !== null) throw new Refusal('call.closed');
    const tries = await findAttempts(tx, cityCode, callId);
    const { attempts: rule } = callRules(dayOf(at));
    const days = tries.map(({ called_on: on }) => on);
    const judged = judgeAttempt(form.outcome, days, dayOf(at), rule);
    if (judged.kind === 'another_day') throw new Refusal('call.another_day', { ...rule });
    await insertAttempt(tx, cityCode, {
      callId,
      attempt: tries.length + 1,
      outcome: form.outcome,
      called_at: at,
      called_on: dayOf(at),
      caller_id: actor.id,
      caller: actor.username,
      note: form.note === '' ? null : form.note,
    });
    if (judged.kind === 'ends') await endCall(tx, actor, { callId, form, at });
    await audit(tx, {
      actor,
      action: 'call.attempted',
      subjectKind: 'call_back',
      subjectId: call.number,
      detail: { attempt: tries.length + 1, outcome: form.outcome, ended: judged.kind === 'ends' },
      cityCode,
      at,
    });
  });
}

/** Keeps what was said, and tells downstream. */
async function endCall(
  tx: Tx,
  actor: UserActor,
  { callId, form, at }: { callId: string; form: AttemptForm; at: Date },
): Promise<void> {
  const { cityCode } = actor;
  const said = form.outcome === 'reached' ? form.answers : null;
  await closeCall(tx, cityCode, {
    callId,
    outcome: form.outcome,
    at,
    on: dayOf(at),
    caller: actor.username,
    callerStaff: actor.staffNo ?? null,
    satisfied: said?.satisfied ?? null,
    attitude: said?.attitude ?? null,
    efficiency: said?.efficiency ?? null,
    told_once: said?.toldOnce ?? null,
    one_go: said?.oneGo ?? null,
    on_time: said?.onTime ?? null,
    asked_money: said?.askedMoney ?? null,
    rated: said?.rated ?? null,
    praised: said?.praised ?? null,
    remark: said?.remark || null,
  });
  await emit(tx, callFinished, { cityCode, callId });
}

/** Empties what people said on the phone once its retention is over; answers how many. */
export async function eraseRemarksDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = textKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const erased = await eraseRemarks(tx, cityCode, startOfDay(before));
    if (erased > 0) {
      await auditErasure(tx, {
        action: 'call.remarks_erased',
        subjectKind: 'call_back',
        detail: { remarks: erased, closed_before: before },
        cityCode,
        at: now,
      });
    }
    return erased;
  });
}
