import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

/** An invitation at a window with what is known of its service. */
export interface WindowInvitationRow {
  invitation_id: string;
  step_id: string;
  window_code: string;
  asked_at: Date;
  device_id: string | null;
  shown_at: Date | null;
  service_month: string;
  service_time: Date;
  ratable_until: Date;
  task_name: string;
  service_name: string;
}

const columns = sql.raw(`i.invitation_id, i.step_id, i.window_code, i.asked_at, i.device_id, i.shown_at,
  s.service_month, s.service_time, s.ratable_until, s.task_name, s.service_name`);

export async function insertWindowInvitation(
  tx: Tx,
  cityCode: string,
  asked: { id: string; stepId: string; windowCode: string; by: string; at: Date },
): Promise<void> {
  await sql`
    INSERT INTO intake.window_invitation (city_code, invitation_id, step_id, window_code, asked_by, asked_at)
    VALUES (${cityCode}, ${asked.id}::uuid, ${asked.stepId}::bigint, ${asked.windowCode}, ${asked.by},
      ${asked.at})`.execute(tx);
}

/** The newest invitation of each window that no device has shown yet, asked for after the instant. */
export async function waitingAt(
  reader: Reader,
  cityCode: string,
  at: { windows: readonly string[]; after: Date },
): Promise<Map<string, string>> {
  const { rows } = await sql<{ window_code: string; invitation_id: string; shown_at: Date | null }>`
    SELECT DISTINCT ON (window_code) window_code, invitation_id, shown_at FROM intake.window_invitation
    WHERE city_code = ${cityCode} AND window_code = ANY(${[...at.windows]}::text[])
      AND asked_at > ${at.after}
    ORDER BY window_code, asked_at DESC, shown_at DESC NULLS FIRST, invitation_id`.execute(reader);
  return new Map(
    rows.filter((row) => row.shown_at === null).map((row) => [row.window_code, row.invitation_id]),
  );
}

export async function findWindowInvitations(
  reader: Reader,
  cityCode: string,
  ids: readonly string[],
): Promise<Map<string, WindowInvitationRow>> {
  const { rows } = await sql<WindowInvitationRow>`
    SELECT ${columns} FROM intake.window_invitation i
    JOIN intake.ratable_step s ON s.city_code = i.city_code AND s.step_id = i.step_id
    WHERE i.city_code = ${cityCode} AND i.invitation_id = ANY(${[...ids]}::uuid[])`.execute(reader);
  return new Map(rows.map((row) => [row.invitation_id, row]));
}

/** Notes who shows an invitation; of two devices the first has it. Answers whether this one has. */
export async function claimShowing(
  tx: Tx,
  cityCode: string,
  showing: { id: string; deviceId: string; pressId: string | null; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE intake.window_invitation SET device_id = ${showing.deviceId}::uuid, shown_at = ${showing.at},
      press_id = ${showing.pressId}
    WHERE city_code = ${cityCode} AND invitation_id = ${showing.id}::uuid AND shown_at IS NULL
    RETURNING invitation_id`.execute(tx);
  return rows.length > 0;
}

/** The invitation that this press of this device has answered since the instant. */
export async function findPress(
  reader: Reader,
  cityCode: string,
  press: { deviceId: string; pressId: string; after: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ invitation_id: string }>`
    SELECT invitation_id FROM intake.window_invitation
    WHERE city_code = ${cityCode} AND device_id = ${press.deviceId}::uuid AND press_id = ${press.pressId}
      AND shown_at > ${press.after}
    ORDER BY shown_at DESC LIMIT 1`.execute(reader);
  return rows[0]?.invitation_id;
}

/** Notes what was answered, and how soon after the display. */
export async function noteAnswers(
  reader: Reader,
  cityCode: string,
  answers: readonly { id: string; ms: number | null }[],
  at: Date,
): Promise<void> {
  await sql`
    UPDATE intake.window_invitation i SET answered_at = ${at}, answered_ms = a.ms
    FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS a(id uuid, ms int)
    WHERE i.city_code = ${cityCode} AND i.invitation_id = a.id AND i.answered_at IS NULL`.execute(reader);
}

/** When each of the services was last asked about and shown at a window. */
export async function lastAsked(
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
): Promise<Map<string, { asked_at: Date; shown_at: Date | null }>> {
  const { rows } = await sql<{ step_id: string; asked_at: Date; shown_at: Date | null }>`
    SELECT DISTINCT ON (step_id) step_id, asked_at, shown_at FROM intake.window_invitation
    WHERE city_code = ${cityCode} AND step_id = ANY(${[...stepIds]}::bigint[])
    ORDER BY step_id, asked_at DESC, invitation_id`.execute(reader);
  return new Map(rows.map((row) => [row.step_id, row]));
}
