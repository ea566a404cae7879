/**
 * `npm run bench [-- --quick] [-- NAME…]`: measures an instance of its own and prints one JSON object a line
 * (contract §6). It needs nothing running and leaves nothing behind.
 */
import { cpus, loadavg } from 'node:os';
import { type Bench, type Measure, monthsOf } from './bench.ts';
import { citizenPage } from './citizen-page.ts';
import { dashboard } from './dashboard.ts';
import { detectors } from './detectors.ts';
import { layDownHall } from './hall.ts';
import { hallDay } from './hall-day.ts';
import { importRows } from './import-rows.ts';
import { type Instance, makeDataDir, removeDataDir, startInstance } from './instance.ts';
import { itemSearch } from './item-search.ts';
import { kiosk } from './kiosk.ts';
import { BenchError, print, say, timed } from './line.ts';
import { monthClose } from './month-close.ts';
import { orders } from './orders.ts';
import { ensurePgbench } from './pgbench.ts';
import { publicPage } from './public-page.ts';
import { ratingPage } from './rating-page.ts';
import { ratingSubmit } from './rating-submit.ts';
import { seal } from './seal.ts';
import { secondStart } from './second-start.ts';
import { stats } from './stats.ts';

/** In this order: what is measured with few rows comes first, and the last one stops the instance. */
const measures: Readonly<Record<string, Measure>> = {
  'rating-submit': ratingSubmit,
  'rating-page': ratingPage,
  'citizen-page': citizenPage,
  kiosk,
  import: importRows,
  'hall-day': hallDay,
  'item-search': itemSearch,
  'month-close': monthClose,
  stats,
  seal,
  'public-page': publicPage,
  dashboard,
  detectors,
  orders,
  start: secondStart,
};

/** Which benchmarks are asked for; undefined after a sentence about a name that there isn't. */
function wanted(names: readonly string[]): string[] | undefined {
  const all = Object.keys(measures);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length === 0) return all.filter((name) => names.length === 0 || names.includes(name));
  say(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  return undefined;
}

async function main(args: readonly string[]): Promise<number> {
  const quick = args.includes('--quick');
  const names = wanted(args.filter((arg) => !arg.startsWith('--')));
  if (names === undefined) return 2;
  // What is missing is told before anything is measured.
  if (names.includes('rating-submit')) ensurePgbench();
  say(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)} before the start`);
  const dataDir = await makeDataDir();
  let instance: Instance | undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    try {
      await instance?.stop();
    } finally {
      await removeDataDir(dataDir);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void stop().finally(() => process.exit(1)));
  }
  try {
    const started = await timed(() => startInstance(dataDir));
    instance = started.result;
    if (names.includes('start')) {
      const note = 'new database, without demo';
      print({ bench: 'start', metric: 'first_start', value: started.seconds, unit: 's', note });
    }
    const { deps } = instance;
    const months = monthsOf(deps, quick);
    await layDownHall(deps, months.since);
    const bench: Bench = { quick, instance, deps, months };
    for (const name of names) {
      const { seconds } = await timed(async () => measures[name]?.(bench));
      say(`${name} took ${seconds.toFixed(1)} s; load ${loadavg()[0]?.toFixed(1)}`);
    }
    return 0;
  } finally {
    await stop();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof BenchError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
