import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { SheetChannel } from './contract.ts';

export interface NewSheet {
  readonly sheet_id: string;
  readonly questionnaire_id: string;
  readonly version: number;
  readonly window_code: string;
  readonly department_code: string;
  readonly region_code: string;
  readonly channel: SheetChannel;
  readonly day: string;
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly repeated: boolean;
  readonly client_id: string;
  readonly batch_id: string | null;
  readonly sheet_number: number | null;
}

/** Adds a sheet; false when the form's own id, or the number within the batch, has one already. */
export async function insertSheet(tx: Tx, cityCode: string, sheet: NewSheet): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO feedback.questionnaire_sheet (city_code, sheet_id, questionnaire_id, version, window_code,
      department_code, region_code, channel, day, answers, repeated, client_id, batch_id, sheet_number)
    VALUES (${cityCode}, ${sheet.sheet_id}, ${sheet.questionnaire_id}, ${sheet.version},
      ${sheet.window_code}, ${sheet.department_code}, ${sheet.region_code}, ${sheet.channel},
      ${sheet.day}::date, ${JSON.stringify(sheet.answers)}::jsonb, ${sheet.repeated}, ${sheet.client_id},
      ${sheet.batch_id}, ${sheet.sheet_number})
    ON CONFLICT DO NOTHING RETURNING sheet_id`.execute(tx);
  return rows.length > 0;
}

export async function insertText(
  tx: Tx,
  cityCode: string,
  text: { textId: string; sheetId: string; question: string; day: string; body: string },
): Promise<void> {
  await sql`
    INSERT INTO feedback.questionnaire_text (city_code, text_id, sheet_id, question, day, body)
    VALUES (${cityCode}, ${text.textId}, ${text.sheetId}, ${text.question}, ${text.day}::date, ${text.body})
  `.execute(tx);
}

/** Notes that a device has answered on a day; false when it had. */
export async function insertMark(
  tx: Tx,
  cityCode: string,
  { id, day, mark }: { id: string; day: string; mark: Buffer },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO feedback.questionnaire_mark (city_code, questionnaire_id, day, mark)
    VALUES (${cityCode}, ${id}, ${day}::date, ${mark})
    ON CONFLICT (city_code, questionnaire_id, day, mark) DO NOTHING RETURNING day`.execute(tx);
  return rows.length > 0;
}

export async function hasMark(
  reader: Reader,
  cityCode: string,
  { id, day, mark }: { id: string; day: string; mark: Buffer },
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.questionnaire_mark
    WHERE city_code = ${cityCode} AND questionnaire_id = ${id}::uuid AND day = ${day}::date
      AND mark = ${mark}`.execute(reader);
  return rows.length > 0;
}

export async function hasClientId(reader: Reader, cityCode: string, clientId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.questionnaire_sheet
    WHERE city_code = ${cityCode} AND client_id = ${clientId}`.execute(reader);
  return rows.length > 0;
}

export interface TextRow {
  readonly body: string;
  readonly day: string;
  readonly window_code: string;
  readonly number: string;
  readonly content: string;
}

/** What was written, with where it was; undefined when it has been erased. */
export async function findText(
  reader: Reader,
  cityCode: string,
  textId: string,
): Promise<TextRow | undefined> {
  const { rows } = await sql<TextRow>`
    SELECT x.body, x.day::text, s.window_code, q.number, v.content
    FROM feedback.questionnaire_text x
    JOIN feedback.questionnaire_sheet s ON s.city_code = x.city_code AND s.sheet_id = x.sheet_id
    JOIN feedback.questionnaire q ON q.city_code = s.city_code AND q.questionnaire_id = s.questionnaire_id
    JOIN feedback.questionnaire_version v ON v.city_code = s.city_code
      AND v.questionnaire_id = s.questionnaire_id AND v.version = s.version
    WHERE x.city_code = ${cityCode} AND x.text_id = ${textId}::uuid`.execute(reader);
  return rows[0];
}

/** Erases texts of days before the given one; answers how many. */
export async function eraseTexts(tx: Tx, cityCode: string, before: string): Promise<number> {
  const result = await sql`
    DELETE FROM feedback.questionnaire_text WHERE city_code = ${cityCode} AND day < ${before}::date
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Erases marks of devices of days before the given one; answers how many. */
export async function eraseMarks(tx: Tx, cityCode: string, before: string): Promise<number> {
  const result = await sql`
    DELETE FROM feedback.questionnaire_mark WHERE city_code = ${cityCode} AND day < ${before}::date
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
