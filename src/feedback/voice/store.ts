import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { VoiceChannel, VoiceKind } from './contract.ts';

export interface VoiceRow {
  readonly city_code: string;
  readonly voice_id: string;
  readonly number: string;
  readonly client_id: string;
  readonly kind: VoiceKind;
  readonly channel: VoiceChannel;
  readonly subject_kind: 'staff' | 'window' | 'department' | null;
  readonly subject_code: string | null;
  readonly project_no: string | null;
  readonly region_code: string;
  readonly department_code: string | null;
  readonly category: string | null;
  readonly exclusion: string | null;
  readonly body: string;
  readonly named: boolean;
  readonly received_at: Date;
  readonly recorded_at: Date;
  /** since when only the discipline officer reads it */
  readonly discipline_at: Date | null;
}

export const VOICE_COLUMNS = sql`v.city_code, v.voice_id, v.number, v.client_id, v.kind, v.channel,
  v.subject_kind, v.subject_code, v.project_no, v.region_code, v.department_code, v.category, v.exclusion,
  v.body, v.named, v.received_at, v.recorded_at, v.discipline_at`;

/** The next number of a year; numbers of a voice that is rolled back fall away with it. */
export async function nextVoiceCount(tx: Tx, cityCode: string, year: number): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    INSERT INTO feedback.voice_counter (city_code, year, next) VALUES (${cityCode}, ${year}, 1)
    ON CONFLICT (city_code, year) DO UPDATE SET next = voice_counter.next + 1 RETURNING next`.execute(tx);
  return rows[0]?.next ?? 1;
}

export interface NewVoice extends Omit<VoiceRow, 'city_code'> {
  readonly sender: string;
  readonly recorded_by: string;
  readonly name_enc: Buffer | null;
  readonly phone_enc: Buffer | null;
  readonly phone_hash: Buffer | null;
}

export async function insertVoice(tx: Tx, cityCode: string, voice: NewVoice): Promise<void> {
  await sql`
    INSERT INTO feedback.voice (city_code, voice_id, number, sender, client_id, kind, channel, subject_kind,
      subject_code, project_no, region_code, department_code, category, exclusion, body, named, received_at,
      recorded_by, recorded_at, discipline_at)
    VALUES (${cityCode}, ${voice.voice_id}, ${voice.number}, ${voice.sender}, ${voice.client_id},
      ${voice.kind}, ${voice.channel}, ${voice.subject_kind}, ${voice.subject_code}, ${voice.project_no},
      ${voice.region_code}, ${voice.department_code}, ${voice.category}, ${voice.exclusion}, ${voice.body},
      ${voice.named}, ${voice.received_at}, ${voice.recorded_by}, ${voice.recorded_at},
      ${voice.discipline_at}::timestamptz)`.execute(tx);
  if (voice.name_enc === null && voice.phone_enc === null) return;
  await sql`
    INSERT INTO feedback.speaker (city_code, voice_id, name_enc, phone_enc, phone_hash)
    VALUES (${cityCode}, ${voice.voice_id}, ${voice.name_enc}, ${voice.phone_enc}, ${voice.phone_hash})
  `.execute(tx);
}

/** Holds back another hand-in of the same sender and id until the transaction ends. */
export async function lockHandIn(tx: Tx, key: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

export async function findHandedIn(
  reader: Reader,
  cityCode: string,
  { sender, clientId }: { sender: string; clientId: string },
): Promise<VoiceRow | undefined> {
  const { rows } = await sql<VoiceRow>`
    SELECT ${VOICE_COLUMNS} FROM feedback.voice v
    WHERE v.city_code = ${cityCode} AND v.sender = ${sender} AND v.client_id = ${clientId}`.execute(reader);
  return rows[0];
}

export async function findVoices(
  reader: Reader,
  cityCode: string,
  ids: readonly string[],
): Promise<VoiceRow[]> {
  const { rows } = await sql<VoiceRow>`
    SELECT ${VOICE_COLUMNS} FROM feedback.voice v
    WHERE v.city_code = ${cityCode} AND v.voice_id = ANY(${[...ids]}::uuid[])`.execute(reader);
  return rows;
}

/** A voice by the number that people know, with the keyed hash of the phone that was left. */
export async function findByNumber(
  reader: Reader,
  cityCode: string,
  number: string,
): Promise<(VoiceRow & { readonly phone_hash: Buffer | null }) | undefined> {
  const { rows } = await sql<VoiceRow & { readonly phone_hash: Buffer | null }>`
    SELECT ${VOICE_COLUMNS}, p.phone_hash FROM feedback.voice v
    LEFT JOIN feedback.speaker p ON p.city_code = v.city_code AND p.voice_id = v.voice_id
    WHERE v.city_code = ${cityCode} AND v.number = ${number}`.execute(reader);
  return rows[0];
}

export interface SpeakerRow {
  readonly name_enc: Buffer | null;
  readonly phone_enc: Buffer | null;
}

export async function findSpeaker(
  reader: Reader,
  cityCode: string,
  voiceId: string,
): Promise<SpeakerRow | undefined> {
  const { rows } = await sql<SpeakerRow>`
    SELECT name_enc, phone_enc FROM feedback.speaker
    WHERE city_code = ${cityCode} AND voice_id = ${voiceId}::uuid`.execute(reader);
  return rows[0];
}

export interface PlaceOfSubject {
  readonly region_code: string;
  readonly department_code: string;
}

/** Where the case was last served, and by which department. */
export async function findPlaceOfCase(
  reader: Reader,
  cityCode: string,
  projectNo: string,
): Promise<PlaceOfSubject | undefined> {
  const { rows } = await sql<PlaceOfSubject>`
    SELECT region_code, dept_code AS department_code FROM intake.ratable_step
    WHERE city_code = ${cityCode} AND project_no = ${projectNo}
    ORDER BY service_number DESC LIMIT 1`.execute(reader);
  return rows[0];
}

/** Empties what was said and who said it in voices received before the instant. */
export async function eraseVoices(tx: Tx, cityCode: string, before: Date): Promise<number> {
  await sql`
    DELETE FROM feedback.speaker p USING feedback.voice v
    WHERE p.city_code = ${cityCode} AND v.city_code = ${cityCode} AND v.voice_id = p.voice_id
      AND v.received_at < ${before}`.execute(tx);
  const { numAffectedRows } = await sql`
    UPDATE feedback.voice SET body = ''
    WHERE city_code = ${cityCode} AND received_at < ${before} AND body <> ''`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** From the instant on only the discipline officer reads it; null: everybody again who reads the others. */
export async function setDiscipline(
  tx: Tx,
  cityCode: string,
  voiceId: string,
  at: Date | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE feedback.voice SET discipline_at = ${at}
    WHERE city_code = ${cityCode} AND voice_id = ${voiceId}::uuid
      AND (discipline_at IS NULL) <> (${at}::timestamptz IS NULL)`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}
