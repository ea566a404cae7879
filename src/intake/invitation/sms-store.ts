import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { SmsState } from './sms.ts';

export interface InviteRow {
  readonly stepId: string;
  readonly dueAt: Date;
}

/** Puts services on the list, each once for good. */
export async function insertInvitations(
  tx: Tx,
  cityCode: string,
  rows: readonly InviteRow[],
  now: Date,
): Promise<void> {
  const given = JSON.stringify(rows.map(({ stepId, dueAt }) => ({ s: stepId, d: dueAt.toISOString() })));
  await sql`
    INSERT INTO intake.sms_invitation (city_code, step_id, state, due_at, changed_at)
    SELECT ${cityCode}, r.s, 'waiting', r.d, ${now}::timestamptz
    FROM jsonb_to_recordset(${given}::jsonb) AS r(s bigint, d timestamptz)
    ON CONFLICT (city_code, step_id) DO NOTHING`.execute(tx);
}

export interface ClaimedRow {
  readonly step_id: string;
  readonly attempts: number;
  readonly service_time: Date;
  readonly ratable_until: Date;
  readonly task_name: string;
  readonly mobile_enc: Buffer | null;
  readonly opted_out: boolean;
}

/** Takes invitations that are due, for this worker alone: from now on they count as handed over. */
export async function claimDue(
  tx: Tx,
  cityCode: string,
  { now, limit }: { now: Date; limit: number },
): Promise<ClaimedRow[]> {
  const { rows } = await sql<ClaimedRow>`
    WITH due AS (
      SELECT step_id FROM intake.sms_invitation
      WHERE city_code = ${cityCode} AND state = 'waiting' AND due_at <= ${now}::timestamptz
      ORDER BY due_at, step_id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE intake.sms_invitation i
      SET state = 'sending', attempts = i.attempts + 1, changed_at = ${now}::timestamptz
      FROM due WHERE i.city_code = ${cityCode} AND i.step_id = due.step_id
      RETURNING i.step_id, i.attempts
    )
    SELECT t.step_id, t.attempts, s.service_time, s.ratable_until, s.task_name, a.mobile_enc,
      EXISTS (
        SELECT 1 FROM intake.sms_opt_out o
        WHERE o.city_code = ${cityCode} AND o.mobile_hash = a.mobile_hash) AS opted_out
    FROM taken t
    JOIN intake.case_step s ON s.city_code = ${cityCode} AND s.step_id = t.step_id
    LEFT JOIN intake.applicant a ON a.city_code = ${cityCode} AND a.step_id = t.step_id`.execute(tx);
  return rows;
}

export interface Settled {
  readonly stepId: string;
  readonly state: Exclude<SmsState, 'sending'>;
  /** of a message that waits again */
  readonly dueAt: Date | null;
  readonly providerId: string | null;
  readonly reason: string | null;
}

/** What became of invitations that were taken. */
export async function settleInvitations(
  db: Reader,
  cityCode: string,
  settled: readonly Settled[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE intake.sms_invitation i
    SET state = r.state, due_at = coalesce(r."dueAt", i.due_at), provider_id = r."providerId",
      reason = r.reason, changed_at = ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) AS r("stepId" bigint, state text,
      "dueAt" timestamptz, "providerId" text, reason text)
    WHERE i.city_code = ${cityCode} AND i.step_id = r."stepId" AND i.state = 'sending'`.execute(db);
}

/** Those that were taken and never settled, by a process that died: nobody knows whether they went out. */
export async function giveUpTaken(db: Reader, cityCode: string, before: Date, now: Date): Promise<void> {
  await sql`
    UPDATE intake.sms_invitation SET state = 'unclear', reason = 'interrupted',
      changed_at = ${now}::timestamptz
    WHERE city_code = ${cityCode} AND state = 'sending' AND changed_at < ${before}::timestamptz`.execute(db);
}

/** Wants no more invitations; answers whether that is new. */
export async function insertOptOut(
  tx: Tx,
  cityCode: string,
  out: { mobileHash: Buffer; source: 'link' | 'office'; now: Date },
): Promise<boolean> {
  const result = await sql`
    INSERT INTO intake.sms_opt_out (city_code, mobile_hash, source, recorded_at)
    VALUES (${cityCode}, ${out.mobileHash}, ${out.source}, ${out.now}::timestamptz)
    ON CONFLICT (city_code, mobile_hash) DO NOTHING`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** Whether a phone, by its keyed hash, wants no more messages. */
export async function isOptedOut(reader: Reader, cityCode: string, mobileHash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM intake.sms_opt_out
    WHERE city_code = ${cityCode} AND mobile_hash = ${mobileHash}`.execute(reader);
  return rows.length > 0;
}

/** Keyed hash of the phone of a service; undefined when none is known (any more). */
export async function findMobileHash(
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ mobile_hash: Buffer | null }>`
    SELECT mobile_hash FROM intake.applicant
    WHERE city_code = ${cityCode} AND step_id = ${stepId}::bigint`.execute(reader);
  return rows[0]?.mobile_hash ?? undefined;
}

export interface StateCount {
  readonly day: string;
  readonly state: SmsState;
  readonly reason: string | null;
  readonly count: number;
}

/** Invitations by the day of their last change, state and reason, the newest day first. */
export async function countStates(reader: Reader, cityCode: string, since: Date): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    SELECT to_char(changed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, state, reason,
      count(*)::int AS count
    FROM intake.sms_invitation
    WHERE city_code = ${cityCode} AND changed_at >= ${since}::timestamptz
    GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3`.execute(reader);
  return rows;
}
