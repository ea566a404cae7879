import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Duty, DutyOwner } from './duty.ts';

export interface DutyRow {
  readonly duty_id: string;
  readonly matter_kind: string;
  readonly matter_id: string;
  readonly matter_number: string;
  readonly step: string;
  readonly owner_kind: DutyOwner['kind'];
  readonly owner_code: string;
  readonly days: number;
  readonly opened_at: Date;
  readonly due_at: Date;
  readonly yellow_from: Date;
  readonly red_from: Date;
  readonly done_at: Date | null;
  readonly paused_at: Date | null;
}

const COLUMNS = sql`duty_id, matter_kind, matter_id, matter_number, step, owner_kind, owner_code, days,
  opened_at, due_at, yellow_from, red_from, done_at, paused_at`;

/** Opens duties, each of a matter's steps once. */
export async function insertDuties(
  tx: Tx,
  cityCode: string,
  duties: readonly (Duty & { readonly id: string })[],
): Promise<void> {
  const given = duties.map(({ id, matter, owner, step, days, ...clock }) => ({
    ...{ id, step, days, kind: matter.kind, matter: matter.id, number: matter.number },
    ...{ owner_kind: owner.kind, owner_code: owner.code },
    ...{ opened: clock.openedAt, due: clock.dueAt, yellow: clock.yellowFrom, red: clock.redFrom },
  }));
  await sql`
    INSERT INTO handling.duty (city_code, duty_id, matter_kind, matter_id, matter_number, step, owner_kind,
      owner_code, days, opened_at, due_at, yellow_from, red_from)
    SELECT ${cityCode}, id, kind, matter, number, step, owner_kind, owner_code, days, opened, due, yellow, red
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS r(id uuid, kind text, matter text,
      number text, step text, owner_kind text, owner_code text, days int, opened timestamptz,
      due timestamptz, yellow timestamptz, red timestamptz)
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Ends the open duties of a matter, or the one of a step. */
export async function endDuties(
  tx: Tx,
  cityCode: string,
  end: { kind: string; id: string; step: string | null; at: Date; by: string },
): Promise<void> {
  await sql`
    UPDATE handling.duty SET done_at = ${end.at}, done_by = ${end.by}
    WHERE city_code = ${cityCode} AND matter_kind = ${end.kind} AND matter_id = ${end.id} AND done_at IS NULL
      AND (${end.step}::text IS NULL OR step = ${end.step})`.execute(tx);
}

export async function updateOwner(
  tx: Tx,
  cityCode: string,
  change: { kind: string; id: string; step: string; owner: DutyOwner },
): Promise<void> {
  await sql`
    UPDATE handling.duty SET owner_kind = ${change.owner.kind}, owner_code = ${change.owner.code},
      reminded_at = NULL
    WHERE city_code = ${cityCode} AND matter_kind = ${change.kind} AND matter_id = ${change.id}
      AND step = ${change.step} AND done_at IS NULL`.execute(tx);
}

/** The duties of matters, in the order in which they began. */
export async function findDuties(
  reader: Reader,
  cityCode: string,
  { kind, ids }: { kind: string; ids: readonly string[] },
): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`
    SELECT ${COLUMNS} FROM handling.duty
    WHERE city_code = ${cityCode} AND matter_kind = ${kind} AND matter_id = ANY(${[...ids]}::text[])
    ORDER BY opened_at, step`.execute(reader);
  return rows;
}

/** What somebody owes and hasn't done, the most urgent first. */
export async function findOwed(
  reader: Reader,
  cityCode: string,
  { owners, limit }: { owners: readonly DutyOwner[]; limit: number },
): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`
    SELECT ${COLUMNS} FROM handling.duty d
    JOIN jsonb_to_recordset(${JSON.stringify(owners)}::jsonb) AS o(kind text, code text)
      ON o.kind = d.owner_kind AND o.code = d.owner_code
    WHERE d.city_code = ${cityCode} AND d.done_at IS NULL ORDER BY d.due_at, d.duty_id LIMIT ${limit}
  `.execute(reader);
  return rows;
}

/**
 * Marks what has turned yellow, or red, since the last look, so many at most; answers each once, however many
 * look at the same time.
 */
export async function markTurned(
  tx: Tx,
  cityCode: string,
  { card, now, limit }: { card: 'yellow' | 'red'; now: Date; limit: number },
): Promise<DutyRow[]> {
  const [mark, since] =
    card === 'red' ? [sql`overdue_at`, sql`red_from`] : [sql`reminded_at`, sql`yellow_from`];
  const { rows } = await sql<DutyRow>`
    UPDATE handling.duty SET ${mark} = ${now}
    WHERE city_code = ${cityCode} AND duty_id = ANY(ARRAY(
      SELECT duty_id FROM handling.duty
      WHERE city_code = ${cityCode} AND done_at IS NULL AND paused_at IS NULL AND ${mark} IS NULL
        AND ${since} <= ${now}
      ORDER BY ${since} LIMIT ${limit} FOR UPDATE SKIP LOCKED))
    RETURNING ${COLUMNS}`.execute(tx);
  return rows;
}

/** Stops the clocks of what a matter owes. */
export async function pause(tx: Tx, cityCode: string, given: { kind: string; id: string; at: Date }) {
  await sql`
    UPDATE handling.duty SET paused_at = ${given.at}
    WHERE city_code = ${cityCode} AND matter_kind = ${given.kind} AND matter_id = ${given.id}
      AND done_at IS NULL AND paused_at IS NULL`.execute(tx);
}

export interface NewLimit {
  readonly step: string;
  readonly days: number;
  readonly from: Date;
  readonly dueAt: Date;
  readonly yellowFrom: Date;
  readonly redFrom: Date;
}

/** Gives an open step another limit, whose clock runs; it may warn and be overdue anew. */
export async function updateLimit(
  tx: Tx,
  cityCode: string,
  { kind, id, limit }: { kind: string; id: string; limit: NewLimit },
): Promise<void> {
  await sql`
    UPDATE handling.duty SET days = ${limit.days}, opened_at = ${limit.from}, due_at = ${limit.dueAt},
      yellow_from = ${limit.yellowFrom}, red_from = ${limit.redFrom}, paused_at = NULL, reminded_at = NULL,
      overdue_at = NULL
    WHERE city_code = ${cityCode} AND matter_kind = ${kind} AND matter_id = ${id} AND step = ${limit.step}
      AND done_at IS NULL`.execute(tx);
}

/** Opens a step that was done once more, with a limit of its own. */
export async function reopen(
  tx: Tx,
  cityCode: string,
  { kind, id, step }: { kind: string; id: string; step: string },
): Promise<void> {
  await sql`
    UPDATE handling.duty SET done_at = NULL, done_by = NULL
    WHERE city_code = ${cityCode} AND matter_kind = ${kind} AND matter_id = ${id} AND step = ${step}
  `.execute(tx);
}
