import { sql } from 'kysely';
import type { Grade, Identity, PeriodState } from '../../kernel/assessment.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Reader } from '../../platform/db.ts';

export interface YearMonthRow {
  readonly subject_code: string;
  readonly month: string;
  readonly name: string;
  readonly unit_code: string;
  readonly identity: Identity | null;
  readonly department_code: string;
  readonly region_code: string;
  readonly total_centi: number;
  readonly deducted_centi: number;
  readonly call_reached: number;
  readonly call_satisfied: number;
  readonly grade: Grade | null;
  readonly veto: boolean;
  /** how far the subject's own month has come */
  readonly state: PeriodState;
  /** the veto was taken back after the sealing, and the grade is the one without it */
  readonly corrected?: boolean;
}

/**
 * The results of all subjects of a kind in the months given, by subject and month; for one subject only those
 * that its own year follows from: staff are compared within the hall of their last month.
 */
export async function findYear(
  reader: Reader,
  cityCode: string,
  wanted: { kind: SubjectKind; from: string; until: string; only: string | null },
): Promise<YearMonthRow[]> {
  const { kind, from, until, only } = wanted;
  const within = sql`s.city_code = ${cityCode} AND s.subject_kind = ${kind}
    AND s.month >= ${from}::date AND s.month < ${until}::date`;
  const beside = sql`AND subject_code IN (
    SELECT s.subject_code FROM close.statement s WHERE ${within} AND s.unit_code = (
      SELECT s.unit_code FROM close.statement s WHERE ${within} AND s.subject_code = ${only}
      ORDER BY s.month DESC LIMIT 1))`;
  const alone = sql`AND subject_code = ${only}`;
  const { rows } = await sql<YearMonthRow>`
    SELECT subject_code, month, name, unit_code, identity, department_code, region_code, total_centi,
           deducted_centi, call_reached, call_satisfied, grade, veto, state
    FROM close.v_result
    WHERE city_code = ${cityCode} AND subject_kind = ${kind}
      AND month >= ${from}::date AND month < ${until}::date
      ${only === null ? sql`` : kind === 'staff' ? beside : alone}
    ORDER BY subject_code, month`.execute(reader);
  return rows;
}

/** Months that were closed, with their states, the earliest first. */
export async function findClosedMonths(
  reader: Reader,
  cityCode: string,
): Promise<{ month: string; state: PeriodState }[]> {
  const { rows } = await sql<{ month: string; state: PeriodState }>`
    SELECT c.month, p.state FROM close.closing c
    JOIN ledger.v_period p ON p.city_code = ${cityCode} AND p.month = c.month
    WHERE c.city_code = ${cityCode} ORDER BY c.month`.execute(reader);
  return rows;
}
