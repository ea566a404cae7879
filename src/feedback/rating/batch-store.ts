import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface EntryBatch {
  readonly batch_id: string;
  readonly number: string;
  readonly note: string | null;
  readonly opened_name: string;
  readonly opened_at: Date;
  readonly ended_at: Date | null;
  readonly entries: number;
}

/** Opens a batch of paper forms under the next number of the year. */
export async function insertEntryBatch(
  tx: Tx,
  cityCode: string,
  batch: { id: string; year: string; note: string | null; by: { id: string; name: string }; at: Date },
): Promise<void> {
  const prefix = `ZZ${batch.year}-`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`entry_batch/${cityCode}`}, 0))`.execute(tx);
  await sql`
    INSERT INTO feedback.entry_batch (city_code, batch_id, number, note, opened_by, opened_name, opened_at)
    SELECT ${cityCode}, ${batch.id}::uuid, ${prefix} || lpad((count(*) + 1)::text, 4, '0'), ${batch.note},
      ${batch.by.id}, ${batch.by.name}, ${batch.at}::timestamptz
    FROM feedback.entry_batch WHERE city_code = ${cityCode} AND starts_with(number, ${prefix})`.execute(tx);
}

export async function listEntryBatches(
  reader: Reader,
  cityCode: string,
  filter: {
    id?: string | undefined;
    /** only those of this account */
    openedBy?: string | undefined;
    after?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<EntryBatch[]> {
  const conditions = [sql`b.city_code = ${cityCode}`];
  const { id, after, openedBy } = filter;
  if (id) conditions.push(sql`b.batch_id = ${id}::uuid`);
  if (openedBy) conditions.push(sql`b.opened_by = ${openedBy}`);
  if (after) conditions.push(sql`(b.opened_at, b.batch_id) < (${after.at}, ${after.id}::uuid)`);
  const { rows } = await sql<EntryBatch>`
    SELECT b.batch_id, b.number, b.note, b.opened_name, b.opened_at, x.ended_at,
      (SELECT count(*)::int FROM feedback.assisted_entry e
       WHERE e.city_code = ${cityCode} AND e.batch_id = b.batch_id) AS entries
    FROM feedback.entry_batch b
    LEFT JOIN feedback.entry_batch_end x ON x.city_code = b.city_code AND x.batch_id = b.batch_id
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY b.opened_at DESC, b.batch_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

export async function endEntryBatch(
  tx: Tx,
  cityCode: string,
  batch: { id: string; by: string; at: Date },
): Promise<void> {
  await sql`
    INSERT INTO feedback.entry_batch_end (city_code, batch_id, ended_by, ended_at)
    VALUES (${cityCode}, ${batch.id}, ${batch.by}, ${batch.at})
    ON CONFLICT (city_code, batch_id) DO NOTHING`.execute(tx);
}

export interface BatchLine {
  readonly step_id: string;
  readonly project_no: string;
  readonly service_number: number;
  readonly task_name: string;
  readonly satisfaction: number;
  readonly page: number | null;
  readonly entered_name: string;
  readonly entered_at: Date;
}

/** What was entered from a batch, the last first. */
export async function linesOfBatch(reader: Reader, cityCode: string, id: string): Promise<BatchLine[]> {
  const { rows } = await sql<BatchLine>`
    SELECT e.step_id, s.project_no, s.service_number, s.task_name, r.satisfaction, e.page, e.entered_name,
      e.entered_at
    FROM feedback.assisted_entry e
    JOIN feedback.rating r ON r.city_code = e.city_code AND r.service_month = e.service_month
      AND r.step_id = e.step_id AND r.assess_number = e.assess_number
    JOIN intake.ratable_step s ON s.city_code = e.city_code AND s.step_id = e.step_id
    WHERE e.city_code = ${cityCode} AND e.batch_id = ${id}::uuid
    ORDER BY e.entered_at DESC, e.step_id DESC LIMIT 500`.execute(reader);
  return rows;
}
