import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { NoticeKind, NoticeState } from './notice.ts';

export interface NewNotice {
  readonly noticeId: string;
  /** what it tells of: the same again is the same notice */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly number: string;
  readonly voiceId: string | null;
  readonly stepId: string | null;
  readonly orderId: string | null;
  readonly until: Date | null;
  readonly dueAt: Date;
}

/** Puts a notice on the list, once for good. */
export async function insertNotice(tx: Tx, cityCode: string, row: NewNotice, now: Date): Promise<void> {
  await sql`
    INSERT INTO handling.citizen_notice (city_code, notice_id, key, kind, number, voice_id, step_id, order_id,
      until, state, due_at, planned_at, changed_at)
    VALUES (${cityCode}, ${row.noticeId}, ${row.key}, ${row.kind}, ${row.number}, ${row.voiceId}::uuid,
      ${row.stepId}::bigint, ${row.orderId}::uuid, ${row.until}::timestamptz, 'waiting', ${row.dueAt}, ${now},
      ${now})
    ON CONFLICT (city_code, key) DO NOTHING`.execute(tx);
}

export interface ClaimedNotice {
  readonly notice_id: string;
  readonly kind: NoticeKind;
  readonly number: string;
  readonly voice_id: string | null;
  readonly step_id: string | null;
  readonly order_id: string | null;
  readonly until: Date | null;
  readonly planned_at: Date;
  readonly attempts: number;
}

/** Takes notices that are due, for this worker alone: from now on they count as handed over. */
export async function claimNotices(
  tx: Tx,
  cityCode: string,
  { now, limit }: { now: Date; limit: number },
): Promise<ClaimedNotice[]> {
  const { rows } = await sql<ClaimedNotice>`
    UPDATE handling.citizen_notice SET state = 'sending', attempts = attempts + 1, changed_at = ${now}
    WHERE city_code = ${cityCode} AND notice_id = ANY(ARRAY(
      SELECT notice_id FROM handling.citizen_notice
      WHERE city_code = ${cityCode} AND state = 'waiting' AND due_at <= ${now}
      ORDER BY due_at, notice_id LIMIT ${limit} FOR UPDATE SKIP LOCKED))
    RETURNING notice_id, kind, number, voice_id, step_id, order_id, until, planned_at, attempts`.execute(tx);
  return rows;
}

/** What became of a notice that was taken; false when somebody has settled it meanwhile. */
export async function settleNotice(
  tx: Tx,
  cityCode: string,
  given: {
    readonly noticeId: string;
    readonly state: Exclude<NoticeState, 'sending'>;
    readonly dueAt: Date | null;
    readonly providerId: string | null;
    readonly reason: string | null;
    readonly now: Date;
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE handling.citizen_notice SET state = ${given.state},
      due_at = coalesce(${given.dueAt}::timestamptz, due_at), provider_id = ${given.providerId},
      reason = ${given.reason}, changed_at = ${given.now}
    WHERE city_code = ${cityCode} AND notice_id = ${given.noticeId}::uuid AND state = 'sending'`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Those that were taken and never settled, by a process that died: nobody knows whether they went out. */
export async function giveUpNotices(
  tx: Tx,
  cityCode: string,
  { before, now }: { before: Date; now: Date },
): Promise<void> {
  await sql`
    UPDATE handling.citizen_notice SET state = 'unclear', reason = 'interrupted', changed_at = ${now}
    WHERE city_code = ${cityCode} AND state = 'sending' AND changed_at < ${before}`.execute(tx);
}

/** Whether the person behind a service wants no contact. */
export async function isUnwilling(reader: Reader, cityCode: string, stepId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM intake.v_unwilling_step WHERE city_code = ${cityCode} AND step_id = ${stepId}::bigint
  `.execute(reader);
  return rows.length > 0;
}
