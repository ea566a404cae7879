import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { Found } from './found.ts';
import { evidence, place } from './found-store.ts';
import type { Span } from './gather-store.ts';

/** First ratings of the months looked at, by the month of their service as all figures are. */
function ofMonths(span: Span): RawBuilder<unknown> {
  return sql`l.assess_number = 1 AND l.service_month >= ${span.firstMonth}::date`;
}

/** z of two proportions a/n and b/m by their pooled share; NULL where nothing differs. */
function twoProportions(a: string, n: string, b: string, m: string): RawBuilder<unknown> {
  const [a1, n1, b1, m1] = [a, n, b, m].map((name) => sql`${sql.ref(name)}::float8`);
  const pooled = sql`((${a1} + ${b1}) / (${n1} + ${m1}))`;
  return sql`((${a1} / ${n1} - ${b1} / ${m1})
    / nullif(sqrt(${pooled} * (1 - ${pooled}) * (1 / ${n1} + 1 / ${m1})), 0))`;
}

/** Clerks with many ratings, nearly all good, whose tags hardly differ (entropy in bits; no tag is one). */
export async function uniformClerks(
  tx: Tx,
  span: Span,
  limits: { ratings: number; good_percent: number; entropy_bits: number },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    WITH clerks AS (
      SELECT l.staff_no, l.service_month, count(*)::int AS ratings,
        (count(*) FILTER (WHERE l.satisfaction >= 3))::int AS good
      FROM looked_at l WHERE ${ofMonths(span)} AND l.staff_no IS NOT NULL
      GROUP BY 1, 2
      HAVING count(*) >= ${limits.ratings}::int
        AND count(*) FILTER (WHERE l.satisfaction >= 3) * 10000 >= count(*) * ${limits.good_percent}::int
    ), choices AS (
      SELECT c.staff_no, c.service_month, coalesce(t.tag, 0) AS tag, count(*)::float8 AS chosen
      FROM clerks c
      JOIN looked_at l ON l.staff_no = c.staff_no AND l.service_month = c.service_month
        AND l.assess_number = 1
      LEFT JOIN LATERAL unnest(l.tags) AS t(tag) ON true
      GROUP BY 1, 2, 3
    ), spread AS (
      SELECT staff_no, service_month, max(chosen)::int AS top, -sum(share * ln(share) / ln(2)) AS entropy
      FROM (SELECT *, chosen / sum(chosen) OVER (PARTITION BY staff_no, service_month) AS share
        FROM choices) s
      GROUP BY 1, 2
    )
    SELECT 'staff' AS subject_kind, l.staff_no AS subject, to_char(l.service_month, 'YYYY-MM') AS period,
      ${place}, count(*)::int AS ratings,
      jsonb_build_object('ratings', count(*), 'good', max(c.good), 'top', max(s.top),
        'entropy', round(abs(max(s.entropy))::numeric, 2)::text) AS numbers, ${evidence}
    FROM clerks c JOIN spread s USING (staff_no, service_month)
    JOIN looked_at l ON l.staff_no = c.staff_no AND l.service_month = c.service_month AND l.assess_number = 1
    WHERE s.entropy * 100 <= ${limits.entropy_bits}::int
    GROUP BY l.staff_no, l.service_month ORDER BY l.staff_no, l.service_month`.execute(tx);
  return rows;
}

/** Clerks and windows whose good rate on devices of the hall and on phones lies apart. */
export async function channelGaps(
  tx: Tx,
  span: Span,
  limits: { z: number; ratings: number; hall: readonly number[]; phone: readonly number[] },
): Promise<Found[]> {
  const at = sql`CASE
    WHEN l.source IN ('tablet', 'button') OR l.channel = ANY(${[...limits.hall]}::smallint[]) THEN 'hall'
    WHEN l.channel = ANY(${[...limits.phone]}::smallint[]) THEN 'phone' END`;
  const { rows } = await sql<Found>`
    WITH narrow AS (
      SELECT staff_no, window_code, service_month, count(*) FILTER (WHERE side = 'hall') AS hall,
        count(*) FILTER (WHERE side = 'hall' AND good) AS hall_good,
        count(*) FILTER (WHERE side = 'phone') AS phone,
        count(*) FILTER (WHERE side = 'phone' AND good) AS phone_good
      FROM (SELECT l.staff_no, l.window_code, l.service_month, l.satisfaction >= 3 AS good, ${at} AS side
        FROM looked_at l WHERE ${ofMonths(span)}) s
      WHERE side IS NOT NULL GROUP BY 1, 2, 3
    ), counted AS (
      SELECT k.kind, k.code, n.service_month, sum(hall) AS hall, sum(hall_good) AS hall_good,
        sum(phone) AS phone, sum(phone_good) AS phone_good
      FROM narrow n
      CROSS JOIN LATERAL (VALUES ('staff', n.staff_no), ('window', n.window_code)) AS k(kind, code)
      WHERE k.code IS NOT NULL GROUP BY 1, 2, 3
      HAVING sum(hall) >= ${limits.ratings}::int AND sum(phone) >= ${limits.ratings}::int
    ), apart AS (
      SELECT * FROM (SELECT *, ${twoProportions('hall_good', 'hall', 'phone_good', 'phone')} AS z
        FROM counted) z
      WHERE abs(z) * 100 > ${limits.z}::int
    ), theirs AS (
      SELECT a.kind, a.code, a.hall, a.hall_good, a.phone, a.phone_good, a.z, l.* FROM apart a
      JOIN looked_at l ON a.kind = 'staff' AND l.staff_no = a.code AND l.service_month = a.service_month
      UNION ALL
      SELECT a.kind, a.code, a.hall, a.hall_good, a.phone, a.phone_good, a.z, l.* FROM apart a
      JOIN looked_at l ON a.kind = 'window' AND l.window_code = a.code AND l.service_month = a.service_month
    )
    SELECT kind AS subject_kind, code AS subject, to_char(service_month, 'YYYY-MM') AS period, ${place},
      count(*)::int AS ratings,
      jsonb_build_object('hall', max(hall), 'hall_good', max(hall_good), 'phone', max(phone),
        'phone_good', max(phone_good), 'z', round(max(z)::numeric, 2)::text) AS numbers, ${evidence}
    FROM theirs l WHERE l.assess_number = 1 AND ${at} = CASE WHEN z > 0 THEN 'hall' ELSE 'phone' END
    GROUP BY kind, code, service_month ORDER BY kind, code, service_month`.execute(tx);
  return rows;
}

/** Clerks, else windows, whose rating rate jumps in the last days of a month that is over. */
export async function monthEndJumps(
  tx: Tx,
  cityCode: string,
  limits: { month: string; lastDays: Date; days: number; z: number; times: number; ratings: number },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    WITH services AS (
      SELECT s.staff_no IS NULL AS by_window, coalesce(s.staff_no, s.window_code) AS code,
        count(*) FILTER (WHERE s.service_time >= ${limits.lastDays}) AS last_ratable,
        count(*) FILTER (WHERE s.service_time < ${limits.lastDays}) AS ratable
      FROM intake.ratable_step s
      WHERE s.city_code = ${cityCode} AND s.service_month = ${limits.month}::date GROUP BY 1, 2
    ), answers AS (
      SELECT staff_no IS NULL AS by_window, coalesce(staff_no, window_code) AS code,
        count(*) FILTER (WHERE service_time >= ${limits.lastDays}) AS last_rated,
        count(*) FILTER (WHERE service_time < ${limits.lastDays}) AS rated
      FROM looked_at WHERE service_month = ${limits.month}::date AND assess_number = 1 GROUP BY 1, 2
      HAVING count(*) FILTER (WHERE service_time >= ${limits.lastDays}) >= ${limits.ratings}::int
    ), counted AS (
      SELECT * FROM services JOIN answers USING (by_window, code) WHERE ratable > 0
    ), jumped AS (
      SELECT *, ${twoProportions('last_rated', 'last_ratable', 'rated', 'ratable')} AS z,
        (last_rated::float8 / last_ratable) / nullif(rated::float8 / ratable, 0) AS times FROM counted
    )
    SELECT CASE WHEN j.by_window THEN 'window' ELSE 'staff' END AS subject_kind, j.code AS subject,
      to_char(${limits.month}::date, 'YYYY-MM') AS period, ${place}, count(*)::int AS ratings,
      jsonb_build_object('last_rated', max(j.last_rated), 'last_ratable', max(j.last_ratable),
        'rated', max(j.rated), 'ratable', max(j.ratable), 'z', round(max(j.z)::numeric, 2)::text,
        'times', coalesce(round(max(j.times)::numeric, 2)::text, '—')) AS numbers, ${evidence}
    FROM jumped j
    JOIN looked_at l ON coalesce(l.staff_no, l.window_code) = j.code
      AND (l.staff_no IS NULL) = j.by_window
    WHERE l.service_month = ${limits.month}::date AND l.service_time >= ${limits.lastDays}
      AND l.assess_number = 1 AND j.z * 100 > ${limits.z}::int
      AND coalesce(j.times * 100 >= ${limits.times}::int, true)
    GROUP BY j.by_window, j.code ORDER BY j.by_window, j.code`.execute(tx);
  return rows;
}
