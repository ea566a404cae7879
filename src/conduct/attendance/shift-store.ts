import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { PlaceKind, Shift } from './shift.ts';

export interface ShiftRow extends Shift {
  readonly id: string;
  readonly name: string;
  readonly placeName: string | null;
}

/** The shifts that reach into the days, the newest first. */
export async function listShifts(
  reader: Reader,
  cityCode: string,
  { from, to }: { from: string; to: string },
): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`
    SELECT h.shift_id AS id, h.name, h.place_kind AS "placeKind", h.place_code AS "placeCode", h.days,
      h.spans, h.noon_punch AS "noonPunch", h.from_date AS "from", h.to_date AS "to",
      coalesce(w.name, s.name, r.name) AS "placeName"
    FROM conduct.shift h
    LEFT JOIN registry.v_window w ON w.city_code = ${cityCode} AND h.place_kind = 'window'
      AND w.code = h.place_code
    LEFT JOIN registry.v_staff s ON s.city_code = ${cityCode} AND h.place_kind = 'staff'
      AND s.staff_no = h.place_code
    LEFT JOIN registry.v_region r ON h.place_kind = 'hall' AND r.code = h.place_code
    WHERE h.city_code = ${cityCode} AND h.from_date <= ${to}::date
      AND (h.to_date IS NULL OR h.to_date >= ${from}::date)
    ORDER BY h.place_kind, h.place_code, h.from_date DESC, h.shift_id`.execute(reader);
  return rows;
}

export interface NewShift extends Shift {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly at: Date;
}

/** Adds a shift; the same id again adds nothing. */
export async function insertShift(tx: Tx, cityCode: string, row: NewShift): Promise<void> {
  await sql`
    INSERT INTO conduct.shift (city_code, shift_id, name, place_kind, place_code, days, spans, noon_punch,
      from_date, to_date, made_by, made_at)
    VALUES (${cityCode}, ${row.id}, ${row.name}, ${row.placeKind}, ${row.placeCode}, ${row.days},
      ${row.spans}, ${row.noonPunch}, ${row.from}, ${row.to}, ${row.by}, ${row.at})
    ON CONFLICT (city_code, shift_id) DO NOTHING`.execute(tx);
}

/** Shifts of one place, held against changes until the transaction ends. */
export async function lockShifts(
  tx: Tx,
  cityCode: string,
  { placeKind, placeCode }: { placeKind: PlaceKind; placeCode: string },
): Promise<(Shift & { id: string })[]> {
  const lock = `shift:${cityCode}:${placeKind}:${placeCode}`;
  await sql`SELECT pg_advisory_xact_lock(hashtext(${lock})) WHERE ${cityCode} <> ''`.execute(tx);
  const { rows } = await sql<Shift & { id: string }>`
    SELECT shift_id AS id, place_kind AS "placeKind", place_code AS "placeCode", days, spans,
      noon_punch AS "noonPunch", from_date AS "from", to_date AS "to"
    FROM conduct.shift WHERE city_code = ${cityCode} AND place_kind = ${placeKind}
      AND place_code = ${placeCode}`.execute(tx);
  return rows;
}

export async function lockShift(
  tx: Tx,
  cityCode: string,
  id: string,
): Promise<
  { place_kind: PlaceKind; place_code: string; from_date: string; to_date: string | null } | undefined
> {
  const { rows } = await sql<{
    place_kind: PlaceKind;
    place_code: string;
    from_date: string;
    to_date: string | null;
  }>`
    SELECT place_kind, place_code, from_date, to_date FROM conduct.shift
    WHERE city_code = ${cityCode} AND shift_id = ${id} FOR UPDATE`.execute(tx);
  return rows[0];
}

/** Ends a shift with a day. */
export async function endShiftOn(
  tx: Tx,
  cityCode: string,
  { id, on }: { id: string; on: string },
): Promise<void> {
  await sql`
    UPDATE conduct.shift SET to_date = ${on}::date WHERE city_code = ${cityCode} AND shift_id = ${id}
  `.execute(tx);
}
