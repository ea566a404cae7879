import { sql } from 'kysely';
import type { BonusItem, Grade, Identity, Indicator, LineKind, Part } from '../../kernel/assessment.ts';
import type { Fen } from '../../kernel/fen.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Centi } from '../../kernel/points.ts';
import type { CallBacks, Counts } from '../../ledger/scoring/index.ts';
import type { Reader } from '../../platform/db.ts';

/** A statement as it is kept, whole. */
export interface KeptStatement {
  readonly kind: SubjectKind;
  readonly code: string;
  readonly name: string;
  readonly unit_code: string;
  readonly identity: Identity | null;
  readonly department_code: string;
  readonly region_code: string;
  readonly scheme_hash: string;
  readonly closed_at: Date;
  readonly indicators: Readonly<Record<Indicator, Centi>>;
  readonly base_centi: Centi;
  readonly bonus: Partial<Record<BonusItem, Centi>>;
  readonly bonus_centi: Centi | null;
  readonly total_centi: Centi;
  readonly veto: boolean;
  readonly grade: Grade | null;
  readonly pay_fen: Fen | null;
  readonly counts: Counts;
  readonly calls: CallBacks;
  readonly lines: readonly KeptLine[];
}

export interface KeptLine {
  readonly part: Part;
  readonly kind: LineKind;
  readonly points: Centi;
  readonly key: string;
  readonly entry?: string;
  readonly other?: string;
  readonly about?: Readonly<Record<string, number | string>>;
}

/** The statements of a month, whole: all, or that of one member of staff. */
export async function findKept(
  reader: Reader,
  cityCode: string,
  month: string,
  staffNo: string | null = null,
): Promise<KeptStatement[]> {
  const { rows } = await sql<KeptStatement>`
    SELECT subject_kind AS kind, subject_code AS code, base_centi, bonus, bonus_centi, total_centi, veto,
           grade, pay_fen, lines, name, unit_code, identity, department_code, region_code, scheme_hash,
           closed_at,
           jsonb_build_object('stationing', stationing_centi, 'daily', daily_centi, 'case', case_centi,
             'rating', rating_centi, 'complaint', complaint_centi) AS indicators,
           jsonb_build_object('ratable', ratable, 'rated', rated, 'good', good, 'bad', bad,
             'excluded', excluded, 'promised', promised, 'kept', kept) AS counts,
           jsonb_build_object('reached', call_reached, 'satisfied', call_satisfied) AS calls
    FROM close.statement WHERE city_code = ${cityCode} AND month = ${month}::date
      ${staffNo === null ? sql`` : sql`AND subject_kind = 'staff' AND subject_code = ${staffNo}`}`.execute(
    reader,
  );
  return rows;
}

/** What a statement says that others are scored and graded beside. */
export type KeptResult = Pick<KeptStatement, 'kind' | 'code' | 'counts' | 'calls' | 'grade'>;

/** What was counted for each subject of a month and how it was graded, as its statement says. */
export async function findKeptResults(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<KeptResult[]> {
  const { rows } = await sql<KeptResult>`
    SELECT subject_kind AS kind, subject_code AS code, grade,
           jsonb_build_object('ratable', ratable, 'rated', rated, 'good', good, 'bad', bad,
             'excluded', excluded, 'promised', promised, 'kept', kept) AS counts,
           jsonb_build_object('reached', call_reached, 'satisfied', call_satisfied) AS calls
    FROM close.statement WHERE city_code = ${cityCode} AND month = ${month}::date`.execute(reader);
  return rows;
}
