import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { FoundItem } from './contract.ts';

/** Where an item is asked for: any of the hall's at a general window, the department's own at its window. */
export interface Counter {
  /** The hall: the first six digits of its region (a county hall with its townships). */
  hall: string;
  departmentCode: string | null;
}

const columns = sql.raw(`i.code, i.name, i.department_code AS "departmentCode", d.name AS "departmentName",
  i.promise, i.promised_days AS "promisedDays"`);

const offered = ({ hall, departmentCode }: Counter) => sql`left(d.region_code, 6) = ${hall}
  AND (${departmentCode}::text IS NULL OR i.department_code = ${departmentCode})
  AND i.type NOT IN ('02', '03', '04', '06')`;

/**
 * Items that contain every word: those whose name begins with the first one, then those whose letters or code
 * do, then all others. One or two letters stand somewhere in nearly every name's pinyin, so they have to
 * begin it. The items are read in their own order first: by department they lie all over the table.
 */
export async function searchStored(
  reader: Reader,
  cityCode: string,
  sought: { words: readonly string[]; counter: Counter; limit: number },
): Promise<FoundItem[]> {
  const { words, counter, limit } = sought;
  const lines = words.map((word) => (/^[a-z]{1,2}$/.test(word) ? `\n${word}` : word));
  const first = words[0] ?? '';
  const conditions = lines.map((line) => sql`strpos(i.sought, ${line}) > 0`);
  const { rows } = await sql<FoundItem>`
    WITH i AS MATERIALIZED (
      SELECT city_code, code, name, department_code, type, promise, promised_days, sought
      FROM registry.service_item i
      WHERE i.city_code = ${cityCode} AND ${sql.join(conditions, sql` AND `)})
    SELECT ${columns}
    FROM i JOIN registry.department d ON d.city_code = ${cityCode} AND d.code = i.department_code
    WHERE ${offered(counter)}
    ORDER BY CASE WHEN starts_with(i.sought, ${first}) THEN 0
        WHEN strpos(i.sought, ${`\n${first}`}) > 0 THEN 1 ELSE 2 END, length(i.name), i.code
    LIMIT ${limit}`.execute(reader);
  return rows;
}

/** One item, if it is offered there. */
export async function offeredItem(
  reader: Reader,
  cityCode: string,
  sought: { code: string; counter: Counter },
): Promise<FoundItem | undefined> {
  const { rows } = await sql<FoundItem>`
    SELECT ${columns}
    FROM registry.service_item i
    JOIN registry.department d ON d.city_code = i.city_code AND d.code = i.department_code
    WHERE i.city_code = ${cityCode} AND i.code = ${sought.code} AND ${offered(sought.counter)}`.execute(
    reader,
  );
  return rows[0];
}
