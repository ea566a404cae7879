import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { SheetChannel } from './contract.ts';

/** What an actor may see. */
export interface SheetReach {
  readonly cityCode: string;
  readonly regionPrefix?: string | undefined;
  readonly departmentCode?: string | undefined;
}

/** The sheets of one version that are asked for. */
export interface SheetSpan extends SheetReach {
  readonly id: string;
  readonly version: number;
  readonly window?: string | undefined;
  readonly department?: string | undefined;
  readonly channel?: SheetChannel | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Sheets with the batch and the second typing of those from paper. */
const SHEETS = sql`
  feedback.questionnaire_sheet s
  LEFT JOIN feedback.questionnaire_batch b ON b.city_code = s.city_code AND b.batch_id = s.batch_id
  LEFT JOIN feedback.questionnaire_check c ON c.city_code = s.city_code AND c.batch_id = s.batch_id
    AND c.sheet_number = s.sheet_number`;

/** Of paper only what an accepted batch holds counts. */
const COUNTED = sql`NOT s.repeated AND (s.batch_id IS NULL OR b.outcome = 'accepted')`;

/** Where two typings of a sheet differ, the one that agrees with the paper. */
const ANSWERS = sql`CASE WHEN c.holds = 'second' THEN c.answers ELSE s.answers END`;

function within(span: SheetSpan) {
  const parts = [
    sql`s.city_code = ${span.cityCode} AND s.questionnaire_id = ${span.id}::uuid
      AND s.version = ${span.version}`,
  ];
  if (span.regionPrefix) parts.push(sql`starts_with(s.region_code, ${span.regionPrefix})`);
  if (span.departmentCode) parts.push(sql`s.department_code = ${span.departmentCode}`);
  if (span.window) parts.push(sql`s.window_code = ${span.window}`);
  if (span.department) parts.push(sql`s.department_code = ${span.department}`);
  if (span.channel) parts.push(sql`s.channel = ${span.channel}`);
  if (span.from) parts.push(sql`s.day >= ${span.from}::date`);
  if (span.to) parts.push(sql`s.day <= ${span.to}::date`);
  return sql.join(parts, sql` AND `);
}

/** Counted sheets of all versions, by questionnaire. */
export async function countSheets(
  reader: Reader,
  { cityCode, regionPrefix = '', departmentCode }: SheetReach,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; sheets: number }>`
    SELECT s.questionnaire_id AS id, count(*)::int AS sheets
    FROM feedback.questionnaire_sheet s
    LEFT JOIN feedback.questionnaire_batch b ON b.city_code = s.city_code AND b.batch_id = s.batch_id
    WHERE s.city_code = ${cityCode} AND s.questionnaire_id = ANY(${[...ids]}::uuid[]) AND ${COUNTED}
      AND starts_with(s.region_code, ${regionPrefix})
      AND (${departmentCode ?? null}::text IS NULL OR s.department_code = ${departmentCode ?? null})
    GROUP BY s.questionnaire_id`.execute(reader);
  return new Map(rows.map(({ id, sheets }) => [id, sheets]));
}

export interface ChannelRow {
  readonly channel: SheetChannel;
  readonly sheets: number;
  readonly repeated: number;
  readonly waiting: number;
}

export async function countChannels(reader: Reader, span: SheetSpan): Promise<ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    SELECT s.channel, count(*) FILTER (WHERE ${COUNTED})::int AS sheets,
      count(*) FILTER (WHERE s.repeated)::int AS repeated,
      count(*) FILTER (WHERE s.batch_id IS NOT NULL AND b.outcome IS NULL)::int AS waiting
    FROM ${SHEETS} WHERE ${within(span)} GROUP BY s.channel`.execute(reader);
  return rows;
}

export interface AnswerRow {
  readonly question: string;
  /** null: the question was asked and not answered */
  readonly value: string | null;
  readonly first: boolean;
  readonly count: number;
}

/** How often each question was asked and each value was chosen; `first` values count the sheets. */
export async function countAnswers(reader: Reader, span: SheetSpan): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    SELECT e.key AS question, v.value, coalesce(v.place, 1) = 1 AS first, count(*)::int AS count
    FROM ${SHEETS}
    CROSS JOIN LATERAL jsonb_each(${ANSWERS}) AS e(key, list)
    LEFT JOIN LATERAL jsonb_array_elements_text(e.list) WITH ORDINALITY AS v(value, place) ON true
    WHERE ${within(span)} AND ${COUNTED}
    GROUP BY 1, 2, 3`.execute(reader);
  return rows;
}

