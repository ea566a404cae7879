import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Guard } from './lockout.ts';

/** A session with its person, role and permissions: all that a request needs, in one read. */
export interface SessionRow {
  session_id: string;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
  id: string;
  city_code: string;
  username: string;
  name: string;
  role: string;
  role_zh: string;
  role_en: string;
  needs_second_factor: boolean;
  permissions: string[];
  scope_code: string | null;
  staff_no: string | null;
  two_factor_enabled: boolean;
  must_change_password: boolean;
  disabled_at: Date | null;
}

export async function findSession(db: Reader, tokenHash: string): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    SELECT s.id AS session_id, s.created_at, s.updated_at, s.expires_at, u.id, u.city_code, u.username,
      u.name, u.role,
      r.name_zh AS role_zh, r.name_en AS role_en, r.needs_second_factor, u.scope_code, u.staff_no,
      u.two_factor_enabled, u.must_change_password, u.disabled_at,
      ARRAY(SELECT p.permission FROM oversight.role_permission p WHERE p.role = u.role
        ORDER BY 1) AS permissions
    FROM oversight.session s
    JOIN oversight."user" u ON u.id = s.user_id
    JOIN oversight.role r ON r.role = u.role
    WHERE s.token = ${tokenHash}`.execute(db);
  return rows[0];
}

export interface NewSession {
  id: string;
  userId: string;
  tokenHash: string;
  at: Date;
  expiresAt: Date;
  address: string | null;
  agent: string | null;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await sql`INSERT INTO oversight.session (id, user_id, token, created_at, updated_at, expires_at,
    ip_address, user_agent)
    VALUES (${session.id}, ${session.userId}, ${session.tokenHash}, ${session.at}, ${session.at},
      ${session.expiresAt},
      ${session.address}, ${session.agent})`.execute(tx);
}

export async function touchSession(db: Reader, id: string, at: Date): Promise<void> {
  await sql`UPDATE oversight.session SET updated_at = ${at} WHERE id = ${id} AND updated_at < ${at}`.execute(
    db,
  );
}

/** Gives the session a new secret: whoever knew the old one is out. */
export async function replaceToken(tx: Tx, id: string, tokenHash: string): Promise<void> {
  await sql`UPDATE oversight.session SET token = ${tokenHash} WHERE id = ${id}`.execute(tx);
}

export async function deleteSession(db: Reader, tokenHash: string): Promise<void> {
  await sql`DELETE FROM oversight.session WHERE token = ${tokenHash}`.execute(db);
}

/** Ends the person's sessions, except one if named; answers how many. */
export async function deleteSessionsOf(
  tx: Tx,
  userId: string,
  except: string | null = null,
): Promise<number> {
  const { rows } = await sql`DELETE FROM oversight.session
    WHERE user_id = ${userId} AND id IS DISTINCT FROM ${except}::text RETURNING id`.execute(tx);
  return rows.length;
}

export async function insertChallenge(
  tx: Tx,
  challenge: { id: string; tokenHash: string; userId: string; at: Date; expiresAt: Date },
): Promise<void> {
  await sql`INSERT INTO oversight.verification (id, identifier, value, expires_at, created_at)
    VALUES (${challenge.id}, ${challenge.tokenHash}, ${challenge.userId}, ${challenge.expiresAt},
      ${challenge.at})`.execute(tx);
}

/** The user whose password has been right, if the challenge still stands. */
export async function findChallenge(db: Reader, tokenHash: string, at: Date): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM oversight.verification WHERE identifier = ${tokenHash} AND expires_at > ${at}`.execute(
    db,
  );
  return rows[0]?.value;
}

/** True for the one caller who took it away. */
export async function deleteChallenge(tx: Tx, tokenHash: string): Promise<boolean> {
  const { rows } =
    await sql`DELETE FROM oversight.verification WHERE identifier = ${tokenHash} RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function deleteChallengesOf(tx: Tx, userId: string): Promise<void> {
  await sql`DELETE FROM oversight.verification WHERE value = ${userId}`.execute(tx);
}

/** The attempts on a name, its row held until the transaction ends. */
export async function holdGuard(tx: Tx, nameHash: Buffer, at: Date): Promise<Guard> {
  await sql`INSERT INTO oversight.sign_in_guard (name_hash, failed_count, updated_at)
    VALUES (${nameHash}, 0, ${at}) ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql<{ failed_count: number; locked_until: Date | null }>`
    SELECT failed_count, locked_until FROM oversight.sign_in_guard
      WHERE name_hash = ${nameHash} FOR UPDATE`.execute(tx);
  return { failedCount: rows[0]?.failed_count ?? 0, lockedUntil: rows[0]?.locked_until ?? null };
}

