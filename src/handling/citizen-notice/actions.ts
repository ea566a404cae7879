import { randomUUID } from 'node:crypto';
import { ratedAnonymously, secondRatingOf } from '../../feedback/rating/index.ts';
import { speakerOf, voicesById } from '../../feedback/voice/index.ts';
import { contactOf } from '../../intake/case/index.ts';
import { afterQuiet, tryAgainAt, wantsNoSms } from '../../intake/invitation/index.ts';
import { isMobile } from '../../kernel/codes.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendSms } from '../../platform/sms.ts';
import { holdOrder, KIND, orderById, ordersOfVoices, tell } from '../work-order/index.ts';
import { type NoticeKind, type NoticeState, noticeMessage } from './notice.ts';
import { noticeRuleAt } from './rules.ts';
import {
  type ClaimedNotice,
  claimNotices,
  giveUpNotices,
  insertNotice,
  isUnwilling,
  settleNotice,
} from './store.ts';

const HOUR_MS = 3_600_000;
/** Messages of one round, and how long one may stay unsettled before nobody knows what became of it. */
const AT_ONCE = 5;
const UNSETTLED_MS = 15 * 60_000;

interface Planned {
  readonly kind: NoticeKind;
  readonly key: string;
  readonly number: string;
  readonly voiceId?: string | null;
  readonly stepId?: string | null;
  readonly orderId?: string | null;
  readonly until?: Date | null;
}

/** Plans a notice for when the quiet hours leave it; the same again plans nothing more. */
async function plan(tx: Tx, deps: Pick<Deps, 'clock'>, cityCode: string, given: Planned): Promise<void> {
  const now = deps.clock.now();
  const rule = noticeRuleAt(now);
  if (rule === undefined || !rule.enabled) return;
  const { voiceId = null, stepId = null, orderId = null, until = null, ...notice } = given;
  const row = { ...notice, noticeId: randomUUID(), voiceId, stepId, orderId, until };
  await insertNotice(tx, cityCode, { ...row, dueAt: afterQuiet(now, rule) }, now);
}

/** Whoever left a phone learns the number of what they said, and where to follow it. */
export async function noticeReceived(
  deps: Deps,
  { cityCode, voiceId }: { cityCode: string; voiceId: string },
): Promise<void> {
  await inTx(deps.db, async (tx) => {
    const voice = (await voicesById(tx, cityCode, [voiceId])).get(voiceId);
    if (voice === undefined || !voice.named) return;
    const orderId = (await ordersOfVoices(tx, cityCode, [voiceId])).get(voiceId)?.orderId ?? null;
    const { number } = voice;
    await plan(tx, deps, cityCode, { kind: 'received', key: voiceId, number, voiceId, orderId });
  });
}

interface AboutOrder {
  readonly cityCode: string;
  readonly orderId: string;
}

/** Plans what concerns an order whose speaker may be told. */
async function planFor(
  deps: Deps,
  { cityCode, orderId }: AboutOrder,
  given: { kind: NoticeKind; turn: string | number },
): Promise<void> {
  await inTx(deps.db, async (tx) => {
    const order = await orderById(tx, systemActor(cityCode, 'notice'), orderId);
    if (order === undefined || order.voice_id === null) return;
    await plan(tx, deps, cityCode, {
      kind: given.kind,
      key: `${orderId}/${given.kind}/${given.turn}`,
      number: order.number,
      voiceId: order.voice_id,
      orderId,
      until: order.due_at,
    });
  });
}

/** An answer stands: the message says that, and never what it is. */
export async function noticeAnswered(deps: Deps, about: AboutOrder): Promise<void> {
  const order = await orderById(deps.db.app, systemActor(about.cityCode, 'notice'), about.orderId);
  await planFor(deps, about, { kind: 'answered', turn: order?.reopened ?? 0 });
}

/** It takes longer, by approval; or a mended rating may be given once more. */
export async function noticeMoved(
  deps: Deps,
  { what, eventNo, ...about }: AboutOrder & { what: string; eventNo: number },
): Promise<void> {
  if (what === 'extension_approved') await planFor(deps, about, { kind: 'extended', turn: eventNo });
  if (what !== 'invited_again') return;
  const { cityCode, orderId } = about;
  await inTx(deps.db, async (tx) => {
    const order = await orderById(tx, systemActor(cityCode, 'notice'), orderId);
    if (order === undefined || order.step_id === null) return;
    const { number, step_id: stepId } = order;
    await plan(tx, deps, cityCode, {
      kind: 'second_rating',
      key: `${orderId}/second`,
      number,
      stepId,
      orderId,
    });
  });
}

