import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

/** A complaint as it is stored, without who entered it. */
export interface StoredComplaint {
  readonly complaint_id: string;
  readonly received_at: Date;
  readonly channel: string;
  readonly subject_kind: string;
  readonly subject_code: string;
  readonly project_no: string | null;
  readonly body: string;
  readonly outcome: string;
  readonly confirmed_by: string | null;
}

/** What two people have decided at the hall, also about a matter that didn't get done. */
export interface DecidedRow extends StoredComplaint {
  readonly kind: 'complaint' | 'stuck_matter';
  readonly charged_with: string | null;
}

export async function findComplaints(
  tx: Tx,
  cityCode: string,
  ids: readonly string[],
): Promise<StoredComplaint[]> {
  const { rows } = await sql<StoredComplaint>`
    SELECT complaint_id, received_at, channel, subject_kind, subject_code, project_no, body, outcome,
      confirmed_by
    FROM feedback.complaint WHERE city_code = ${cityCode} AND complaint_id =
      ANY(${[...ids]}::text[])`.execute(tx);
  return rows;
}

/** Holds a case until the transaction ends: of two decisions about it at once one comes second. */
export async function lockCase(tx: Tx, cityCode: string, projectNo: string): Promise<void> {
  const key = `complaint/${cityCode}/${projectNo}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

/** What charges somebody for a case in another month than the instant's: a close sees its own month only. */
export async function findCharging(
  tx: Tx,
  cityCode: string,
  given: { projectNo: string; subject: { kind: string; code: string }; receivedAt: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ complaint_id: string }>`
    SELECT complaint_id FROM feedback.at_fault_complaint
    WHERE city_code = ${cityCode} AND project_no = ${given.projectNo}
      AND subject_kind = ${given.subject.kind} AND subject_code = ${given.subject.code}
      AND date_trunc('month', received_at AT TIME ZONE 'Asia/Shanghai')
        <> date_trunc('month', ${given.receivedAt}::timestamptz AT TIME ZONE 'Asia/Shanghai')
    ORDER BY complaint_id LIMIT 1`.execute(tx);
  return rows[0]?.complaint_id;
}

export async function insertComplaints(
  tx: Tx,
  cityCode: string,
  rows: readonly (StoredComplaint | DecidedRow)[],
  at: { now: Date; source: string; by: string },
): Promise<void> {
  await sql`
    INSERT INTO feedback.complaint (city_code, complaint_id, received_at, channel, subject_kind, subject_code,
      project_no, body, outcome, confirmed_by, kind, charged_with, source, recorded_by, recorded_at,
      decided_at)
    SELECT ${cityCode}, complaint_id, received_at, channel, subject_kind, subject_code, project_no, body,
      outcome, confirmed_by, coalesce(kind, 'complaint'), charged_with, ${at.source}, ${at.by},
      ${at.now}::timestamptz, CASE WHEN outcome <> 'open' THEN ${at.now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(complaint_id text, received_at timestamptz,
      channel text, subject_kind text, subject_code text, project_no text, body text, outcome text,
      confirmed_by text, kind text, charged_with text)`.execute(tx);
}

/** Empties the texts of decided complaints received before the instant; answers how many. */
export async function eraseBodies(tx: Tx, cityCode: string, before: Date): Promise<number> {
  const { rows } = await sql`
    UPDATE feedback.complaint SET body = ''
    WHERE city_code = ${cityCode} AND outcome <> 'open' AND received_at < ${before} AND body <> ''
    RETURNING complaint_id`.execute(tx);
  return rows.length;
}

/** Enters the outcome of complaints that were open, or who confirmed it. */
export async function decideComplaints(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredComplaint[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE feedback.complaint c SET outcome = r.outcome, confirmed_by = r.confirmed_by,
      decided_at = coalesce(c.decided_at, CASE WHEN r.outcome <> 'open' THEN ${now}::timestamptz END)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(complaint_id text, outcome text,
      confirmed_by text)
    WHERE c.city_code = ${cityCode} AND c.complaint_id = r.complaint_id AND c.confirmed_by IS NULL`.execute(
    tx,
  );
}
