import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { LeafFields } from './leaf.ts';

export interface TextRow {
  step: string;
  assess: number;
  /** SHA-256 of salt and text as they stand now, hex */
  hash: string;
}

/** Hashes of the texts of these ratings, as far as they haven't been erased. No text is read out. */
export async function hashTexts(
  reader: Reader,
  cityCode: string,
  ratings: readonly Pick<LeafFields, 'step' | 'month'>[],
): Promise<TextRow[]> {
  const months = [...new Set(ratings.map(({ month }) => month))];
  const { rows } = await sql<TextRow>`
    SELECT step_id AS step, assess_number AS assess,
      encode(sha256(salt || convert_to(body, 'UTF8')), 'hex') AS hash
    FROM feedback.rating_text
    WHERE city_code = ${cityCode} AND service_month = ANY(${months}::date[])
      AND step_id = ANY(${ratings.map(({ step }) => step)}::bigint[])`.execute(reader);
  return rows;
}

export interface NamedRow {
  step: string;
  project_no: string;
  service_number: number;
}

/** How the records of these steps are called outside. */
export async function nameSteps(
  reader: Reader,
  cityCode: string,
  steps: readonly string[],
): Promise<Map<string, NamedRow>> {
  const { rows } = await sql<NamedRow>`
    SELECT step_id AS step, project_no, service_number FROM intake.ratable_step
    WHERE city_code = ${cityCode} AND step_id = ANY(${[...steps]}::bigint[])`.execute(reader);
  return new Map(rows.map((row) => [row.step, row]));
}

export interface PlaceRow {
  step: string;
  assess: number;
  batch: string;
  position: number;
}

/** Where the ratings of these steps stand now, wherever it is. */
export async function findPlaces(
  reader: Reader,
  cityCode: string,
  steps: readonly string[],
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    SELECT step_id AS step, assess_number AS assess, batch_id AS batch, batch_position AS position
    FROM feedback.rating
    WHERE city_code = ${cityCode} AND step_id = ANY(${[...steps]}::bigint[])`.execute(reader);
  return rows;
}

export interface CheckRow {
  check_id: string;
  asked_at: Date;
  asked_by: string;
  finished_at: Date | null;
  sound: boolean | null;
  seals: number | null;
  ratings: string | null;
  difference_count: string | null;
  differences: unknown;
}

const CHECK = sql`check_id, asked_at, asked_by, finished_at, sound, seals, ratings, difference_count,
  differences`;

/** The last verifications, the newest first. */
export async function findChecks(reader: Reader, cityCode: string, limit: number): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    SELECT ${CHECK} FROM feedback.seal_check WHERE city_code = ${cityCode}
    ORDER BY asked_at DESC, check_id LIMIT ${limit}`.execute(reader);
  return rows;
}

/** One that waits, since a moment. */
export async function findWaiting(
  reader: Reader,
  cityCode: string,
  since: Date,
): Promise<CheckRow | undefined> {
  const { rows } = await sql<CheckRow>`
    SELECT ${CHECK} FROM feedback.seal_check
    WHERE city_code = ${cityCode} AND finished_at IS NULL AND asked_at >= ${since}
    ORDER BY asked_at DESC LIMIT 1`.execute(reader);
  return rows[0];
}

export async function insertCheck(
  tx: Tx,
  cityCode: string,
  check: { id: string; askedAt: Date; askedBy: string },
): Promise<void> {
  await sql`
    INSERT INTO feedback.seal_check (city_code, check_id, asked_at, asked_by)
    VALUES (${cityCode}, ${check.id}::uuid, ${check.askedAt}, ${check.askedBy})`.execute(tx);
}

/** Whether the verification is asked for and not finished. */
export async function isWaiting(reader: Reader, cityCode: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.seal_check
    WHERE city_code = ${cityCode} AND check_id = ${id}::uuid AND finished_at IS NULL`.execute(reader);
  return rows.length > 0;
}

export interface CheckResult {
  finishedAt: Date;
  sound: boolean;
  seals: number;
  ratings: number;
  differenceCount: number;
  differences: readonly object[];
}

/** Notes what came of it; false when that was noted before. */
export async function finishCheck(
  tx: Tx,
  cityCode: string,
  id: string,
  result: CheckResult,
): Promise<boolean> {
  const done = await sql`
    UPDATE feedback.seal_check SET finished_at = ${result.finishedAt}, sound = ${result.sound},
      seals = ${result.seals}, ratings = ${result.ratings}, difference_count = ${result.differenceCount},
      differences = ${JSON.stringify(result.differences)}::jsonb
    WHERE city_code = ${cityCode} AND check_id = ${id}::uuid AND finished_at IS NULL`.execute(tx);
  return (done.numAffectedRows ?? 0n) > 0n;
}
