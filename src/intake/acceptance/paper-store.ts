import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface PaperRow {
  material_no: number;
  name: string;
  form: 'original' | 'copy' | 'electronic';
  copies: number;
  may_follow: boolean;
  handed_at: Date | null;
}

/** Keeps the list of papers as it stands when a case comes. */
export async function insertPapers(
  tx: Tx,
  cityCode: string,
  projectNo: string,
  rows: readonly PaperRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    INSERT INTO intake.application_material (city_code, project_no, material_no, name, form, copies,
      may_follow, handed_at)
    SELECT ${cityCode}, ${projectNo}, material_no, name, form, copies, may_follow, handed_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(material_no int, name text, form text, copies int, may_follow boolean, handed_at timestamptz)
    `.execute(tx);
}

/** Papers that are handed in later. */
export async function handIn(
  tx: Tx,
  cityCode: string,
  papers: { projectNo: string; numbers: readonly number[]; at: Date },
): Promise<void> {
  await sql`
    UPDATE intake.application_material SET handed_at = ${papers.at}
    WHERE city_code = ${cityCode} AND project_no = ${papers.projectNo} AND handed_at IS NULL
      AND material_no = ANY(${[...papers.numbers]}::int[])`.execute(tx);
}

export async function listPapers(reader: Reader, cityCode: string, projectNo: string): Promise<PaperRow[]> {
  const { rows } = await sql<PaperRow>`
    SELECT material_no, name, form, copies, may_follow, handed_at FROM intake.application_material
    WHERE city_code = ${cityCode} AND project_no = ${projectNo} ORDER BY material_no`.execute(reader);
  return rows;
}

export interface NoticeRow {
  notice_no: string;
  missing: number[];
  remark: string | null;
  given_by: string;
  given_at: Date;
}

export async function insertNotice(
  tx: Tx,
  cityCode: string,
  projectNo: string,
  notice: NoticeRow,
): Promise<void> {
  await sql`
    INSERT INTO intake.application_notice (city_code, notice_no, project_no, missing, remark, given_by,
      given_at)
    VALUES (${cityCode}, ${notice.notice_no}, ${projectNo}, ${notice.missing}::int[], ${notice.remark},
      ${notice.given_by}, ${notice.given_at})`.execute(tx);
}

export async function listNotices(reader: Reader, cityCode: string, projectNo: string): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    SELECT notice_no, missing, remark, given_by, given_at FROM intake.application_notice
    WHERE city_code = ${cityCode} AND project_no = ${projectNo} ORDER BY given_at, notice_no`.execute(reader);
  return rows;
}
