import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { CommentMode, CommentSubject } from './contract.ts';

export interface NewComment {
  readonly comment_id: string;
  readonly mode: CommentMode;
  readonly subject_kind: CommentSubject;
  readonly subject_code: string;
  readonly region_code: string;
  readonly department_code: string | null;
  readonly window_code: string | null;
  readonly satisfaction: number;
  readonly tags: readonly number[];
  readonly text: { readonly salt: Buffer; readonly hash: Buffer; readonly body: string } | null;
  readonly channel: number;
  readonly sign_code: string | null;
  readonly receipt: Buffer;
  readonly client_id: string;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly recorded_by: string | null;
  readonly recorded_name: string | null;
}

/** Adds a comment with its text; false when the form's own id has one already. */
export async function insertComment(tx: Tx, cityCode: string, comment: NewComment): Promise<boolean> {
  const { text } = comment;
  const { rows } = await sql`
    INSERT INTO feedback.comment (city_code, comment_id, mode, subject_kind, subject_code, region_code,
      department_code, window_code, satisfaction, tags, text_hash, channel, sign_code, receipt, client_id,
      occurred_at, received_at, recorded_by, recorded_name)
    VALUES (${cityCode}, ${comment.comment_id}, ${comment.mode}, ${comment.subject_kind},
      ${comment.subject_code}, ${comment.region_code}, ${comment.department_code}, ${comment.window_code},
      ${comment.satisfaction}, ${[...comment.tags]}::smallint[], ${text?.hash ?? null}, ${comment.channel},
      ${comment.sign_code}, ${comment.receipt}, ${comment.client_id}, ${comment.occurred_at},
      ${comment.received_at}, ${comment.recorded_by}, ${comment.recorded_name})
    ON CONFLICT (city_code, client_id) DO NOTHING RETURNING comment_id`.execute(tx);
  if (rows.length === 0) return false;
  if (text !== null) {
    await sql`
      INSERT INTO feedback.comment_text (city_code, comment_id, received_at, salt, body)
      VALUES (${cityCode}, ${comment.comment_id}, ${comment.received_at}, ${text.salt}, ${text.body})
    `.execute(tx);
  }
  return true;
}

export async function insertCommenter(
  tx: Tx,
  cityCode: string,
  commenter: { commentId: string; receivedAt: Date; deviceMark: Buffer | null; addressHash: Buffer | null },
): Promise<void> {
  await sql`
    INSERT INTO feedback.commenter (city_code, comment_id, received_at, device_mark, address_hash)
    VALUES (${cityCode}, ${commenter.commentId}, ${commenter.receivedAt}, ${commenter.deviceMark},
      ${commenter.addressHash})`.execute(tx);
}

export interface ReceivedRow {
  readonly comment_id: string;
  readonly receipt: Buffer;
  readonly received_at: Date;
  readonly satisfaction: number;
  readonly subject_kind: CommentSubject;
  readonly subject_code: string;
}

const RECEIVED = sql`comment_id, receipt, received_at, satisfaction, subject_kind, subject_code`;

export async function findByClientId(
  reader: Reader,
  cityCode: string,
  clientId: string,
): Promise<ReceivedRow | undefined> {
  const { rows } = await sql<ReceivedRow>`
    SELECT ${RECEIVED} FROM feedback.comment
    WHERE city_code = ${cityCode} AND client_id = ${clientId}`.execute(reader);
  return rows[0];
}

/** A public comment by its receipt; inspections have none that anybody could ask for. */
export async function findByReceiptBytes(
  reader: Reader,
  cityCode: string,
  receipt: Uint8Array,
): Promise<ReceivedRow | undefined> {
  const { rows } = await sql<ReceivedRow>`
    SELECT ${RECEIVED} FROM feedback.comment
    WHERE city_code = ${cityCode} AND receipt = ${Buffer.from(receipt)} AND mode = 'public'`.execute(reader);
  return rows[0];
}

/** Adds the decision on an inspection; false when there is one already. */
export async function insertDecision(
  tx: Tx,
  cityCode: string,
  decision: {
    commentId: string;
    outcome: 'confirmed' | 'rejected';
    by: { id: string; name: string };
    at: Date;
    note: string | null;
  },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO feedback.comment_decision (city_code, comment_id, outcome, decided_by, decided_name,
      decided_at, note)
    VALUES (${cityCode}, ${decision.commentId}, ${decision.outcome}, ${decision.by.id}, ${decision.by.name},
      ${decision.at}, ${decision.note})
    ON CONFLICT (city_code, comment_id) DO NOTHING RETURNING comment_id`.execute(tx);
  return rows.length > 0;
}

/** Erases texts of comments received before the instant; answers how many. */
export async function eraseCommentTexts(tx: Tx, cityCode: string, before: Date): Promise<number> {
  const result = await sql`
    DELETE FROM feedback.comment_text WHERE city_code = ${cityCode} AND received_at < ${before}`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Erases what is known of devices of comments received before the instant; answers how many. */
export async function eraseCommenters(tx: Tx, cityCode: string, before: Date): Promise<number> {
  const result = await sql`
    DELETE FROM feedback.commenter WHERE city_code = ${cityCode} AND received_at < ${before}`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
