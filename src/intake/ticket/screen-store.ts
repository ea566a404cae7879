import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { VisitRow } from './contract.ts';

export interface CalledRow {
  ticket_no: string;
  window_code: string;
  window_name: string | null;
  called_at: Date;
}

/** Who is called in a hall, the last call first. */
export async function listCalled(
  reader: Reader,
  cityCode: string,
  at: { day: string; hall: string; limit: number },
): Promise<CalledRow[]> {
  const { rows } = await sql<CalledRow>`
    SELECT t.ticket_no, t.window_code, w.name AS window_name,
      coalesce(t.called_again_at, t.called_at) AS called_at
    FROM intake.ticket t
    LEFT JOIN registry.v_window w ON w.city_code = t.city_code AND w.code = t.window_code
    WHERE t.city_code = ${cityCode} AND t.day = ${at.day}::date AND left(t.region_code, 6) = ${at.hall}
      AND t.state = 'called'
    ORDER BY 4 DESC, t.ticket_no LIMIT ${at.limit}`.execute(reader);
  return rows;
}

/** How many wait in each group of a hall. */
export async function countWaiting(
  reader: Reader,
  cityCode: string,
  at: { day: string; hall: string },
): Promise<{ name: string; count: number }[]> {
  const { rows } = await sql<{ name: string; count: number }>`
    SELECT g.name, count(t.ticket_id)::int AS count FROM intake.ticket_group g
    LEFT JOIN intake.ticket t ON t.city_code = g.city_code AND t.group_code = g.code
      AND t.day = ${at.day}::date AND t.state = 'waiting'
    WHERE g.city_code = ${cityCode} AND left(g.region_code, 6) = ${at.hall}
    GROUP BY g.code, g.name ORDER BY g.code`.execute(reader);
  return rows;
}

/** Visits by window and hour of a day, by when they were called, with how long they had waited. */
export async function listVisits(
  reader: Reader,
  cityCode: string,
  of: { day: string; prefix: string; departmentCode: string | null },
): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    SELECT t.window_code AS "windowCode", w.name AS "windowName",
      extract(hour FROM t.called_at AT TIME ZONE 'Asia/Shanghai')::int AS hour, count(*)::int AS visits,
      round(avg(extract(epoch FROM t.called_at - t.drawn_at)))::int AS "waitedSeconds"
    FROM intake.ticket t
    LEFT JOIN registry.v_window w ON w.city_code = t.city_code AND w.code = t.window_code
    WHERE t.city_code = ${cityCode} AND t.day = ${of.day}::date AND t.state IN ('called', 'finished')
      AND starts_with(t.region_code, ${of.prefix})
      AND (${of.departmentCode}::text IS NULL OR w.department_code = ${of.departmentCode})
    GROUP BY 1, 2, 3 ORDER BY 1, 3`.execute(reader);
  return rows;
}
