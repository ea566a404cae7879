import { figureJob } from '../src/feedback/rating/figure-jobs.ts';
import { markDays } from '../src/feedback/rating/index.ts';
import { addDays } from '../src/kernel/day.ts';
import { firstDay, lastDay } from '../src/kernel/month.ts';
import { cliActor, createApiKey } from '../src/oversight/access/index.ts';
import { unhurried } from '../src/platform/deps.ts';
import type { Bench } from './bench.ts';
import type { Records } from './hall.ts';
import { BenchError, print, quantile, say, timed } from './line.ts';

const NAME = 'stats';
const GROUPS = ['city', 'county', 'department', 'window', 'channel'];

/** The statistics of the big month as another system asks for them, by all groupings in turn. */
export async function stats(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const records = await bench.months.big();
  const { cityCode } = deps.config;
  await rollUp(bench, records);
  const { key } = await createApiKey(deps, cliActor(cityCode), { name: NAME, scope: cityCode });
  const days = `from=${firstDay(records.month)}&to=${lastDay(records.month)}`;
  const took: number[] = [];
  for (let turn = 0; turn < (quick ? 4 : 20) * GROUPS.length; turn += 1) {
    const url = `http://127.0.0.1:${instance.port}/api/v1/stats?${days}&by=${GROUPS[turn % GROUPS.length]}`;
    const start = performance.now();
    const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    await answer.arrayBuffer();
    if (answer.status === 404) {
      say(`${NAME}: this version doesn't answer statistics yet.`);
      return;
    }
    if (answer.status !== 200) throw new BenchError(`${NAME}: the answer was ${answer.status}.`);
    took.push(performance.now() - start);
  }
  print({ bench: NAME, metric: 'p95', value: quantile(took, 0.95), unit: 'ms' });
}

/** What the worker does once the records are told of: rolls the whole month up. */
async function rollUp({ deps }: Bench, records: Records): Promise<void> {
  const { cityCode } = deps.config;
  const days: string[] = [];
  for (let day = firstDay(records.month); day <= lastDay(records.month); day = addDays(day, 1))
    days.push(day);
  await markDays(deps, { cityCode, days });
  const { seconds } = await timed(() => figureJob.work(unhurried(deps), {}));
  const note = `${records.count} service records`;
  print({ bench: NAME, metric: 'roll_up', value: seconds, unit: 's', note });
}
