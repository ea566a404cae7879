import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { Found } from './found.ts';
import { evidence, place } from './found-store.ts';
import type { Span } from './gather-store.ts';

function recorded(span: Span): RawBuilder<unknown> {
  return sql`l.given_at >= ${span.from} AND l.given_at < ${span.to}`;
}

/** By whom or at which window, a day each: who served, else where. */
const SERVED = sql`CASE WHEN l.staff_no IS NULL THEN 'window' ELSE 'staff' END AS subject_kind,
  coalesce(l.staff_no, l.window_code) AS subject`;

/** Ratings given before the service took place, beyond what clocks of other systems run ahead. */
export async function beforeService(tx: Tx, span: Span, { minutes }: { minutes: number }): Promise<Found[]> {
  const early = sql`
    SELECT l.*, ${SERVED}
    FROM looked_at l
    WHERE ${recorded(span)} AND l.assessed_at < l.service_time - make_interval(mins => ${minutes}::int)`;
  const figures = sql`'earliest', ceil(max(extract(epoch FROM service_time - assessed_at)) / 60)::int`;
  return await byDay(tx, early, figures);
}

/**
 * Ratings on devices of the hall while the window was closed. A phone may be used at home at any hour. What
 * a tablet has kept without a line counts by its own clock, if that lies within the hours.
 */
export async function outsideHours(
  tx: Tx,
  cityCode: string,
  span: Span,
  { minutes, channels }: { minutes: number; channels: readonly number[] },
): Promise<Found[]> {
  const closed = (at: string): RawBuilder<unknown> => sql`
    ((l.${sql.ref(at)} AT TIME ZONE 'Asia/Shanghai')::time
        NOT BETWEEN greatest(w.opens::time - make_interval(mins => ${minutes}::int), time '00:00')
        AND CASE WHEN w.closes::time > time '24:00' - make_interval(mins => ${minutes}::int) THEN time '24:00'
          ELSE w.closes::time + make_interval(mins => ${minutes}::int) END)`;
  const outside = sql`
    SELECT l.*, ${SERVED}
    FROM looked_at l
    JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = l.window_code AND w.hours IS NOT NULL
    WHERE ${recorded(span)} AND (l.channel = ANY(${[...channels]}::smallint[])
        OR l.source IN ('tablet', 'button'))
      AND ${closed('assessed_at')} AND (l.device_at IS NULL OR ${closed('device_at')})`;
  return await byDay(tx, outside, sql`'day', max(day)::text`);
}

/**
 * Ratings that came sooner after the tablet had shown the invitation than anybody could read it: by the
 * device's steady clock, else by when it was shown and when it came in.
 */
export async function tabletHaste(
  tx: Tx,
  cityCode: string,
  span: Span,
  { seconds }: { seconds: number },
): Promise<Found[]> {
  const hasty = sql`
    SELECT l.*, ${SERVED}, i.took
    FROM looked_at l
    JOIN (SELECT step_id AS shown_for, shown_at,
        coalesce(answered_ms, extract(epoch FROM answered_at - shown_at) * 1000)::int AS took
      FROM intake.v_window_invitation
      WHERE city_code = ${cityCode} AND shown_at IS NOT NULL AND answered_at >= ${span.from}
        AND answered_at < ${span.to}) i ON i.shown_for = l.step_id
    WHERE ${recorded(span)} AND l.source = 'tablet' AND i.took BETWEEN 0 AND ${seconds * 1000 - 1}::int`;
  return await byDay(tx, hasty, sql`'fastest', round(min(took) / 1000.0, 1)::text`);
}

async function byDay(tx: Tx, chosen: RawBuilder<unknown>, figures: RawBuilder<unknown>): Promise<Found[]> {
  const { rows } = await sql<Found>`
    SELECT subject_kind, subject, day::text AS period, ${place}, count(*)::int AS ratings,
      jsonb_build_object('ratings', count(*), 'good', count(*) FILTER (WHERE satisfaction >= 3), ${figures})
        AS numbers, ${evidence}
    FROM (${chosen}) c WHERE subject IS NOT NULL
    GROUP BY subject_kind, subject, day ORDER BY subject_kind, subject, day`.execute(tx);
  return rows;
}

/** People who were called back and say that they never rated. */
export async function deniedByCall(tx: Tx, cityCode: string, span: Span): Promise<Found[]> {
  const { rows } = await sql<Found>`
    SELECT 'rating' AS subject_kind, l.step_id || '/' || l.assess_number AS subject,
      l.step_id || '/' || l.assess_number AS period, ${place}, 1 AS ratings,
      jsonb_build_object('level', min(l.satisfaction),
        'called', to_char(min(c.called_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')) AS numbers,
      ${evidence}
    FROM looked_at l
    JOIN (SELECT step_id AS called, called_at FROM handling.call_answer
      WHERE city_code = ${cityCode} AND rated = false) c ON c.called = l.step_id
    WHERE l.assess_number = 1 AND l.service_month >= ${span.firstMonth}::date
    GROUP BY l.step_id, l.assess_number ORDER BY l.step_id`.execute(tx);
  return rows;
}
