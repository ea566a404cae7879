import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { DepartmentView } from './contract.ts';

export interface StoredDepartment {
  code: string;
  name: string;
  region_code: string;
  stationed: boolean;
}

/** Adds and changes departments; answers one flag for each row written. */
export async function upsertDepartments(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredDepartment[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.department AS t (city_code, code, name, region_code, stationed)
    SELECT ${cityCode}, code, name, region_code, stationed
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, region_code text, stationed boolean)
    ON CONFLICT (city_code, code) DO UPDATE
      SET name = excluded.name, region_code = excluded.region_code, stationed = excluded.stationed
      WHERE (t.name, t.region_code, t.stationed) IS DISTINCT FROM
        (excluded.name, excluded.region_code, excluded.stationed)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

export async function findDepartments(
  reader: Reader,
  cityCode: string,
  codes: readonly string[],
): Promise<StoredDepartment[]> {
  const { rows } = await sql<StoredDepartment>`
    SELECT code, name, region_code, stationed FROM registry.department
    WHERE city_code = ${cityCode} AND code = ANY(${[...codes]}::text[])`.execute(reader);
  return rows;
}

export async function countDepartments(reader: Reader, cityCode: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM registry.department WHERE city_code = ${cityCode}`.execute(reader);
  return rows[0]?.count ?? 0;
}

export interface DepartmentFilter {
  cityCode: string;
  prefix: string;
  departmentCode: string | null;
  q?: string | undefined;
  /** Digits of the region asked for, it and all below. */
  within: string;
  after: string;
  limit: number;
}

export async function listDepartments(reader: Reader, filter: DepartmentFilter): Promise<DepartmentView[]> {
  const { cityCode, prefix, departmentCode, q = '', within, after, limit } = filter;
  const { rows } = await sql<DepartmentView>`
    WITH page AS (
      SELECT d.city_code, d.code, d.name, d.region_code, d.stationed, r.name AS region_name
      FROM registry.department d JOIN registry.v_region r ON r.code = d.region_code
      WHERE d.city_code = ${cityCode} AND d.code > ${after} AND starts_with(d.region_code, ${prefix})
        AND (${departmentCode}::text IS NULL OR d.code = ${departmentCode})
        AND (strpos(d.name, ${q}) > 0 OR strpos(d.code, upper(${q})) > 0)
        AND starts_with(d.region_code, ${within})
      ORDER BY d.code LIMIT ${limit}
    ), w AS (
      SELECT department_code, count(*)::int AS n FROM registry.v_window
      WHERE city_code = ${cityCode} GROUP BY 1
    ), s AS (
      SELECT department_code, count(*)::int AS n FROM registry.v_staff
      WHERE city_code = ${cityCode} GROUP BY 1
    ), i AS (
      SELECT department_code, count(*)::int AS n FROM registry.v_item
      WHERE city_code = ${cityCode} GROUP BY 1
    )
    SELECT page.code, page.name, page.region_code AS "regionCode", page.region_name AS "regionName",
      page.stationed,
      coalesce(w.n, 0) AS windows, coalesce(s.n, 0) AS staff, coalesce(i.n, 0) AS items
    FROM page
    LEFT JOIN w ON w.department_code = page.code
    LEFT JOIN s ON s.department_code = page.code
    LEFT JOIN i ON i.department_code = page.code
    ORDER BY page.code`.execute(reader);
  return rows;
}
