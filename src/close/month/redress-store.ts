import { sql } from 'kysely';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** What a month gives a subject of what a sealed month owes it. */
export interface RedressRow {
  readonly month: string;
  readonly of_month: string;
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
  readonly sealed_centi: number;
  readonly rescored_centi: number;
  readonly owed_centi: number;
  readonly before_centi: number;
  readonly given_centi: number;
}

/** What these months give, of one member of staff or of all. */
export async function findRedress(
  reader: Reader,
  cityCode: string,
  months: readonly string[],
  staffNo: string | null,
): Promise<RedressRow[]> {
  const { rows } = await sql<RedressRow>`
    SELECT month, of_month, subject_kind, subject_code, sealed_centi, rescored_centi, owed_centi,
           before_centi, given_centi
    FROM close.redress
    WHERE city_code = ${cityCode} AND month = ANY(${[...months]}::date[])
      ${staffNo === null ? sql`` : sql`AND subject_kind = 'staff' AND subject_code = ${staffNo}`}`.execute(
    reader,
  );
  return rows;
}

/** Puts what the month gives in the place of what its last close gave, but for those who are kept. */
export async function replaceRedress(
  tx: Tx,
  cityCode: string,
  month: string,
  { rows, kept }: { rows: readonly Omit<RedressRow, 'month'>[]; kept: readonly string[] },
): Promise<void> {
  await sql`
    DELETE FROM close.redress WHERE city_code = ${cityCode} AND month = ${month}::date
      AND NOT subject_kind || '/' || subject_code = ANY(${[...kept]}::text[])`.execute(tx);
  if (rows.length === 0) return;
  await sql`
    INSERT INTO close.redress (city_code, month, of_month, subject_kind, subject_code, sealed_centi,
      rescored_centi, owed_centi, before_centi, given_centi)
    SELECT ${cityCode}, ${month}::date, of_month, subject_kind, subject_code, sealed_centi, rescored_centi,
      owed_centi, before_centi, given_centi
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(of_month date, subject_kind text,
      subject_code text, sealed_centi int, rescored_centi int, owed_centi int, before_centi int,
      given_centi int)`.execute(tx);
}