/** The limit of an answer nears, or has passed: whoever spoke hears it before they ask. */
export async function noticeClock(
  deps: Deps,
  told: { cityCode: string; matterKind: string; matterId: string; step: string },
  kind: 'reminder' | 'overdue',
): Promise<void> {
  const { cityCode, matterId: orderId } = told;
  if (told.matterKind !== KIND || told.step !== 'answer') return;
  const order = await orderById(deps.db.app, systemActor(cityCode, 'notice'), orderId);
  if (order === undefined || order.answered_at !== null) return;
  // A limit of its own has a notice of its own, however often it was moved before.
  await planFor(deps, { cityCode, orderId }, { kind, turn: order.due_at.toISOString() });
}

/**
 * Sends what is due, a few at once, until nothing is or the provider can't be reached. A message is marked as
 * handed over before it goes out, so that no crash sends it twice.
 */
export async function sendNotices(deps: Deps, cityCode: string): Promise<number> {
  let sent = 0;
  const start = deps.clock.now();
  const before = new Date(start.getTime() - UNSETTLED_MS);
  await inTx(deps.db, (tx) => giveUpNotices(tx, cityCode, { before, now: start }));
  for (;;) {
    const now = deps.clock.now();
    const rule = noticeRuleAt(now);
    if (rule === undefined || !rule.enabled || afterQuiet(now, rule) > now) return sent;
    const taken = await inTx(deps.db, (tx) => claimNotices(tx, cityCode, { now, limit: AT_ONCE }));
    const states = await Promise.all(taken.map((row) => deliver(deps, cityCode, row, rule.keep_hours)));
    sent += states.filter((state) => state === 'sent').length;
    // What can't be sent now won't be a moment later: the next minute tries again.
    if (taken.length < AT_ONCE || states.includes('waiting')) return sent;
  }
}

interface Outcome {
  readonly state: Exclude<NoticeState, 'sending'>;
  readonly dueAt?: Date;
  readonly providerId?: string;
  readonly reason?: string;
}

async function deliver(
  deps: Deps,
  cityCode: string,
  row: ClaimedNotice,
  keepHours: number,
): Promise<NoticeState> {
  const now = deps.clock.now();
  const late = now.getTime() - row.planned_at.getTime() > keepHours * HOUR_MS;
  const outcome: Outcome = late ? { state: 'expired' } : await send(deps, cityCode, row);
  const { state, dueAt = null, providerId = null, reason = null } = outcome;
  const { notice_id: noticeId, order_id: orderId, kind } = row;
  const actor = systemActor(cityCode, 'notice');
  await inTx(deps.db, async (tx) => {
    if (!(await settleNotice(tx, cityCode, { noticeId, state, dueAt, providerId, reason, now }))) return;
    const told = orderId !== null && ['sent', 'refused', 'unclear'].includes(state);
    const held = told ? await holdOrder(tx, actor, orderId) : undefined;
    if (held === undefined) return;
    const what = state === 'sent' ? 'sms_sent' : 'sms_failed';
    const detail = { notice: kind };
    await tell(tx, actor, { orderId: held.order.order_id, number: held.order.number, what, at: now, detail });
  });
  return state;
}

async function send(deps: Deps, cityCode: string, row: ClaimedNotice): Promise<Outcome> {
  const { kind, number, until, step_id: stepId } = row;
  const reader = deps.db.app;
  const phone = await inTx(deps.db, (tx) => phoneFor(tx, deps, cityCode, row));
  if (phone === null || !isMobile(phone)) return { state: 'no_mobile' };
  if (await wantsNoSms(reader, deps, cityCode, phone)) return { state: 'opted_out' };
  let url = `${deps.config.publicUrl}/follow?number=${number}`;
  if (kind === 'second_rating') {
    const second = stepId === null ? undefined : await secondRatingOf(deps, reader, cityCode, stepId);
    if (second === undefined || second.receipt !== null || second.until <= deps.clock.now())
      return { state: 'expired' };
    url = second.url;
  }
  const outcome = await sendSms(deps, { phone, ...noticeMessage({ kind, number, until, url }) });
  if (outcome.kind === 'accepted') return { state: 'sent', providerId: outcome.id };
  const reason = outcome.code;
  if (outcome.kind !== 'later') return { state: outcome.kind, reason };
  return { state: 'waiting', reason, dueAt: tryAgainAt(deps.clock.now(), row.attempts) };
}

/** The phone of whoever spoke, or was served, unless they rated without a name or want no contact. */
async function phoneFor(
  tx: Tx,
  deps: Deps,
  cityCode: string,
  { voice_id: voiceId, step_id: stepId }: ClaimedNotice,
): Promise<string | null> {
  if (voiceId !== null) return (await speakerOf(tx, deps, cityCode, voiceId)).phone;
  if (stepId === null || (await ratedAnonymously(tx, cityCode, stepId))) return null;
  if (await isUnwilling(tx, cityCode, stepId)) return null;
  return (await contactOf(tx, deps, cityCode, stepId)).phone;
}
