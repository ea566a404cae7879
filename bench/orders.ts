import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { jobs } from '../src/app/wire.ts';
import { badRatingRecorded } from '../src/feedback/rating/index.ts';
import { lookAtDuties } from '../src/handling/duty/index.ts';
import { cliActor, createApiKey } from '../src/oversight/access/index.ts';
import { steppingClock } from '../src/platform/clock.ts';
import { inTx } from '../src/platform/db.ts';
import { type Deps, unhurried } from '../src/platform/deps.ts';
import { emit } from '../src/platform/facts.ts';
import { startWorker } from '../src/platform/jobs.ts';
import type { Bench } from './bench.ts';
import { departmentCode } from './hall.ts';
import { BenchError, print, quantile, say, timed } from './line.ts';
import { addBadRatings, addOrders, OPEN_ORDERS } from './order-city.ts';
import { freshRecords, tokenAt } from './submissions.ts';

const NAME = 'orders';
const DAY_MS = 86_400_000;
const PATIENCE_MS = 600_000;
/** Bad ratings that wait for the worker at once, each told by a fact of its own. */
const WAITING = { quick: 1_000, whole: 3_000 };
/** Bad ratings that are followed from the form to the list. */
const FOLLOWED = 5;
/** Facts of overdue duties whose working off is watched. */
const WATCHED = 5_000;

/** A hundred thousand open orders: the lists, the look at the clock, and the way of a bad rating. */
export async function orders(bench: Bench): Promise<void> {
  const { deps } = bench;
  const made = await timed(() => addOrders(deps, OPEN_ORDERS));
  say(`${NAME}: ${OPEN_ORDERS} orders took ${made.seconds.toFixed(1)} s to make`);
  const { key } = await createApiKey(deps, cliActor(deps.config.cityCode), {
    name: NAME,
    scope: deps.config.cityCode,
  });
  const headers = { authorization: `Bearer ${key}` };
  await lists(bench, headers);
  await visible(bench, headers);
  await facts(bench, false);
  await facts(bench, true);
  await clocks(bench);
}

/** First pages as another system asks for them; the office's list reads the same rows. */
async function lists({ instance, quick }: Bench, headers: Record<string, string>): Promise<void> {
  const asked = {
    open: 'state=open',
    state: 'state=approval',
    department: `state=open&department=${departmentCode(3)}`,
    red: 'card=red',
    yellow: 'card=yellow',
    kind_complaint: 'state=open&kind=complaint',
    number: 'q=BO2026-054321',
    project: 'q=BENCHO54321',
    nothing_found: 'q=none',
  };
  for (const [metric, query] of Object.entries(asked)) {
    const took: number[] = [];
    for (let turn = 0; turn < (quick ? 5 : 20); turn += 1) {
      const url = `http://127.0.0.1:${instance.port}/api/v1/work-orders?${query}`;
      const { seconds } = await timed(async () => await (await fetch(url, { headers })).text());
      took.push(seconds * 1000);
    }
    print({ bench: NAME, metric: `list_${metric}`, value: quantile(took, 0.95), unit: 'ms' });
  }
}

/** From the form to the list: how long until a bad rating stands there as an order. */
async function visible({ deps, instance }: Bench, headers: Record<string, string>): Promise<void> {
  const records = await freshRecords(deps, FOLLOWED);
  const base = `http://127.0.0.1:${instance.port}/api/v1`;
  const took: number[] = [];
  for (let at = 0; at < FOLLOWED; at += 1) {
    const step = records.firstStep + BigInt(at);
    const body = JSON.stringify({ token: tokenAt(deps, records, at), satisfaction: 1, evalDetail: ['110'] });
    const { seconds } = await timed(async () => {
      const json = { 'content-type': 'application/json' };
      const answer = await fetch(`${base}/ratings`, { method: 'POST', headers: json, body });
      if (answer.status !== 201) throw new BenchError(`${NAME}: the rating was answered ${answer.status}.`);
      await until(async () => {
        const list = await fetch(`${base}/work-orders?state=open&step=${step}`, { headers });
        return ((await list.json()) as { items: unknown[] }).items.length === 1;
      });
    });
    took.push(seconds);
  }
  print({ bench: NAME, metric: 'rating_to_order', value: Math.max(...took), unit: 's', note: 'the slowest' });
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await reached())) {
    if (performance.now() > end) throw new BenchError(`${NAME}: it did not come to an end.`);
    await sleep(50);
  }
}

