import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkoutDir } from '../src/platform/config.ts';
import type { Bench } from './bench.ts';
import type { Records } from './hall.ts';
import { print, say, timed } from './line.ts';
import type { Closed } from './month-close-run.ts';
import type { Tried } from './what-if-run.ts';

const run = promisify(execFile);
const NAME = 'month-close';

/**
 * The close of a finished month in a process of its own, against one statement that only counts: what the
 * database needs to read the month once.
 */
export async function monthClose(bench: Bench): Promise<void> {
  const small = await closed(bench, await bench.months.small());
  const big = await bench.months.big();
  const counting = await counted(bench, big);
  const first = await closed(bench, big);
  const again = await closed(bench, big);
  const tried = (await inProcess(bench, 'what-if-run', big)) as Tried;
  const baseline = Math.min(counting, await counted(bench, big));
  const note = `${big.count} service records`;
  print({ bench: NAME, metric: 'close', value: first.seconds, unit: 's', baseline, note });
  print({ bench: NAME, metric: 'close_again', value: again.seconds, unit: 's', baseline, note });
  print({
    bench: NAME,
    metric: 'what_if',
    value: tried.seconds,
    unit: 's',
    baseline: first.seconds,
    note: `${tried.moved} staff moved; against the first close`,
  });
  print({ bench: NAME, metric: 'rss', value: Math.max(first.rss, again.rss), unit: 'MB' });
  print({
    bench: NAME,
    metric: 'close_small_month',
    value: small.seconds,
    unit: 's',
    note: `${small.staff} staff, 20000 service records`,
  });
  say(`${NAME}: ${first.staff} staff, ${first.windows} windows, ${first.rated} ratings counted`);
}

async function closed(bench: Bench, records: Records): Promise<Closed> {
  return (await inProcess(bench, 'month-close-run', records)) as Closed;
}

/** What a program of this folder prints about a month of the instance, run in memory of its own. */
async function inProcess(bench: Bench, program: string, records: Records): Promise<unknown> {
  const { stdout } = await run(process.execPath, [join(checkoutDir, `bench/${program}.ts`), records.month], {
    env: bench.instance.env,
    cwd: checkoutDir,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** Seconds of the statement; the better of two runs, so that both sides read from memory. */
async function counted(bench: Bench, records: Records): Promise<number> {
  const { owner } = bench.deps.db;
  const seconds: number[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    await owner.query('DROP TABLE IF EXISTS public.bench_month');
    const statement = COUNT.replaceAll('$city', `'${bench.deps.config.cityCode}'`);
    const counting = await timed(() => owner.query(statement.replaceAll('$month', `'${records.firstDay}'`)));
    seconds.push(counting.seconds);
  }
  await owner.query('DROP TABLE public.bench_month');
  return Math.min(...seconds);
}

const COUNT = `
  CREATE TABLE public.bench_month AS
  SELECT s.staff_no, s.window_code, count(*) AS ratable, count(r.step_id) AS rated,
    count(*) FILTER (WHERE r.satisfaction >= 3) AS good, count(*) FILTER (WHERE r.satisfaction <= 2) AS bad
  FROM intake.case_step s
  LEFT JOIN feedback.rating r ON r.city_code = s.city_code AND r.service_month = s.service_month
    AND r.step_id = s.step_id AND r.assess_number = 1
  WHERE s.city_code = $city AND s.service_month = $month
  GROUP BY GROUPING SETS ((s.staff_no), (s.window_code), ())`;
