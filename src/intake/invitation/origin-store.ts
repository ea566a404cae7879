import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface OriginRow {
  origin: string;
  key_name: string;
  note: string;
  added_by: string;
  added_at: Date;
}

export async function listOrigins(reader: Reader, cityCode: string): Promise<OriginRow[]> {
  const { rows } = await sql<OriginRow>`
    SELECT origin, key_name, note, added_by, added_at FROM intake.embed_origin
    WHERE city_code = ${cityCode} ORDER BY origin, key_name`.execute(reader);
  return rows;
}

/** Names of the keys for which the site is allowed, empty for every key; none when it isn't allowed. */
export async function keysOfOrigin(reader: Reader, cityCode: string, origin: string): Promise<string[]> {
  const { rows } = await sql<{ key_name: string }>`
    SELECT key_name FROM intake.embed_origin
    WHERE city_code = ${cityCode} AND origin = ${origin}`.execute(reader);
  return rows.map((row) => row.key_name);
}

/** Answers whether it was added: no, when it stands already. */
export async function insertOrigin(tx: Tx, cityCode: string, row: OriginRow): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO intake.embed_origin (city_code, origin, key_name, note, added_by, added_at)
    VALUES (${cityCode}, ${row.origin}, ${row.key_name}, ${row.note}, ${row.added_by}, ${row.added_at})
    ON CONFLICT (city_code, origin, key_name) DO NOTHING RETURNING origin`.execute(tx);
  return rows.length > 0;
}

/** Whether it was there. */
export async function deleteOrigin(
  tx: Tx,
  cityCode: string,
  { origin, keyName }: { origin: string; keyName: string },
): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM intake.embed_origin
    WHERE city_code = ${cityCode} AND origin = ${origin} AND key_name = ${keyName}
    RETURNING origin`.execute(tx);
  return rows.length > 0;
}
