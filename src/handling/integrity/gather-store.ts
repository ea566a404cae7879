import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

/** Days that are looked at, as instants, and the months of service that they touch. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly firstMonth: string;
  readonly lastMonth: string;
  /** the month before, whose services may still be rated within the days */
  readonly monthBefore: string;
}

/** Only one run at a time: the second would find the same once more. False while another is at it. */
export async function takeTurn(tx: Tx, cityCode: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    SELECT pg_try_advisory_xact_lock(72140, ${cityCode}::text::int) AS taken`.execute(tx);
  return rows[0]?.taken === true;
}

/**
 * Lays the ratings that a run looks at into a table of its own for the transaction: each detector then
 * reads it as often as it likes. What a verdict has taken out isn't looked at again.
 */
export async function gatherRatings(tx: Tx, cityCode: string, span: Span): Promise<void> {
  await sql`SET LOCAL work_mem = '128MB'`.execute(tx);
  // What a file or a member of staff brought in was given when it says so, not when it was entered.
  const given = sql`CASE WHEN r.source IN ('citizen', 'key', 'tablet', 'button') THEN r.recorded_at
    ELSE r.assessed_at END`;
  await sql`
    CREATE TEMP TABLE looked_at ON COMMIT DROP AS
    SELECT r.step_id, r.assess_number, r.service_month, r.given_at, r.assessed_at, r.device_at,
      r.satisfaction, r.tags, r.channel, r.source, r.device_mark, r.address_hash, s.service_time,
      s.window_code, s.staff_no, s.dept_code, s.region_code,
      (r.given_at AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM (SELECT r.*, ${given} AS given_at FROM feedback.v_traced_rating r
      WHERE r.city_code = ${cityCode} AND NOT r.excluded
        AND r.service_month BETWEEN ${span.monthBefore}::date AND ${span.lastMonth}::date) r
    JOIN intake.ratable_step s ON s.city_code = r.city_code AND s.service_month = r.service_month
      AND s.step_id = r.step_id
    WHERE r.service_month >= ${span.firstMonth}::date
      OR r.given_at >= ${span.from} AND r.given_at < ${span.to}`.execute(tx);
  await sql`ANALYZE looked_at`.execute(tx);
}
