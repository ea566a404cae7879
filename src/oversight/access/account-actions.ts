import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { audit } from '../audit/index.ts';
import { hashPassword, isPassword, newId, newToken, tokenHash } from './credential-actions.ts';
import { clearAttempts, takeAttempt } from './guard-actions.ts';
import { passwordFault } from './password.ts';
import { signInRules } from './rule-actions.ts';
import type { SignedIn } from './session-actions.ts';
import {
  beginTwoFactor,
  deleteSessionsOf,
  deleteTwoFactor,
  findTwoFactor,
  replaceToken,
  verifyTwoFactor,
} from './session-store.ts';
import { isCode } from './sign-in-actions.ts';
import { findUserById, updatePassword } from './store.ts';
import { newTotpSecret, totpEnrolment } from './totp-actions.ts';

/**
 * Changes the own password: all other sessions end, and this one gets a new secret, which is answered.
 * @throws Refusal `access.password_wrong` (field `current`), `access.password_*` (field `next`),
 * `access.locked`.
 */
export async function changePassword(
  deps: Deps,
  session: SignedIn,
  given: { current: string; next: string },
): Promise<string> {
  const { actor } = session;
  await provePassword(deps, session, given.current, 'current');
  const at = deps.clock.now();
  const fault = passwordFault(given.next, actor.username, signInRules(dayOf(at)));
  if (fault) throw new Refusal(fault.code, fault.params, { field: 'next' });
  if (given.next.normalize('NFKC') === given.current.normalize('NFKC')) {
    throw new Refusal('access.password_unchanged', {}, { field: 'next' });
  }
  const hash = await hashPassword(given.next);
  return inTx(deps.db, async (tx) => {
    await updatePassword(tx, { userId: actor.id, hash, mustChange: false, at });
    const ended = await deleteSessionsOf(tx, actor.id, session.sessionId);
    await note(deps, tx, session, 'access.password_changed', { ended });
    return renewToken(tx, session);
  });
}

/**
 * Begins to enrol an authenticator; nothing is asked for at sign-in until a first code has proved that it
 * works.
 */
export async function beginTotp(deps: Deps, session: SignedIn, password: string) {
  await provePassword(deps, session, password, 'password');
  const { actor } = session;
  const secret = newTotpSecret();
  const sealed = deps.keys.seal('oversight.two_factor.secret', Buffer.from(secret).toString('base64'));
  await inTx(deps.db, async (tx) => {
    if ((await findTwoFactor(tx, actor.id))?.verified) throw new Refusal('access.totp_enrolled');
    await beginTwoFactor(tx, { id: newId(), userId: actor.id, secret: sealed, at: deps.clock.now() });
    await note(deps, tx, session, 'access.totp_begun');
  });
  return totpEnrolment(secret, actor.username);
}

/** Completes the enrolment: other sessions end, this one gets a new secret, which is answered. */
export async function confirmTotp(deps: Deps, session: SignedIn, code: string): Promise<string> {
  const { actor } = session;
  const factor = await findTwoFactor(deps.db.app, actor.id);
  if (factor === undefined) throw new Refusal('access.totp_not_begun');
  if (factor.verified) throw new Refusal('access.totp_enrolled');
  const at = deps.clock.now();
  let token = '';
  const right = await isCode(deps, actor.id, code, async (tx) => {
    await verifyTwoFactor(tx, actor.id, at);
    const ended = await deleteSessionsOf(tx, actor.id, session.sessionId);
    await note(deps, tx, session, 'access.totp_enrolled', { ended });
    token = await renewToken(tx, session);
    return true;
  });
  if (!right) throw new Refusal('access.code_wrong', {}, { field: 'code' });
  return token;
}

/** @throws Refusal `access.totp_obligatory` for roles that need the second factor. */
export async function disableTotp(
  deps: Deps,
  session: SignedIn,
  given: { password: string; code: string },
): Promise<void> {
  if (session.me.totp.required) throw new Refusal('access.totp_obligatory');
  const { actor } = session;
  // A right password doesn't forget the attempt: else codes could be tried without end.
  await takeProof(deps, session, given.password, 'password');
  const right = await isCode(deps, actor.id, given.code, async (tx) => {
    await clearAttempts(deps, tx, actor.username);
    await deleteTwoFactor(tx, actor.id, deps.clock.now());
    await note(deps, tx, session, 'access.totp_removed');
    return true;
  });
  if (!right) throw new Refusal('access.code_wrong', {}, { field: 'code' });
}

/**
 * A left desk isn't a key to the account: the password is asked for again, and wrong ones count as
 * failures.
 */
async function provePassword(deps: Deps, session: SignedIn, password: string, field: string): Promise<void> {
  await takeProof(deps, session, password, field);
  await inTx(deps.db, (tx) => clearAttempts(deps, tx, session.actor.username));
}

/** Takes an attempt, which still counts when the password is right. */
async function takeProof(deps: Deps, session: SignedIn, password: string, field: string): Promise<void> {
  const { actor } = session;
  await takeAttempt(deps, actor.username);
  const user = await findUserById(deps.db.app, actor.id);
  if (!(await isPassword(user?.password, password))) {
    await inTx(deps.db, (tx) => note(deps, tx, session, 'access.password_proof', {}, 'failed'));
    throw new Refusal('access.password_wrong', {}, { field });
  }
}

async function renewToken(tx: Tx, session: SignedIn): Promise<string> {
  const token = newToken();
  await replaceToken(tx, session.sessionId, tokenHash(token));
  return token;
}

async function note(
  deps: Deps,
  tx: Tx,
  { actor }: SignedIn,
  action: string,
  detail: Record<string, unknown> = {},
  result: 'ok' | 'failed' = 'ok',
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'user',
    subjectId: actor.username,
    detail,
    result,
    cityCode: actor.cityCode,
    at: deps.clock.now(),
  });
}
