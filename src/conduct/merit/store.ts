import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

/** A merit as it is stored, without when and from where. */
export interface StoredMerit {
  readonly merit_id: string;
  readonly occurred_on: string;
  readonly staff_no: string;
  readonly rule: string;
  readonly quantity: number;
  readonly evidence: string;
  readonly confirmed_by: string | null;
}

export async function findMerits(tx: Tx, cityCode: string, ids: readonly string[]): Promise<StoredMerit[]> {
  const { rows } = await sql<StoredMerit>`
    SELECT merit_id, occurred_on, staff_no, rule, quantity, evidence, confirmed_by
    FROM conduct.merit WHERE city_code = ${cityCode} AND merit_id = ANY(${[...ids]}::text[])`.execute(tx);
  return rows;
}

export async function insertMerits(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredMerit[],
  at: { now: Date; source: string; by: string },
): Promise<void> {
  await sql`
    INSERT INTO conduct.merit (city_code, merit_id, occurred_on, staff_no, rule, quantity, evidence,
      confirmed_by,
      source, recorded_by, recorded_at, confirmed_at)
    SELECT ${cityCode}, merit_id, occurred_on, staff_no, rule, quantity, evidence, confirmed_by, ${at.source},
           ${at.by}, ${at.now}::timestamptz, CASE WHEN confirmed_by IS NOT NULL THEN ${at.now}::timestamptz
             END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(merit_id text, occurred_on date, staff_no
      text,
      rule text, quantity int, evidence text, confirmed_by text)`.execute(tx);
}

/** Names who confirmed merits that nobody had confirmed yet. */
export async function confirmMerits(
  tx: Tx,
  cityCode: string,
  rows: readonly { merit_id: string; confirmed_by: string | null }[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE conduct.merit m SET confirmed_by = r.confirmed_by, confirmed_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(merit_id text, confirmed_by text)
    WHERE m.city_code = ${cityCode} AND m.merit_id = r.merit_id AND m.confirmed_by IS NULL`.execute(tx);
}
