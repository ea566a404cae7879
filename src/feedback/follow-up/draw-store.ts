import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

/** Advisory lock of a city's draws: one is made at a time. */
const DRAW = 72152;

export async function lockDraws(tx: Tx, cityCode: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${DRAW}::int, ${cityCode}::text::int)`.execute(tx);
}

export interface SeedRow {
  readonly week: string;
  readonly seed_enc: Buffer;
  readonly seed_hash: Buffer;
  readonly committed_at: Date;
}

/** The seed that waits for a week; undefined when none was committed to. */
export async function findSeed(tx: Tx, cityCode: string, week: string): Promise<SeedRow | undefined> {
  const { rows } = await sql<SeedRow>`
    SELECT week, seed_enc, seed_hash, committed_at FROM feedback.call_seed
    WHERE city_code = ${cityCode} AND week = ${week}::date`.execute(tx);
  return rows[0];
}

export interface Commitment {
  readonly week: string;
  readonly seed_hash: Buffer;
  readonly committed_at: Date;
}

/** What is committed to and not drawn yet. */
export async function findCommitments(reader: Reader, cityCode: string): Promise<Commitment[]> {
  const { rows } = await sql<Commitment>`
    SELECT week, seed_hash, committed_at FROM feedback.call_seed
    WHERE city_code = ${cityCode} ORDER BY week`.execute(reader);
  return rows;
}

export async function insertSeed(tx: Tx, cityCode: string, seed: SeedRow): Promise<void> {
  await sql`
    INSERT INTO feedback.call_seed (city_code, week, seed_enc, seed_hash, committed_at)
    VALUES (${cityCode}, ${seed.week}::date, ${seed.seed_enc}, ${seed.seed_hash}, ${seed.committed_at})
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Sealed seeds of a week and of weeks before it that were never drawn. */
export async function deleteSeeds(tx: Tx, cityCode: string, through: string): Promise<void> {
  await sql`
    DELETE FROM feedback.call_seed WHERE city_code = ${cityCode} AND week <= ${through}::date`.execute(tx);
}

/** A case finished in the week: its last finished step, and what keeps it off the list. */
export interface FinishedRow {
  readonly project_no: string;
  readonly service_number: number;
  readonly step_id: string;
  readonly service_month: string;
  readonly service_time: Date;
  readonly window_code: string | null;
  readonly staff_no: string | null;
  readonly region_code: string;
  readonly dept_code: string;
  /** rated badly, or somebody has spoken about it: called back anyway */
  readonly other: boolean;
  /** no phone, rated anonymously, or no contact wanted */
  readonly unreachable: boolean;
}

export async function findFinished(
  tx: Tx,
  cityCode: string,
  { from, to, firstMonth, lastMonth }: { from: Date; to: Date; firstMonth: string; lastMonth: string },
): Promise<FinishedRow[]> {
  const { rows } = await sql<FinishedRow>`
    WITH finished AS (
      SELECT DISTINCT ON (s.project_no) s.project_no, s.service_number, s.step_id, s.service_month,
        s.service_time, s.window_code, s.staff_no, s.region_code, s.dept_code, s.has_mobile
      FROM intake.ratable_step s
      WHERE s.city_code = ${cityCode} AND s.pro_status = 3 AND s.service_time >= ${from}
        AND s.service_time < ${to} AND s.service_month BETWEEN ${firstMonth}::date AND ${lastMonth}::date
      ORDER BY s.project_no, s.service_number DESC
    ), rated AS (
      SELECT o.project_no, bool_or(r.satisfaction <= 2) AS bad, bool_or(t.anonymous) AS anonymous
      FROM finished f
      JOIN intake.ratable_step o ON o.city_code = ${cityCode} AND o.project_no = f.project_no
      JOIN feedback.rating r ON r.city_code = ${cityCode} AND r.service_month = o.service_month
        AND r.step_id = o.step_id
      LEFT JOIN feedback.rater t ON t.city_code = ${cityCode} AND t.service_month = r.service_month
        AND t.step_id = r.step_id AND t.assess_number = r.assess_number
      GROUP BY o.project_no
    )
    SELECT f.project_no, f.service_number, f.step_id, f.service_month, f.service_time, f.window_code,
      f.staff_no, f.region_code, f.dept_code,
      (coalesce(r.bad, false) AND NOT coalesce(r.anonymous, false)
        OR EXISTS (SELECT FROM feedback.voice v WHERE v.city_code = ${cityCode}
          AND v.project_no = f.project_no)) AS other,
      (NOT f.has_mobile OR coalesce(r.anonymous, false) OR EXISTS (SELECT FROM intake.v_unwilling_step u
        WHERE u.city_code = ${cityCode} AND u.step_id = f.step_id)) AS unreachable
    FROM finished f LEFT JOIN rated r USING (project_no)
    ORDER BY f.project_no`.execute(tx);
  return rows;
}

export interface DrawRow {
  readonly week: string;
  readonly drawn_at: Date;
  readonly seed: Buffer;
  readonly seed_hash: Buffer;
  readonly committed_at: Date;
  readonly rule: { percent: number; perWindow: number; perClerk: number; least: number };
  readonly finished: number;
  readonly others: number;
  readonly unreachable: number;
  readonly listed: number;
  readonly windows: number;
  readonly clerks: number;
  readonly sampled: number;
  readonly list_hash: Buffer;
}

const DRAWN = sql`week, drawn_at, seed, seed_hash, committed_at, rule, finished, others, unreachable, listed,
  windows, clerks, sampled, list_hash`;

export async function insertDraw(tx: Tx, cityCode: string, draw: DrawRow & { list: string }): Promise<void> {
  await sql`
    INSERT INTO feedback.call_draw (city_code, week, drawn_at, seed, seed_hash, committed_at, rule, finished,
      others, unreachable, listed, windows, clerks, sampled, list_hash, list)
    VALUES (${cityCode}, ${draw.week}::date, ${draw.drawn_at}, ${draw.seed}, ${draw.seed_hash},
      ${draw.committed_at}, ${JSON.stringify(draw.rule)}::jsonb, ${draw.finished}, ${draw.others},
      ${draw.unreachable}, ${draw.listed}, ${draw.windows}, ${draw.clerks}, ${draw.sampled},
      ${draw.list_hash}, ${draw.list})`.execute(tx);
}

/** Draws before a week, the newest first. */
export async function findDraws(
  reader: Reader,
  cityCode: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<DrawRow[]> {
  const { rows } = await sql<DrawRow>`
    SELECT ${DRAWN} FROM feedback.call_draw
    WHERE city_code = ${cityCode} AND (${before}::date IS NULL OR week < ${before}::date)
    ORDER BY week DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** A draw with its list. */
export async function findDraw(
  reader: Reader,
  cityCode: string,
  week: string,
): Promise<(DrawRow & { list: string }) | undefined> {
  const { rows } = await sql<DrawRow & { list: string }>`
    SELECT ${DRAWN}, list FROM feedback.call_draw
    WHERE city_code = ${cityCode} AND week = ${week}::date`.execute(reader);
  return rows[0];
}

/** Keys of the call-backs that a draw has opened. */
export async function findDrawn(reader: Reader, cityCode: string, week: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    SELECT project_no || '/' || service_number AS key FROM feedback.call_back
    WHERE city_code = ${cityCode} AND week = ${week}::date`.execute(reader);
  return rows.map(({ key }) => key);
}
