import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { ClockLayout, ClockMapping } from './clock-contract.ts';

export interface SourceRow {
  readonly source_id: string;
  readonly name: string;
  readonly layout: ClockLayout;
  readonly mapping: ClockMapping;
  readonly changed_by: string;
  readonly changed_at: Date;
}

const SOURCE = sql`s.source_id, s.name, s.layout, s.mapping, s.changed_by, s.changed_at`;

export interface LoadRow {
  readonly file_name: string | null;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly created: number;
  readonly bad_rows: number;
  readonly loaded_by: string;
  readonly loaded_at: Date;
}

/** The sources with the last file of each. */
export async function listSources(reader: Reader, cityCode: string): Promise<(SourceRow & LoadRow)[]> {
  const { rows } = await sql<SourceRow & LoadRow>`
    SELECT ${SOURCE}, l.file_name, l.first_day, l.last_day, l.created, l.bad_rows, l.loaded_by, l.loaded_at
    FROM conduct.clock_source s
    LEFT JOIN LATERAL (
      SELECT * FROM conduct.clock_load l WHERE l.city_code = ${cityCode} AND l.source_id = s.source_id
      ORDER BY l.loaded_at DESC LIMIT 1) l ON true
    WHERE s.city_code = ${cityCode} ORDER BY s.name`.execute(reader);
  return rows;
}

export async function findSource(
  reader: Reader,
  cityCode: string,
  id: string,
): Promise<SourceRow | undefined> {
  const { rows } = await sql<SourceRow>`
    SELECT ${SOURCE} FROM conduct.clock_source s
    WHERE s.city_code = ${cityCode} AND s.source_id = ${id}`.execute(reader);
  return rows[0];
}

/** Adds or changes a source; false when another one bears the name. */
export async function upsertSource(tx: Tx, cityCode: string, row: SourceRow): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO conduct.clock_source (city_code, source_id, name, layout, mapping, changed_by, changed_at)
    SELECT ${cityCode}, ${row.source_id}::uuid, ${row.name}, ${row.layout},
      ${JSON.stringify(row.mapping)}::jsonb, ${row.changed_by}, ${row.changed_at}::timestamptz
    WHERE NOT EXISTS (SELECT FROM conduct.clock_source o
      WHERE o.city_code = ${cityCode} AND o.name = ${row.name} AND o.source_id <> ${row.source_id}::uuid)
    ON CONFLICT (city_code, source_id) DO UPDATE SET name = excluded.name, layout = excluded.layout,
      mapping = excluded.mapping, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    RETURNING source_id`.execute(tx);
  return rows.length > 0;
}

export interface NewLoad {
  readonly load_id: string;
  readonly source_id: string;
  readonly file_name: string;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly rows: number;
  readonly created: number;
  readonly bad_rows: number;
  readonly loaded_by: string;
  readonly loaded_staff: string | null;
  readonly loaded_at: Date;
}

export async function insertLoad(tx: Tx, cityCode: string, row: NewLoad): Promise<void> {
  await sql`
    INSERT INTO conduct.clock_load (city_code, load_id, source_id, file_name, first_day, last_day, rows,
      created, bad_rows, loaded_by, loaded_staff, loaded_at)
    VALUES (${cityCode}, ${row.load_id}, ${row.source_id}, ${row.file_name}, ${row.first_day}::date,
      ${row.last_day}::date, ${row.rows}, ${row.created}, ${row.bad_rows}, ${row.loaded_by},
      ${row.loaded_staff}, ${row.loaded_at})`.execute(tx);
}

export interface NewPunch {
  readonly staff_no: string;
  readonly day: string;
  readonly minute: number;
  readonly device: string | null;
}

/** Adds the punches that aren't there yet; answers those. */
export async function insertPunches(
  tx: Tx,
  cityCode: string,
  loadId: string,
  punches: readonly NewPunch[],
): Promise<{ staff_no: string; day: string; minute: number }[]> {
  const { rows } = await sql<{ staff_no: string; day: string; minute: number }>`
    INSERT INTO conduct.punch (city_code, staff_no, day, minute, device, load_id)
    SELECT ${cityCode}, staff_no, day, minute, device, ${loadId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(punches)}::jsonb)
      AS r(staff_no text, day date, minute smallint, device text)
    ON CONFLICT (city_code, staff_no, day, minute) DO NOTHING
    RETURNING staff_no, day, minute`.execute(tx);
  return rows;
}

export interface NamedStaff {
  readonly staff_no: string;
  readonly name: string;
  readonly department_code: string;
  readonly region_code: string;
}

/** Staff by number, and whoever bears one of the names. */
export async function findClockStaff(
  reader: Reader,
  cityCode: string,
  { numbers, names }: { numbers: readonly string[]; names: readonly string[] },
): Promise<NamedStaff[]> {
  const { rows } = await sql<NamedStaff>`
    SELECT s.staff_no, s.name, s.department_code, d.region_code
    FROM registry.v_staff s
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = s.department_code
    WHERE s.city_code = ${cityCode}
      AND (s.staff_no = ANY(${[...numbers]}::text[]) OR s.name = ANY(${[...names]}::text[]))
  `.execute(reader);
  return rows;
}
