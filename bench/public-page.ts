import { figureReader } from '../src/feedback/rating/index.ts';
import { addDays, type Day, dayOf } from '../src/kernel/day.ts';
import { addMonths, firstDay, monthOf } from '../src/kernel/month.ts';
import { periodOf, publicFigures } from '../src/uses/publication/index.ts';
import type { Bench } from './bench.ts';
import { BIG, departmentCode, itemCode } from './hall.ts';
import { BenchError, print, quantile } from './line.ts';

const NAME = 'public-page';
/** A year of a big city, rolled up: 14 million services, 5 million of them rated. */
const RATINGS = 5_000_000;
const SERVICES_PER_RATING = 20 / 7;
const DAYS = 365;

/**
 * The public page over a year of five million ratings that are rolled up: its periods in turn, as a server
 * answers that has been asked before, and for the first time; and the whole year counted anew each time.
 */
export async function publicPage(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const today = dayOf(deps.clock.now());
  await rollUpYear(bench, today);
  const codes = ['last30', today.slice(0, 4), ...[0, -1, -2, -3].map((by) => addMonths(monthOf(today), by))];
  const first: number[] = [];
  const took: number[] = [];
  for (let turn = 0; turn < (quick ? 11 : 41) * codes.length; turn += 1) {
    const start = performance.now();
    const url = `http://127.0.0.1:${instance.port}/public?period=${codes[turn % codes.length]}`;
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new BenchError(`${NAME}: the answer was ${answer.status}.`);
    (turn < codes.length ? first : took).push(performance.now() - start);
  }
  const note = `${RATINGS} ratings in a year, ${BIG.windows} windows, rolled up`;
  print({ bench: NAME, metric: 'p95', value: quantile(took, 0.95), unit: 'ms', note });
  const cold = 'the slowest of the periods, asked for the first time after a start';
  print({ bench: NAME, metric: 'first', value: Math.max(...first), unit: 'ms', note: cold });
  const period = periodOf('last30', today);
  if (period === undefined) throw new BenchError(`${NAME}: there is no such period.`);
  const whole = { ...period, from: addDays(today, 1 - DAYS) };
  const counted: number[] = [];
  for (let turn = 0; turn < (quick ? 5 : 20); turn += 1) {
    const start = performance.now();
    await publicFigures(deps, figureReader(deps.db.read, deps.config.cityCode), whole);
    counted.push(performance.now() - start);
  }
  const anew = 'all lists of the whole year, counted anew';
  print({ bench: NAME, metric: 'counted_p95', value: quantile(counted, 0.95), unit: 'ms', note: anew });
}

/** Puts the figures of the year in place of what stands; with `--quick` without the days of most months. */
async function rollUpYear({ deps, quick }: Bench, today: Day): Promise<void> {
  const { owner } = deps.db;
  const city = deps.config.cityCode;
  const from = addDays(today, 1 - DAYS);
  const daysFrom = quick ? firstDay(addMonths(monthOf(today), -1)) : from;
  const perWindow = Math.round((RATINGS * SERVICES_PER_RATING) / DAYS / BIG.windows);
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
