import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { PostingListView, PostingRole } from './contract.ts';

export interface StoredPosting {
  staff_no: string;
  window_code: string;
  role: PostingRole;
  from_date: string;
  to_date: string | null;
}

/** Adds and changes postings; answers one flag for each row written. */
export async function upsertPostings(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredPosting[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.posting AS t (city_code, staff_no, window_code, role, from_date, to_date)
    SELECT ${cityCode}, staff_no, window_code, role, from_date, to_date
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(staff_no text, window_code text, role text, from_date date, to_date date)
    ON CONFLICT (city_code, staff_no, window_code, role, from_date) DO UPDATE SET to_date = excluded.to_date
      WHERE t.to_date IS DISTINCT FROM excluded.to_date
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

/** Every posting of the staff, at whatever window and time. */
export async function postingsOfStaff(
  reader: Reader,
  cityCode: string,
  numbers: readonly string[],
): Promise<StoredPosting[]> {
  const { rows } = await sql<StoredPosting>`
    SELECT staff_no, window_code, role, from_date, to_date FROM registry.posting
    WHERE city_code = ${cityCode} AND staff_no = ANY(${[...numbers]}::text[])`.execute(reader);
  return rows;
}

export interface PostingFilter {
  cityCode: string;
  prefix: string;
  departmentCode: string | null;
  staff?: string | undefined;
  window?: string | undefined;
  /** Key after which the page begins: staff number, window, role, first day. */
  after: readonly string[];
  limit: number;
}

/** Postings to windows in reach, or of staff whose department is the scope's. */
export async function listPostings(reader: Reader, filter: PostingFilter): Promise<PostingListView[]> {
  const { cityCode, prefix, departmentCode, staff = null, window = null, after, limit } = filter;
  const [afterStaff = '', afterWindow = '', afterRole = '', afterDay = '0001-01-01'] = after;
  const { rows } = await sql<PostingListView>`
    SELECT p.staff_no AS "staffNo", s.name AS "staffName", p.window_code AS "windowCode",
      w.name AS "windowName", p.role, p.from_date AS "fromDate", p.to_date AS "toDate"
    FROM registry.posting p
    JOIN registry.staff s ON s.city_code = ${cityCode} AND s.staff_no = p.staff_no
    JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = p.window_code
    WHERE p.city_code = ${cityCode} AND starts_with(w.region_code, ${prefix})
      AND (${departmentCode}::text IS NULL OR w.department_code = ${departmentCode}
        OR s.department_code = ${departmentCode})
      AND (${staff}::text IS NULL OR p.staff_no = ${staff})
      AND (${window}::text IS NULL OR p.window_code = ${window})
      AND (p.staff_no, p.window_code, p.role, p.from_date)
        > (${afterStaff}, ${afterWindow}, ${afterRole}, ${afterDay}::date)
    ORDER BY p.staff_no, p.window_code, p.role, p.from_date LIMIT ${limit}`.execute(reader);
  return rows;
}

/** Whether the person was posted to the window on one of the days, in whatever role. */
export async function findPostedOn(
  reader: Reader,
  cityCode: string,
  { staffNo, windowCode, days }: { staffNo: string; windowCode: string; days: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM registry.posting p JOIN unnest(${[...days]}::date[]) AS d(day)
      ON d.day >= p.from_date AND (p.to_date IS NULL OR d.day <= p.to_date)
    WHERE p.city_code = ${cityCode} AND p.staff_no = ${staffNo} AND p.window_code = ${windowCode}
    LIMIT 1`.execute(reader);
  return rows.length > 0;
}

export interface PostedWindow {
  code: string;
  name: string;
  kind: string;
  region_code: string;
  department_code: string;
}

export async function findPostedWindows(
  reader: Reader,
  cityCode: string,
  person: { staffNo: string; on: string },
): Promise<PostedWindow[]> {
  const { rows } = await sql<PostedWindow>`
    SELECT DISTINCT w.code, w.name, w.kind, w.region_code, w.department_code FROM registry.posting p
    JOIN registry.v_window w ON w.city_code = p.city_code AND w.code = p.window_code
    WHERE p.city_code = ${cityCode} AND p.staff_no = ${person.staffNo} AND p.from_date <= ${person.on}::date
      AND (p.to_date IS NULL OR p.to_date >= ${person.on}::date)
    ORDER BY w.code`.execute(reader);
  return rows;
}
