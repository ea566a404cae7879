import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { CountingRow } from './reading-store.ts';

export interface LateRow extends CountingRow {
  /** first days of the month in which it counts, and of the sealed month that it speaks of */
  readonly month: string;
  readonly of_month: string;
  readonly recorded_at: Date;
}

/** All entries of the city that speak of a sealed month and count in a later one. */
export async function findLate(reader: Reader, cityCode: string): Promise<LateRow[]> {
  const { rows } = await sql<LateRow>`
    SELECT month, of_month, entry_id, kind, of_entry, subject_kind, subject_code, part, rule, points_centi,
           quantity, occurred_on, fact_id, project_no, veto, redress_line, recorded_at
    FROM ledger.late_decision WHERE city_code = ${cityCode}`.execute(reader);
  return rows;
}
