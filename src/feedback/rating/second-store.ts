import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { PageRow, RatingInput, StandingRow } from './store.ts';

/** Opens the second rating of a step that has a first one; the same again changes nothing. */
export async function insertSecondOpening(
  tx: Tx,
  cityCode: string,
  given: { stepId: string; month: string; at: Date; until: Date },
): Promise<boolean> {
  const { stepId, month, at, until } = given;
  const { numAffectedRows } = await sql`
    INSERT INTO feedback.second_rating (city_code, step_id, service_month, opened_at, open_until)
    SELECT ${cityCode}, r.step_id, r.service_month, ${at}::timestamptz, ${until}::timestamptz
    FROM feedback.rating r
    WHERE r.city_code = ${cityCode} AND r.service_month = ${month}::date AND r.step_id = ${stepId}::bigint
      AND r.assess_number = 1
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Writes a second rating, if it is open and there is none yet; answers whether it was written. */
export async function insertSecond(
  tx: Tx,
  cityCode: string,
  { id, row }: { id: string; row: RatingInput },
): Promise<boolean> {
  const { rows } = await sql<{ step_id: string }>`
    WITH given AS MATERIALIZED (
      SELECT s.service_month, s.step_id, s.has_mobile, s.pro_channel,
        to_timestamp(${row.at}::double precision / 1000.0) AS at
      FROM feedback.second_rating o
      JOIN intake.ratable_step s ON s.city_code = o.city_code AND s.step_id = o.step_id
      WHERE o.city_code = ${cityCode} AND o.step_id = ${row.s}::bigint
        AND o.open_until > to_timestamp(${row.at}::double precision / 1000.0)
    ), written AS (
      INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
        device_at, batch_position, assess_number, satisfaction, process, efficiency, attitude, channel,
        real_name, mode, source, receipt, tags, text_hash, client_id)
      SELECT ${cityCode}, service_month, step_id, ${id}::bigint, at, at, ${row.dev_at}::timestamptz, 0, 2,
        ${row.l}::smallint, ${row.p}::smallint, ${row.e}::smallint, ${row.a}::smallint, ${row.c}::smallint,
        has_mobile AND NOT ${row.anon}::boolean, CASE pro_channel WHEN 1 THEN 'online' ELSE 'onsite' END,
        ${row.src}, decode(${row.r}, 'hex'), ${[...row.t]}::smallint[], decode(${row.hash}, 'hex'), ${row.id}
      FROM given
      ON CONFLICT (city_code, service_month, step_id, assess_number) DO NOTHING
      RETURNING service_month, step_id
    ), raters AS (
      INSERT INTO feedback.rater (city_code, service_month, step_id, assess_number, anonymous, device_mark,
        address_hash)
      SELECT ${cityCode}, service_month, step_id, 2, ${row.anon}::boolean, decode(${row.mark}, 'hex'),
        decode(${row.addr}, 'hex')
      FROM written
    ), texts AS (
      INSERT INTO feedback.rating_text (city_code, service_month, step_id, assess_number, salt, body)
      SELECT ${cityCode}, service_month, step_id, 2, decode(${row.salt}, 'hex'), ${row.txt}
      FROM written WHERE ${row.txt}::text IS NOT NULL
    )
    SELECT step_id FROM written`.execute(tx);
  return rows.length > 0;
}

/** Steps among the record numbers that may be rated a second time, each with its second rating. */
export async function findSecondStanding(
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
): Promise<Map<string, StandingRow>> {
  const { rows } = await sql<StandingRow>`
    SELECT o.step_id, o.open_until AS ratable_until, r.client_id, r.receipt, r.recorded_at
    FROM feedback.second_rating o
    LEFT JOIN feedback.rating r ON r.city_code = o.city_code AND r.service_month = o.service_month
      AND r.step_id = o.step_id AND r.assess_number = 2
    WHERE o.city_code = ${cityCode} AND o.step_id = ANY(${[...stepIds]}::bigint[])`.execute(reader);
  return new Map(rows.map((row) => [row.step_id, row]));
}

/** A step as the page of its second rating shows it. */
export async function findSecondForPage(
  reader: Reader,
  cityCode: string,
  step: { id: string; month: string },
): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`
    SELECT s.step_id, s.service_time, o.open_until AS ratable_until, s.task_name, s.window_code,
      s.pro_channel,
      (SELECT r.receipt FROM feedback.rating r
       WHERE r.city_code = ${cityCode} AND r.service_month = ${step.month}::date
         AND r.step_id = o.step_id AND r.assess_number = 2) AS receipt
    FROM feedback.second_rating o
    JOIN intake.ratable_step s ON s.city_code = o.city_code AND s.step_id = o.step_id
    WHERE o.city_code = ${cityCode} AND o.step_id = ${step.id}::bigint`.execute(reader);
  return rows[0];
}
