import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface SignRow {
  readonly window_code: string;
  readonly window_name: string;
  readonly department_code: string;
  readonly department_name: string;
  readonly region_code: string;
  readonly region_name: string;
  readonly sign_code: string | null;
  readonly issued_at: Date | null;
  readonly issued_by: string | null;
  readonly ended_at: Date | null;
  readonly ended_as: 'replaced' | 'revoked' | null;
  readonly reason: string | null;
}

export interface SignFilter {
  readonly cityCode: string;
  readonly regionPrefix?: string | undefined;
  readonly departmentCode?: string | undefined;
  readonly windows?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly department?: string | undefined;
  /** digits of the hall's region */
  readonly within?: string | undefined;
  readonly held?: boolean | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Windows with the newest sign of each. */
export async function listSigns(reader: Reader, filter: SignFilter): Promise<SignRow[]> {
  const { cityCode, q } = filter;
  const conditions = [sql`w.city_code = ${cityCode} AND w.code > ${filter.after ?? ''}`];
  if (filter.regionPrefix) conditions.push(sql`starts_with(w.region_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`w.department_code = ${filter.departmentCode}`);
  if (filter.windows) conditions.push(sql`w.code = ANY(${[...filter.windows]}::text[])`);
  if (filter.department) conditions.push(sql`w.department_code = ${filter.department}`);
  if (filter.within) conditions.push(sql`starts_with(w.region_code, ${filter.within})`);
  if (q) conditions.push(sql`(strpos(w.name, ${q}) > 0 OR strpos(upper(w.code), upper(${q})) > 0)`);
  if (filter.held !== undefined) {
    conditions.push(sql`(s.sign_code IS NOT NULL AND s.ended_at IS NULL) = ${filter.held}`);
  }
  const { rows } = await sql<SignRow>`
    SELECT w.code AS window_code, w.name AS window_name, w.department_code, d.name AS department_name,
      w.region_code, r.name AS region_name, s.sign_code, s.issued_at, s.issued_by, s.ended_at, s.ended_as,
      s.reason
    FROM registry.v_window w
    JOIN registry.v_department d ON d.city_code = w.city_code AND d.code = w.department_code
    JOIN registry.v_region r ON r.code = w.region_code
    LEFT JOIN (
      SELECT DISTINCT ON (window_code) window_code, sign_code, issued_at, issued_by, ended_at, ended_as,
        reason
      FROM intake.window_sign WHERE city_code = ${cityCode}
      ORDER BY window_code, ended_at DESC NULLS FIRST, issued_at DESC
    ) s ON s.window_code = w.code
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY w.code LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** Puts up signs; a window that has one meanwhile keeps it. Answers how many. */
export async function insertSigns(
  tx: Tx,
  cityCode: string,
  signs: {
    rows: readonly { sign_code: string; window_code: string }[];
    at: Date;
    by: string;
  },
): Promise<number> {
  const { rows } = await sql`
    INSERT INTO intake.window_sign (city_code, sign_code, window_code, issued_at, issued_by)
    SELECT ${cityCode}, sign_code, window_code, ${signs.at}::timestamptz, ${signs.by}
    FROM jsonb_to_recordset(${JSON.stringify(signs.rows)}::jsonb) AS g(sign_code text, window_code text)
    ON CONFLICT (city_code, window_code) WHERE ended_at IS NULL DO NOTHING
    RETURNING sign_code`.execute(tx);
  return rows.length;
}

/** Ends the signs that hold for the windows; answers the windows that had one. */
export async function endSigns(
  tx: Tx,
  cityCode: string,
  ending: {
    windows: readonly string[];
    as: 'replaced' | 'revoked';
    at: Date;
    by: string;
    reason: string;
  },
): Promise<string[]> {
  const { rows } = await sql<{ window_code: string }>`
    UPDATE intake.window_sign SET ended_at = ${ending.at}, ended_by = ${ending.by},
      ended_as = ${ending.as}, reason = ${ending.reason}
    WHERE city_code = ${cityCode} AND window_code = ANY(${[...ending.windows]}::text[]) AND ended_at IS NULL
    RETURNING window_code`.execute(tx);
  return rows.map((row) => row.window_code);
}

export interface FoundSign {
  readonly sign_code: string;
  readonly window_code: string;
  readonly window_name: string;
  readonly department_code: string;
  readonly department_name: string;
  readonly ended_as: 'replaced' | 'revoked' | null;
}

export async function findSign(
  reader: Reader,
  cityCode: string,
  signCode: string,
): Promise<FoundSign | undefined> {
  const { rows } = await sql<FoundSign>`
    SELECT s.sign_code, s.window_code, w.name AS window_name, w.department_code, d.name AS department_name,
      s.ended_as
    FROM intake.window_sign s
    JOIN registry.v_window w ON w.city_code = s.city_code AND w.code = s.window_code
    JOIN registry.v_department d ON d.city_code = w.city_code AND d.code = w.department_code
    WHERE s.city_code = ${cityCode} AND s.sign_code = ${signCode}`.execute(reader);
  return rows[0];
}
