import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';

export interface RateCount {
  /** '' for the whole, and where there is no such subject */
  readonly code: string;
  readonly valid: number;
  readonly answered: number;
  readonly called: number;
  readonly reached: number;
  readonly satisfied: number;
}

/**
 * Orders of bad ratings given within a span, counted by what became of them. Those whose rating was taken
 * out, and those that were withdrawn, are no valid bad ratings.
 */
export async function countRates(
  reader: Reader,
  scope: Scope,
  { from, to, by }: { from: Date; to: Date; by: 'city' | 'department' | 'window' },
): Promise<RateCount[]> {
  const { cityCode } = scope;
  const department = scope.departmentCode ?? null;
  const code = by === 'city' ? sql`''` : by === 'department' ? sql`o.owner_department` : sql`o.window_code`;
  const { rows } = await sql<RateCount>`
    WITH o AS MATERIALIZED (
      SELECT o.order_id, o.step_id, coalesce(${code}, '') AS code FROM handling.work_order o
      WHERE o.city_code = ${cityCode} AND o.kind = 'rectification' AND o.state <> 'withdrawn'
        AND o.opened_at >= ${from} AND o.opened_at < ${to}
        AND starts_with(o.region_code, ${scope.regionPrefix ?? ''})
        AND (${department}::text IS NULL OR o.owner_department = ${department})
        AND NOT EXISTS (SELECT FROM handling.exclusion x WHERE x.city_code = ${cityCode}
          AND x.step_id = o.step_id AND x.assess_number = 1 AND x.state = 'approved')
    ), told AS (
      SELECT e.order_id, bool_or(e.what = 'answered') AS answered,
        bool_or(e.what IN ('called_back', 'reopened')) AS called,
        (array_agg(e.detail ->> 'outcome' ORDER BY e.event_no DESC)
          FILTER (WHERE e.what IN ('called_back', 'reopened')))[1] AS outcome
      FROM o JOIN handling.work_order_event e ON e.city_code = ${cityCode} AND e.order_id = o.order_id
        AND e.what IN ('answered', 'called_back', 'reopened')
      GROUP BY e.order_id
    ), f AS (
      SELECT o.code, t.answered AND c.order_id IS NULL AS in_time, t.answered AND t.called AS called,
        CASE WHEN s.satisfaction IS NOT NULL THEN s.satisfaction >= 3
          WHEN t.outcome IN ('satisfied', 'dissatisfied') THEN t.outcome = 'satisfied' END AS satisfied
      FROM o LEFT JOIN told t ON t.order_id = o.order_id
      LEFT JOIN handling.order_charge c ON c.city_code = ${cityCode} AND c.order_id = o.order_id
        AND c.rule = 'rating.not_rectified'
      LEFT JOIN feedback.second_answer s ON s.city_code = ${cityCode} AND s.step_id = o.step_id
    )
    SELECT f.code, count(*)::int AS valid, (count(*) FILTER (WHERE in_time))::int AS answered,
      (count(*) FILTER (WHERE called))::int AS called,
      (count(*) FILTER (WHERE satisfied IS NOT NULL))::int AS reached,
      (count(*) FILTER (WHERE satisfied))::int AS satisfied
    FROM f GROUP BY f.code ORDER BY f.code`.execute(reader);
  return rows;
}
