import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface DecisionRow {
  readonly decision_id: string;
  readonly voice_id: string;
  readonly outcome: 'at_fault' | 'not_at_fault';
  readonly subject_kind: 'staff' | 'window' | 'department';
  readonly subject_code: string;
  readonly reason: string;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly proposed_by: string;
  readonly proposed_name: string;
  readonly proposed_staff: string | null;
  readonly proposed_at: Date;
  readonly decided_name: string | null;
  readonly decided_at: Date | null;
  readonly decision_note: string | null;
  /** at fault and not charged: this has charged the same event */
  readonly charged_with: string | null;
}

/** What was proposed and decided about a voice, the first first. */
export async function findDecisions(
  reader: Reader,
  cityCode: string,
  voiceId: string,
): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    SELECT decision_id, voice_id, outcome, subject_kind, subject_code, reason, state, proposed_by,
      proposed_name, proposed_staff, proposed_at, decided_name, decided_at, decision_note, charged_with
    FROM handling.voice_decision
    WHERE city_code = ${cityCode} AND voice_id = ${voiceId}::uuid ORDER BY proposed_at`.execute(reader);
  return rows;
}

type NewDecision = Omit<
  DecisionRow,
  'state' | 'decided_name' | 'decided_at' | 'decision_note' | 'charged_with'
>;

/** Adds a proposal; false when one stands. */
export async function insertDecision(tx: Tx, cityCode: string, row: NewDecision): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO handling.voice_decision (city_code, decision_id, voice_id, outcome, subject_kind,
      subject_code, reason, state, proposed_by, proposed_name, proposed_staff, proposed_at)
    VALUES (${cityCode}, ${row.decision_id}, ${row.voice_id}, ${row.outcome}, ${row.subject_kind},
      ${row.subject_code}, ${row.reason}, 'proposed', ${row.proposed_by}, ${row.proposed_name},
      ${row.proposed_staff}, ${row.proposed_at})
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Ends a proposal; false when somebody else has meanwhile. */
export async function endDecision(
  tx: Tx,
  cityCode: string,
  given: {
    id: string;
    state: 'approved' | 'rejected';
    by: { id: string; name: string };
    at: Date;
    note: string;
    chargedWith: string | null;
  },
): Promise<boolean> {
  const { id, state, by, at, note, chargedWith } = given;
  const { numAffectedRows } = await sql`
    UPDATE handling.voice_decision SET state = ${state}, decided_by = ${by.id}, decided_name = ${by.name},
      decided_at = ${at}, decision_note = ${note}, charged_with = ${chargedWith}
    WHERE city_code = ${cityCode} AND decision_id = ${id}::uuid AND state = 'proposed'`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** A bad rating of a case that was given for what somebody did, or at somebody's window. */
export interface BadRating {
  readonly service_number: number;
  readonly verdict: string | null;
  /** first day */
  readonly service_month: string;
}

/** Bad ratings of a case that may charge the same event, unless they were taken out. */
export async function findBadRatings(
  reader: Reader,
  cityCode: string,
  { projectNo, subject }: { projectNo: string; subject: { kind: string; code: string } },
): Promise<BadRating[]> {
  const { kind, code } = subject;
  const { rows } = await sql<BadRating>`
    SELECT service_number, verdict, service_month FROM feedback.scored_rating
    WHERE city_code = ${cityCode} AND project_no = ${projectNo} AND satisfaction <= 2
      AND (verdict IS NULL OR verdict = 'upheld')
      AND CASE ${kind} WHEN 'staff' THEN staff_no WHEN 'window' THEN window_code ELSE dept_code END = ${code}
    ORDER BY service_number`.execute(reader);
  return rows;
}
