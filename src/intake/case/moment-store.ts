import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

export async function shortCodeStored(reader: Reader, cityCode: string, stepId: string): Promise<string> {
  const { rows } = await sql<{ short_code: string }>`
    SELECT short_code FROM intake.case_step
    WHERE city_code = ${cityCode} AND step_id = ${stepId}::bigint`.execute(reader);
  return rows[0]?.short_code ?? '';
}