async function count(deps: Deps, text: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await deps.db.owner.query<{ count: string }>(text, [...values]);
  return Number(rows[0]?.count);
}

/** Bad ratings that wait all at once, each a fact, for the server's worker alone or for two. */
async function facts({ deps, quick }: Bench, two: boolean): Promise<void> {
  const waiting = quick ? WAITING.quick : WAITING.whole;
  const { cityCode } = deps.config;
  const records = await freshRecords(deps, waiting);
  const firstStep = String(records.firstStep);
  const batches = await addBadRatings(deps, { firstStep, month: records.firstDay, count: waiting });
  const second = two ? await startWorker(deps, jobs) : undefined;
  const opened = `SELECT count(*) FROM handling.work_order o
    JOIN handling.work_order_event e USING (city_code, order_id)
    WHERE o.city_code = $1 AND o.step_id >= $2::bigint AND o.step_id < $2::bigint + $3
    AND e.what = 'opened'`;
  const values = [cityCode, firstStep, waiting];
  try {
    await inTx(deps.db, async (tx) => {
      for (const batchId of batches) {
        await emit(tx, badRatingRecorded, { cityCode, batchId, months: [records.month] });
      }
    });
    const { seconds } = await timed(async () => {
      await until(async () => (await count(deps, opened, values)) >= waiting);
      await until(async () => (await idle(deps)) === 0);
    });
    const found = await count(deps, opened, values);
    if (found !== waiting) throw new BenchError(`${NAME}: ${found} orders of ${waiting} bad ratings.`);
    const note = `${waiting} bad ratings told at once: each a fact, each an order, whose opening is a fact`;
    const metric = two ? 'facts_two_workers' : 'facts';
    print({ bench: NAME, metric, value: (2 * waiting) / seconds, unit: 'facts/s', note });
    print({ bench: NAME, metric: `${metric}_orders`, value: waiting / seconds, unit: 'orders/s' });
  } finally {
    await second?.stop();
  }
}

/** Facts that still wait for the worker. */
async function idle(deps: Deps): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    SELECT coalesce(sum(waiting), 0)::int AS waiting FROM platform.queue_depth() WHERE task = 'fact'
  `.execute(deps.db.app);
  return rows[0]?.waiting ?? 0;
}

/** The look at the clock: when nothing is due, when a hundred duties are, when all are. */
async function clocks({ deps }: Bench): Promise<void> {
  const { cityCode } = deps.config;
  const now = deps.clock.now();
  await lookAtDuties(deps, cityCode);
  await look(deps, 'clock_idle', now);
  await deps.db.owner.query(
    `UPDATE handling.duty SET red_from = $2, yellow_from = $2 WHERE city_code = $1 AND duty_id IN
       (SELECT duty_id FROM handling.duty WHERE city_code = $1 AND done_at IS NULL AND overdue_at IS NULL
         AND reminded_at IS NULL LIMIT 100)`,
    [cityCode, now],
  );
  await look(deps, 'clock_100_due', now);
  await look(deps, 'clock_all_due', new Date(now.getTime() + 30 * DAY_MS));
  const before = await idle(deps);
  const worked = await timed(() => until(async () => (await idle(deps)) <= Math.max(0, before - WATCHED)));
  const note = `${WATCHED} of ${before}: each puts its order under supervision`;
  print({ bench: NAME, metric: 'escalated', value: WATCHED / worked.seconds, unit: 'facts/s', note });
}

async function look(deps: Deps, metric: string, now: Date): Promise<void> {
  const at = { ...unhurried(deps), clock: steppingClock(now) };
  const { seconds, result } = await timed(() => lookAtDuties(at, deps.config.cityCode));
  print({ bench: NAME, metric, value: seconds, unit: 's', note: `${result} cards` });
}
