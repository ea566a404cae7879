import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface SheetBatch {
  readonly batch_id: string;
  readonly number: string;
  readonly questionnaire_id: string;
  readonly version: number;
  readonly content: string;
  readonly window_code: string;
  readonly region_code: string;
  readonly department_code: string;
  readonly filled_on: string;
  readonly opened_by: string;
  readonly opened_name: string;
  readonly opened_at: Date;
  readonly ended_at: Date | null;
  readonly sample: number[];
  readonly outcome: 'accepted' | 'rejected' | null;
  readonly sheets: number;
}

/** Begins a batch under the next number of the year; the same id again begins nothing. */
export async function insertSheetBatch(
  tx: Tx,
  cityCode: string,
  batch: {
    id: string;
    year: string;
    questionnaireId: string;
    version: number;
    windowCode: string;
    filledOn: string;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<boolean> {
  const prefix = `WP${batch.year}-`;
  await sql`
    SELECT pg_advisory_xact_lock(hashtextextended(${`questionnaire_batch/${cityCode}`}, 0))`.execute(tx);
  const { rows } = await sql`
    INSERT INTO feedback.questionnaire_batch (city_code, batch_id, number, questionnaire_id, version,
      window_code, filled_on, opened_by, opened_name, opened_at)
    SELECT ${cityCode}, ${batch.id}::uuid, ${prefix} || lpad((count(*) + 1)::text, 4, '0'),
      ${batch.questionnaireId}::uuid, ${batch.version}::int, ${batch.windowCode}, ${batch.filledOn}::date,
      ${batch.by.id}, ${batch.by.name}, ${batch.at}::timestamptz
    FROM feedback.questionnaire_batch WHERE city_code = ${cityCode} AND starts_with(number, ${prefix})
    ON CONFLICT (city_code, batch_id) DO NOTHING RETURNING number`.execute(tx);
  return rows.length > 0;
}

/** Batches of windows within reach, the newest first. */
export async function listSheetBatches(
  reader: Reader,
  filter: {
    cityCode: string;
    regionPrefix?: string | undefined;
    departmentCode?: string | undefined;
    id?: string | undefined;
    after?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<SheetBatch[]> {
  const { cityCode, after, id } = filter;
  const conditions = [sql`b.city_code = ${cityCode}`];
  if (filter.regionPrefix) conditions.push(sql`starts_with(w.region_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`w.department_code = ${filter.departmentCode}`);
  if (id) conditions.push(sql`b.batch_id = ${id}::uuid`);
  if (after) conditions.push(sql`(b.opened_at, b.batch_id) < (${after.at}, ${after.id}::uuid)`);
  const { rows } = await sql<SheetBatch>`
    SELECT b.batch_id, b.number, b.questionnaire_id, b.version, v.content, b.window_code, w.region_code,
      w.department_code, b.filled_on::text, b.opened_by, b.opened_name, b.opened_at, b.ended_at, b.sample,
      b.outcome,
      (SELECT count(*)::int FROM feedback.questionnaire_sheet s
       WHERE s.city_code = ${cityCode} AND s.batch_id = b.batch_id) AS sheets
    FROM feedback.questionnaire_batch b
    JOIN feedback.questionnaire_version v ON v.city_code = b.city_code
      AND v.questionnaire_id = b.questionnaire_id AND v.version = b.version
    JOIN registry.v_window w ON w.city_code = b.city_code AND w.code = b.window_code
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY b.opened_at DESC, b.batch_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** Holds a batch until the transaction ends, so that typing, ending and judging follow each other. */
export async function lockSheetBatch(tx: Tx, cityCode: string, id: string): Promise<void> {
  await sql`
    SELECT 1 FROM feedback.questionnaire_batch WHERE city_code = ${cityCode} AND batch_id = ${id}::uuid
    FOR UPDATE`.execute(tx);
}

export interface TypedSheet {
  readonly sheet_number: number;
  readonly answers: Record<string, string[]>;
}

export async function typedSheets(reader: Reader, cityCode: string, id: string): Promise<TypedSheet[]> {
  const { rows } = await sql<TypedSheet>`
    SELECT sheet_number, answers FROM feedback.questionnaire_sheet
    WHERE city_code = ${cityCode} AND batch_id = ${id}::uuid ORDER BY sheet_number`.execute(reader);
  return rows;
}

export async function endSheetBatch(
  tx: Tx,
  cityCode: string,
  ended: { id: string; at: Date; sample: readonly number[] },
): Promise<void> {
  await sql`
    UPDATE feedback.questionnaire_batch SET ended_at = ${ended.at}, sample = ${[...ended.sample]}::int[]
    WHERE city_code = ${cityCode} AND batch_id = ${ended.id}::uuid`.execute(tx);
}

export async function judgeSheetBatch(
  tx: Tx,
  cityCode: string,
  judged: { id: string; outcome: 'accepted' | 'rejected'; at: Date },
): Promise<void> {
  await sql`
    UPDATE feedback.questionnaire_batch SET outcome = ${judged.outcome}, outcome_at = ${judged.at}
    WHERE city_code = ${cityCode} AND batch_id = ${judged.id}::uuid`.execute(tx);
}

export interface SheetCheck {
  readonly sheet_number: number;
  readonly answers: Record<string, string[]>;
  readonly differs: string[];
  readonly compared: number;
  readonly holds: 'first' | 'second' | null;
  readonly checked_name: string;
}

export async function sheetChecks(reader: Reader, cityCode: string, id: string): Promise<SheetCheck[]> {
  const { rows } = await sql<SheetCheck>`
    SELECT sheet_number, answers, differs, compared, holds, checked_name
    FROM feedback.questionnaire_check
    WHERE city_code = ${cityCode} AND batch_id = ${id}::uuid ORDER BY sheet_number`.execute(reader);
  return rows;
}

/** Adds a second typing; false when there is one. */
export async function insertSheetCheck(
  tx: Tx,
  cityCode: string,
  check: {
    id: string;
    number: number;
    answers: Readonly<Record<string, readonly string[]>>;
    differs: readonly string[];
    compared: number;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<boolean> {
  const holds = check.differs.length === 0 ? 'first' : null;
  const { rows } = await sql`
    INSERT INTO feedback.questionnaire_check (city_code, batch_id, sheet_number, answers, differs, compared,
      holds, checked_by, checked_name, checked_at)
    VALUES (${cityCode}, ${check.id}, ${check.number}, ${JSON.stringify(check.answers)}::jsonb,
      ${[...check.differs]}::text[], ${check.compared}, ${holds}, ${check.by.id}, ${check.by.name},
      ${check.at})
    ON CONFLICT (city_code, batch_id, sheet_number) DO NOTHING RETURNING sheet_number`.execute(tx);
  return rows.length > 0;
}

/** Says which typing holds; false when nothing is to be decided. */
export async function settleSheetCheck(
  tx: Tx,
  cityCode: string,
  settled: { id: string; number: number; holds: 'first' | 'second' },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE feedback.questionnaire_check SET holds = ${settled.holds}
    WHERE city_code = ${cityCode} AND batch_id = ${settled.id}::uuid
      AND sheet_number = ${settled.number} AND holds IS NULL
    RETURNING sheet_number`.execute(tx);
  return rows.length > 0;
}

/** Texts of a batch's sheets, with the question that each answers. */
export async function textsOfBatch(
  reader: Reader,
  cityCode: string,
  id: string,
): Promise<{ text_id: string; question: string }[]> {
  const { rows } = await sql<{ text_id: string; question: string }>`
    SELECT x.text_id, x.question FROM feedback.questionnaire_text x
    JOIN feedback.questionnaire_sheet s ON s.city_code = x.city_code AND s.sheet_id = x.sheet_id
    WHERE x.city_code = ${cityCode} AND s.batch_id = ${id}::uuid`.execute(reader);
  return rows;
}