export async function updateGuard(tx: Tx, nameHash: Buffer, guard: Guard, at: Date): Promise<void> {
  await sql`UPDATE oversight.sign_in_guard SET failed_count = ${guard.failedCount},
    locked_until = ${guard.lockedUntil}, updated_at = ${at} WHERE name_hash = ${nameHash}`.execute(tx);
}

export async function deleteGuard(tx: Tx, nameHash: Buffer): Promise<void> {
  await sql`DELETE FROM oversight.sign_in_guard WHERE name_hash = ${nameHash}`.execute(tx);
}

/** Until when each of the names is locked; names that aren't are left out. */
export async function lockedNames(
  db: Reader,
  nameHashes: readonly Buffer[],
  at: Date,
): Promise<{ name_hash: Buffer; locked_until: Date }[]> {
  const { rows } = await sql<{ name_hash: Buffer; locked_until: Date }>`
    SELECT name_hash, locked_until FROM oversight.sign_in_guard
    WHERE name_hash = ANY(${nameHashes}::bytea[]) AND locked_until > ${at}`.execute(db);
  return rows;
}

export interface TwoFactorRow {
  secret: Buffer;
  verified: boolean;
  last_step: string;
}

export async function findTwoFactor(db: Reader, userId: string): Promise<TwoFactorRow | undefined> {
  const { rows } = await sql<TwoFactorRow>`
    SELECT secret, verified, last_step FROM oversight.two_factor WHERE user_id = ${userId}`.execute(db);
  return rows[0];
}

/** Begins an enrolment; one that was begun before and never proved is replaced. */
export async function beginTwoFactor(
  tx: Tx,
  enrolment: { id: string; userId: string; secret: Buffer; at: Date },
): Promise<void> {
  await sql`INSERT INTO oversight.two_factor (id, user_id, secret, created_at)
    VALUES (${enrolment.id}, ${enrolment.userId}, ${enrolment.secret}, ${enrolment.at})
    ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at,
      last_step = 0
      WHERE NOT two_factor.verified`.execute(tx);
}

/** Marks the step as used. False when a code of this step or a later one was used in the meantime. */
export async function useStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const { rows } = await sql`UPDATE oversight.two_factor SET last_step = ${step}
    WHERE user_id = ${userId} AND last_step < ${step} RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function verifyTwoFactor(tx: Tx, userId: string, at: Date): Promise<void> {
  await sql`UPDATE oversight.two_factor SET verified = true WHERE user_id = ${userId}`.execute(tx);
  await sql`UPDATE oversight."user" SET two_factor_enabled = true, updated_at = ${at}
    WHERE id = ${userId}`.execute(tx);
}

export async function deleteTwoFactor(tx: Tx, userId: string, at: Date): Promise<void> {
  await sql`DELETE FROM oversight.two_factor WHERE user_id = ${userId}`.execute(tx);
  await sql`UPDATE oversight."user" SET two_factor_enabled = false, updated_at = ${at}
    WHERE id = ${userId}`.execute(tx);
}

/** Clears away what has run out: sessions, challenges, and attempts on names that have been quiet. */
export async function deleteExpired(
  tx: Tx,
  limits: { now: Date; idleSince: Date; quietSince: Date },
): Promise<void> {
  await sql`DELETE FROM oversight.session
    WHERE expires_at <= ${limits.now} OR updated_at <= ${limits.idleSince}`.execute(tx);
  await sql`DELETE FROM oversight.verification WHERE expires_at <= ${limits.now}`.execute(tx);
  await sql`DELETE FROM oversight.sign_in_guard
    WHERE updated_at <= ${limits.quietSince}
      AND (locked_until IS NULL OR locked_until <= ${limits.now})`.execute(tx);
}
