import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

/** A bad rating that somebody has to answer for. */
export interface BadRating {
  readonly step_id: string;
  readonly assess_number: number;
  readonly project_no: string;
  readonly service_number: number;
  readonly window_code: string | null;
  readonly staff_no: string | null;
  readonly dept_code: string;
  readonly region_code: string;
  readonly recorded_at: Date;
}

/**
 * The bad ratings of batches, as far as they start a clock: imported ones never do (domain §5). Only the
 * first rating of a service opens an order; a second one follows an order.
 */
export async function findBadRatings(
  reader: Reader,
  cityCode: string,
  { batchIds, months }: { batchIds: readonly string[]; months: readonly string[] },
): Promise<BadRating[]> {
  const { rows } = await sql<BadRating>`
    SELECT step_id, assess_number, project_no, service_number, window_code, staff_no, dept_code, region_code,
      recorded_at
    FROM feedback.rating_list
    WHERE city_code = ${cityCode} AND service_month = ANY(${[...months]}::date[])
      AND batch_id = ANY(${[...batchIds]}::bigint[]) AND satisfaction <= 2 AND assess_number = 1
      AND source NOT IN ('import', 'demo') AND verdict IS NULL
    ORDER BY batch_id, batch_position`.execute(reader);
  return rows;
}

/** Draws numbers of a year: answers the first of them. */
export async function reserveOrderNumbers(
  tx: Tx,
  cityCode: string,
  { year, count }: { year: number; count: number },
): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    INSERT INTO handling.order_counter (city_code, year, next) VALUES (${cityCode}, ${year}, ${count})
    ON CONFLICT (city_code, year) DO UPDATE SET next = order_counter.next + ${count} RETURNING next
  `.execute(tx);
  return (rows[0]?.next ?? count) - count + 1;
}

/** How a first rating was judged. */
export interface ReviewedRow {
  readonly step_id: string;
  readonly tags: number[];
  readonly verdict: 'upheld' | 'mistaken' | 'malicious' | null;
  readonly attribution: 'staff' | 'window' | 'department' | null;
  readonly verified_by: string | null;
}

export async function findReviewed(
  reader: Reader,
  cityCode: string,
  { stepId, month }: { stepId: string; month: string },
): Promise<ReviewedRow | undefined> {
  const { rows } = await sql<ReviewedRow>`
    SELECT r.step_id, r.tags, r.verdict, r.attribution, r.verified_by FROM feedback.rating_list r
    WHERE r.city_code = ${cityCode} AND r.service_month = ${month}::date AND r.step_id = ${stepId}::bigint
      AND r.assess_number = 1`.execute(reader);
  return rows[0];
}

/** Those of the steps whose first rating has an order and was judged. */
export async function findVerdicts(
  reader: Reader,
  cityCode: string,
  months: readonly string[],
  stepIds: readonly string[],
): Promise<ReviewedRow[]> {
  const { rows } = await sql<ReviewedRow>`
    SELECT r.step_id, r.tags, r.verdict, r.attribution, r.verified_by FROM handling.work_order o
    JOIN feedback.rating_list r ON r.city_code = o.city_code AND r.step_id = o.step_id AND r.assess_number = 1
      AND r.service_month = ANY(${[...months]}::date[])
    WHERE o.city_code = ${cityCode} AND o.kind = 'rectification'
      AND o.source_id = ANY(${stepIds.map((stepId) => `${stepId}/1`)}::text[]) AND r.verdict IS NOT NULL
  `.execute(reader);
  return rows;
}

/** Whether a complaint or stuck matter of the same case was found at fault of what the rating may charge. */
export async function isFoundAtFault(
  reader: Reader,
  cityCode: string,
  order: { project_no: string | null; concerned_staff: string | null; window_code: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM feedback.at_fault_complaint c
    WHERE c.city_code = ${cityCode} AND c.project_no = ${order.project_no}
      AND CASE c.subject_kind WHEN 'staff' THEN c.subject_code = ${order.concerned_staff}
        WHEN 'window' THEN c.subject_code = ${order.window_code} ELSE true END LIMIT 1`.execute(reader);
  return rows.length > 0;
}

/** The level of a second rating, where it was given. */
export async function findSecondLevel(
  reader: Reader,
  cityCode: string,
  { stepId, month }: { stepId: string; month: string },
): Promise<number | undefined> {
  const { rows } = await sql<{ satisfaction: number }>`
    SELECT r.satisfaction FROM feedback.second_answer r
    WHERE r.city_code = ${cityCode} AND r.service_month = ${month}::date AND r.step_id = ${stepId}::bigint
  `.execute(reader);
  return rows[0]?.satisfaction;
}
