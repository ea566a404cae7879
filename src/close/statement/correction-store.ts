import { sql } from 'kysely';
import type { Grade, Identity } from '../../kernel/assessment.ts';
import type { Fen } from '../../kernel/fen.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Reader } from '../../platform/db.ts';

export interface LiftedRow {
  readonly month: string;
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
}

/** Sealed statements with a veto of which nothing stands in the book any more. */
export async function findLifted(
  reader: Reader,
  cityCode: string,
  { from, until }: { from: string; until: string },
): Promise<LiftedRow[]> {
  const { rows } = await sql<LiftedRow>`
    SELECT s.month, s.subject_kind, s.subject_code FROM close.v_result s
    WHERE s.city_code = ${cityCode} AND s.state = 'sealed' AND s.veto
      AND s.month >= ${from}::date AND s.month < ${until}::date
      AND NOT EXISTS (
        SELECT 1 FROM ledger.v_standing_veto v
        WHERE v.city_code = ${cityCode} AND v.month = s.month AND v.subject_kind = s.subject_kind
          AND v.subject_code = s.subject_code)`.execute(reader);
  return rows;
}

export interface GradedRow {
  readonly subject_code: string;
  readonly unit_code: string;
  readonly identity: Identity;
  readonly total_centi: Centi;
  readonly deducted_centi: Centi;
  readonly call_reached: number;
  readonly call_satisfied: number;
  readonly grade: Grade | null;
  readonly veto: boolean;
  readonly pay_fen: Fen | null;
  readonly scheme_hash: string;
}

/** The staff of a month as they were graded. */
export async function findGraded(reader: Reader, cityCode: string, month: string): Promise<GradedRow[]> {
  const { rows } = await sql<GradedRow>`
    SELECT subject_code, unit_code, identity, total_centi, deducted_centi, call_reached, call_satisfied,
           grade, veto, pay_fen, scheme_hash
    FROM close.statement
    WHERE city_code = ${cityCode} AND month = ${month}::date AND subject_kind = 'staff'
      AND identity IS NOT NULL`.execute(reader);
  return rows;
}
