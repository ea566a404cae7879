import { sealNow, verifyRatings } from '../src/feedback/seal/index.ts';
import { dayOf } from '../src/kernel/day.ts';
import { firstDay, lastDay, monthOf, previousMonth } from '../src/kernel/month.ts';
import { cliActor } from '../src/oversight/access/index.ts';
import { unhurried } from '../src/platform/deps.ts';
import type { Bench } from './bench.ts';
import { addRatings, addRecords, SMALL } from './hall.ts';
import { BenchError, print, timed } from './line.ts';

const NAME = 'seal';
const RATINGS = 100_000;

/** Sealing a hundred thousand ratings at once, and verifying all that is sealed. */
export async function seal(bench: Bench): Promise<void> {
  const deps = unhurried(bench.deps);
  const actor = cliActor(deps.config.cityCode);
  // Whatever other benchmarks have left behind goes into a seal of its own.
  await sealNow(deps, actor);
  let month = monthOf(dayOf(deps.clock.now()));
  for (let back = 0; back < 3; back += 1) month = previousMonth(month);
  const from = new Date(`${firstDay(month)}T09:00:00+08:00`);
  const to = new Date(`${lastDay(month)}T17:00:00+08:00`);
  const records = await addRecords(deps, SMALL, RATINGS, { from, to, ratableUntil: to });
  await addRatings(deps, records, RATINGS);
  const sealed = await timed(() => sealNow(deps, actor));
  const note = `${sealed.result.size} ratings`;
  print({ bench: NAME, metric: 'seal', value: sealed.seconds, unit: 's', note });
  const rss = process.memoryUsage.rss();
  const verified = await timed(() => verifyRatings(deps, actor));
  const { ok, ratings, seals } = verified.result;
  if (!ok) throw new BenchError(`${NAME}: what was sealed a moment ago is not what is found.`);
  const of = `${ratings} ratings in ${seals} seals`;
  print({ bench: NAME, metric: 'verify', value: verified.seconds, unit: 's', note: of });
  const grown = (process.memoryUsage.rss() - rss) / 1e6;
  print({
    bench: NAME,
    metric: 'verify_memory',
    value: Math.max(grown, 0),
    unit: 'MB',
    note: 'more than before',
  });
}
