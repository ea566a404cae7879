import { sql } from 'kysely';
import type { PeriodState } from '../../kernel/assessment.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** How far a hall has come with a month. */
export interface UnitRow {
  readonly unit_code: string;
  readonly state: PeriodState;
}

/** The halls of a month, by code. */
export async function findUnits(reader: Reader, cityCode: string, month: string): Promise<UnitRow[]> {
  const { rows } = await sql<UnitRow>`
    SELECT unit_code, state FROM ledger.period_unit
    WHERE city_code = ${cityCode} AND month = ${month}::date ORDER BY unit_code`.execute(reader);
  return rows;
}

/** First days of the months from one on of which a hall has been closed. */
export async function findBegun(reader: Reader, cityCode: string, from: string): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    SELECT DISTINCT month FROM ledger.period_unit
    WHERE city_code = ${cityCode} AND month >= ${from}::date AND state <> 'open' ORDER BY month`.execute(
    reader,
  );
  return rows.map(({ month }) => month);
}

interface Units {
  readonly month: string;
  readonly units: readonly string[];
  readonly by: string;
  readonly now: Date;
}

/** The month has these halls: others that aren't sealed are none of it any more. */
export async function keepUnits(tx: Tx, cityCode: string, { month, units, by, now }: Units): Promise<void> {
  await sql`
    DELETE FROM ledger.period_unit
    WHERE city_code = ${cityCode} AND month = ${month}::date AND state <> 'sealed'
      AND NOT unit_code = ANY(${[...units]}::text[])`.execute(tx);
  await sql`
    INSERT INTO ledger.period_unit (city_code, month, unit_code, state, changed_at, changed_by)
    SELECT ${cityCode}, ${month}::date, u, 'open', ${now}::timestamptz, ${by}
    FROM unnest(${[...units]}::text[]) AS u
    ON CONFLICT DO NOTHING`.execute(tx);
}

export async function updateUnits(
  tx: Tx,
  cityCode: string,
  { month, units, state, by, now }: Units & { readonly state: PeriodState },
): Promise<void> {
  await sql`
    UPDATE ledger.period_unit SET state = ${state}, changed_at = ${now}, changed_by = ${by}
    WHERE city_code = ${cityCode} AND month = ${month}::date AND unit_code = ANY(${[...units]}::text[])
      AND state <> ${state}`.execute(tx);
}
