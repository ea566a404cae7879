import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { CalendarDay } from './contract.ts';

/** Adds and changes days; answers one flag for each row written. */
export async function upsertDays(tx: Tx, rows: readonly CalendarDay[]): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.calendar_day AS t (day, kind, name)
    SELECT day, kind, name
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(day date, kind text, name text)
    ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name
      WHERE (t.kind, t.name) IS DISTINCT FROM (excluded.kind, excluded.name)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

/** Adds the days that aren't there; what the operator has put in stays. */
export async function addDaysMissing(tx: Tx, rows: readonly CalendarDay[]): Promise<void> {
  await sql`
    INSERT INTO registry.calendar_day (day, kind, name)
    SELECT day, kind, name
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(day date, kind text, name text)
    ON CONFLICT (day) DO NOTHING`.execute(tx);
}

export interface DayFilter {
  year?: string | undefined;
  /** The day after which the list begins. */
  after: string;
  limit: number;
}

export async function listDays(reader: Reader, filter: DayFilter): Promise<CalendarDay[]> {
  const { year, after, limit } = filter;
  const [from, to] = year === undefined ? ['0001-01-01', '9999-12-31'] : [`${year}-01-01`, `${year}-12-31`];
  const { rows } = await sql<CalendarDay>`
    SELECT day, kind, name FROM registry.calendar_day
    WHERE day BETWEEN ${from}::date AND ${to}::date AND day > ${after || '0001-01-01'}::date
    ORDER BY day LIMIT ${limit}`.execute(reader);
  return rows;
}
