import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Posted } from './plan.ts';

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Postings that reach into the days; of the staff named, or of everybody. */
export async function findPosts(
  reader: Reader,
  cityCode: string,
  { from, to, staff }: Days & { staff: readonly string[] | null },
): Promise<Posted[]> {
  const { rows } = await sql<Posted>`
    SELECT p.staff_no, s.department_code, p.window_code, w.department_code AS window_department,
      w.region_code, p.role, p.from_date, p.to_date
    FROM registry.v_posting p
    JOIN registry.v_staff s ON s.city_code = ${cityCode} AND s.staff_no = p.staff_no
    JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = p.window_code
    WHERE p.city_code = ${cityCode} AND p.from_date <= ${to}::date
      AND (p.to_date IS NULL OR p.to_date >= ${from}::date)
      AND (${staff}::text[] IS NULL OR p.staff_no = ANY(${staff}::text[]))
    ORDER BY p.staff_no, p.window_code, p.from_date`.execute(reader);
  return rows;
}

export interface PunchRow {
  readonly staff_no: string;
  readonly day: string;
  readonly minutes: number[];
}

/** The punches of the days, a row for each person and day. */
export async function findPunches(
  reader: Reader,
  cityCode: string,
  { from, to, staff }: Days & { staff: readonly string[] | null },
): Promise<PunchRow[]> {
  const { rows } = await sql<PunchRow>`
    SELECT staff_no, day, array_agg(minute::int ORDER BY minute) AS minutes FROM conduct.punch
    WHERE city_code = ${cityCode} AND day BETWEEN ${from}::date AND ${to}::date
      AND (${staff}::text[] IS NULL OR staff_no = ANY(${staff}::text[]))
    GROUP BY staff_no, day`.execute(reader);
  return rows;
}

export interface CoverageRow {
  readonly day: string;
  readonly source_id: string;
  readonly loaded_by: string;
  readonly loaded_staff: string | null;
}

/** For which days each machine has told anything at all, and who brought the last of it. */
export async function findCoverage(
  reader: Reader,
  cityCode: string,
  { from, to }: Days,
): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    SELECT DISTINCT ON (p.day, l.source_id) p.day, l.source_id, l.loaded_by, l.loaded_staff
    FROM conduct.punch p
    JOIN conduct.clock_load l ON l.city_code = ${cityCode} AND l.load_id = p.load_id
    WHERE p.city_code = ${cityCode} AND p.day BETWEEN ${from}::date AND ${to}::date
    ORDER BY p.day, l.source_id, l.loaded_at DESC`.execute(reader);
  return rows;
}

/** At which machines the staff have clocked in within the days. */
export async function findHabits(
  reader: Reader,
  cityCode: string,
  { from, to, staff }: Days & { staff: readonly string[] | null },
): Promise<{ staff_no: string; source_id: string }[]> {
  const { rows } = await sql<{ staff_no: string; source_id: string }>`
    SELECT DISTINCT p.staff_no, l.source_id FROM conduct.punch p
    JOIN conduct.clock_load l ON l.city_code = ${cityCode} AND l.load_id = p.load_id
    WHERE p.city_code = ${cityCode} AND p.day BETWEEN ${from}::date AND ${to}::date
      AND (${staff}::text[] IS NULL OR p.staff_no = ANY(${staff}::text[]))
    ORDER BY p.staff_no, l.source_id`.execute(reader);
  return rows;
}

export interface RosterQuery {
  readonly q?: string | undefined;
  readonly department?: string | undefined;
  readonly window?: string | undefined;
  /** the one person, whatever the scope */
  readonly staffNo?: string | undefined;
  readonly after: string;
  readonly limit: number;
}

export interface RosterPerson {
  readonly staff_no: string;
  readonly name: string;
  readonly department_name: string;
}

/** Staff of the scope who are posted somewhere in the days, by number. */
export async function listRoster(
  reader: Reader,
  scope: Scope,
  { from, to, ...query }: Days & RosterQuery,
): Promise<RosterPerson[]> {
  const { q = '', department = null, window = null, staffNo = null, after, limit } = query;
  const { cityCode, regionPrefix = '', departmentCode = null } = scope;
  const { rows } = await sql<RosterPerson>`
    SELECT s.staff_no, s.name, d.name AS department_name
    FROM registry.v_staff s
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
    WHERE s.city_code = ${cityCode} AND s.staff_no > ${after} AND starts_with(d.region_code, ${regionPrefix})
      AND (${departmentCode}::text IS NULL OR d.code = ${departmentCode})
      AND (${department}::text IS NULL OR d.code = ${department})
      AND (${staffNo}::text IS NULL OR s.staff_no = ${staffNo})
      AND (strpos(s.name, ${q}) > 0 OR strpos(upper(s.staff_no), upper(${q})) > 0)
      AND EXISTS (SELECT FROM registry.v_posting p
        WHERE p.city_code = ${cityCode} AND p.staff_no = s.staff_no AND p.from_date <= ${to}::date
          AND (p.to_date IS NULL OR p.to_date >= ${from}::date)
          AND (${window}::text IS NULL OR p.window_code = ${window}))
    ORDER BY s.staff_no LIMIT ${limit}`.execute(reader);
  return rows;
}
