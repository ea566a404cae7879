import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export type ReviewVerdict = 'no_fault' | 'induced' | 'faked';

export interface ReviewRow {
  readonly review_id: string;
  readonly finding_id: string;
  readonly verdict: ReviewVerdict;
  readonly reason: string;
  /** `step/number` */
  readonly excludes: string[];
  readonly state: 'proposed' | 'approved' | 'rejected' | 'withdrawn';
  readonly proposed_by: string;
  readonly proposed_name: string;
  readonly proposed_staff: string | null;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_name: string | null;
  readonly decided_at: Date | null;
  readonly decision_note: string | null;
  readonly excluded: number | null;
}

export type NewReview = Pick<
  ReviewRow,
  | 'review_id'
  | 'finding_id'
  | 'verdict'
  | 'reason'
  | 'excludes'
  | 'proposed_by'
  | 'proposed_name'
  | 'proposed_staff'
  | 'proposed_at'
>;

/** Adds a proposal to a held finding. */
export async function insertReview(tx: Tx, cityCode: string, row: NewReview): Promise<void> {
  await sql`
    INSERT INTO handling.integrity_review (city_code, review_id, finding_id, verdict, reason, excludes, state,
      proposed_by, proposed_name, proposed_staff, proposed_at)
    VALUES (${cityCode}, ${row.review_id}::uuid, ${row.finding_id}::uuid, ${row.verdict}, ${row.reason},
      ${JSON.stringify(row.excludes)}::jsonb, 'proposed', ${row.proposed_by}, ${row.proposed_name},
      ${row.proposed_staff}, ${row.proposed_at})`.execute(tx);
}

/** The proposals about a finding, the newest first. */
export async function listReviews(reader: Reader, cityCode: string, findingId: string): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    SELECT review_id, finding_id, verdict, reason, excludes, state, proposed_by, proposed_name,
      proposed_staff, proposed_at, decided_by, decided_name, decided_at, decision_note, excluded
    FROM handling.integrity_review WHERE city_code = ${cityCode} AND finding_id = ${findingId}::uuid
    ORDER BY proposed_at DESC, review_id`.execute(reader);
  return rows;
}

/** Ends the proposal of a held finding. */
export async function endReview(
  tx: Tx,
  cityCode: string,
  ending: {
    id: string;
    state: 'approved' | 'rejected' | 'withdrawn';
    by: string;
    name: string;
    at: Date;
    note: string;
    excluded: number | null;
  },
): Promise<void> {
  await sql`
    UPDATE handling.integrity_review SET state = ${ending.state}, decided_by = ${ending.by},
      decided_name = ${ending.name}, decided_at = ${ending.at}, decision_note = ${ending.note},
      excluded = ${ending.excluded}
    WHERE city_code = ${cityCode} AND review_id = ${ending.id}::uuid AND state = 'proposed'`.execute(tx);
}
