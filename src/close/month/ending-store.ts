import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface EndingRow {
  readonly closed_at: Date;
  readonly closed_by: string;
  readonly published_at: Date | null;
  readonly published_by: string | null;
  readonly notice_until: Date | null;
  readonly sealed_at: Date | null;
  readonly sealed_by: string | null;
  readonly waived_reason: string | null;
}

/** How far one hall has come with the month's end. */
export interface UnitEndingRow extends EndingRow {
  readonly unit_code: string;
  readonly staff: number;
  readonly windows: number;
  readonly departments: number;
}

/** How far the month's end has come, hall by hall. */
export async function findUnitEndings(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<UnitEndingRow[]> {
  const { rows } = await sql<UnitEndingRow>`
    SELECT unit_code, closed_at, closed_by, published_at, published_by, notice_until, sealed_at, sealed_by,
           waived_reason, staff, windows, departments
    FROM close.unit_closing
    WHERE city_code = ${cityCode} AND month = ${month}::date ORDER BY unit_code`.execute(reader);
  return rows;
}

/** How far the month's end has come; undefined while the month was never closed. */
export async function findEnding(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<EndingRow | undefined> {
  const { rows } = await sql<EndingRow>`
    SELECT closed_at, closed_by, published_at, published_by, notice_until, sealed_at, sealed_by, waived_reason
    FROM close.closing
    WHERE city_code = ${cityCode} AND month = ${month}::date`.execute(reader);
  return rows[0];
}

export async function notePublished(
  tx: Tx,
  cityCode: string,
  notice: { month: string; units: readonly string[]; at: Date; by: string; until: Date },
): Promise<void> {
  await sql`
    UPDATE close.unit_closing SET published_at = ${notice.at}, published_by = ${notice.by},
      notice_until = ${notice.until}
    WHERE city_code = ${cityCode} AND month = ${notice.month}::date
      AND unit_code = ANY(${[...notice.units]}::text[])`.execute(tx);
  await foldEndings(tx, cityCode, notice.month);
}

export async function noteSealed(
  tx: Tx,
  cityCode: string,
  seal: {
    month: string;
    units: ReadonlyMap<string, string | null>;
    /** why those had no notice who came into halls that are sealed already */
    newcomers: string | null;
    at: Date;
    by: string;
  },
): Promise<void> {
  const units = [...seal.units].map(([unit, waived]) => ({ unit, waived }));
  await sql`
    UPDATE close.unit_closing c SET sealed_at = ${seal.at}, sealed_by = ${seal.by}, waived_reason = x.waived
    FROM jsonb_to_recordset(${JSON.stringify(units)}::jsonb) AS x(unit text, waived text)
    WHERE c.city_code = ${cityCode} AND c.month = ${seal.month}::date AND c.unit_code = x.unit`.execute(tx);
  await foldEndings(tx, cityCode, seal.month);
  if (seal.newcomers === null) return;
  await sql`
    UPDATE close.closing SET waived_reason = concat_ws('；', waived_reason, ${seal.newcomers}::text)
    WHERE city_code = ${cityCode} AND month = ${seal.month}::date
      AND strpos(coalesce(waived_reason, ''), ${seal.newcomers}) = 0`.execute(tx);
}

/** Whether somebody of the month came into a hall after it was sealed, and isn't sealed yet. */
export async function hasNewcomers(reader: Reader, cityCode: string, month: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM close.statement s
    JOIN close.unit_closing u ON u.city_code = ${cityCode} AND u.month = s.month
      AND u.unit_code = s.unit_code AND u.sealed_at < s.closed_at
    WHERE s.city_code = ${cityCode} AND s.month = ${month}::date LIMIT 1`.execute(reader);
  return rows.length > 0;
}

/** The month as a whole is published or sealed when the last of its halls is. */
async function foldEndings(tx: Tx, cityCode: string, month: string): Promise<void> {
  await sql`
    UPDATE close.closing c SET published_at = u.published_at, published_by = u.published_by,
      notice_until = u.notice_until, sealed_at = u.sealed_at, sealed_by = u.sealed_by,
      waived_reason = u.waived_reason
    FROM (
      SELECT CASE WHEN bool_and(published_at IS NOT NULL) THEN max(published_at) END AS published_at,
             CASE WHEN bool_and(published_at IS NOT NULL)
               THEN (array_agg(published_by ORDER BY published_at DESC))[1] END AS published_by,
             CASE WHEN bool_and(published_at IS NOT NULL) THEN max(notice_until) END AS notice_until,
             CASE WHEN bool_and(sealed_at IS NOT NULL) THEN max(sealed_at) END AS sealed_at,
             CASE WHEN bool_and(sealed_at IS NOT NULL)
               THEN (array_agg(sealed_by ORDER BY sealed_at DESC))[1] END AS sealed_by,
             string_agg(DISTINCT waived_reason, '；') AS waived_reason
      FROM close.unit_closing WHERE city_code = ${cityCode} AND month = ${month}::date
    ) u
    WHERE c.city_code = ${cityCode} AND c.month = ${month}::date`.execute(tx);
}
