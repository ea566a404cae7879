import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface CalledStep {
  readonly project_no: string;
  readonly service_number: number;
  readonly step_id: string;
  readonly service_month: string;
  readonly service_time: Date;
  readonly dept_code: string;
  readonly region_code: string;
  readonly staff_no: string | null;
  readonly staff_name: string | null;
}

export async function findCalledSteps(
  reader: Reader,
  cityCode: string,
  keys: readonly { projectNo: string; serviceNumber: number }[],
): Promise<CalledStep[]> {
  const { rows } = await sql<CalledStep>`
    SELECT s.project_no, s.service_number, s.step_id, s.service_month, s.service_time, s.dept_code,
      s.region_code, s.staff_no, p.name AS staff_name
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("projectNo" text, "serviceNumber" int)
    JOIN intake.ratable_step s ON s.city_code = ${cityCode} AND s.project_no = k."projectNo"
      AND s.service_number = k."serviceNumber"
    LEFT JOIN registry.v_staff p ON p.city_code = ${cityCode} AND p.staff_no = s.staff_no`.execute(reader);
  return rows;
}

export interface CallRow {
  readonly step_id: string;
  readonly called_at: string;
  readonly service_month: string;
  readonly outcome: string;
  readonly rated: boolean | null;
  readonly caller: string;
}

/** Calls that stand already, by step. */
export async function findCalls(
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
): Promise<(Omit<CallRow, 'called_at'> & { called_at: Date })[]> {
  const { rows } = await sql<Omit<CallRow, 'called_at'> & { called_at: Date }>`
    SELECT step_id, called_at, service_month, outcome, rated, caller FROM handling.call_answer
    WHERE city_code = ${cityCode} AND step_id = ANY(${[...stepIds]}::bigint[])`.execute(reader);
  return rows;
}

export async function insertCalls(
  tx: Tx,
  cityCode: string,
  { rows, by, at }: { rows: readonly CallRow[]; by: string; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO handling.call_answer (city_code, step_id, called_at, service_month, outcome, rated, caller,
      recorded_by, recorded_at)
    SELECT ${cityCode}, g.step_id, g.called_at, g.service_month, g.outcome, g.rated, g.caller, ${by},
      ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(step_id bigint, called_at timestamptz,
      service_month date, outcome text, rated boolean, caller text)
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
