import { sql } from 'kysely';
import type { PeriodState } from '../../kernel/assessment.ts';
import type { Reader, Tx } from '../../platform/db.ts';

export interface ClosingRow {
  readonly month: string;
  readonly state: PeriodState;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
  readonly scheme_hash: string | null;
  readonly staff: number;
  readonly windows: number;
  readonly departments: number;
  readonly ratable: number;
  readonly rated: number;
  readonly good: number;
  readonly bad: number;
  readonly pending: number;
}

export interface NewClosing {
  readonly month: string;
  readonly now: Date;
  readonly by: string;
  readonly schemeHash: string;
  readonly staff: number;
  readonly windows: number;
  readonly departments: number;
  readonly ratable: number;
  readonly rated: number;
  readonly good: number;
  readonly bad: number;
  readonly pending: number;
}

/** Notes the close as the month's last. */
export async function upsertClosing(tx: Tx, cityCode: string, closing: NewClosing): Promise<void> {
  const { month, now, by, schemeHash, staff, windows, departments, ratable, rated, good, bad, pending } =
    closing;
  await sql`
    INSERT INTO close.closing (city_code, month, closed_at, closed_by, scheme_hash, staff, windows,
      departments,
      ratable, rated, good, bad, pending)
    VALUES (${cityCode}, ${month}, ${now}, ${by}, ${schemeHash}, ${staff}, ${windows}, ${departments},
      ${ratable},
      ${rated}, ${good}, ${bad}, ${pending})
    ON CONFLICT (city_code, month) DO UPDATE SET closed_at = excluded.closed_at, closed_by =
      excluded.closed_by,
      scheme_hash = excluded.scheme_hash, staff = excluded.staff, windows = excluded.windows,
      departments = excluded.departments, ratable = excluded.ratable, rated = excluded.rated, good =
        excluded.good,
      bad = excluded.bad, pending = excluded.pending`.execute(tx);
}

/** Months that were closed, newest first. */
export async function findClosings(reader: Reader, cityCode: string): Promise<ClosingRow[]> {
  const { rows } = await sql<ClosingRow>`
    SELECT c.month, p.state, c.closed_at, c.closed_by, c.scheme_hash, c.staff, c.windows, c.departments,
      c.ratable,
           c.rated, c.good, c.bad, c.pending
    FROM close.closing c JOIN ledger.v_period p ON p.city_code = ${cityCode} AND p.month = c.month
    WHERE c.city_code = ${cityCode} ORDER BY c.month DESC`.execute(reader);
  return rows;
}

/** The last close of one hall: how many of its subjects were assessed. */
export interface UnitClosing {
  readonly unit: string;
  readonly staff: number;
  readonly windows: number;
  readonly departments: number;
}

/** Notes the close as the last of these halls; others that aren't sealed and not among `all` are no more. */
export async function upsertUnitClosings(
  tx: Tx,
  cityCode: string,
  closings: readonly UnitClosing[],
  { month, by, now, all }: { month: string; by: string; now: Date; all: readonly string[] },
): Promise<void> {
  await sql`
    DELETE FROM close.unit_closing
    WHERE city_code = ${cityCode} AND month = ${month}::date AND sealed_at IS NULL
      AND NOT unit_code = ANY(${[...all]}::text[])`.execute(tx);
  await sql`
    INSERT INTO close.unit_closing (city_code, month, unit_code, closed_at, closed_by, staff, windows,
      departments)
    SELECT ${cityCode}, ${month}::date, x.unit, ${now}::timestamptz, ${by}, x.staff, x.windows, x.departments
    FROM jsonb_to_recordset(${JSON.stringify(closings)}::jsonb) AS x(unit text, staff int, windows int,
      departments int)
    ON CONFLICT (city_code, month, unit_code) DO UPDATE SET closed_at = excluded.closed_at,
      closed_by = excluded.closed_by, staff = excluded.staff, windows = excluded.windows,
      departments = excluded.departments`.execute(tx);
}

/** Takes over how many subjects of all halls were assessed, once only some were closed anew. */
export async function sumClosings(tx: Tx, cityCode: string, month: string): Promise<void> {
  await sql`
    UPDATE close.closing c SET staff = u.staff, windows = u.windows, departments = u.departments
    FROM (
      SELECT count(*) FILTER (WHERE s.subject_kind = 'staff') AS staff,
             count(*) FILTER (WHERE s.subject_kind = 'window') AS windows,
             count(*) FILTER (WHERE s.subject_kind = 'department') AS departments
      FROM close.statement s WHERE s.city_code = ${cityCode} AND s.month = ${month}::date
    ) u
    WHERE c.city_code = ${cityCode} AND c.month = ${month}::date`.execute(tx);
}
