import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { StatsBy } from './contract.ts';
import type { Reach } from './list-store.ts';

/** What facts of the queue name: ratings by their batch, steps by their number. */
export interface Named {
  batchIds: readonly string[];
  stepIds: readonly string[];
}

/**
 * The days of service of what the facts name. Asked for each batch of ratings: planning it over all months
 * would take longer than the looking up.
 */
export async function daysOf(reader: Reader, cityCode: string, named: Named): Promise<Day[]> {
  const { batchIds, stepIds } = named;
  if (batchIds.length + stepIds.length === 0) return [];
  const { rows } = await sql<{ day: Day }>`
    /* prepared figure_days */
    SELECT DISTINCT (s.service_time AT TIME ZONE 'Asia/Shanghai')::date AS day FROM (
      SELECT r.step_id FROM feedback.rating r
      WHERE r.city_code = ${cityCode} AND r.batch_id = ANY(${[...batchIds]}::bigint[])
      UNION SELECT unnest(${[...stepIds]}::bigint[])
    ) n JOIN intake.ratable_step s ON s.city_code = ${cityCode} AND s.step_id = n.step_id
    ORDER BY day`.execute(reader);
  return rows.map((row) => row.day);
}

/** Marks days and their months: their figures don't count until they are rolled up anew. */
export async function markDirty(
  reader: Reader,
  cityCode: string,
  { days, at }: { days: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    INSERT INTO feedback.figure_state AS s (city_code, span, starts_on, dirty, marked_at)
    SELECT ${cityCode}, span, starts_on, true, ${at}::timestamptz FROM (
      SELECT 'day' AS span, unnest(${[...days]}::date[]) AS starts_on
      UNION SELECT 'month', date_trunc('month', d::timestamp)::date FROM unnest(${[...days]}::date[]) AS d
    ) given ORDER BY span, starts_on
    ON CONFLICT (city_code, span, starts_on) DO UPDATE SET dirty = true, marked_at = excluded.marked_at
      WHERE NOT s.dirty`.execute(reader);
}

export interface CleanSpan {
  span: 'day' | 'month';
  starts_on: Day;
  /** how often it was rolled up: the same number means the same figures */
  rolls: number;
}

/** What is rolled up and right within the days. */
export async function cleanSpans(
  reader: Reader,
  cityCode: string,
  { from, to }: { from: Day; to: Day },
): Promise<CleanSpan[]> {
  const { rows } = await sql<CleanSpan>`
    SELECT span, starts_on, rolls FROM feedback.figure_state
    WHERE city_code = ${cityCode} AND NOT dirty AND starts_on BETWEEN ${from}::date AND ${to}::date`.execute(
    reader,
  );
  return rows;
}

/** Some of the days that have to be rolled up, the latest first; nobody else rolls them up meanwhile. */
export async function takeDirtyDays(tx: Tx, cityCode: string, limit: number): Promise<Day[]> {
  const { rows } = await sql<{ starts_on: Day }>`
    SELECT starts_on FROM feedback.figure_state
    WHERE city_code = ${cityCode} AND span = 'day' AND dirty
    ORDER BY starts_on DESC LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows.map((row) => row.starts_on);
}

/** A finished month that has to be rolled up and whose days all are. */
export async function takeDirtyMonth(tx: Tx, cityCode: string, before: Day): Promise<Day | undefined> {
  const { rows } = await sql<{ starts_on: Day }>`
    SELECT m.starts_on FROM feedback.figure_state m
    WHERE m.city_code = ${cityCode} AND m.span = 'month' AND m.dirty AND m.starts_on < ${before}::date
      AND NOT EXISTS (SELECT FROM feedback.figure_state d
        WHERE d.city_code = ${cityCode} AND d.span = 'day' AND d.dirty AND d.starts_on >= m.starts_on
          AND d.starts_on < m.starts_on + interval '1 month')
    ORDER BY m.starts_on DESC LIMIT 1 FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows[0]?.starts_on;
}

const counts = sql.raw('ratable, rated, good, bad, excluded');
const sums = sql.raw(`sum(ratable)::int AS ratable, sum(rated)::int AS rated, sum(good)::int AS good,
  sum(bad)::int AS bad, sum(excluded)::int AS excluded`);

/** Puts the figures of days in place of what stood there, counted from the records. */
export async function rollDays(
  tx: Tx,
  cityCode: string,
  { days, spans, ...months }: { days: readonly Day[]; spans: readonly Instants[] } & Months,
): Promise<void> {
  const given = [...days];
  await sql`DELETE FROM feedback.figure
    WHERE city_code = ${cityCode} AND span = 'day' AND starts_on = ANY(${given}::date[])`.execute(tx);
  // Filled a minute ago, a table looks empty to the planner, and row by row a busy day would take minutes.
  await sql`SET LOCAL enable_nestloop = off`.execute(tx);
  await sql`
    WITH counted AS MATERIALIZED (
      SELECT (s.service_time AT TIME ZONE 'Asia/Shanghai')::date AS day, s.region_code, s.dept_code,
        s.window_code, s.task_code, r.channel, r.source, max(s.task_name) AS task_name,
        ${rowCounts}
      ${rowsFrom(cityCode, months)}
      WHERE s.city_code = ${cityCode} AND ${within(spans)}
      GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    INSERT INTO feedback.figure (city_code, axis, span, starts_on, region_code, dept_code, code, source,
      task_name, ${counts})
    SELECT ${cityCode}, 'window', 'day', day, region_code, dept_code, coalesce(window_code, ''), '', NULL,
      ${sums} FROM counted GROUP BY day, region_code, dept_code, coalesce(window_code, '')
    UNION ALL
    SELECT ${cityCode}, 'item', 'day', day, region_code, dept_code, task_code, '', max(task_name), ${sums}
    FROM counted GROUP BY day, region_code, dept_code, task_code
    UNION ALL
    SELECT ${cityCode}, 'channel', 'day', day, region_code, dept_code, coalesce(channel::text, ''),
      coalesce(source, ''), NULL, ${sums}
    FROM counted GROUP BY day, region_code, dept_code, channel, source`.execute(tx);
  await sql`SET LOCAL enable_nestloop = DEFAULT`.execute(tx);
  await markClean(tx, cityCode, 'day', given);
}

/** Puts the figures of a month in place of what stood there, added up from those of its days. */
export async function rollMonth(tx: Tx, cityCode: string, month: Day): Promise<void> {
  await sql`DELETE FROM feedback.figure
    WHERE city_code = ${cityCode} AND span = 'month' AND starts_on = ${month}::date`.execute(tx);
  await sql`
    INSERT INTO feedback.figure (city_code, axis, span, starts_on, region_code, dept_code, code, source,
      task_name, ${counts})
    SELECT city_code, axis, 'month', ${month}::date, region_code, dept_code, code, source, max(task_name),
      ${sums}
    FROM feedback.figure
    WHERE city_code = ${cityCode} AND span = 'day' AND starts_on >= ${month}::date
      AND starts_on < ${month}::date + interval '1 month'
    GROUP BY city_code, axis, region_code, dept_code, code, source`.execute(tx);
  await markClean(tx, cityCode, 'month', [month]);
}

async function markClean(
  tx: Tx,
  cityCode: string,
  span: 'day' | 'month',
  days: readonly Day[],
): Promise<void> {
  await sql`
    UPDATE feedback.figure_state SET dirty = false, rolls = rolls + 1
    WHERE city_code = ${cityCode} AND span = ${span} AND starts_on = ANY(${[...days]}::date[])`.execute(tx);
}

/** What a group of services counts: first ratings only, without those that a verdict has taken out. */
const rowCounts = sql.raw(`count(*)::int AS ratable,
  count(r.step_id) FILTER (WHERE v.step_id IS NULL)::int AS rated,
  count(*) FILTER (WHERE r.satisfaction >= 3 AND v.step_id IS NULL)::int AS good,
  count(*) FILTER (WHERE r.satisfaction <= 2 AND v.step_id IS NULL)::int AS bad,
  count(r.step_id) FILTER (WHERE v.step_id IS NOT NULL)::int AS excluded`);

/** First days of the months that services lie in, both included. */
interface Months {
  fromMonth: Day | undefined;
  toMonth: Day | undefined;
}

/** The second one is excluded. */
export interface Instants {
  from: Date;
  to: Date;
}

/** Services that took place within one of the spans. */
function within(spans: readonly Instants[]): ReturnType<typeof sql> {
  if (spans.length === 0) return sql`false`;
  const each = spans.map(({ from, to }) => sql`(s.service_time >= ${from} AND s.service_time < ${to})`);
  return sql`(${sql.join(each, sql` OR `)})`;
}

/** Services with their first rating and the verdict that takes it out. */
function rowsFrom(cityCode: string, { fromMonth, toMonth }: Months): ReturnType<typeof sql> {
  return sql`FROM intake.ratable_step s
    LEFT JOIN feedback.rating r ON r.city_code = s.city_code AND r.city_code = ${cityCode}
      AND r.service_month = s.service_month AND r.step_id = s.step_id AND r.assess_number = 1
      AND r.service_month BETWEEN ${fromMonth ?? null}::date AND ${toMonth ?? null}::date
    LEFT JOIN feedback.rating_verdict v ON v.city_code = s.city_code AND v.city_code = ${cityCode}
      AND v.step_id = s.step_id AND v.assess_number = 1 AND v.verdict IN ('mistaken', 'malicious')`;
}

type Column = 'city_code' | 'region_code' | 'dept_code' | 'window_code' | 'task_code' | 'channel' | 'source';

interface Grouping {
  /** of feedback.figure that holds it */
  axis: Axis;
  /** column that it needs, and its code in terms of that column */
  needs: Column;
  code: string;
  /** a name for each code */
  names: string;
}

const NAMELESS = `SELECT ''::text AS code, ''::text AS name`;
const REGIONS = 'SELECT code, name FROM registry.v_region';

const groupings: Readonly<Record<StatsBy, Grouping>> = {
  city: { axis: 'window', needs: 'city_code', code: `city_code || '000000'`, names: REGIONS },
  county: {
    axis: 'window',
    needs: 'region_code',
    code: `left(region_code, 6) || '000000'`,
    names: REGIONS,
  },
  township: { axis: 'window', needs: 'region_code', code: `left(region_code, 9) || '000'`, names: REGIONS },
  department: {
    axis: 'window',
    needs: 'dept_code',
    code: 'dept_code',
    names: 'SELECT code, name FROM registry.v_department WHERE city_code =',
  },
  window: {
    axis: 'window',
    needs: 'window_code',
    code: 'window_code',
    names: 'SELECT code, name FROM registry.v_window WHERE city_code =',
  },
  item: {
    axis: 'item',
    needs: 'task_code',
    code: 'task_code',
    names: 'SELECT code, name FROM registry.v_item WHERE city_code =',
  },
  channel: { axis: 'channel', needs: 'channel', code: 'channel', names: NAMELESS },
  source: { axis: 'channel', needs: 'source', code: 'source', names: NAMELESS },
};

/** Where a column comes from in `rowsFrom`, and in the figures. */
const columns: Readonly<Record<Column, { live: string; rolled: string }>> = {
  city_code: { live: 's.city_code', rolled: 'f.city_code' },
  region_code: { live: 's.region_code', rolled: 'f.region_code' },
  dept_code: { live: 's.dept_code', rolled: 'f.dept_code' },
  window_code: { live: 's.window_code', rolled: `nullif(f.code, '') AS window_code` },
  task_code: { live: 's.task_code', rolled: 'f.code AS task_code' },
  channel: { live: 'r.channel::text AS channel', rolled: `nullif(f.code, '') AS channel` },
  source: { live: 'r.source', rolled: `nullif(f.source, '') AS source` },
};

const AXES = ['window', 'item', 'channel'] as const;
type Axis = (typeof AXES)[number];

export interface FigureRow {
  by: StatsBy;
  code: string | null;
  /** by the register, and by the records for items that it doesn't hold */
  name: string | null;
  task_name: string | null;
  ratable: number;
  rated: number;
  good: number;
  bad: number;
  excluded: number;
}

/** What is to be counted: months and days by their figures, gaps row by row; all within reach. */
export interface FigureQuery extends Reach, Months {
  by: readonly StatsBy[];
  months: readonly Day[];
  days: readonly Day[];
  gaps: readonly Instants[];
}

/** Counts of services and their first ratings by the service's own time, for each grouping asked for. */
export async function countFigures(reader: Reader, query: FigureQuery): Promise<FigureRow[]> {
  const wanted = [...new Set(query.by.map((by) => groupings[by].needs))];
  const axes = AXES.filter((axis) => query.by.some((by) => groupings[by].axis === axis));
  const live = sql`live AS MATERIALIZED (
      SELECT ${sql.raw(wanted.map((column) => columns[column].live).join(', '))},
        max(s.task_name) AS task_name, ${rowCounts}
      ${rowsFrom(query.cityCode, query)}
      WHERE ${sql.join(gapConditions(query), sql` AND `)}
      GROUP BY ${places(wanted)}
    )`;
  const { rows } = await sql<FigureRow>`
    WITH ${sql.join([live, ...axes.map((axis) => rolledOf(axis, query))])}
    ${sql.join(
      query.by.map((by) => groupedBy(by, query)),
      sql` UNION ALL `,
    )}
    ORDER BY by, code NULLS LAST`.execute(reader);
  return rows;
}

/** The figures of whole months by city, each by its first day. */
export async function countMonths(
  reader: Reader,
  reach: Reach,
  months: readonly Day[],
): Promise<(FigureRow & { month: Day })[]> {
  const { rows } = await sql<FigureRow & { month: Day }>`
    SELECT 'city' AS by, f.city_code || '000000' AS code, NULL AS name, NULL AS task_name,
      f.starts_on AS month, ${sums}
    FROM feedback.figure f
    WHERE f.city_code = ${reach.cityCode} AND f.axis = 'window' AND f.span = 'month'
      AND f.starts_on = ANY(${[...months]}::date[])${sql.join(
        reachConditions(reach, 'f').map((one) => sql` AND ${one}`),
        sql``,
      )}
    GROUP BY f.city_code, f.starts_on`.execute(reader);
  return rows;
}

/** 1, 2, 3: the first columns of a selection. */
function places(of: readonly unknown[]): ReturnType<typeof sql> {
  return sql.raw(of.map((_, at) => at + 1).join(', '));
}

/** The figures of an axis, each span read once, by the columns that its groupings need. */
function rolledOf(axis: Axis, query: FigureQuery): ReturnType<typeof sql> {
  const needed = query.by.flatMap((by) => (groupings[by].axis === axis ? groupings[by].needs : []));
  const given = [...new Set(needed)].map((column) => columns[column].rolled);
  const reached = reachConditions(query, 'f').map((one) => sql` AND ${one}`);
  const spanOf = (span: 'day' | 'month', days: readonly Day[]): ReturnType<typeof sql> => sql`
    SELECT * FROM feedback.figure f
    WHERE f.city_code = ${query.cityCode} AND f.axis = ${axis} AND f.span = ${span}
      AND f.starts_on = ANY(${[...days]}::date[])${sql.join(reached, sql``)}`;
  return sql`${sql.raw(`of_${axis}`)} AS MATERIALIZED (
      SELECT ${sql.raw(given.join(', '))}, max(task_name) AS task_name, ${sums}
      FROM (${spanOf('month', query.months)} UNION ALL ${spanOf('day', query.days)}) f
      GROUP BY ${places(given)}
    )`;
}

function gapConditions(query: FigureQuery): ReturnType<typeof sql>[] {
  const conditions = [
    sql`s.city_code = ${query.cityCode}`,
    within(query.gaps),
    ...reachConditions(query, 's'),
  ];
  if (query.onlyStaff !== undefined) conditions.push(sql`s.staff_no = ${query.onlyStaff}`);
  return conditions;
}

function reachConditions(
  { regionPrefix, departmentCode }: Reach,
  table: 's' | 'f',
): ReturnType<typeof sql>[] {
  const of = sql.raw(table);
  return [
    ...(regionPrefix ? [sql`starts_with(${of}.region_code, ${regionPrefix})`] : []),
    ...(departmentCode ? [sql`${of}.dept_code = ${departmentCode}`] : []),
  ];
}

function groupedBy(by: StatsBy, { cityCode }: FigureQuery): ReturnType<typeof sql> {
  const { axis, code, names } = groupings[by];
  return sql`
    SELECT ${by} AS by, c.code, c.task_name, c.ratable, c.rated, c.good, c.bad, c.excluded, n.name
    FROM (
      SELECT code, ${by === 'item' ? sql`max(task_name)` : sql`NULL`} AS task_name, ${sums} FROM (
        SELECT ${sql.raw(code)} AS code, task_name, ${counts} FROM ${sql.raw(`of_${axis}`)}
        UNION ALL SELECT ${sql.raw(code)}, task_name, ${counts} FROM live
      ) parts GROUP BY code
    ) c LEFT JOIN (${sql.raw(names)} ${names.endsWith('=') ? sql`${cityCode}` : sql``}) n ON n.code = c.code`;
}
