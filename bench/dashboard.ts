import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { markDays } from '../src/feedback/rating/index.ts';
import { dayOf } from '../src/kernel/day.ts';
import { createUser, systemActor } from '../src/oversight/access/index.ts';
import type { Deps } from '../src/platform/deps.ts';
import type { Board } from '../src/uses/dashboard/index.ts';
import type { Bench } from './bench.ts';
import { addRecords, SMALL } from './hall.ts';
import { BenchError, print, quantile, say } from './line.ts';
import { signIn } from './office-session.ts';
import { addPastOrders, dropPastOrders } from './past-orders.ts';
import { BAD_RATINGS } from './public-page.ts';
import { MONTHS, RATINGS, rollUpYears } from './rolled-years.ts';

const NAME = 'dashboard';
const USERNAME = 'bench_leader';
const READINGS = { quick: 10, whole: 60 };
const SECONDS = { quick: 10, whole: 60 };

/** The leader's page and the big screen over three years of five million ratings. */
export async function dashboard(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const city = deps.config.cityCode;
  const today = dayOf(deps.clock.now());
  const from = await rollUpYears(bench, today);
  await addPastOrders(deps, { count: BAD_RATINGS, from, to: today });
  const form = { username: USERNAME, role: 'leader' as const, lasting: true };
  const { password } = await createUser(deps, systemActor(city, NAME), form, async () => true);
  const session = await signIn(instance.port, USERNAME, password);
  const note = `${RATINGS} ratings in ${MONTHS} months, rolled up; ${BAD_RATINGS} bad ratings answered`;
  const took: number[] = [];
  for (let turn = 0; turn < READINGS[quick ? 'quick' : 'whole']; turn += 1) {
    const start = performance.now();
    const { trend } = (await session.get('/dashboard')) as Board;
    took.push(performance.now() - start);
    if (trend.some(({ good_rate: { value } }) => value === null))
      throw new BenchError(`${NAME}: months lack.`);
  }
  print({ bench: NAME, metric: 'first', value: took[0] ?? Number.NaN, unit: 'ms', note });
  print({ bench: NAME, metric: 'p95', value: quantile(took.slice(1), 0.95), unit: 'ms', note });
  const start = performance.now();
  const answer = await fetch(`http://127.0.0.1:${instance.port}/public/screen.json`);
  if (!answer.ok) throw new BenchError(`${NAME}: the screen answered ${answer.status}.`);
  await answer.arrayBuffer();
  print({ bench: NAME, metric: 'screen_first', value: performance.now() - start, unit: 'ms', note });
  // Services of today are counted row by row, as on any day that isn't over.
  await markDays(deps, { cityCode: city, days: [today] });
  await screenLoad(bench);
  await dropPastOrders(deps);
}

/** How much of one core the open screen costs: processor time of the browser's processes, once it stands. */
async function screenLoad({ deps, instance, quick }: Bench): Promise<void> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    say(`${NAME}: Chromium is missing, so the open screen isn't measured.`);
    return;
  }
  const seconds = SECONDS[quick ? 'quick' : 'whole'];
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(`http://127.0.0.1:${instance.port}/admin/screen`);
    await page.locator('.yp-screen-tiles canvas').waitFor();
    const session = await browser.newBrowserCDPSession();
    const used = async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const of = (type: string) =>
        processInfo.reduce((sum, one) => sum + (one.type === type ? one.cpuTime : 0), 0);
      return { renderer: of('renderer'), all: processInfo.reduce((sum, one) => sum + one.cpuTime, 0) };
    };
    await page.waitForTimeout(3_000);
    const before = await used();
    // Each time the screen is looked after, it has something new to tell.
    for (let left = seconds; left > 0; left -= 5) {
      await serveSome(deps);
      await page.waitForTimeout(5_000);
    }
    const after = await used();
    const share = (name: 'renderer' | 'all') => ((after[name] - before[name]) / seconds) * 100;
    const note = `of one core over ${seconds} s, 1920 by 1080, drawn by software`;
    print({ bench: NAME, metric: 'screen_renderer', value: share('renderer'), unit: '%', note });
    print({ bench: NAME, metric: 'screen_browser', value: share('all'), unit: '%', note });
  } finally {
    await browser.close();
  }
}

/** Some services of this minute. */
async function serveSome(deps: Deps): Promise<void> {
  const to = deps.clock.now();
  const from = new Date(to.getTime() - 60_000);
  await addRecords(deps, SMALL, 10, { from, to, ratableUntil: new Date(to.getTime() + 86_400_000) });
}

function chromiumPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = folders.flatMap((folder) =>
    ['chromium', 'chromium-browser'].map((name) => join(folder, name)),
  );
  return files.find((file) => existsSync(file));
}