export interface WindowCount {
  readonly window_code: string;
  readonly window_name: string;
  readonly department_name: string;
  readonly question: string | null;
  readonly value: string | null;
  readonly count: number;
}

/** Sheets of each window, and the points given there to the questions that have points. */
export async function countWindows(
  reader: Reader,
  span: SheetSpan,
  questions: readonly string[],
): Promise<WindowCount[]> {
  const { rows } = await sql<WindowCount>`
    WITH counted AS (
      SELECT s.window_code, ${ANSWERS} AS answers FROM ${SHEETS} WHERE ${within(span)} AND ${COUNTED}
    ), points AS (
      SELECT window_code, NULL::text AS question, NULL::text AS value, count(*)::int AS count
      FROM counted GROUP BY window_code
      UNION ALL
      SELECT n.window_code, q.question, n.answers -> q.question ->> 0, count(*)::int
      FROM counted n CROSS JOIN unnest(${[...questions]}::text[]) AS q(question)
      WHERE n.answers -> q.question ->> 0 IS NOT NULL
      GROUP BY 1, 2, 3
    )
    SELECT p.window_code, coalesce(w.name, p.window_code) AS window_name,
      coalesce(d.name, '') AS department_name, p.question, p.value, p.count
    FROM points p
    LEFT JOIN registry.v_window w ON w.city_code = ${span.cityCode} AND w.code = p.window_code
    LEFT JOIN registry.v_department d ON d.city_code = ${span.cityCode} AND d.code = w.department_code
    ORDER BY p.window_code, p.question NULLS FIRST`.execute(reader);
  return rows;
}

/** Texts of counted sheets; their order follows random ids, so it tells nothing. */
export async function listTexts(
  reader: Reader,
  span: SheetSpan,
  limit: number,
): Promise<{ question: string; body: string }[]> {
  const { rows } = await sql<{ question: string; body: string }>`
    SELECT x.question, x.body FROM ${SHEETS}
    JOIN feedback.questionnaire_text x ON x.city_code = s.city_code AND x.sheet_id = s.sheet_id
    WHERE ${within(span)} AND ${COUNTED}
    ORDER BY x.text_id LIMIT ${limit}`.execute(reader);
  return rows;
}

export interface RawSheet {
  readonly sheet_id: string;
  readonly window_code: string;
  readonly department_code: string;
  readonly channel: SheetChannel;
  readonly day: string;
  readonly answers: Record<string, string[]>;
  readonly texts: Record<string, string> | null;
}

/** Counted sheets one by one, by day and within it in no order. */
export async function listSheets(reader: Reader, span: SheetSpan, limit: number): Promise<RawSheet[]> {
  const { rows } = await sql<RawSheet>`
    SELECT s.sheet_id, s.window_code, s.department_code, s.channel, s.day::text, ${ANSWERS} AS answers,
      (SELECT jsonb_object_agg(x.question, x.body) FROM feedback.questionnaire_text x
       WHERE x.city_code = ${span.cityCode} AND x.sheet_id = s.sheet_id) AS texts
    FROM ${SHEETS} WHERE ${within(span)} AND ${COUNTED}
    ORDER BY s.day, s.sheet_id LIMIT ${limit}`.execute(reader);
  return rows;
}
