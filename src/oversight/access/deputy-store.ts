import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface DeputyRow {
  readonly deputy_id: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly stand_in_id: string;
  readonly stand_in_name: string;
  readonly from_day: string;
  readonly until_day: string;
}

export interface NewDeputy {
  readonly id: string;
  readonly userId: string;
  readonly standInId: string;
  readonly from: string;
  readonly until: string;
  readonly by: string;
  readonly at: Date;
}

/** Holds back another naming for the same account until the transaction ends. */
export async function lockDeputies(tx: Tx, cityCode: string, userId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`deputy/${cityCode}/${userId}`}, 0))`.execute(tx);
}

export async function insertDeputy(tx: Tx, cityCode: string, given: NewDeputy): Promise<void> {
  await sql`
    INSERT INTO oversight.deputy (city_code, deputy_id, user_id, stand_in_id, from_day, until_day, set_by,
      set_at)
    VALUES (${cityCode}, ${given.id}, ${given.userId}, ${given.standInId}, ${given.from}::date,
      ${given.until}::date, ${given.by}, ${given.at})`.execute(tx);
}

/** Deputies that hold or will, of an account or by it; taken-back ones and past ones aside. */
export async function findDeputies(
  reader: Reader,
  cityCode: string,
  { userId, today }: { userId: string; today: string },
): Promise<DeputyRow[]> {
  const { rows } = await sql<DeputyRow>`
    SELECT d.deputy_id, d.user_id, u.name AS user_name, d.stand_in_id, s.name AS stand_in_name, d.from_day,
      d.until_day
    FROM oversight.deputy d JOIN oversight."user" u ON u.id = d.user_id
    JOIN oversight."user" s ON s.id = d.stand_in_id
    WHERE d.city_code = ${cityCode} AND (d.user_id = ${userId} OR d.stand_in_id = ${userId})
      AND d.until_day >= ${today}::date AND d.ended_at IS NULL
    ORDER BY d.from_day, d.deputy_id`.execute(reader);
  return rows;
}

/** Takes a deputy back; answers whose it was. */
export async function endDeputy(
  tx: Tx,
  cityCode: string,
  { id, by, at }: { id: string; by: string; at: Date },
): Promise<{ user_id: string; stand_in_id: string } | undefined> {
  const { rows } = await sql<{ user_id: string; stand_in_id: string }>`
    UPDATE oversight.deputy SET ended_at = ${at}, ended_by = ${by}
    WHERE city_code = ${cityCode} AND deputy_id = ${id}::uuid AND ended_at IS NULL
    RETURNING user_id, stand_in_id`.execute(tx);
  return rows[0];
}

export async function findDeputy(
  reader: Reader,
  cityCode: string,
  id: string,
): Promise<{ user_id: string; ended: boolean } | undefined> {
  const { rows } = await sql<{ user_id: string; ended: boolean }>`
    SELECT user_id, ended_at IS NOT NULL AS ended FROM oversight.deputy
    WHERE city_code = ${cityCode} AND deputy_id = ${id}::uuid`.execute(reader);
  return rows[0];
}

export interface PrincipalRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly scope_code: string | null;
  readonly staff_no: string | null;
  readonly permissions: string[];
}

/** An account for which another one stands in on the day. */
export async function findPrincipal(
  reader: Reader,
  cityCode: string,
  { userId, standInId, today }: { userId: string; standInId: string; today: string },
): Promise<PrincipalRow | undefined> {
  const { rows } = await sql<PrincipalRow>`
    SELECT u.id, u.username, u.name, u.role, u.scope_code, u.staff_no,
      ARRAY(SELECT p.permission FROM oversight.role_permission p WHERE p.role = u.role) AS permissions
    FROM oversight."user" u
    WHERE u.city_code = ${cityCode} AND u.id = ${userId} AND u.disabled_at IS NULL AND EXISTS (
      SELECT FROM oversight.deputy d WHERE d.city_code = ${cityCode} AND d.user_id = u.id
        AND d.stand_in_id = ${standInId} AND d.ended_at IS NULL
        AND ${today}::date BETWEEN d.from_day AND d.until_day)`.execute(reader);
  return rows[0];
}

/** Somebody who stands in. */
export interface Deputed {
  readonly id: string;
  readonly staff_no: string | null;
}

/** The active accounts that stand in for any of the accounts on the day. */
export async function findDeputed(
  reader: Reader,
  cityCode: string,
  { userIds, today }: { userIds: readonly string[]; today: string },
): Promise<Deputed[]> {
  const { rows } = await sql<Deputed>`
    SELECT DISTINCT s.id, s.staff_no FROM oversight.deputy d JOIN oversight."user" s ON s.id = d.stand_in_id
    WHERE d.city_code = ${cityCode} AND d.user_id = ANY(${[...userIds]}::text[]) AND d.ended_at IS NULL
      AND ${today}::date BETWEEN d.from_day AND d.until_day AND s.disabled_at IS NULL
    ORDER BY s.id`.execute(reader);
  return rows;
}
