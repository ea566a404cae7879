import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

/** Which rating, by record number, its month (first day) and whether it is the second one. */
export interface RatedKey {
  readonly stepId: string;
  readonly assessNumber: number;
  readonly month: string;
}

/** What was left with a rating, sealed, in hex. */
export interface KeptContact extends RatedKey {
  readonly name: string | null;
  readonly phone: string;
}

/** Adds to the raters' own records what they left to be contacted by. */
export async function keepContacts(tx: Tx, cityCode: string, rows: readonly KeptContact[]): Promise<void> {
  await sql`
    UPDATE feedback.rater t SET name_enc = decode(c.name, 'hex'), phone_enc = decode(c.phone, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c("stepId" bigint, "assessNumber" smallint,
      month date, name text, phone text)
    WHERE t.city_code = ${cityCode} AND t.service_month = c.month AND t.step_id = c."stepId"
      AND t.assess_number = c."assessNumber"`.execute(tx);
}

export interface ContactRow {
  readonly receipt: Buffer;
  readonly satisfaction: number;
  readonly name_enc: Buffer | null;
  readonly phone_enc: Buffer;
}

/** What was left with a rating; undefined where nothing was, or it is erased. */
export async function findContact(
  reader: Reader,
  cityCode: string,
  { stepId, assessNumber, month }: RatedKey,
): Promise<ContactRow | undefined> {
  const { rows } = await sql<ContactRow>`
    SELECT r.receipt, r.satisfaction, t.name_enc, t.phone_enc
    FROM feedback.rating r JOIN feedback.rater t ON t.city_code = r.city_code
      AND t.service_month = r.service_month AND t.step_id = r.step_id AND t.assess_number = r.assess_number
    WHERE r.city_code = ${cityCode} AND r.service_month = ${month}::date AND r.step_id = ${stepId}::bigint
      AND r.assess_number = ${assessNumber} AND t.phone_enc IS NOT NULL`.execute(reader);
  return rows[0];
}
