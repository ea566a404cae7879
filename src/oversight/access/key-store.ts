import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Reader, Tx } from '../../platform/db.ts';

export interface ApiKeyRow {
  id: string;
  city_code: string;
  name: string;
  scope_code: string;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_on: string | null;
}

const keyColumns = sql`id, city_code, name, scope_code, created_by, created_at, expires_at, revoked_at,
  last_used_on`;

export async function findApiKey(db: Reader, keyHash: Buffer): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`
    SELECT ${keyColumns} FROM oversight.api_key WHERE key_hash = ${keyHash}`.execute(db);
  return rows[0];
}

export interface NewApiKey {
  id: string;
  cityCode: string;
  name: string;
  keyHash: Buffer;
  scopeCode: string;
  createdBy: string;
  at: Date;
  expiresAt: Date | null;
}

export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`
    INSERT INTO oversight.api_key (id, city_code, name, key_hash, scope_code, created_by, created_at,
      expires_at)
    VALUES (${key.id}, ${key.cityCode}, ${key.name}, ${key.keyHash}, ${key.scopeCode}, ${key.createdBy},
      ${key.at},
      ${key.expiresAt})
    RETURNING ${keyColumns}`.execute(tx);
  return rows[0];
}

/** Newest first. */
export async function listApiKeys(db: Reader, cityCode: string): Promise<ApiKeyRow[]> {
  const { rows } = await sql<ApiKeyRow>`
    SELECT ${keyColumns} FROM oversight.api_key WHERE city_code = ${cityCode}
    ORDER BY created_at DESC, id LIMIT 1000`.execute(db);
  return rows;
}

/** The key as it stands afterwards; a second time changes nothing. */
export async function revokeKey(
  tx: Tx,
  cityCode: string,
  id: string,
  at: Date,
): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`
    UPDATE oversight.api_key SET revoked_at = coalesce(revoked_at, ${at})
      WHERE city_code = ${cityCode} AND id = ${id}
    RETURNING ${keyColumns}`.execute(tx);
  return rows[0];
}

export async function markKeyUsed(db: Reader, id: string, day: Day): Promise<void> {
  await sql`UPDATE oversight.api_key SET last_used_on = ${day}::date
    WHERE id = ${id} AND last_used_on IS DISTINCT FROM ${day}::date`.execute(db);
}
