import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface PartRow {
  readonly order_id: string;
  readonly part_no: number;
  readonly department_code: string;
  readonly asked: string;
  readonly state: 'asked' | 'answered' | 'returned' | 'waived';
  readonly asked_name: string;
  readonly asked_at: Date;
  readonly ended_name: string | null;
  readonly ended_at: Date | null;
  readonly words: string | null;
}

/** What other departments were asked for, the first first. */
export async function findParts(reader: Reader, cityCode: string, orderId: string): Promise<PartRow[]> {
  const { rows } = await sql<PartRow>`
    SELECT order_id, part_no, department_code, asked, state, asked_name, asked_at, ended_name, ended_at, words
    FROM handling.order_part
    WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid ORDER BY part_no`.execute(reader);
  return rows;
}

/** Asks another department; the order is held, so that nobody counts the same number. */
export async function insertPart(
  tx: Tx,
  cityCode: string,
  row: Pick<PartRow, 'order_id' | 'part_no' | 'department_code' | 'asked' | 'asked_name' | 'asked_at'> & {
    asked_by: string;
  },
): Promise<void> {
  await sql`
    INSERT INTO handling.order_part (city_code, order_id, part_no, department_code, asked, state, asked_by,
      asked_name, asked_at)
    VALUES (${cityCode}, ${row.order_id}, ${row.part_no}, ${row.department_code}, ${row.asked}, 'asked',
      ${row.asked_by}, ${row.asked_name}, ${row.asked_at})`.execute(tx);
}

export async function endPart(
  tx: Tx,
  cityCode: string,
  given: {
    order_id: string;
    part_no: number;
    state: Exclude<PartRow['state'], 'asked'>;
    by: { id: string; name: string };
    at: Date;
    words: string;
  },
): Promise<void> {
  const { order_id: orderId, part_no: partNo, state, by, at, words } = given;
  await sql`
    UPDATE handling.order_part SET state = ${state}, ended_by = ${by.id}, ended_name = ${by.name},
      ended_at = ${at}, words = ${words}
    WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid AND part_no = ${partNo}
      AND state = 'asked'`.execute(tx);
}

export interface MeetingRow {
  readonly meeting_no: number;
  readonly held_on: string;
  readonly departments: readonly string[];
  readonly outcome: string;
  readonly minutes_file: string;
  readonly recorded_name: string;
  readonly recorded_at: Date;
}

/** The meetings about an order, the first first. */
export async function findMeetings(reader: Reader, cityCode: string, orderId: string): Promise<MeetingRow[]> {
  const { rows } = await sql<MeetingRow>`
    SELECT meeting_no, held_on::text AS held_on, departments, outcome, minutes_file, recorded_name,
      recorded_at
    FROM handling.joint_meeting
    WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid ORDER BY meeting_no`.execute(reader);
  return rows;
}

/** Adds a meeting to a held order. */
export async function insertMeeting(
  tx: Tx,
  cityCode: string,
  row: Omit<MeetingRow, 'meeting_no'> & { order_id: string; recorded_by: string },
): Promise<void> {
  await sql`
    INSERT INTO handling.joint_meeting (city_code, order_id, meeting_no, held_on, departments, outcome,
      minutes_file, recorded_by, recorded_name, recorded_at)
    SELECT ${cityCode}, ${row.order_id}::uuid, coalesce(max(meeting_no), 0) + 1, ${row.held_on}::date,
      ${[...row.departments]}::text[], ${row.outcome}, ${row.minutes_file}::uuid, ${row.recorded_by},
      ${row.recorded_name}, ${row.recorded_at}::timestamptz
    FROM handling.joint_meeting
    WHERE city_code = ${cityCode} AND order_id = ${row.order_id}::uuid`.execute(tx);
}
