import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface StepRow {
  step_no: number;
  name: string;
  department_code: string;
  department_name: string | null;
  two_person: boolean;
  state: 'waiting' | 'open' | 'passed' | 'rejected';
  assigned_to: string | null;
  assigned_name: string | null;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Date | null;
  opinion: string | null;
}

export async function insertSteps(
  tx: Tx,
  cityCode: string,
  projectNo: string,
  steps: readonly Pick<StepRow, 'step_no' | 'name' | 'department_code' | 'two_person'>[],
): Promise<void> {
  await sql`
    INSERT INTO intake.approval_step (city_code, project_no, step_no, name, department_code, two_person,
      state)
    SELECT ${cityCode}, ${projectNo}, step_no, name, department_code, two_person, 'waiting'
    FROM jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
      AS r(step_no int, name text, department_code text, two_person boolean)
    ON CONFLICT (city_code, project_no, step_no) DO NOTHING`.execute(tx);
}

export async function listSteps(reader: Reader, cityCode: string, projectNo: string): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`
    SELECT s.step_no, s.name, s.department_code, d.name AS department_name, s.two_person, s.state,
      s.assigned_to, p.name AS assigned_name, s.decided_by, s.decided_name, s.decided_at, s.opinion
    FROM intake.approval_step s
    LEFT JOIN registry.v_department d ON d.city_code = s.city_code AND d.code = s.department_code
    LEFT JOIN registry.v_staff p ON p.city_code = s.city_code AND p.staff_no = s.assigned_to
    WHERE s.city_code = ${cityCode} AND s.project_no = ${projectNo} ORDER BY s.step_no`.execute(reader);
  return rows;
}

/** A step as it stands after somebody acted; what was decided before is forgotten when it opens again. */
export async function saveStep(
  tx: Tx,
  cityCode: string,
  projectNo: string,
  step: Pick<StepRow, 'step_no' | 'state' | 'assigned_to' | 'decided_by' | 'decided_name' | 'opinion'> & {
    at: Date;
  },
): Promise<void> {
  const decided = step.decided_by === null ? null : step.at;
  await sql`
    UPDATE intake.approval_step SET state = ${step.state}, assigned_to = ${step.assigned_to},
      decided_by = ${step.decided_by}, decided_name = ${step.decided_name}, decided_at = ${decided},
      opinion = ${step.opinion},
      opened_at = CASE WHEN ${step.state} = 'open' THEN ${step.at}::timestamptz ELSE opened_at END
    WHERE city_code = ${cityCode} AND project_no = ${projectNo} AND step_no = ${step.step_no}`.execute(tx);
}

/** Open steps of a department's staff, and how many each of them has. */
export async function loads(
  reader: Reader,
  cityCode: string,
  departmentCode: string,
): Promise<{ staff_no: string; count: number }[]> {
  const { rows } = await sql<{ staff_no: string; count: number }>`
    SELECT p.staff_no, count(s.project_no)::int AS count FROM registry.v_staff p
    LEFT JOIN intake.approval_step s ON s.city_code = p.city_code AND s.assigned_to = p.staff_no
      AND s.department_code = ${departmentCode} AND s.state = 'open'
    WHERE p.city_code = ${cityCode} AND p.department_code = ${departmentCode}
    GROUP BY p.staff_no ORDER BY 2, 1`.execute(reader);
  return rows;
}

export interface OpenStepRow {
  project_no: string;
  step_no: number;
  name: string;
  steps: number;
  assigned_to: string | null;
  assigned_name: string | null;
}

/** What lies in a department's back office. */
export async function listOpen(
  reader: Reader,
  cityCode: string,
  departmentCode: string,
  limit: number,
): Promise<OpenStepRow[]> {
  const { rows } = await sql<OpenStepRow>`
    SELECT s.project_no, s.step_no, s.name, s.assigned_to, p.name AS assigned_name,
      (SELECT count(*)::int FROM intake.approval_step o
        WHERE o.city_code = ${cityCode} AND o.project_no = s.project_no) AS steps
    FROM intake.approval_step s
    LEFT JOIN registry.v_staff p ON p.city_code = s.city_code AND p.staff_no = s.assigned_to
    WHERE s.city_code = ${cityCode} AND s.department_code = ${departmentCode} AND s.state = 'open'
    ORDER BY s.opened_at, s.project_no LIMIT ${limit}`.execute(reader);
  return rows;
}

/** Whether the hall has a window that hands out results. */
export async function hasIssueWindow(reader: Reader, cityCode: string, hall: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM registry.v_window
    WHERE city_code = ${cityCode} AND kind = 'issue' AND left(region_code, 6) = ${hall} LIMIT 1`.execute(
    reader,
  );
  return rows.length > 0;
}
