import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

export async function shortCodeStored(reader: Reader, cityCode: string, stepId: string): Promise<string> {
  const { rows } = await sql<{ short_code: string }>`
    SELECT short_code FROM intake.case_step
    WHERE city_code = ${cityCode} AND step_id = ${stepId}::bigint`.execute(reader);
  return rows[0]?.short_code ?? '';
}

export interface ServedStep {
  step_id: string;
  project_no: string;
  service_name: string;
}

export async function lastServed(
  reader: Reader,
  cityCode: string,
  sought: { windowCode: string; staffNo: string; since: Date },
): Promise<ServedStep | undefined> {
  const { rows } = await sql<ServedStep>`
    SELECT step_id, project_no, service_name FROM intake.case_step
    WHERE city_code = ${cityCode} AND window_code = ${sought.windowCode}
      AND staff_no = ${sought.staffNo} AND service_time >= ${sought.since}
    ORDER BY service_time DESC, step_id DESC LIMIT 1`.execute(reader);
  return rows[0];
}
