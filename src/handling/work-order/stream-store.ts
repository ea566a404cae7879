import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

export interface ChangedRow {
  readonly order_id: string;
  /** another one whenever something of the order has changed */
  readonly version: string;
  readonly region_code: string;
  /** whose list it stands on, or stood on until now */
  readonly departments: string[];
}

/** Orders that have changed since the instant. */
export async function findChanged(reader: Reader, cityCode: string, since: Date): Promise<ChangedRow[]> {
  const { rows } = await sql<ChangedRow>`
    SELECT o.order_id, o.region_code,
      concat_ws('/', o.changed_at, (SELECT max(e.event_no) FROM handling.work_order_event e
        WHERE e.city_code = ${cityCode} AND e.order_id = o.order_id)) AS version,
      array_remove(ARRAY(
        SELECT o.owner_department
        UNION SELECT p.department_code FROM handling.order_part p
        WHERE p.city_code = ${cityCode} AND p.order_id = o.order_id
        UNION SELECT coalesce(e.detail ->> 'from', e.detail ->> 'department')
        FROM handling.work_order_event e
        WHERE e.city_code = ${cityCode} AND e.order_id = o.order_id AND e.at >= ${since}
          AND e.what IN ('assigned', 'returned')), NULL) AS departments
    FROM handling.work_order o
    WHERE o.city_code = ${cityCode} AND o.changed_at >= ${since}`.execute(reader);
  return rows;
}
