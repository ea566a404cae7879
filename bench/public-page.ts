import { figureReader } from '../src/feedback/rating/index.ts';
import { type Day, dayOf } from '../src/kernel/day.ts';
import { addMonths, monthOf } from '../src/kernel/month.ts';
import { unhurried } from '../src/platform/deps.ts';
import { periodOf, publicFigures } from '../src/uses/publication/index.ts';
import { archiveJob } from '../src/uses/publication/jobs.ts';
import type { Bench } from './bench.ts';
import { BIG } from './hall.ts';
import { BenchError, print, quantile, timed } from './line.ts';
import { addPastOrders, dropPastOrders } from './past-orders.ts';
import { MONTHS, RATINGS, rollUpYears } from './rolled-years.ts';

const NAME = 'public-page';
/** Of each fifty ratings one is bad. */
export const BAD_RATINGS = RATINGS / 50;
/** Pages beside the figures, each over the periods in turn. */
const PAGES = {
  rankings: '/public/rankings?by=window&',
  rankings_items: '/public/rankings?by=item&lang=en&',
  handling: '/public/handling?',
  data: '/public/data?',
  archive: '/public/archive?',
};

/**
 * The public pages over three years of five million ratings that are rolled up: periods in turn, as a server
 * answers that has been asked before, and for the first time; and all three years counted anew each time.
 */
export async function publicPage(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const today = dayOf(deps.clock.now());
  const from = await rollUpYears(bench, today);
  const codes = ['last30', today.slice(0, 4), ...[0, -1, -2, -3].map((by) => addMonths(monthOf(today), by))];
  const first: number[] = [];
  const took: number[] = [];
  for (let turn = 0; turn < (quick ? 11 : 41) * codes.length; turn += 1) {
    const start = performance.now();
    const url = `http://127.0.0.1:${instance.port}/public?period=${codes[turn % codes.length]}`;
    await fetchPage(url);
    (turn < codes.length ? first : took).push(performance.now() - start);
  }
  const note = `${RATINGS} ratings in ${MONTHS} months, ${BIG.windows} windows, rolled up`;
  print({ bench: NAME, metric: 'p95', value: quantile(took, 0.95), unit: 'ms', note });
  const cold = 'the slowest of the periods, asked for the first time after a start';
  print({ bench: NAME, metric: 'first', value: Math.max(...first), unit: 'ms', note: cold });
  await otherPages(bench, codes, { from, to: today });
  const period = periodOf('last30', today);
  if (period === undefined) throw new BenchError(`${NAME}: there is no such period.`);
  const whole = { ...period, from };
  const counted: number[] = [];
  for (let turn = 0; turn < (quick ? 5 : 20); turn += 1) {
    const start = performance.now();
    await publicFigures(deps, figureReader(deps.db.read, deps.config.cityCode), whole);
    counted.push(performance.now() - start);
  }
  const anew = `all lists of all ${MONTHS} months, counted anew`;
  print({ bench: NAME, metric: 'counted_p95', value: quantile(counted, 0.95), unit: 'ms', note: anew });
}

async function fetchPage(url: string): Promise<void> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new BenchError(`${NAME}: ${url} answered ${answer.status}.`);
}

/** Rankings, bad ratings answered, the archive and the dictionary: first and repeated answers. */
async function otherPages(
  { deps, instance, quick }: Bench,
  codes: readonly string[],
  span: { from: Day; to: Day },
): Promise<void> {
  await addPastOrders(deps, { count: BAD_RATINGS, ...span });
  const { seconds } = await timed(() => archiveJob.work(unhurried(deps), {}));
  print({ bench: NAME, metric: 'archive_all', value: seconds, unit: 's', note: `${MONTHS} months` });
  const month = addMonths(monthOf(span.to), -2);
  const pages = { ...PAGES, archived_month: `/public/archive/${month}?` };
  for (const [name, path] of Object.entries(pages)) {
    const took: number[] = [];
    for (let turn = 0; turn < (quick ? 5 : 20) * codes.length; turn += 1) {
      const start = performance.now();
      const period = name.startsWith('archive') ? '' : `period=${codes[turn % codes.length]}`;
      await fetchPage(`http://127.0.0.1:${instance.port}${path}${period}`);
      took.push(performance.now() - start);
    }
    const note = `the first of each period included; ${BAD_RATINGS} bad ratings answered`;
    print({ bench: NAME, metric: `${name}_max`, value: Math.max(...took), unit: 'ms', note });
    print({ bench: NAME, metric: `${name}_p95`, value: quantile(took, 0.95), unit: 'ms' });
  }
  await dropPastOrders(deps);
}
