import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { Found } from './found.ts';
import { evidence, place } from './found-store.ts';
import type { Span } from './gather-store.ts';

/**
 * Equal texts: at one window within a month, or anywhere within a day. Short ones are everybody's words.
 */
export async function sameTexts(
  tx: Tx,
  cityCode: string,
  span: Span,
  { times, shortest }: { times: number; shortest: number },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    WITH texts AS (
      SELECT l.*, m.text_mark, m.letters
      FROM feedback.v_text_mark m
      JOIN looked_at l ON l.service_month = m.service_month AND l.step_id = m.step_id
        AND l.assess_number = m.assess_number
      WHERE m.city_code = ${cityCode} AND m.service_month BETWEEN ${span.monthBefore}::date
        AND ${span.lastMonth}::date AND m.letters >= ${shortest}
    ), grouped AS (
      SELECT t.*, encode(text_mark, 'hex') || ' ' || window_code AS subject,
        to_char(service_month, 'YYYY-MM') AS period
      FROM texts t WHERE service_month >= ${span.firstMonth}::date AND window_code IS NOT NULL
      UNION ALL
      SELECT t.*, encode(text_mark, 'hex') AS subject, day::text AS period
      FROM texts t WHERE given_at >= ${span.from} AND given_at < ${span.to}
    )
    SELECT 'text' AS subject_kind, subject, period, ${place}, count(*)::int AS ratings,
      jsonb_build_object('ratings', count(*), 'letters', max(letters),
        'windows', count(DISTINCT window_code)) AS numbers, ${evidence}
    FROM grouped GROUP BY subject, period
    -- What one window's month tells isn't told again of the day.
    HAVING count(*) >= ${times}::int AND (period LIKE '____-__' OR count(DISTINCT window_code) <> 1)
    ORDER BY subject, period`.execute(tx);
  return rows;
}

/** Phones behind rated services at several windows on one day. */
export async function onePhone(
  tx: Tx,
  cityCode: string,
  span: Span,
  { windows }: { windows: number },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    WITH served AS (
      SELECT l.step_id, l.assess_number, l.window_code, p.mobile_hash,
        (l.service_time AT TIME ZONE 'Asia/Shanghai')::date AS served_on
      FROM intake.v_step_phone p
      JOIN looked_at l ON l.step_id = p.step_id AND l.service_month = p.service_month
      WHERE p.city_code = ${cityCode} AND l.window_code IS NOT NULL AND l.service_time >= ${span.from}
        AND l.service_time < ${span.to}
    ), often AS (
      -- Few phones come so often: only they are looked at window by window.
      SELECT mobile_hash, served_on FROM served GROUP BY 1, 2 HAVING count(*) >= ${windows}::int
    )
    SELECT 'phone' AS subject_kind, encode(s.mobile_hash, 'hex') AS subject, s.served_on::text AS period,
      ${place}, count(*)::int AS ratings,
      jsonb_build_object('ratings', count(*), 'windows', count(DISTINCT l.window_code)) AS numbers,
      ${evidence}
    FROM often o
    JOIN served s ON s.mobile_hash = o.mobile_hash AND s.served_on = o.served_on
    JOIN looked_at l USING (step_id, assess_number)
    GROUP BY s.mobile_hash, s.served_on HAVING count(DISTINCT l.window_code) >= ${windows}::int
    ORDER BY s.mobile_hash, s.served_on`.execute(tx);
  return rows;
}
