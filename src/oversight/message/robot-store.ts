import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { RobotProvider } from '../../platform/robot.ts';

export interface RobotRow {
  readonly robot_id: string;
  readonly provider: RobotProvider;
  readonly name: string;
  readonly scope_code: string | null;
  readonly url_sealed: Buffer;
  readonly url_shown: string;
  readonly secret_sealed: Buffer | null;
  readonly phones_sealed: Buffer | null;
  readonly everybody: boolean;
  readonly groups: readonly string[];
  readonly enabled: boolean;
  readonly rests_until: Date | null;
  readonly sent_at: Date | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
}

const COLUMNS = sql`r.robot_id, r.provider, r.name, r.scope_code, r.url_sealed, r.url_shown, r.secret_sealed,
  r.phones_sealed, r.everybody, r.groups, r.enabled, r.rests_until, r.sent_at, r.last_error, r.last_error_at`;

/** A city's robots by name. */
export async function listRobots(reader: Reader, cityCode: string): Promise<RobotRow[]> {
  const { rows } = await sql<RobotRow>`
    SELECT ${COLUMNS} FROM oversight.robot r WHERE r.city_code = ${cityCode} ORDER BY r.name`.execute(reader);
  return rows;
}

export async function findRobot(reader: Reader, cityCode: string, id: string): Promise<RobotRow | undefined> {
  const { rows } = await sql<RobotRow>`
    SELECT ${COLUMNS} FROM oversight.robot r
    WHERE r.city_code = ${cityCode} AND r.robot_id = ${id}::uuid`.execute(reader);
  return rows[0];
}

export async function lockRobot(tx: Tx, cityCode: string, id: string): Promise<RobotRow | undefined> {
  const { rows } = await sql<RobotRow>`
    SELECT ${COLUMNS} FROM oversight.robot r
    WHERE r.city_code = ${cityCode} AND r.robot_id = ${id}::uuid FOR UPDATE`.execute(tx);
  return rows[0];
}

export type KeptRobot = Omit<RobotRow, 'rests_until' | 'sent_at' | 'last_error' | 'last_error_at'>;

/** Keeps a robot, new or changed; false when another one has its name. */
export async function keepRobot(
  tx: Tx,
  cityCode: string,
  robot: KeptRobot,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const taken = await sql`SELECT FROM oversight.robot WHERE city_code = ${cityCode}
    AND name = ${robot.name} AND robot_id <> ${robot.robot_id}::uuid`.execute(tx);
  if (taken.rows.length > 0) return false;
  const { rows } = await sql`
    INSERT INTO oversight.robot AS r (city_code, robot_id, provider, name, scope_code, url_sealed, url_shown,
      secret_sealed, phones_sealed, everybody, groups, enabled, created_by, created_at, changed_at)
    VALUES (${cityCode}, ${robot.robot_id}, ${robot.provider}, ${robot.name}, ${robot.scope_code},
      ${robot.url_sealed}, ${robot.url_shown}, ${robot.secret_sealed}, ${robot.phones_sealed},
      ${robot.everybody}, ${[...robot.groups]}::text[], ${robot.enabled}, ${by}, ${at}, ${at})
    ON CONFLICT (city_code, robot_id) DO UPDATE SET name = excluded.name, scope_code = excluded.scope_code,
      url_sealed = excluded.url_sealed, url_shown = excluded.url_shown,
      secret_sealed = excluded.secret_sealed, phones_sealed = excluded.phones_sealed,
      everybody = excluded.everybody, groups = excluded.groups, enabled = excluded.enabled,
      changed_at = excluded.changed_at
    RETURNING r.robot_id`.execute(tx);
  return rows.length > 0;
}

export async function deleteRobot(tx: Tx, cityCode: string, id: string): Promise<void> {
  await sql`DELETE FROM oversight.robot
    WHERE city_code = ${cityCode} AND robot_id = ${id}::uuid`.execute(tx);
}

/**
 * Takes one of the messages that a robot may send within a minute; false when none is left or the robot
 * rests. Of two at once the second counts the first's.
 */
export async function takeTurn(
  tx: Tx,
  cityCode: string,
  turn: { readonly robotId: string; readonly now: Date; readonly since: Date; readonly most: number },
): Promise<boolean> {
  const { robotId, now, since, most } = turn;
  const { numAffectedRows } = await sql`
    UPDATE oversight.robot SET recent =
      ARRAY(SELECT at FROM unnest(recent) AS at WHERE at > ${since}::timestamptz) || ${now}::timestamptz
    WHERE city_code = ${cityCode} AND robot_id = ${robotId}::uuid
      AND (rests_until IS NULL OR rests_until <= ${now})
      AND (SELECT count(*) FROM unnest(recent) AS at WHERE at > ${since}::timestamptz) < ${most}`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** What became of a sending; an error stands until the next success. */
export async function noteSending(
  tx: Tx,
  cityCode: string,
  noted: {
    readonly robotId: string;
    readonly at: Date;
    readonly error: string | null;
    readonly restsUntil: Date | null;
  },
): Promise<void> {
  const { robotId, at, error, restsUntil } = noted;
  const change =
    error === null
      ? sql`sent_at = ${at}, last_error = NULL, last_error_at = NULL`
      : sql`last_error = ${error}, last_error_at = ${at}`;
  await sql`UPDATE oversight.robot SET ${change},
      rests_until = coalesce(${restsUntil}::timestamptz, rests_until)
    WHERE city_code = ${cityCode} AND robot_id = ${robotId}::uuid`.execute(tx);
}
