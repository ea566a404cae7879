import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

/** A complaint as it is stored, without who entered it. */
export interface StoredComplaint {
  readonly complaint_id: string;
  readonly received_at: Date;
  readonly channel: string;
  readonly subject_kind: string;
  readonly subject_code: string;
  readonly project_no: string | null;
  readonly body: string;
  readonly outcome: string;
  readonly confirmed_by: string | null;
}

export interface SubjectPlace {
  readonly kind: string;
  readonly code: string;
  readonly department_code: string;
  readonly region_code: string;
}

/** Department and region of those of the subjects that the register knows. */
export async function placesOf(
  tx: Tx,
  cityCode: string,
  subjects: readonly { kind: string; code: string }[],
): Promise<SubjectPlace[]> {
  const wanted = JSON.stringify(subjects);
  const { rows } = await sql<SubjectPlace>`
    WITH wanted AS (SELECT DISTINCT kind, code FROM jsonb_to_recordset(${wanted}::jsonb) AS w(kind text,
      code text))
    SELECT w.kind, w.code, s.department_code, d.region_code FROM wanted w
      JOIN registry.v_staff s ON s.city_code = ${cityCode} AND s.staff_no = w.code
      JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
      WHERE w.kind = 'staff'
    UNION ALL SELECT w.kind, w.code, v.department_code, v.region_code FROM wanted w
      JOIN registry.v_window v ON v.city_code = ${cityCode} AND v.code = w.code WHERE w.kind = 'window'
    UNION ALL SELECT w.kind, w.code, d.code, d.region_code FROM wanted w
      JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = w.code WHERE w.kind =
        'department'
  `.execute(tx);
  return rows;
}

export async function findComplaints(
  tx: Tx,
  cityCode: string,
  ids: readonly string[],
): Promise<StoredComplaint[]> {
  const { rows } = await sql<StoredComplaint>`
    SELECT complaint_id, received_at, channel, subject_kind, subject_code, project_no, body, outcome,
      confirmed_by
    FROM feedback.complaint WHERE city_code = ${cityCode} AND complaint_id =
      ANY(${[...ids]}::text[])`.execute(tx);
  return rows;
}

export async function insertComplaints(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredComplaint[],
  at: { now: Date; source: string; by: string },
): Promise<void> {
  await sql`
    INSERT INTO feedback.complaint (city_code, complaint_id, received_at, channel, subject_kind, subject_code,
      project_no, body, outcome, confirmed_by, source, recorded_by, recorded_at, decided_at)
    SELECT ${cityCode}, complaint_id, received_at, channel, subject_kind, subject_code, project_no, body,
      outcome,
           confirmed_by, ${at.source}, ${at.by}, ${at.now}::timestamptz,
           CASE WHEN outcome <> 'open' THEN ${at.now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(complaint_id text, received_at timestamptz,
      channel text, subject_kind text, subject_code text, project_no text, body text, outcome text,
      confirmed_by text)`.execute(tx);
}

/** Enters the outcome of complaints that were open, or who confirmed it. */
export async function decideComplaints(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredComplaint[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE feedback.complaint c SET outcome = r.outcome, confirmed_by = r.confirmed_by,
      decided_at = coalesce(c.decided_at, CASE WHEN r.outcome <> 'open' THEN ${now}::timestamptz END)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(complaint_id text, outcome text,
      confirmed_by text)
    WHERE c.city_code = ${cityCode} AND c.complaint_id = r.complaint_id AND c.confirmed_by IS NULL`.execute(
    tx,
  );
}
