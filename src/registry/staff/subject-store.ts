import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

/** Whom a finding or a complaint is about. */
export interface Subject {
  readonly kind: 'staff' | 'window' | 'department';
  /** Staff number, window code or the department's USCC. */
  readonly code: string;
}

export interface SubjectPlace extends Subject {
  readonly department_code: string;
  readonly region_code: string;
}

/** Department and region of those of the subjects that the register knows. */
export async function findSubjects(
  reader: Reader,
  cityCode: string,
  subjects: readonly Subject[],
): Promise<SubjectPlace[]> {
  const wanted = JSON.stringify(subjects);
  const { rows } = await sql<SubjectPlace>`
    WITH wanted AS (
      SELECT DISTINCT kind, code FROM jsonb_to_recordset(${wanted}::jsonb) AS w(kind text, code text)
    )
    SELECT w.kind, w.code, s.department_code, d.region_code FROM wanted w
      JOIN registry.v_staff s ON s.city_code = ${cityCode} AND s.staff_no = w.code
      JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
      WHERE w.kind = 'staff'
    UNION ALL SELECT w.kind, w.code, v.department_code, v.region_code FROM wanted w
      JOIN registry.v_window v ON v.city_code = ${cityCode} AND v.code = w.code
      WHERE w.kind = 'window'
    UNION ALL SELECT w.kind, w.code, d.code, d.region_code FROM wanted w
      JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = w.code
      WHERE w.kind = 'department'`.execute(reader);
  return rows;
}
