import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Identity, StaffView } from './contract.ts';

export interface StoredStaff {
  staff_no: string;
  name: string;
  identity: Identity;
  department_code: string;
}

/** Adds and changes staff; answers one flag for each row written. */
export async function upsertStaff(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredStaff[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.staff AS t (city_code, staff_no, name, identity, department_code)
    SELECT ${cityCode}, staff_no, name, identity, department_code
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(staff_no text, name text, identity text, department_code text)
    ON CONFLICT (city_code, staff_no) DO UPDATE
      SET name = excluded.name, identity = excluded.identity, department_code = excluded.department_code
      WHERE (t.name, t.identity, t.department_code) IS DISTINCT FROM
        (excluded.name, excluded.identity, excluded.department_code)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

export interface StaffPlace extends StoredStaff {
  /** Region of the department. */
  region_code: string;
}

export async function findStaff(
  reader: Reader,
  cityCode: string,
  numbers: readonly string[],
): Promise<StaffPlace[]> {
  const { rows } = await sql<StaffPlace>`
    SELECT s.staff_no, s.name, s.identity, s.department_code, d.region_code
    FROM registry.staff s
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
    WHERE s.city_code = ${cityCode} AND s.staff_no = ANY(${[...numbers]}::text[])`.execute(reader);
  return rows;
}

export interface StaffFilter {
  cityCode: string;
  prefix: string;
  departmentCode: string | null;
  /** Day whose postings are shown. */
  today: string;
  q?: string | undefined;
  department?: string | undefined;
  window?: string | undefined;
  identity?: string | undefined;
  /** The one person asked for. */
  staffNo?: string | undefined;
  after: string;
  limit: number;
}

/** Staff in reach: of a department there, or posted to a window there on the day. */
export async function listStaff(reader: Reader, filter: StaffFilter): Promise<StaffView[]> {
  const { cityCode, prefix, departmentCode, today, after, limit } = filter;
  const { q = '', department = null, window = null, identity = null, staffNo = null } = filter;
  const { rows } = await sql<StaffView>`
    WITH post AS (
      SELECT p.staff_no, jsonb_agg(jsonb_build_object('code', w.code, 'name', w.name, 'role', p.role)
          ORDER BY w.code, p.role) AS windows,
        bool_or(starts_with(w.region_code, ${prefix})
          AND (${departmentCode}::text IS NULL OR w.department_code = ${departmentCode})) AS in_reach,
        bool_or(w.code = ${window}) AS at_window
      FROM registry.posting p
      JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = p.window_code
      WHERE p.city_code = ${cityCode} AND p.from_date <= ${today}::date
        AND (p.to_date IS NULL OR p.to_date >= ${today}::date)
      GROUP BY p.staff_no
    )
    SELECT s.staff_no AS "staffNo", s.name, s.identity, s.department_code AS "departmentCode",
      d.name AS "departmentName", coalesce(post.windows, '[]'::jsonb) AS windows
    FROM registry.staff s
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
    LEFT JOIN post ON post.staff_no = s.staff_no
    WHERE s.city_code = ${cityCode} AND s.staff_no > ${after}
      AND (post.in_reach OR (starts_with(d.region_code, ${prefix})
        AND (${departmentCode}::text IS NULL OR s.department_code = ${departmentCode})))
      AND (strpos(s.name, ${q}) > 0 OR strpos(upper(s.staff_no), upper(${q})) > 0)
      AND (${department}::text IS NULL OR s.department_code = ${department})
      AND (${window}::text IS NULL OR post.at_window)
      AND (${identity}::text IS NULL OR s.identity = ${identity})
      AND (${staffNo}::text IS NULL OR s.staff_no = ${staffNo})
    ORDER BY s.staff_no LIMIT ${limit}`.execute(reader);
  return rows;
}
