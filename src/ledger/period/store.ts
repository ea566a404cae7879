import { sql } from 'kysely';
import type { PeriodState } from '../../kernel/assessment.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** A month's gate; `month` is its first day. */
export interface PeriodRow {
  readonly month: string;
  readonly state: PeriodState;
  readonly sealed_at: Date | null;
  readonly sealed_batch: string | null;
  readonly sealings: number;
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
    SELECT month, state, sealed_at, sealed_batch, sealings FROM ledger.period
    WHERE city_code = ${cityCode} AND month >= ${from}::date ORDER BY month`.execute(reader);
  return rows;
}

/** Locks the month's gate against any other close or sealing until the transaction ends. */
export async function lockPeriod(tx: Tx, cityCode: string, month: string): Promise<PeriodRow | undefined> {
  const { rows } = await sql<PeriodRow>`
    SELECT month, state, sealed_at, sealed_batch, sealings FROM ledger.period
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
    SELECT month, state, sealed_at, sealed_batch, sealings FROM ledger.period
    WHERE city_code = ${cityCode} AND month >= ${from}::date
    ORDER BY month ${shared ? sql`FOR SHARE` : sql`FOR UPDATE`}`.execute(tx);
  return rows;
}

/** Whose month is sealed before that of the whole city. */
export interface SealedSubjectRow {
  readonly month: string;
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
  readonly unit_code: string;
  readonly sealed_at: Date;
}

/** All of them in these months. */
export async function findSealedSubjects(
  reader: Reader,
  cityCode: string,
  months: readonly string[],
): Promise<SealedSubjectRow[]> {
  const { rows } = await sql<SealedSubjectRow>`
    SELECT month, subject_kind, subject_code, unit_code, sealed_at FROM ledger.sealed_subject
    WHERE city_code = ${cityCode} AND month = ANY(${[...months]}::date[])`.execute(reader);
  return rows;
}

/** First days of the months from one on that are sealed for this subject before they are for all. */
export async function findSealedOf(
  reader: Reader,
  cityCode: string,
  of: { kind: SubjectKind; code: string; from: string },
): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    SELECT month FROM ledger.sealed_subject
    WHERE city_code = ${cityCode} AND month >= ${of.from}::date AND subject_kind = ${of.kind}
      AND subject_code = ${of.code}`.execute(reader);
  return rows.map(({ month }) => month);
}

/** Notes subjects of a hall as sealed, and that the gate is another one by now. */
export async function insertSealedSubjects(
  tx: Tx,
  cityCode: string,
  sealed: {
    month: string;
    subjects: readonly { kind: SubjectKind; code: string; unit: string }[];
    now: Date;
    lastBatch: string;
  },
): Promise<void> {
  const { month, subjects, now, lastBatch } = sealed;
  await sql`
    INSERT INTO ledger.sealed_subject (city_code, month, subject_kind, subject_code, unit_code, sealed_at,
      sealed_batch)
    SELECT ${cityCode}, ${month}::date, x.kind, x.code, x.unit, ${now}::timestamptz, ${lastBatch}::bigint
    FROM jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) AS x(kind text, code text, unit text)
  `.execute(tx);
  await sql`
    UPDATE ledger.period SET sealings = sealings + 1
    WHERE city_code = ${cityCode} AND month = ${month}::date`.execute(tx);
}
