/** Three years of a big city, rolled up: 14 million services, 5 million of them rated. */
import { type Day, daysBetween } from '../src/kernel/day.ts';
import { addMonths, firstDay, monthOf } from '../src/kernel/month.ts';
import type { Bench } from './bench.ts';
import { BIG, departmentCode, itemCode } from './hall.ts';

export const RATINGS = 5_000_000;
export const MONTHS = 36;
const SERVICES_PER_RATING = 20 / 7;

/**
 * Puts figures of these months in place of what stands, by whole months, and by days where days are read: of
 * the last year, with `--quick` of the last month. Answers the first day.
 */
export async function rollUpYears({ deps, quick }: Bench, today: Day): Promise<Day> {
  const { owner } = deps.db;
  const city = deps.config.cityCode;
  const from = firstDay(addMonths(monthOf(today), -MONTHS));
  const days = daysBetween(from, today) + 1;
  const daysFrom = firstDay(addMonths(monthOf(today), quick ? -1 : -12));
  const perWindow = Math.ceil((RATINGS * SERVICES_PER_RATING) / days / BIG.windows);
  const lists = [departmentCode, itemCode].map((code) => Array.from({ length: 64 }, (_, at) => code(at)));
  await owner.query('DELETE FROM feedback.figure WHERE city_code = $1', [city]);
  await owner.query('DELETE FROM feedback.figure_state WHERE city_code = $1', [city]);
  for (const [span, first] of [
    ['day', daysFrom],
    ['month', firstDay(monthOf(from))],
  ] as const) {
    await owner.query(FIGURES, [city, span, first, today, perWindow, BIG.windows, ...lists]);
  }
  await owner.query(STATES, [city, from, today]);
  await owner.query('ANALYZE feedback.figure');
  await owner.query('ANALYZE feedback.figure_state');
  return from;
}

// Each window has an item of its own among 2,000; a third of its services is rated, over four channels.
const FIGURES = `
  WITH spans AS (
    SELECT d::date AS starts_on, CASE WHEN $2 = 'day' THEN 1 ELSE 30 END AS days
    FROM generate_series($3::date, $4::date, ('1 ' || $2)::interval) d
    WHERE $2 = 'day' OR d < date_trunc('month', $4::date::timestamp)
  ), windows AS (
    SELECT w, ($7::text[])[1 + w % 64] AS dept, r.codes[1 + w % cardinality(r.codes)] AS region,
      left(($8::text[])[1 + w % 64], 22) || lpad((w % 2000)::text, 9, '0') AS item
    FROM generate_series(0, $6::int - 1) w, (SELECT array_agg(code ORDER BY code) AS codes
      FROM registry.region WHERE level = 'county' AND starts_with(code, left($1, 4))) r
  ), lines AS (
    SELECT s.starts_on, w.*, $5::int * s.days AS ratable, ($5::int * s.days * 35 + 99) / 100 AS rated
    FROM spans s, windows w
  ), axes AS (
    SELECT 'window' AS axis, starts_on, region, dept, 'B' || lpad(w::text, 5, '0') AS code, '' AS source,
      NULL AS task_name, ratable, rated FROM lines
    UNION ALL
    SELECT 'item', starts_on, region, dept, item, '', '事项', sum(ratable), sum(rated)
    FROM lines GROUP BY starts_on, region, dept, item
    UNION ALL
    SELECT 'channel', starts_on, region, dept, c.code, c.source, NULL,
      sum(CASE WHEN c.code = '' THEN ratable - rated ELSE (rated + 3) / 4 END),
      sum(CASE WHEN c.code = '' THEN 0 ELSE (rated + 3) / 4 END)
    FROM lines, (VALUES ('', ''), ('3', 'citizen'), ('4', 'tablet'), ('6', 'citizen'), ('2', 'key'))
      AS c(code, source)
    GROUP BY starts_on, region, dept, c.code, c.source
  )
  INSERT INTO feedback.figure (city_code, axis, span, starts_on, region_code, dept_code, code, source,
    task_name, ratable, rated, good, bad, excluded)
  SELECT $1, axis, $2, starts_on, region, dept, code, source, task_name, ratable, rated, rated, 0, 0
  FROM axes`;

const STATES = `
  INSERT INTO feedback.figure_state (city_code, span, starts_on, dirty, marked_at)
  SELECT $1, 'day', d::date, false, now() FROM generate_series($2::date, $3::date, interval '1 day') d
  UNION ALL
  SELECT $1, 'month', d::date, false, now()
  FROM generate_series(date_trunc('month', $2::date::timestamp), $3::date, interval '1 month') d
  WHERE d >= $2::date AND d < date_trunc('month', $3::date::timestamp)`;
