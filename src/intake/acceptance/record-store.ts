import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import { type ApplicationRecord, columns, source } from './store.ts';

export async function listRecords(
  reader: Reader,
  cityCode: string,
  projectNos: readonly string[],
): Promise<ApplicationRecord[]> {
  const { rows } = await sql<ApplicationRecord>`
    SELECT ${columns} FROM ${source}
    WHERE a.city_code = ${cityCode} AND a.project_no = ANY(${[...projectNos]}::text[])`.execute(reader);
  return rows;
}

export async function listDecided(
  reader: Reader,
  cityCode: string,
  sought: { halls: readonly string[]; q?: string | undefined; limit: number },
): Promise<ApplicationRecord[]> {
  const { halls, q = '', limit } = sought;
  const { rows } = await sql<ApplicationRecord>`
    SELECT ${columns} FROM ${source}
    WHERE a.city_code = ${cityCode} AND left(a.region_code, 6) = ANY(${[...halls]}::text[])
      AND a.state IN ('approved', 'rejected')
      AND (${q} = '' OR a.project_no = upper(${q}) OR right(a.project_no, 4) = ${q}
        OR strpos(a.item_name, ${q}) > 0)
    ORDER BY a.decided_at, a.project_no LIMIT ${limit}`.execute(reader);
  return rows;
}

export async function handledBy(reader: Reader, cityCode: string, projectNo: string): Promise<string[]> {
  const { rows } = await sql<{ staff_no: string }>`
    SELECT DISTINCT staff_no FROM intake.application_event
    WHERE city_code = ${cityCode} AND project_no = ${projectNo}
      AND verb IN ('notice', 'accept', 'accept_lacking', 'supplement')`.execute(reader);
  return rows.map((row) => row.staff_no);
}

export async function countVerb(
  reader: Reader,
  cityCode: string,
  sought: { projectNo: string; verb: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM intake.application_event
    WHERE city_code = ${cityCode} AND project_no = ${sought.projectNo}
      AND verb = ${sought.verb}`.execute(reader);
  return rows[0]?.count ?? 0;
}
