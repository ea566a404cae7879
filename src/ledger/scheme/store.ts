import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Scheme } from './scheme.ts';

/** Stores a version under its hash; a repeat changes nothing. */
export async function insertVersion(
  tx: Tx,
  cityCode: string,
  version: { hash: string; name: string; content: Scheme; by: string; now: Date },
): Promise<void> {
  await sql`
    INSERT INTO ledger.scheme_version (city_code, hash, name, content, recorded_by, recorded_at)
    VALUES (${cityCode}, ${version.hash}, ${version.name}, ${JSON.stringify(version.content)}::jsonb,
      ${version.by},
      ${version.now}) ON CONFLICT DO NOTHING`.execute(tx);
}

/** Lets a version hold from a day on. @returns whether that day had none before */
export async function insertInForce(
  tx: Tx,
  cityCode: string,
  start: { effectiveFrom: string; hash: string; by: string; confirmedBy: string | null; now: Date },
): Promise<boolean> {
  const result = await sql`
    INSERT INTO ledger.scheme_in_force (city_code, effective_from, hash, recorded_by, confirmed_by,
      recorded_at)
    VALUES (${cityCode}, ${start.effectiveFrom}, ${start.hash}, ${start.by}, ${start.confirmedBy},
      ${start.now})
    ON CONFLICT DO NOTHING`.execute(tx);
  return result.numAffectedRows === 1n;
}

export interface InForceRow {
  readonly effective_from: string;
  readonly hash: string;
  readonly content: Scheme;
  readonly recorded_by: string;
  readonly confirmed_by: string | null;
  readonly recorded_at: Date;
}

/** All versions in force of a city with their first days, oldest first. */
export async function findInForce(reader: Reader, cityCode: string): Promise<InForceRow[]> {
  const { rows } = await sql<InForceRow>`
    SELECT f.effective_from, f.hash, v.content, f.recorded_by, f.confirmed_by, f.recorded_at
    FROM ledger.scheme_in_force f
    JOIN ledger.scheme_version v ON v.city_code = ${cityCode} AND v.hash = f.hash
    WHERE f.city_code = ${cityCode} ORDER BY f.effective_from`.execute(reader);
  return rows;
}

/** Which versions are in force since when, without their contents; oldest first. */
export async function findInForceDays(
  reader: Reader,
  cityCode: string,
): Promise<Pick<InForceRow, 'effective_from' | 'hash' | 'recorded_at'>[]> {
  const { rows } = await sql<InForceRow>`
    SELECT effective_from, hash, recorded_at FROM ledger.scheme_in_force
    WHERE city_code = ${cityCode} ORDER BY effective_from`.execute(reader);
  return rows;
}

/** Versions by hash, also those no longer in force. */
export async function findVersions(
  reader: Reader,
  cityCode: string,
  hashes: readonly string[],
): Promise<{ hash: string; content: Scheme }[]> {
  const { rows } = await sql<{ hash: string; content: Scheme }>`
    SELECT hash, content FROM ledger.scheme_version
    WHERE city_code = ${cityCode} AND hash = ANY(${[...hashes]}::text[])`.execute(reader);
  return rows;
}
