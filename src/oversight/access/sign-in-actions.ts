import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type AuditResult, audit } from '../audit/index.ts';
import { publicActor } from './actor.ts';
import { isPassword, newId, newToken, tokenHash } from './credential-actions.ts';
import { clearAttempts, giveBackAttempt, takeAttempt } from './guard-actions.ts';
import { signInRules } from './rule-actions.ts';
import { type Origin, openSession, type SignedIn } from './session-actions.ts';
import {
  deleteChallenge,
  deleteChallengesOf,
  deleteSession,
  findChallenge,
  findTwoFactor,
  insertChallenge,
  useStep,
} from './session-store.ts';
import { findUserById, findUserByName, type UserRow, updateSignedIn } from './store.ts';
import { matchTotp } from './totp-actions.ts';

/**
 * The password was right: either the person is in, or the second factor is asked for. Both secrets go into
 * cookies.
 */
export type SignInOutcome = { kind: 'signed_in'; token: string } | { kind: 'totp'; challenge: string };

/**
 * Signs in with name and password. An unknown name, a wrong password and a disabled account get the same
 * answer after the same work.
 * @throws Refusal `access.sign_in_failed` or `access.locked`.
 */
export async function signIn(
  deps: Deps,
  given: { username: string; password: string },
  origin: Origin,
): Promise<SignInOutcome> {
  const user = await findUserByName(deps.db.app, given.username.toLowerCase());
  await attempt(deps, given.username, user, origin);
  const right = await isPassword(user?.password, given.password);
  if (!right || user === undefined || user.disabled_at !== null) {
    await noteSignIn(deps, user, origin, 'failed');
    throw new Refusal('access.sign_in_failed');
  }
  if (!user.two_factor_enabled) return { kind: 'signed_in', token: await enter(deps, user, origin) };
  const challenge = await inTx(deps.db, async (tx) => {
    await giveBackAttempt(deps, tx, user.username);
    return openChallenge(deps, tx, user.id);
  });
  return { kind: 'totp', challenge };
}

async function attempt(deps: Deps, name: string, user: UserRow | undefined, origin: Origin): Promise<void> {
  try {
    await takeAttempt(deps, name);
  } catch (error) {
    if (error instanceof Refusal) await noteSignIn(deps, user, origin, 'refused', 'locked');
    throw error;
  }
}

async function openChallenge(deps: Deps, tx: Tx, userId: string): Promise<string> {
  const token = newToken();
  const at = deps.clock.now();
  const expiresAt = new Date(at.getTime() + signInRules(dayOf(at)).challengeMinutes * 60_000);
  await deleteChallengesOf(tx, userId);
  await insertChallenge(tx, { id: newId(), tokenHash: tokenHash(token), userId, at, expiresAt });
  return token;
}

/**
 * Completes a sign-in with a code of the second factor; wrong codes count as failures of the account.
 * @throws Refusal `access.challenge_expired`, `access.code_wrong` or `access.locked`.
 */
export async function signInTotp(
  deps: Deps,
  given: { challenge: string | undefined; code: string },
  origin: Origin,
): Promise<string> {
  const now = deps.clock.now();
  const hash = tokenHash(given.challenge ?? '');
  const userId = given.challenge ? await findChallenge(deps.db.app, hash, now) : undefined;
  const user = userId === undefined ? undefined : await findUserById(deps.db.app, userId);
  if (user === undefined || user.disabled_at !== null) throw new Refusal('access.challenge_expired');
  await attempt(deps, user.username, user, origin);
  if (!(await isCode(deps, user.id, given.code, async (tx) => deleteChallenge(tx, hash)))) {
    await noteSignIn(deps, user, origin, 'failed', 'code');
    throw new Refusal('access.code_wrong', {}, { field: 'code' });
  }
  return enter(deps, user, origin);
}

/**
 * Whether the code is the authenticator's. A right one is used up.
 * @param also done in the same transaction; false when the code comes too late after all
 */
export async function isCode(
  deps: Deps,
  userId: string,
  code: string,
  also: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<boolean> {
  const factor = await findTwoFactor(deps.db.app, userId);
  if (factor === undefined) return false;
  const secret = Buffer.from(deps.keys.open('oversight.two_factor.secret', factor.secret), 'base64');
  const step = await matchTotp(secret, code, deps.clock.now(), Number(factor.last_step));
  if (step === undefined) return false;
  return inTx(deps.db, async (tx) => (await useStep(tx, userId, step)) && (await also(tx)));
}

async function enter(deps: Deps, user: UserRow, origin: Origin): Promise<string> {
  return inTx(deps.db, async (tx) => {
    await clearAttempts(deps, tx, user.username);
    await updateSignedIn(tx, user.id, deps.clock.now());
    const token = await openSession(deps, tx, user.id, origin);
    await audit(tx, signInEntry(deps, user, origin, 'ok'));
    return token;
  });
}

/** Ends the session behind the secret, if it is one. */
export async function signOut(deps: Deps, session: SignedIn, token: string): Promise<void> {
  await inTx(deps.db, async (tx) => {
    await deleteSession(tx, tokenHash(token));
    await audit(tx, {
      actor: session.actor,
      action: 'access.sign_out',
      subjectKind: 'user',
      subjectId: session.actor.username,
      cityCode: session.actor.cityCode,
      at: deps.clock.now(),
    });
  });
}

/** Forgets a secret that the browser still carried while it signed in anew. */
export async function dropSession(deps: Deps, token: string): Promise<void> {
  await deleteSession(deps.db.app, tokenHash(token));
}

async function noteSignIn(
  deps: Deps,
  user: UserRow | undefined,
  origin: Origin,
  result: AuditResult,
  why?: string,
): Promise<void> {
  await inTx(deps.db, (tx) => audit(tx, signInEntry(deps, user, origin, result, why)));
}

/** A name that no account has isn't written down: people type passwords there, too. */
function signInEntry(
  deps: Deps,
  user: UserRow | undefined,
  origin: Origin,
  result: AuditResult,
  why?: string,
) {
  const nobody = publicActor(deps.config.cityCode);
  return {
    actor: result === 'ok' && user ? { kind: 'user' as const, id: user.id, name: user.username } : nobody,
    action: 'access.sign_in',
    subjectKind: 'user',
    subjectId: user?.username ?? '',
    detail: { address: origin.address, ...(why ? { why } : {}) },
    result,
    cityCode: user?.city_code ?? deps.config.cityCode,
    at: deps.clock.now(),
  };
}
