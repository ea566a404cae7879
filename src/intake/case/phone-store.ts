import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import { type PageRow, pageColumns } from './store.ts';

/**
 * Steps of a window that can still be rated and were served to whoever has the phone, in a case whose number
 * ends so: in its last signs, or in its last digits. Asks the same whatever of it is wrong.
 */
export async function stepsByPhone(
  reader: Reader,
  cityCode: string,
  sought: { windowCode: string; tail: string; mobileHash: Buffer; now: Date; limit: number },
): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    SELECT ${pageColumns} FROM intake.applicant a
    JOIN intake.case_step s ON s.city_code = a.city_code AND s.step_id = a.step_id
    JOIN registry.v_window w ON w.city_code = s.city_code AND w.code = s.window_code
    WHERE a.city_code = ${cityCode} AND a.mobile_hash = ${sought.mobileHash}
      AND s.window_code = ${sought.windowCode} AND s.ratable_until > ${sought.now}
      AND (right(upper(s.project_no), 4) = ${sought.tail}
        OR right(regexp_replace(s.project_no, '[^0-9]', '', 'g'), 4) = ${sought.tail})
    ORDER BY s.service_time DESC, s.step_id DESC LIMIT ${sought.limit}`.execute(reader);
  return rows;
}
