import { sql } from 'kysely';
import type { EntryKind } from '../../kernel/assessment.ts';
import type { Reader } from '../../platform/db.ts';
import { chargedTo, type OnlySubject } from './subject-store.ts';

export interface CountingRow {
  readonly entry_id: string;
  readonly kind: EntryKind;
  readonly of_entry: string | null;
  readonly subject_kind: string;
  readonly subject_code: string;
  readonly part: string;
  readonly rule: string;
  readonly points_centi: number;
  readonly quantity: number;
  readonly occurred_on: string;
  readonly fact_id: string;
  readonly project_no: string | null;
  readonly veto: boolean;
  /** key of the line that an upheld appeal gives points back for */
  readonly redress_line?: string | null;
}

/** Of an appeal's own entry the line that it speaks of. */
export const REDRESS_LINE = sql`
  CASE WHEN f.fact_kind = 'appeal' THEN f.explanation ->> 'line' END AS redress_line`;

/** Entries whose points count in the month: all, or those that one member of staff's score follows from. */
export async function findCounting(
  reader: Reader,
  cityCode: string,
  month: string,
  only?: OnlySubject,
): Promise<CountingRow[]> {
  const { rows } = await sql<CountingRow>`
    SELECT f.entry_id, f.kind, f.of_entry, f.subject_kind, f.subject_code, f.part, f.rule, f.points_centi,
           f.quantity, f.occurred_on, f.fact_id, f.project_no, f.veto, ${REDRESS_LINE}
    FROM ledger.counting_entry f
    WHERE f.city_code = ${cityCode} AND f.month = ${month}::date ${chargedTo(only, 'f')}`.execute(reader);
  return rows;
}

/** How many deductions of the month wait for a verdict, by subject. */
export async function countWaiting(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<{ subject_kind: string; subject_code: string; waiting: number }[]> {
  const { rows } = await sql<{ subject_kind: string; subject_code: string; waiting: number }>`
    SELECT subject_kind, subject_code, count(*)::int AS waiting
    FROM ledger.waiting_entry WHERE city_code = ${cityCode} AND month = ${month}::date
    GROUP BY subject_kind, subject_code`.execute(reader);
  return rows;
}

export interface EntryRow extends CountingRow {
  readonly fact_kind: 'finding' | 'merit' | 'complaint' | 'rating' | 'appeal' | 'record' | 'order';
  readonly scheme_hash: string;
  readonly explanation: {
    readonly value_from: string;
    readonly source: string;
    readonly tags?: number[];
    /** of a case over the promise: its days, and how many working days were promised and taken */
    readonly accepted?: string;
    readonly finished?: string;
    readonly promised?: number;
    readonly took?: number;
  };
  readonly recorded_by: string;
  readonly confirmed_by: string | null;
  readonly recorded_at: Date;
}

/** Entries by id, and the subject's that wait for a verdict in the month. */
export async function findEntries(
  reader: Reader,
  cityCode: string,
  wanted: { ids: readonly string[]; month: string; subjectKind: string; subjectCode: string },
): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    SELECT entry_id, kind, of_entry, subject_kind, subject_code, part, rule, points_centi, quantity,
      occurred_on,
           fact_kind, fact_id, project_no, veto, scheme_hash, explanation, recorded_by, confirmed_by,
             recorded_at
    FROM ledger.counting_entry WHERE city_code = ${cityCode} AND entry_id = ANY(${[...wanted.ids]}::uuid[])
    UNION ALL
    SELECT entry_id, kind, of_entry, subject_kind, subject_code, part, rule, points_centi, quantity,
      occurred_on,
           fact_kind, fact_id, project_no, veto, scheme_hash, explanation, recorded_by, confirmed_by,
             recorded_at
    FROM ledger.waiting_entry WHERE city_code = ${cityCode} AND month = ${wanted.month}::date
      AND subject_kind = ${wanted.subjectKind} AND subject_code = ${wanted.subjectCode}`.execute(reader);
  return rows;
}
