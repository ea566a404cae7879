import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

/** Matters of a month that are not settled, counted. */
export interface MissingRow {
  readonly unverified_ratings: number;
  readonly open_corrections: number;
  readonly open_complaints: number;
  readonly unconfirmed_findings: number;
  readonly unconfirmed_merits: number;
  readonly services_without_clerk: number;
  readonly clerks_without_posting: number;
  readonly open_appeals: number;
}

/**
 * Counts what is missing for a month: ratings without a verdict, corrections without a decision … All of it
 * is of the whole city, but for the appeals, which hold up one hall.
 */
export async function countMissing(
  reader: Reader,
  cityCode: string,
  month: { first: string; last: string; unit: string | null },
): Promise<MissingRow | undefined> {
  const { first, last, unit } = month;
  const { rows } = await sql<MissingRow>`
    SELECT
      (SELECT count(*)::int FROM feedback.scored_rating
       WHERE city_code = ${cityCode} AND service_month = ${first}::date AND satisfaction <= 2
         AND verdict IS NULL) AS unverified_ratings,
      (SELECT count(*)::int FROM intake.v_open_correction
       WHERE city_code = ${cityCode} AND service_month = ${first}::date) AS open_corrections,
      (SELECT count(*)::int FROM feedback.v_open_complaint
       WHERE city_code = ${cityCode} AND received_at >= ${first}::timestamp AT TIME ZONE 'Asia/Shanghai'
         AND received_at < (${last}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') AS open_complaints,
      (SELECT count(*)::int FROM conduct.v_unconfirmed
       WHERE city_code = ${cityCode} AND kind = 'finding'
         AND occurred_on BETWEEN ${first}::date AND ${last}::date)
      + (SELECT count(*)::int FROM conduct.v_open_attendance
         WHERE city_code = ${cityCode} AND day BETWEEN ${first}::date AND ${last}::date
      ) AS unconfirmed_findings,
      (SELECT count(*)::int FROM conduct.v_unconfirmed
       WHERE city_code = ${cityCode} AND kind = 'merit'
         AND occurred_on BETWEEN ${first}::date AND ${last}::date) AS unconfirmed_merits,
      (SELECT count(*)::int FROM intake.ratable_step
       WHERE city_code = ${cityCode} AND service_month = ${first}::date AND staff_no IS NULL
      ) AS services_without_clerk,
      (SELECT count(*)::int FROM (
         SELECT DISTINCT staff_no FROM intake.ratable_step
         WHERE city_code = ${cityCode} AND service_month = ${first}::date AND staff_no IS NOT NULL
       ) served WHERE NOT EXISTS (
         SELECT FROM registry.v_posting p
         WHERE p.city_code = ${cityCode} AND p.staff_no = served.staff_no AND p.from_date <= ${last}::date
           AND (p.to_date IS NULL OR p.to_date >= ${first}::date))) AS clerks_without_posting,
      (SELECT count(*)::int FROM ledger.v_open_appeal a
       WHERE a.city_code = ${cityCode} AND a.month = ${first}::date AND a.carried_at IS NULL
         AND (${unit}::text IS NULL OR EXISTS (
           SELECT FROM close.statement s
           WHERE s.city_code = ${cityCode} AND s.month = ${first}::date AND s.subject_kind = a.subject_kind
             AND s.subject_code = a.subject_code AND s.unit_code = ${unit}))
      ) AS open_appeals`.execute(reader);
  return rows[0];
}
