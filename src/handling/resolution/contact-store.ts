import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

export interface RatedStep {
  readonly project_no: string;
  readonly service_number: number;
  readonly task_name: string;
  readonly staff_no: string | null;
  readonly window_code: string | null;
  readonly dept_code: string;
}

/** The step that was rated. */
export async function findRatedStep(
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<RatedStep | undefined> {
  const { rows } = await sql<RatedStep>`
    SELECT project_no, service_number, task_name, staff_no, window_code, dept_code FROM intake.ratable_step
    WHERE city_code = ${cityCode} AND step_id = ${stepId}::bigint`.execute(reader);
  return rows[0];
}
