import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** A duty as it is stored. */
export interface StoredDuty {
  readonly department_code: string;
  /** '' for the department as a whole */
  readonly item_code: string;
  readonly from_date: string;
  readonly to_date: string | null;
  readonly clause: string;
  readonly authority: 'granted' | 'partly' | 'missing';
  readonly chief_staff_no: string | null;
}

const DUTY = sql`d.department_code, d.item_code, d.from_date, d.to_date, d.clause, d.authority,
  d.chief_staff_no`;

/** The duties of departments, whatever their days. */
export async function dutiesOf(
  reader: Reader,
  cityCode: string,
  departments: readonly string[],
): Promise<StoredDuty[]> {
  const { rows } = await sql<StoredDuty>`
    SELECT ${DUTY} FROM conduct.stationing_duty d
    WHERE d.city_code = ${cityCode} AND d.department_code = ANY(${[...departments]}::text[])`.execute(reader);
  return rows;
}

/** Adds duties, or changes what stands under the same department, item and first day. */
export async function upsertDuties(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredDuty[],
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await sql`
    INSERT INTO conduct.stationing_duty AS d (city_code, department_code, item_code, from_date, to_date,
      clause, authority, chief_staff_no, recorded_by, recorded_at)
    SELECT ${cityCode}, department_code, item_code, from_date, to_date, clause, authority, chief_staff_no,
      ${by}, ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(department_code text, item_code text,
      from_date date, to_date date, clause text, authority text, chief_staff_no text)
    ON CONFLICT (city_code, department_code, item_code, from_date) DO UPDATE SET to_date = excluded.to_date,
      clause = excluded.clause, authority = excluded.authority, chief_staff_no = excluded.chief_staff_no,
      recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`.execute(tx);
}

/** A duty in force with what the registers say about it. */
export interface ComparedDuty extends StoredDuty {
  readonly department_name: string;
  readonly region_code: string;
  readonly item_name: string | null;
  readonly chief_name: string | null;
  readonly stationed: boolean;
  readonly windows: number;
  readonly served: number;
  readonly outside: number;
  readonly chief: boolean;
}

/** Duties in force on a day within a scope, by department and item; services are counted from `since` on. */
export async function comparedDuties(
  reader: Reader,
  { cityCode, regionPrefix, departmentCode }: Scope,
  { on, since, department }: { on: string; since: string; department?: string | undefined },
): Promise<ComparedDuty[]> {
  const own = departmentCode ?? null;
  const { rows } = await sql<ComparedDuty>`
    WITH served AS (
      SELECT s.task_code, count(*) FILTER (WHERE s.window_code IS NOT NULL)::int AS inside,
        count(*) FILTER (WHERE s.window_code IS NULL AND s.pro_channel = 2)::int AS outside
      FROM intake.ratable_step s
      WHERE s.city_code = ${cityCode} AND s.service_month >= date_trunc('month', ${since}::date)::date
        AND s.service_month <= ${on}::date AND s.service_time >= ${since}::date
        AND s.service_time < ${on}::date + 1
      GROUP BY s.task_code
    ), posted AS (
      SELECT s.department_code, p.window_code, p.role FROM registry.v_posting p
      JOIN registry.v_staff s ON s.city_code = ${cityCode} AND s.staff_no = p.staff_no
      WHERE p.city_code = ${cityCode} AND p.from_date <= ${on}::date
        AND coalesce(p.to_date, ${on}::date) >= ${on}::date
    ), place AS (
      SELECT a.department_code, count(DISTINCT a.code)::int AS windows FROM (
        SELECT w.department_code, w.code FROM registry.v_window w WHERE w.city_code = ${cityCode}
        UNION ALL SELECT p.department_code, p.window_code FROM posted p) a
      GROUP BY a.department_code
    ), chief AS (
      SELECT DISTINCT w.department_code FROM posted p
      JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = p.window_code
      WHERE p.role = 'chief_representative'
      UNION SELECT p.department_code FROM posted p WHERE p.role = 'chief_representative'
    )
    SELECT ${DUTY}, o.name AS department_name, o.region_code, i.name AS item_name, c.name AS chief_name,
      coalesce(o.stationed, false) AS stationed, coalesce(place.windows, 0) AS windows,
      coalesce(served.inside, 0) AS served, coalesce(served.outside, 0) AS outside,
      chief.department_code IS NOT NULL AS chief
    FROM conduct.stationing_duty d
    JOIN registry.v_department o ON o.city_code = ${cityCode} AND o.code = d.department_code
    LEFT JOIN registry.v_item i ON i.city_code = ${cityCode} AND i.code = d.item_code
    LEFT JOIN registry.v_staff c ON c.city_code = ${cityCode} AND c.staff_no = d.chief_staff_no
    LEFT JOIN served ON served.task_code = d.item_code
    LEFT JOIN place ON place.department_code = d.department_code
    LEFT JOIN chief ON chief.department_code = d.department_code
    WHERE d.city_code = ${cityCode} AND d.from_date <= ${on}::date
      AND (d.to_date IS NULL OR d.to_date >= ${on}::date)
      AND starts_with(o.region_code, ${regionPrefix ?? ''})
      AND (${own}::text IS NULL OR o.code = ${own})
      AND (${department ?? null}::text IS NULL OR o.code = ${department ?? null})
    ORDER BY d.department_code, d.item_code, d.from_date`.execute(reader);
  return rows;
}

export interface RegionHall {
  readonly code: string;
  readonly name: string;
  readonly level: 'city' | 'county' | 'township';
  readonly hall: boolean;
}

/** Regions of the city within a scope, and whether a window stands in each. */
export async function regionHalls(
  reader: Reader,
  { cityCode, regionPrefix }: Pick<Scope, 'cityCode' | 'regionPrefix'>,
): Promise<RegionHall[]> {
  const { rows } = await sql<RegionHall>`
    SELECT r.code, r.name, r.level, EXISTS (SELECT FROM registry.v_window w
      WHERE w.city_code = ${cityCode} AND w.region_code = r.code) AS hall
    FROM registry.v_region r
    WHERE starts_with(r.code, ${cityCode.slice(0, 4)}) AND r.level IN ('city', 'county', 'township')
      AND starts_with(r.code, ${regionPrefix ?? ''})
    ORDER BY r.code`.execute(reader);
  return rows;
}
