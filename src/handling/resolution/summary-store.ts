import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { MatterRow } from './summary.ts';

/** The stuck matters received within a span, in the order in which they came. */
export async function findMatters(
  reader: Reader,
  scope: Scope,
  { from, until, now }: { from: Date; until: Date; now: Date },
): Promise<MatterRow[]> {
  const { cityCode } = scope;
  const department = scope.departmentCode ?? null;
  const { rows } = await sql<MatterRow>`
    SELECT v.number, v.category, v.exclusion, o.cause, o.window_code AS window,
      coalesce(o.owner_department, v.department_code) AS department, n.name AS department_name,
      (SELECT s.task_name FROM intake.ratable_step s
       WHERE s.city_code = v.city_code AND s.project_no = v.project_no ORDER BY s.service_number LIMIT 1)
        AS item,
      o.state IN ('closed', 'withdrawn') AS ended, o.state = 'withdrawn' AS withdrawn,
      coalesce(d.done_at < d.red_from, false) AND o.answered_at IS NOT NULL AS on_time,
      coalesce(o.state <> 'withdrawn' AND coalesce(d.done_at, ${now}::timestamptz) >= d.red_from
        AND d.paused_at IS NULL, false) AS overdue,
      coalesce(o.reopened, 0) > 0 AS reopened, coalesce(o.extended, 0) > 0 AS extended,
      (SELECT count(*)::int FROM handling.joint_meeting m
       WHERE m.city_code = o.city_code AND m.order_id = o.order_id) AS meetings,
      EXISTS (SELECT FROM handling.order_part p
        WHERE p.city_code = o.city_code AND p.order_id = o.order_id) AS joint,
      (SELECT e.note FROM handling.work_order_event e
       WHERE e.city_code = o.city_code AND e.order_id = o.order_id AND e.what = 'answered'
       ORDER BY e.event_no DESC LIMIT 1) AS done
    FROM feedback.v_stuck_matter v
    LEFT JOIN handling.work_order o ON o.city_code = v.city_code AND o.kind = 'stuck_matter'
      AND o.source_id = v.voice_id::text
    LEFT JOIN handling.duty d ON d.city_code = o.city_code AND d.matter_kind = 'work_order'
      AND d.matter_id = o.order_id::text AND d.step = 'answer'
    LEFT JOIN registry.v_department n ON n.city_code = v.city_code
      AND n.code = coalesce(o.owner_department, v.department_code)
    WHERE v.city_code = ${cityCode} AND v.received_at >= ${from} AND v.received_at < ${until}
      AND starts_with(v.region_code, ${scope.regionPrefix ?? ''})
      AND (${department}::text IS NULL OR coalesce(o.owner_department, v.department_code) = ${department})
    ORDER BY v.received_at, v.number`.execute(reader);
  return rows;
}
