import { sql } from 'kysely';
import type { PeriodState } from '../../kernel/assessment.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** A month's gate; `month` is its first day. */
export interface PeriodRow {
  readonly month: string;
  readonly state: PeriodState;
  readonly sealed_at: Date | null;
  readonly sealed_batch: string | null;
}

/** Makes the gates of the months that have none yet, from the first to the last day given, both firsts of a
  month. */
export async function insertPeriods(
  tx: Tx,
  cityCode: string,
  range: { from: string; to: string; by: string; now: Date },
): Promise<void> {
  await sql`
    INSERT INTO ledger.period (city_code, month, state, changed_at, changed_by)
    SELECT ${cityCode}, m::date, 'open', ${range.now}::timestamptz, ${range.by}
    FROM generate_series(${range.from}::timestamp, ${range.to}::timestamp, interval '1 month') AS m
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** The gates from a month on, oldest first. */
export async function findPeriods(reader: Reader, cityCode: string, from: string): Promise<PeriodRow[]> {
  const { rows } = await sql<PeriodRow>`
    SELECT month, state, sealed_at, sealed_batch FROM ledger.period
    WHERE city_code = ${cityCode} AND month >= ${from}::date ORDER BY month`.execute(reader);
  return rows;
}

/** Locks the month's gate against any other close or sealing until the transaction ends. */
export async function lockPeriod(tx: Tx, cityCode: string, month: string): Promise<PeriodRow | undefined> {
  const { rows } = await sql<PeriodRow>`
    SELECT month, state, sealed_at, sealed_batch FROM ledger.period
    WHERE city_code = ${cityCode} AND month = ${month}::date FOR UPDATE`.execute(tx);
  return rows[0];
}

export async function updateState(
  tx: Tx,
  cityCode: string,
  change: { month: string; state: PeriodState; by: string; now: Date; lastBatch?: string },
): Promise<void> {
  await sql`
    UPDATE ledger.period SET state = ${change.state}, changed_at = ${change.now}, changed_by = ${change.by},
      sealed_at = ${change.state === 'sealed' ? change.now : null},
      sealed_batch = ${change.lastBatch ?? null}::bigint
    WHERE city_code = ${cityCode} AND month = ${change.month}::date`.execute(tx);
}

/** Locks the gates from a month on, as `lockPeriod` does for one; for sharing, only against changes. */
export async function lockPeriods(
  tx: Tx,
  cityCode: string,
  { from, shared }: { from: string; shared: boolean },
): Promise<PeriodRow[]> {
  const { rows } = await sql<PeriodRow>`
    SELECT month, state, sealed_at, sealed_batch FROM ledger.period
    WHERE city_code = ${cityCode} AND month >= ${from}::date
    ORDER BY month ${shared ? sql`FOR SHARE` : sql`FOR UPDATE`}`.execute(tx);
  return rows;
}
