import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { TICKET_STATES } from './contract.ts';
import type { GroupRow } from './ticket.ts';

export async function upsertGroups(
  tx: Tx,
  cityCode: string,
  rows: readonly GroupRow[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO intake.ticket_group AS t (city_code, code, name, region_code, prefix, windows)
    SELECT ${cityCode}, code, name, region_code, prefix, windows
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, region_code text, prefix text, windows text[])
    ON CONFLICT (city_code, code) DO UPDATE
      SET name = excluded.name, region_code = excluded.region_code, prefix = excluded.prefix,
        windows = excluded.windows
      WHERE (t.name, t.region_code, t.prefix, t.windows) IS DISTINCT FROM
        (excluded.name, excluded.region_code, excluded.prefix, excluded.windows)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

/** Groups of the city, those of a hall, or those that a window calls. */
export async function listGroups(
  reader: Reader,
  cityCode: string,
  of: { hall?: string | undefined; window?: string | undefined } = {},
): Promise<GroupRow[]> {
  const { hall = null, window = null } = of;
  const { rows } = await sql<GroupRow>`
    SELECT code, name, region_code, prefix, windows FROM intake.ticket_group
    WHERE city_code = ${cityCode} AND (${hall}::text IS NULL OR left(region_code, 6) = ${hall})
      AND (${window}::text IS NULL OR ${window} = ANY(windows))
    ORDER BY code`.execute(reader);
  return rows;
}

export interface TicketRow {
  ticket_id: string;
  ticket_no: string;
  group_code: string;
  group_name: string;
  priority: boolean;
  state: (typeof TICKET_STATES)[number];
  drawn_at: Date;
  called_at: Date | null;
  window_code: string | null;
}

const columns = sql.raw(`t.ticket_id, t.ticket_no, t.group_code, g.name AS group_name, t.priority, t.state,
  t.drawn_at, t.called_at, t.window_code`);
const source = sql.raw(`intake.ticket t
  JOIN intake.ticket_group g ON g.city_code = t.city_code AND g.code = t.group_code`);

/** Draws a number of a hall, letter and day. */
export async function drawTicketNumber(db: Reader, cityCode: string, series: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    INSERT INTO intake.case_series AS c (city_code, series, next) VALUES (${cityCode}, ${series}, 2)
    ON CONFLICT (city_code, series) DO UPDATE SET next = c.next + 1
    RETURNING next`.execute(db);
  return (rows[0]?.next ?? 2) - 1;
}

/** Adds a ticket; the same id again adds nothing. */
export async function insertTicket(
  tx: Tx,
  cityCode: string,
  row: {
    id: string;
    day: string;
    regionCode: string;
    groupCode: string;
    ticketNo: string;
    priority: boolean;
    at: Date;
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO intake.ticket (city_code, ticket_id, day, region_code, group_code, ticket_no, priority, state,
      drawn_at)
    VALUES (${cityCode}, ${row.id}::uuid, ${row.day}::date, ${row.regionCode}, ${row.groupCode},
      ${row.ticketNo}, ${row.priority}, 'waiting', ${row.at})
    ON CONFLICT (city_code, ticket_id) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

export async function findTicket(
  reader: Reader,
  cityCode: string,
  id: string,
): Promise<(TicketRow & { before: number }) | undefined> {
  const { rows } = await sql<TicketRow & { before: number }>`
    SELECT ${columns}, (SELECT count(*)::int FROM intake.ticket o
      WHERE o.city_code = ${cityCode} AND o.day = t.day AND o.group_code = t.group_code
        AND o.state = 'waiting' AND (NOT o.priority, o.drawn_at) < (NOT t.priority, t.drawn_at)) AS before
    FROM ${source} WHERE t.city_code = ${cityCode} AND t.ticket_id = ${id}::uuid`.execute(reader);
  return rows[0];
}

/** Whoever is to be called next at a window: who has priority, then who waits longest. */
export async function takeNext(
  tx: Tx,
  cityCode: string,
  call: { day: string; window: string; staffNo: string; at: Date; ticketId: string | null },
): Promise<string | undefined> {
  const { rows } = await sql<{ ticket_id: string }>`
    UPDATE intake.ticket SET state = 'called', called_at = ${call.at}, called_again_at = NULL,
      window_code = ${call.window}, called_by = ${call.staffNo}
    WHERE city_code = ${cityCode} AND ticket_id = (
      SELECT t.ticket_id FROM ${source}
      WHERE t.city_code = ${cityCode} AND t.day = ${call.day}::date AND ${call.window} = ANY(g.windows)
        AND CASE WHEN ${call.ticketId}::uuid IS NULL THEN t.state = 'waiting'
          ELSE t.ticket_id = ${call.ticketId}::uuid AND t.state IN ('waiting', 'skipped') END
      ORDER BY t.priority DESC, t.drawn_at, t.ticket_no LIMIT 1 FOR UPDATE OF t SKIP LOCKED)
    RETURNING ticket_id`.execute(tx);
  return rows[0]?.ticket_id;
}

/** The ticket that a window serves, while nobody else can change it. */
export async function lockCalled(
  tx: Tx,
  cityCode: string,
  at: { day: string; window: string },
): Promise<TicketRow | undefined> {
  const { rows } = await sql<TicketRow>`
    SELECT ${columns} FROM ${source}
    WHERE t.city_code = ${cityCode} AND t.day = ${at.day}::date AND t.window_code = ${at.window}
      AND t.state = 'called' FOR UPDATE OF t`.execute(tx);
  return rows[0];
}

export async function saveTicket(
  tx: Tx,
  cityCode: string,
  id: string,
  change: { state: TicketRow['state']; groupCode?: string; at: Date },
): Promise<void> {
  await sql`
    UPDATE intake.ticket SET state = ${change.state},
      group_code = coalesce(${change.groupCode ?? null}, group_code),
      finished_at = CASE WHEN ${change.state} = 'finished' THEN ${change.at}::timestamptz END,
      called_at = CASE WHEN ${change.state} = 'waiting' THEN NULL ELSE called_at END,
      window_code = CASE WHEN ${change.state} = 'waiting' THEN NULL ELSE window_code END
    WHERE city_code = ${cityCode} AND ticket_id = ${id}::uuid`.execute(tx);
}

export async function callAgain(tx: Tx, cityCode: string, id: string, at: Date): Promise<void> {
  await sql`
    UPDATE intake.ticket SET called_again_at = ${at}
    WHERE city_code = ${cityCode} AND ticket_id = ${id}::uuid`.execute(tx);
}

/** Tickets of a day in these states that a window may call, in the order in which they come. */
export async function listTickets(
  reader: Reader,
  cityCode: string,
  at: { day: string; window: string; states: readonly string[]; limit: number },
): Promise<TicketRow[]> {
  const { rows } = await sql<TicketRow>`
    SELECT ${columns} FROM ${source}
    WHERE t.city_code = ${cityCode} AND t.day = ${at.day}::date AND t.state = ANY(${[...at.states]}::text[])
      AND (t.window_code = ${at.window} OR (t.state <> 'called' AND ${at.window} = ANY(g.windows)))
    ORDER BY t.priority DESC, t.drawn_at, t.ticket_no LIMIT ${at.limit}`.execute(reader);
  return rows;
}

export async function countFinished(
  reader: Reader,
  cityCode: string,
  at: { day: string; window: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM intake.ticket
    WHERE city_code = ${cityCode} AND day = ${at.day}::date AND window_code = ${at.window}
      AND state = 'finished'`.execute(reader);
  return rows[0]?.count ?? 0;
}
