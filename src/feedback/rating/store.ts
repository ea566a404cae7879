import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** A rating on its way into the table; short names, since a batch of them travels as one JSON text. */
export interface RatingInput {
  /** record number of the step */
  s: string;
  /** moment of arrival, milliseconds since 1970 */
  at: number;
  /** moment at which a device of the hall showed the invitation, by the server's log; null elsewhere */
  sh: number | null;
  /** satisfaction */
  l: number;
  /** tags */
  t: readonly number[];
  /** process, efficiency, attitude */
  p: number | null;
  e: number | null;
  a: number | null;
  /** channel */
  c: number;
  anon: boolean;
  src: 'citizen' | 'key' | 'tablet' | 'button';
  /** client id */
  id: string | null;
  dev_at: string | null;
  /** receipt, device mark, address hash in hex */
  r: string;
  mark: string | null;
  addr: string | null;
  /** what was left to be contacted by; it goes to the rater's own record by itself */
  k?: { readonly name: string | null; readonly phone: string };
  /** text with salt and hash in hex; all null without a text */
  txt: string | null;
  salt: string | null;
  hash: string | null;
}

/** Advisory locks of this slice: a batch of the hot path, an import; each with the city's code. */
const UNDER_WAY = { post: 72101, import: 72102 } as const;

/**
 * The number of a new batch, whose transaction is under way from now on: `lastBatch` waits for it. A number
 * is drawn behind the lock, so a batch that comes after `lastBatch` has a higher one.
 */
