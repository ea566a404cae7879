import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { RegionView } from './contract.ts';

export interface StoredRegion {
  code: string;
  name: string;
  level: string;
  parent_code: string | null;
}

/** Adds and changes regions, parents and children in one statement; answers one flag for each row written. */
export async function upsertRegions(tx: Tx, rows: readonly StoredRegion[]): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.region AS t (code, name, level, parent_code)
    SELECT code, name, level, parent_code
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, level text, parent_code text)
    ON CONFLICT (code) DO UPDATE
      SET name = excluded.name, level = excluded.level, parent_code = excluded.parent_code
      WHERE (t.name, t.level, t.parent_code) IS DISTINCT FROM
        (excluded.name, excluded.level, excluded.parent_code)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

export async function findRegions(reader: Reader, codes: readonly string[]): Promise<StoredRegion[]> {
  const { rows } = await sql<StoredRegion>`
    SELECT code, name, level, parent_code FROM registry.region
    WHERE code = ANY(${[...codes]}::text[])`.execute(reader);
  return rows;
}

/** The codes of a city's regions and of those above it. */
export async function codesOfCity(reader: Reader, prefix: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    SELECT code FROM registry.region WHERE starts_with(code, ${prefix})`.execute(reader);
  return rows.map((row) => row.code);
}

export async function readAliases(reader: Reader): Promise<{ old_prefix: string; new_prefix: string }[]> {
  const { rows } = await sql<{ old_prefix: string; new_prefix: string }>`
    SELECT old_prefix, new_prefix FROM registry.region_alias`.execute(reader);
  return rows;
}

export async function addAliases(
  tx: Tx,
  rows: readonly { old_prefix: string; new_prefix: string }[],
): Promise<void> {
  await sql`
    INSERT INTO registry.region_alias (old_prefix, new_prefix)
    SELECT old_prefix, new_prefix
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(old_prefix text, new_prefix text)
    ON CONFLICT (old_prefix) DO NOTHING`.execute(tx);
}

export async function addCity(tx: Tx, city: { cityCode: string; name: string }): Promise<void> {
  await sql`
    INSERT INTO registry.city (city_code, name) VALUES (${city.cityCode}, ${city.name})
    ON CONFLICT (city_code) DO NOTHING`.execute(tx);
}

export async function readCities(reader: Reader): Promise<string[]> {
  const { rows } = await sql<{
    city_code: string;
  }>`SELECT city_code FROM registry.city ORDER BY city_code`.execute(reader);
  return rows.map((row) => row.city_code);
}

export interface RegionFilter {
  /** Digits that the code begins with: the data scope. */
  prefix: string;
  q?: string | undefined;
  level?: string | undefined;
  parent?: string | undefined;
  after: string;
  limit: number;
}

export async function listRegions(reader: Reader, filter: RegionFilter): Promise<RegionView[]> {
  const { prefix, q = '', level = null, parent = null, after, limit } = filter;
  const { rows } = await sql<RegionView>`
    SELECT r.code, r.name, r.level, r.parent_code AS "parentCode", p.name AS "parentName"
    FROM registry.region r LEFT JOIN registry.region p ON p.code = r.parent_code
    WHERE starts_with(r.code, ${prefix}) AND r.code > ${after}
      AND (strpos(r.name, ${q}) > 0 OR starts_with(r.code, ${q}))
      AND (${level}::text IS NULL OR r.level = ${level})
      AND (${parent}::text IS NULL OR r.parent_code = ${parent})
    ORDER BY r.code LIMIT ${limit}`.execute(reader);
  return rows;
}
