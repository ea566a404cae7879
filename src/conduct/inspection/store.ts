import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

/** A finding as it is stored, without when and from where. */
export interface StoredFinding {
  readonly finding_id: string;
  readonly occurred_on: string;
  readonly subject_kind: string;
  readonly subject_code: string;
  readonly rule: string;
  readonly quantity: number;
  readonly project_no: string | null;
  readonly evidence: string;
  readonly recorded_by: string;
  readonly confirmed_by: string | null;
}

export async function findFindings(
  tx: Tx,
  cityCode: string,
  ids: readonly string[],
): Promise<StoredFinding[]> {
  const { rows } = await sql<StoredFinding>`
    SELECT finding_id, occurred_on, subject_kind, subject_code, rule, quantity, project_no, evidence,
      recorded_by,
           confirmed_by
    FROM conduct.finding WHERE city_code = ${cityCode} AND finding_id = ANY(${[...ids]}::text[])`.execute(tx);
  return rows;
}

export async function insertFindings(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredFinding[],
  at: { now: Date; source: string },
): Promise<void> {
  await sql`
    INSERT INTO conduct.finding (city_code, finding_id, occurred_on, subject_kind, subject_code, rule,
      quantity,
      project_no, evidence, recorded_by, confirmed_by, source, recorded_at, confirmed_at)
    SELECT ${cityCode}, finding_id, occurred_on, subject_kind, subject_code, rule, quantity, project_no,
      evidence,
           recorded_by, confirmed_by, ${at.source}, ${at.now}::timestamptz,
           CASE WHEN confirmed_by IS NOT NULL THEN ${at.now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(finding_id text, occurred_on date,
      subject_kind text, subject_code text, rule text, quantity int, project_no text, evidence text,
      recorded_by text, confirmed_by text)`.execute(tx);
}

/** Names the second person of findings that had none yet. */
export async function confirmFindings(
  tx: Tx,
  cityCode: string,
  rows: readonly { finding_id: string; confirmed_by: string | null }[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE conduct.finding f SET confirmed_by = r.confirmed_by, confirmed_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(finding_id text, confirmed_by text)
    WHERE f.city_code = ${cityCode} AND f.finding_id = r.finding_id AND f.confirmed_by IS NULL
      AND f.rejected_at IS NULL`.execute(tx);
}