export async function beginBatch(tx: Tx, cityCode: string, by: keyof typeof UNDER_WAY): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    /* prepared rating_begin */ WITH under_way AS MATERIALIZED (
      SELECT pg_advisory_xact_lock_shared(${UNDER_WAY[by]}::int, ${cityCode}::text::int))
    SELECT nextval('feedback.rating_batch') AS id FROM under_way`.execute(tx);
  return rows[0]?.id ?? '';
}

/**
 * Waits for the batches that are under way and answers a number: every batch up to it is committed, every
 * later one has a higher number. Imports take minutes and are waited for first, so that no citizen waits
 * behind them.
 */
export async function lastBatch(tx: Tx, cityCode: string): Promise<string> {
  for (const lock of [UNDER_WAY.import, UNDER_WAY.post]) {
    await sql`SELECT pg_advisory_xact_lock(${lock}::int, ${cityCode}::text::int)`.execute(tx);
  }
  const { rows } = await sql<{ id: string }>`SELECT nextval('feedback.rating_batch') AS id`.execute(tx);
  return rows[0]?.id ?? '';
}

/**
 * Writes the ratings of one city in one statement, with what belongs to their devices and texts. A rating is
 * written if its step exists, is still ratable (for a device of the hall: was when it was shown) and has none
 * yet. Answers the positions written, each with the day of its service.
 */
export async function insertBatch(
  tx: Tx,
  cityCode: string,
  batch: { id: string; rows: readonly RatingInput[] },
): Promise<Map<number, Day>> {
  const { rows } = await sql<{ n: number; day: Day }>`
    /* prepared rating_batch */ WITH given AS MATERIALIZED (
      SELECT s.service_month, s.service_time, s.step_id, s.has_mobile, s.pro_channel, (g.n - 1)::int AS n,
        to_timestamp(g.at / 1000.0) AS at, to_timestamp(coalesce(g.sh, g.at) / 1000.0) AS given_at,
        g.l, g.t, g.p, g.e, g.a, g.c, g.anon, g.src, g.id, g.dev_at, g.r, g.mark, g.addr, g.txt, g.salt,
          g.hash
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(batch.rows)}::jsonb) AS (s bigint,
        at double precision, sh double precision,
        l smallint, t smallint[], p smallint, e smallint, a smallint, c smallint, anon boolean, src text,
          id text,
        dev_at timestamptz, r text, mark text, addr text, txt text, salt text, hash text)) WITH ORDINALITY
        AS g(s, at, sh, l, t, p, e, a, c, anon, src, id, dev_at, r, mark, addr, txt, salt, hash, n)
      JOIN intake.ratable_step s ON s.city_code = ${cityCode} AND s.step_id = g.s
      WHERE s.ratable_until > to_timestamp(coalesce(g.sh, g.at) / 1000.0)
    ), written AS (
      INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
        device_at,
        batch_position, assess_number, satisfaction, process, efficiency, attitude, channel, real_name,
          mode, source,
        receipt, tags, text_hash, client_id)
      SELECT ${cityCode}, service_month, step_id, ${batch.id}::bigint, at, given_at, dev_at, n, 1, l, p,
        e, a, c,
        has_mobile AND NOT anon, CASE pro_channel WHEN 1 THEN 'online' ELSE 'onsite' END, src, decode(r,
          'hex'), t,
        decode(hash, 'hex'), id
      FROM given
      ON CONFLICT (city_code, service_month, step_id, assess_number) DO NOTHING
      RETURNING batch_position
    ), raters AS (
      INSERT INTO feedback.rater (city_code, service_month, step_id, assess_number, anonymous, device_mark,
        address_hash)
      SELECT ${cityCode}, g.service_month, g.step_id, 1, g.anon, decode(g.mark, 'hex'), decode(g.addr, 'hex')
      FROM given g JOIN written w ON w.batch_position = g.n
    ), texts AS (
      INSERT INTO feedback.rating_text (city_code, service_month, step_id, assess_number, salt, body)
      SELECT ${cityCode}, g.service_month, g.step_id, 1, decode(g.salt, 'hex'), g.txt
      FROM given g JOIN written w ON w.batch_position = g.n
      WHERE g.txt IS NOT NULL
    )
    SELECT g.n, (g.service_time AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM given g JOIN written w ON w.batch_position = g.n`.execute(tx);
  return new Map(rows.map((row) => [row.n, row.day]));
}

/** What the database knows of a step that could not be rated. */
export interface StandingRow {
  step_id: string;
  ratable_until: Date;
  /** of its first rating; null when there is none */
  client_id: string | null;
  receipt: Buffer | null;
  recorded_at: Date | null;
}

/** Steps among the record numbers, each with its first rating. */
export async function findStanding(
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
): Promise<Map<string, StandingRow>> {
  const { rows } = await sql<StandingRow>`
    SELECT s.step_id, s.ratable_until, r.client_id, r.receipt, r.recorded_at
    FROM intake.ratable_step s
    LEFT JOIN feedback.rating r ON r.city_code = s.city_code AND r.service_month = s.service_month
      AND r.step_id = s.step_id AND r.assess_number = 1
    WHERE s.city_code = ${cityCode} AND s.step_id = ANY(${[...stepIds]}::bigint[])`.execute(reader);
  return new Map(rows.map((row) => [row.step_id, row]));
}

/** A step as its page shows it, with what became of it. */
export interface PageRow {
  step_id: string;
  service_time: Date;
  ratable_until: Date;
  task_name: string;
  window_code: string | null;
  pro_channel: number;
  /** of its first rating; null while there is none */
  receipt: Buffer | null;
}

/**
 * Steps of one city and month by their record numbers: one row each is read, none is written. Planned each
 * time: the month picks one partition, and a plan for all of them takes longer than a thousand lookups. Each
 * rating is looked up by itself: a join would read the whole month where the planner thinks it empty, as it
 * does of a month that has just begun.
 */
export async function findForPages(
  reader: Reader,
  cityCode: string,
  steps: { month: string; ids: readonly string[] },
): Promise<Map<string, PageRow>> {
  const { rows } = await sql<PageRow>`
    SELECT s.step_id, s.service_time, s.ratable_until, s.task_name, s.window_code, s.pro_channel,
      (SELECT r.receipt FROM feedback.rating r
       WHERE r.city_code = ${cityCode} AND r.service_month = ${steps.month}::date
         AND r.step_id = s.step_id AND r.assess_number = 1) AS receipt
    FROM intake.ratable_step s
    WHERE s.city_code = ${cityCode} AND s.step_id = ANY(${[...steps.ids]}::bigint[])`.execute(reader);
  return new Map(rows.map((row) => [row.step_id, row]));
}

/** The mark of the device that rated the step; undefined when it has none. */
export async function findDeviceMark(
  reader: Reader,
  cityCode: string,
  step: { id: string; month: string; assessNumber: number },
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ device_mark: Buffer | null }>`
    SELECT device_mark FROM feedback.rater
    WHERE city_code = ${cityCode} AND service_month = ${step.month}::date AND step_id = ${step.id}::bigint
      AND assess_number = ${step.assessNumber}`.execute(reader);
  return rows[0]?.device_mark ?? undefined;
}

export interface ReceiptRow {
  receipt: Buffer;
  recorded_at: Date;
  satisfaction: number;
  real_name: boolean;
}

/** The rating of a receipt, among services from the month on. */
export async function findReceipt(
  reader: Reader,
  cityCode: string,
  sought: { receipt: Uint8Array; fromMonth: string },
): Promise<ReceiptRow | undefined> {
  const { rows } = await sql<ReceiptRow>`
    SELECT receipt, recorded_at, satisfaction, real_name FROM feedback.rating
    WHERE city_code = ${cityCode} AND service_month >= ${sought.fromMonth}::date
      AND receipt = ${Buffer.from(sought.receipt)}`.execute(reader);
  return rows[0];
}

/** Empties what is known of the devices that rated services before the day; answers how many. */
export async function eraseRaters(tx: Tx, cityCode: string, before: string): Promise<number> {
  const result = await sql`
    UPDATE feedback.rater SET device_mark = NULL, address_hash = NULL, name_enc = NULL, phone_enc = NULL
    WHERE city_code = ${cityCode} AND service_month < ${before}::date
      AND (device_mark IS NOT NULL OR address_hash IS NOT NULL OR phone_enc IS NOT NULL)`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** The latest service that can be rated and hasn't been. */
export async function findUnrated(reader: Reader, cityCode: string, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ step_id: string }>`
    SELECT s.step_id FROM intake.ratable_step s
    WHERE s.city_code = ${cityCode} AND s.ratable_until > ${now}
      AND NOT EXISTS (SELECT FROM feedback.rating r WHERE r.city_code = ${cityCode}
        AND r.service_month = s.service_month AND r.step_id = s.step_id)
    ORDER BY s.service_time DESC LIMIT 1`.execute(reader);
  return rows[0]?.step_id;
}
