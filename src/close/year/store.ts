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

/** The results of all subjects of a kind in the months given, by subject and month. */
export async function findYear(
  reader: Reader,
  cityCode: string,
  wanted: { kind: SubjectKind; from: string; until: string },
): Promise<YearMonthRow[]> {
  const { rows } = await sql<YearMonthRow>`
    SELECT subject_code, month, name, unit_code, identity, department_code, region_code, total_centi,
           deducted_centi, call_reached, call_satisfied, grade, veto, state
    FROM close.v_result
    WHERE city_code = ${cityCode} AND subject_kind = ${wanted.kind}
      AND month >= ${wanted.from}::date AND month < ${wanted.until}::date
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
