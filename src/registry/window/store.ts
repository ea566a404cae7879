import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { WindowKind, WindowView } from './contract.ts';

export interface StoredWindow {
  code: string;
  name: string;
  department_code: string;
  region_code: string;
  kind: WindowKind;
  floor: string | null;
  hours: string | null;
}

/** Adds and changes windows; answers one flag for each row written. */
export async function upsertWindows(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredWindow[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.service_window AS t
      (city_code, code, name, department_code, region_code, kind, floor, hours)
    SELECT ${cityCode}, code, name, department_code, region_code, kind, floor, hours
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, department_code text, region_code text, kind text, floor text, hours text)
    ON CONFLICT (city_code, code) DO UPDATE
      SET name = excluded.name, department_code = excluded.department_code,
        region_code = excluded.region_code, kind = excluded.kind, floor = excluded.floor,
        hours = excluded.hours
      WHERE (t.name, t.department_code, t.region_code, t.kind, t.floor, t.hours) IS DISTINCT FROM
        (excluded.name, excluded.department_code, excluded.region_code,
          excluded.kind, excluded.floor, excluded.hours)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

export async function findWindows(
  reader: Reader,
  cityCode: string,
  codes: readonly string[],
): Promise<StoredWindow[]> {
  const { rows } = await sql<StoredWindow>`
    SELECT code, name, department_code, region_code, kind, floor, hours FROM registry.service_window
    WHERE city_code = ${cityCode} AND code = ANY(${[...codes]}::text[])`.execute(reader);
  return rows;
}

export interface WindowFilter {
  cityCode: string;
  prefix: string;
  departmentCode: string | null;
  q?: string | undefined;
  department?: string | undefined;
  /** Digits of the region asked for, it and all below. */
  within: string;
  kind?: string | undefined;
  after: string;
  limit: number;
}

export async function listWindows(reader: Reader, filter: WindowFilter): Promise<WindowView[]> {
  const { cityCode, prefix, departmentCode, within, after, limit } = filter;
  const { q = '', department = null, kind = null } = filter;
  const { rows } = await sql<WindowView>`
    SELECT w.code, w.name, w.department_code AS "departmentCode", d.name AS "departmentName",
      w.region_code AS "regionCode", r.name AS "regionName", w.kind, w.floor, w.hours
    FROM registry.service_window w
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = w.department_code
    JOIN registry.v_region r ON r.code = w.region_code
    WHERE w.city_code = ${cityCode} AND w.code > ${after} AND starts_with(w.region_code, ${prefix})
      AND (${departmentCode}::text IS NULL OR w.department_code = ${departmentCode})
      AND (strpos(w.name, ${q}) > 0 OR strpos(upper(w.code), upper(${q})) > 0)
      AND (${department}::text IS NULL OR w.department_code = ${department})
      AND starts_with(w.region_code, ${within})
      AND (${kind}::text IS NULL OR w.kind = ${kind})
    ORDER BY w.code LIMIT ${limit}`.execute(reader);
  return rows;
}
