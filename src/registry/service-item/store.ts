import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { ItemView, Promised } from './contract.ts';
import type { Letters } from './letters.ts';

export interface StoredItem {
  code: string;
  name: string;
  department_code: string;
  owner_code: string;
  type: string;
  promise: Promised;
  promised_days: number | null;
}

/** Adds and changes items; answers one flag for each row written. */
export async function upsertItems(
  tx: Tx,
  cityCode: string,
  rows: readonly (StoredItem & Letters)[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.service_item AS t
      (city_code, code, name, department_code, owner_code, type, promise, promised_days, initials,
        pinyin)
    SELECT ${cityCode}, code, name, department_code, owner_code, type, promise, promised_days,
      initials, pinyin
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, department_code text, owner_code text, type text, promise text,
        promised_days int, initials text, pinyin text)
    ON CONFLICT (city_code, code) DO UPDATE
      SET name = excluded.name, department_code = excluded.department_code, owner_code = excluded.owner_code,
        type = excluded.type, promise = excluded.promise, promised_days = excluded.promised_days,
        initials = excluded.initials, pinyin = excluded.pinyin
      WHERE (t.name, t.department_code, t.type, t.promise, t.promised_days, t.initials, t.pinyin)
        IS DISTINCT FROM (excluded.name, excluded.department_code, excluded.type, excluded.promise,
          excluded.promised_days, excluded.initials, excluded.pinyin)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

export async function findItems(
  reader: Reader,
  cityCode: string,
  codes: readonly string[],
): Promise<StoredItem[]> {
  const { rows } = await sql<StoredItem>`
    SELECT code, name, department_code, owner_code, type, promise, promised_days FROM registry.service_item
    WHERE city_code = ${cityCode} AND code = ANY(${[...codes]}::text[])`.execute(reader);
  return rows;
}

export interface ItemFilter {
  cityCode: string;
  prefix: string;
  departmentCode: string | null;
  q?: string | undefined;
  department?: string | undefined;
  type?: string | undefined;
  promise?: string | undefined;
  after: string;
  limit: number;
}

export async function listItems(reader: Reader, filter: ItemFilter): Promise<ItemView[]> {
  const { cityCode, prefix, departmentCode, after, limit } = filter;
  const { q = '', department = null, type = null, promise = null } = filter;
  const { rows } = await sql<ItemView>`
    SELECT i.code, i.name, i.department_code AS "departmentCode", d.name AS "departmentName",
      i.owner_code <> i.department_code AS "otherOwner", i.type, i.ratable, i.promise,
      i.promised_days AS "promisedDays"
    FROM registry.v_item i
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = i.department_code
    WHERE i.city_code = ${cityCode} AND i.code > ${after} AND starts_with(d.region_code, ${prefix})
      AND (${departmentCode}::text IS NULL OR i.department_code = ${departmentCode})
      AND (strpos(i.name, ${q}) > 0 OR strpos(i.code, upper(${q})) > 0)
      AND (${department}::text IS NULL OR i.department_code = ${department})
      AND (${type}::text IS NULL OR i.type = ${type})
      AND (${promise}::text IS NULL OR i.promise = ${promise})
    ORDER BY i.code LIMIT ${limit}`.execute(reader);
  return rows;
}
