import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { StoredMerit } from './store.ts';

/** Adds a claim; the same number again adds nothing. */
export async function insertClaim(
  tx: Tx,
  cityCode: string,
  row: StoredMerit,
  at: { now: Date; by: string; byId: string; byStaff: string | null; supported: boolean },
): Promise<boolean> {
  const { now, by, byId, byStaff, supported } = at;
  const { numAffectedRows } = await sql`
    INSERT INTO conduct.merit (city_code, merit_id, occurred_on, staff_no, rule, quantity, evidence, source,
      recorded_by, recorded_id, recorded_staff, recorded_at, claimed, opinion, opinion_by, opinion_at)
    VALUES (${cityCode}, ${row.merit_id}, ${row.occurred_on}::date, ${row.staff_no}, ${row.rule},
      ${row.quantity}, ${row.evidence}, 'desk', ${by}, ${byId}, ${byStaff}, ${now}, true,
      ${supported ? 'support' : null}, ${supported ? by : null}, ${supported ? now : null}::timestamptz)
    ON CONFLICT (city_code, merit_id) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Writes down what the department thinks of a claim. */
export async function giveOpinion(
  tx: Tx,
  cityCode: string,
  given: { id: string; opinion: 'support' | 'object'; by: string; note: string; at: Date },
): Promise<void> {
  const { id, opinion, by, note, at } = given;
  await sql`UPDATE conduct.merit SET opinion = ${opinion}, opinion_by = ${by}, opinion_note = ${note},
      opinion_at = ${at}
    WHERE city_code = ${cityCode} AND merit_id = ${id}`.execute(tx);
}

/** Merits of a person in a year that count or may yet. */
export async function meritsOfYear(
  reader: Reader,
  cityCode: string,
  { staffNo, year }: { staffNo: string; year: string },
): Promise<{ occurred_on: string; rule: string; quantity: number; confirmed: boolean }[]> {
  const { rows } = await sql<{ occurred_on: string; rule: string; quantity: number; confirmed: boolean }>`
    SELECT occurred_on, rule, quantity, confirmed_by IS NOT NULL AS confirmed FROM conduct.merit
    WHERE city_code = ${cityCode} AND staff_no = ${staffNo} AND rejected_at IS NULL
      AND occurred_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`.execute(reader);
  return rows;
}

/** Publishes what is confirmed of the days and not published yet; answers how many. */
export async function publishMerits(
  tx: Tx,
  { cityCode, regionPrefix }: Scope,
  given: { first: string; last: string; by: string; at: Date },
): Promise<number> {
  const { first, last, by, at } = given;
  const { numAffectedRows } = await sql`
    UPDATE conduct.merit m SET published_by = ${by}, published_at = ${at}
    FROM registry.v_staff s
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
    WHERE m.city_code = ${cityCode} AND s.city_code = ${cityCode} AND s.staff_no = m.staff_no
      AND starts_with(d.region_code, ${regionPrefix ?? ''}) AND m.confirmed_by IS NOT NULL
      AND m.published_at IS NULL AND m.occurred_on BETWEEN ${first}::date AND ${last}::date`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export interface PublishedMerit {
  readonly merit_id: string;
  readonly name: string;
  readonly department_name: string;
  readonly rule: string;
  readonly quantity: number;
  readonly occurred_on: string;
  readonly published_at: Date;
}

/** What is published of the days, by department and person. */
export async function publishedMerits(
  reader: Reader,
  cityCode: string,
  { first, last }: { first: string; last: string },
): Promise<PublishedMerit[]> {
  const { rows } = await sql<PublishedMerit>`
    SELECT m.merit_id, s.name, d.name AS department_name, m.rule, m.quantity, m.occurred_on, m.published_at
    FROM conduct.merit m
    JOIN registry.v_staff s ON s.city_code = ${cityCode} AND s.staff_no = m.staff_no
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
    WHERE m.city_code = ${cityCode} AND m.published_at IS NOT NULL
      AND m.occurred_on BETWEEN ${first}::date AND ${last}::date
    ORDER BY d.name, s.staff_no, m.occurred_on, m.merit_id LIMIT 2000`.execute(reader);
  return rows;
}
