import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

export interface Receipt {
  readonly fact_kind: string;
  readonly fact_id: string;
  readonly evidence: string | null;
  readonly satisfaction: number | null;
  readonly verdict: string | null;
  readonly service_number: number | null;
}

/** What stands behind entries: the evidence of findings and merits, the level and verdict of ratings. */
export async function findReceipts(
  reader: Reader,
  cityCode: string,
  ids: {
    finding: readonly string[];
    merit: readonly string[];
    complaint: readonly string[];
    rating: readonly string[];
    /** first days of the months of the ratings' services: other months needn't be looked into */
    months: readonly string[];
  },
): Promise<Receipt[]> {
  const { rows } = await sql<Receipt>`
    SELECT 'finding' AS fact_kind, finding_id AS fact_id, evidence, NULL::smallint AS satisfaction,
           NULL::text AS verdict, NULL::int AS service_number
    FROM conduct.confirmed_finding WHERE city_code = ${cityCode} AND finding_id =
      ANY(${[...ids.finding]}::text[])
    UNION ALL SELECT 'merit', merit_id, evidence, NULL, NULL, NULL
    FROM conduct.confirmed_merit WHERE city_code = ${cityCode} AND merit_id = ANY(${[...ids.merit]}::text[])
    UNION ALL SELECT 'complaint', complaint_id, channel, NULL, NULL, NULL
    FROM feedback.at_fault_complaint
    WHERE city_code = ${cityCode} AND complaint_id = ANY(${[...ids.complaint]}::text[])
    UNION ALL SELECT 'rating', step_id::text, NULL, satisfaction, verdict, service_number
    FROM feedback.scored_rating
    WHERE city_code = ${cityCode} AND service_month = ANY(${[...ids.months]}::date[])
      AND step_id = ANY(${[...ids.rating]}::bigint[])
  `.execute(reader);
  return rows;
}
