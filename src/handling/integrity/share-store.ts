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
    WITH placed AS (
      SELECT l.*, ${at} AS side FROM looked_at l WHERE ${ofMonths(span)}
    ), counted AS (
      SELECT k.kind, k.code, p.service_month, count(*) FILTER (WHERE side = 'hall') AS hall,
        count(*) FILTER (WHERE side = 'hall' AND satisfaction >= 3) AS hall_good,
        count(*) FILTER (WHERE side = 'phone') AS phone,
        count(*) FILTER (WHERE side = 'phone' AND satisfaction >= 3) AS phone_good
      FROM placed p
      CROSS JOIN LATERAL (VALUES ('staff', p.staff_no), ('window', p.window_code)) AS k(kind, code)
      WHERE p.side IS NOT NULL AND k.code IS NOT NULL
      GROUP BY 1, 2, 3
      HAVING count(*) FILTER (WHERE side = 'hall') >= ${limits.ratings}::int
        AND count(*) FILTER (WHERE side = 'phone') >= ${limits.ratings}::int
    ), apart AS (
      SELECT *, ${twoProportions('hall_good', 'hall', 'phone_good', 'phone')} AS z FROM counted
    )
    SELECT a.kind AS subject_kind, a.code AS subject, to_char(a.service_month, 'YYYY-MM') AS period,
      ${place}, count(*)::int AS ratings,
      jsonb_build_object('hall', max(a.hall), 'hall_good', max(a.hall_good), 'phone', max(a.phone),
        'phone_good', max(a.phone_good), 'z', round(max(a.z)::numeric, 2)::text) AS numbers, ${evidence}
    FROM apart a
    JOIN placed p ON p.service_month = a.service_month
      AND p.side = CASE WHEN a.z > 0 THEN 'hall' ELSE 'phone' END
      AND CASE a.kind WHEN 'staff' THEN p.staff_no ELSE p.window_code END = a.code
    WHERE abs(a.z) * 100 > ${limits.z}::int
    GROUP BY a.kind, a.code, a.service_month ORDER BY a.kind, a.code, a.service_month`.execute(tx);
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
      SELECT CASE WHEN s.staff_no IS NULL THEN 'window' ELSE 'staff' END AS kind,
        coalesce(s.staff_no, s.window_code) AS code, s.service_time >= ${limits.lastDays} AS late, s.step_id
      FROM intake.ratable_step s
      WHERE s.city_code = ${cityCode} AND s.service_month = ${limits.month}::date
    ), counted AS (
      SELECT kind, code, count(*) FILTER (WHERE late) AS last_ratable,
        count(l.step_id) FILTER (WHERE late) AS last_rated, count(*) FILTER (WHERE NOT late) AS ratable,
        count(l.step_id) FILTER (WHERE NOT late) AS rated
      FROM services s LEFT JOIN looked_at l ON l.step_id = s.step_id AND l.assess_number = 1
      WHERE code IS NOT NULL GROUP BY kind, code
      HAVING count(l.step_id) FILTER (WHERE late) >= ${limits.ratings}::int
        AND count(*) FILTER (WHERE NOT late) > 0
    ), jumped AS (
      SELECT *, ${twoProportions('last_rated', 'last_ratable', 'rated', 'ratable')} AS z,
        (last_rated::float8 / last_ratable) / nullif(rated::float8 / ratable, 0) AS times FROM counted
    )
    SELECT j.kind AS subject_kind, j.code AS subject, to_char(${limits.month}::date, 'YYYY-MM') AS period,
      ${place}, count(*)::int AS ratings,
      jsonb_build_object('last_rated', max(j.last_rated), 'last_ratable', max(j.last_ratable),
        'rated', max(j.rated), 'ratable', max(j.ratable), 'z', round(max(j.z)::numeric, 2)::text,
        'times', coalesce(round(max(j.times)::numeric, 2)::text, '—')) AS numbers, ${evidence}
    FROM jumped j
    JOIN looked_at l ON l.service_month = ${limits.month}::date AND l.service_time >= ${limits.lastDays}
      AND CASE j.kind WHEN 'staff' THEN l.staff_no ELSE l.window_code END = j.code
    WHERE j.z * 100 > ${limits.z}::int AND coalesce(j.times * 100 >= ${limits.times}::int, true)
    GROUP BY j.kind, j.code ORDER BY j.kind, j.code`.execute(tx);
  return rows;
}
