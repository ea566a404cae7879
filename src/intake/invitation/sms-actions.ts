import { isMobile } from '../../kernel/codes.ts';
import type { StepId } from '../../kernel/ids.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { type Actor, publicActor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendSms } from '../../platform/sms.ts';
import { linkChannels, ratingUrl } from './link-actions.ts';
import { smsRuleAt } from './rules.ts';
import { afterQuiet, type Invitable, invitationMessage, inviteAt, tryAgainAt } from './sms.ts';
import {
  type ClaimedRow,
  claimDue,
  countStates,
  findMobileHash,
  giveUpTaken,
  insertInvitations,
  insertOptOut,
  isOptedOut,
  type Settled,
  type StateCount,
  settleInvitations,
} from './sms-store.ts';
import { type Invitation, readToken } from './token.ts';

defineRefusals({
  'invitation.unknown_link': {
    status: 404,
    zh: '链接无效，没有保存。请完整打开短信里的链接，或告诉大厅服务台。',
    en: 'This link is not valid, so nothing was saved. Open the whole link of the message, or tell the desk.',
  },
  'invitation.phone_malformed': {
    status: 422,
    zh: '手机号码不对，没有保存。请填写 11 位手机号码。',
    en: 'That is no mobile number, so nothing was saved. Enter its 11 digits.',
  },
});

/** Messages under way at once, and how long one may stay unsettled before nobody knows what became of it. */
const AT_ONCE = 5;
const UNSETTLED_MS = 15 * 60_000;

/** Those of the steps that have a rating already; told from downstream by `app/`. */
export type RatedCheck = (
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
) => Promise<Set<string>>;

/** Invites new services by short message when their time has come: within the transaction that keeps them. */
export async function inviteBySms(
  tx: Tx,
  cityCode: string,
  services: readonly (Invitable & { stepId: string })[],
  now: Date,
): Promise<void> {
  const rule = smsRuleAt(now);
  if (rule === undefined) return;
  const rows = services.flatMap((service) => {
    const dueAt = inviteAt(service, now, rule);
    return dueAt === undefined ? [] : [{ stepId: service.stepId, dueAt }];
  });
  if (rows.length > 0) await insertInvitations(tx, cityCode, rows, now);
}

/**
 * Sends what is due, a few at once, until nothing is or the provider can't be reached. A message is marked as
 * handed over before it goes out, so that no crash sends it twice.
 */
export async function sendDue(deps: Deps, cityCode: string, rated: RatedCheck): Promise<number> {
  let sent = 0;
  await giveUpTaken(
    deps.db.app,
    cityCode,
    new Date(deps.clock.now().getTime() - UNSETTLED_MS),
    deps.clock.now(),
  );
  for (;;) {
    const now = deps.clock.now();
    const rule = smsRuleAt(now);
    if (rule === undefined || !rule.enabled || afterQuiet(now, rule) > now) return sent;
    const taken = await inTx(deps.db, (tx) => claimDue(tx, cityCode, { now, limit: AT_ONCE }));
    if (taken.length === 0) return sent;
    const done = await rated(
      deps.db.app,
      cityCode,
      taken.map((row) => row.step_id),
    );
    const settled = await Promise.all(taken.map((row) => settle(deps, row, done.has(row.step_id))));
    await settleInvitations(deps.db.app, cityCode, settled, deps.clock.now());
    sent += settled.filter(({ state }) => state === 'sent').length;
    // What can't be sent now won't be a moment later: the next minute tries again.
    if (settled.some(({ state }) => state === 'waiting')) return sent;
  }
}

async function settle(deps: Deps, row: ClaimedRow, rated: boolean): Promise<Settled> {
  const now = deps.clock.now();
  const as = (state: Settled['state'], more: Partial<Settled> = {}): Settled => {
    return { stepId: row.step_id, state, dueAt: null, providerId: null, reason: null, ...more };
  };
  if (rated) return as('unneeded');
  if (row.opted_out) return as('opted_out');
  if (row.mobile_enc === null || row.ratable_until <= now) return as('expired');
  const phone = deps.keys.open('applicant.mobile', row.mobile_enc);
  if (!isMobile(phone)) return as('refused', { reason: 'no_mobile' });
  const url = ratingUrl(deps, row.step_id as StepId, linkChannels.sms);
  const message = invitationMessage({ serviceTime: row.service_time, taskName: row.task_name, url });
  const outcome = await sendSms(deps, { phone, template: 'invitation', ...message });
  if (outcome.kind === 'accepted') return as('sent', { providerId: outcome.id });
  const reason = outcome.code;
  if (outcome.kind === 'later') return as('waiting', { reason, dueAt: tryAgainAt(now, row.attempts) });
  return as(outcome.kind, { reason });
}

/**
 * The invitation of a link that came in a short message.
 * @throws Refusal `invitation.unknown_link`
 */
export function requireSmsLink(deps: Pick<Deps, 'keys'>, token: string): Invitation {
  const invitation = readToken(deps.keys, token);
  if (invitation?.channel !== linkChannels.sms) throw new Refusal('invitation.unknown_link');
  return invitation;
}

/**
 * Whoever holds the link of a message wants no more of them; safe to repeat.
 * @throws Refusal `invitation.unknown_link`
 */
export async function stopByLink(deps: Deps, token: string): Promise<void> {
  const { cityCode, stepId } = requireSmsLink(deps, token);
  const now = deps.clock.now();
  const mobileHash = await findMobileHash(deps.db.app, cityCode, stepId);
  // Once the phone is erased nothing can be sent to it any more.
  if (mobileHash === undefined) return;
  await inTx(deps.db, async (tx) => {
    if (!(await insertOptOut(tx, cityCode, { mobileHash, source: 'link', now }))) return;
    await audit(tx, {
      actor: publicActor(cityCode),
      action: 'invitation.stopped',
      subjectKind: 'invitation',
      subjectId: stepId,
      detail: { isNew: true },
      cityCode,
      at: now,
    });
  });
}

/**
 * Somebody told the staff that no message is wanted.
 * @throws Refusal `invitation.phone_malformed`, `access.permission_denied`
 */
export async function stopByOffice(deps: Deps, actor: Actor, phone: string): Promise<void> {
  requirePermission(actor, 'record.identity');
  if (!isMobile(phone)) throw new Refusal('invitation.phone_malformed', {}, { field: 'phone' });
  const now = deps.clock.now();
  const mobileHash = deps.keys.hash('mobile', phone);
  await inTx(deps.db, async (tx) => {
    const isNew = await insertOptOut(tx, actor.cityCode, { mobileHash, source: 'office', now });
    await audit(tx, {
      actor,
      action: 'invitation.stopped',
      subjectKind: 'invitation',
      subjectId: '',
      detail: { isNew },
      cityCode: actor.cityCode,
      at: now,
    });
  });
}

/** Whether the holder of a phone has said that they want no messages. */
export async function wantsNoSms(
  reader: Reader,
  deps: Pick<Deps, 'keys'>,
  cityCode: string,
  phone: string,
): Promise<boolean> {
  return await isOptedOut(reader, cityCode, deps.keys.hash('mobile', phone));
}

const DAYS_SHOWN = 30;

/** How invitations fared in the last days. */
export async function smsStates(deps: Deps, actor: Actor): Promise<StateCount[]> {
  const since = new Date(deps.clock.now().getTime() - DAYS_SHOWN * 86_400_000);
  return countStates(deps.db.read, actor.cityCode, since);
}
