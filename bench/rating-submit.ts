import type { Bench } from './bench.ts';
import type { Records } from './hall.ts';
import { BenchError, print, say } from './line.ts';
import { type LoadResult, load, perSecond, type Requests } from './load.ts';
import { ensurePgbench, pgbench } from './pgbench.ts';
import { freshRecords, submissionsOf } from './submissions.ts';

const NAME = 'rating-submit';
/** Connections of ours, and clients of pgbench that are measured right after them. */
const ROUNDS = [
  { connections: 32, clients: 1 },
  { connections: 128, clients: 8 },
  { connections: 256, clients: 32 },
];
/** No machine of ours answers more a second. */
const FASTEST = 14_000;

/**
 * Durable submissions a second over HTTP, each of another service; against single-row inserts of the same row
 * into the same table by pgbench. Both take turns, so that a busy minute of the machine hits both.
 */
export async function ratingSubmit(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const program = ensurePgbench();
  const seconds = quick ? 2 : 8;
  const warmUp = quick ? 1 : 3;
  const records = await freshRecords(deps, FASTEST * (warmUp + seconds * (ROUNDS.length + 1)));
  const run = runner(bench, records, submissionsOf(deps, records, instance.port));
  await prepareBaseline(bench);
  await run.load(32, warmUp);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const { connections, clients } of ROUNDS) {
    const before = bench.instance.processorSeconds();
    const result = await run.load(connections, seconds);
    const each = ((bench.instance.processorSeconds() - before) * 1e6) / Math.max(1, result.sent);
    ours.push(perSecond(result));
    const { databaseUrl: url, dataDir: dir } = instance;
    theirs.push(await pgbench({ program, url, statement: statement(records), clients, seconds, dir }));
    const [p50, p99] = [result.p50, result.p99].map((ms) => ms.toFixed(1));
    say(
      `${NAME}: ${Math.round(ours.at(-1) ?? 0)}/s at ${connections} connections ` +
        `(p50 ${p50} ms, p99 ${p99} ms, ${Math.round(each)} µs of the server's CPU each); ` +
        `pgbench ${Math.round(theirs.at(-1) ?? 0)}/s at ${clients} clients`,
    );
  }
  const errors = run.errors();
  await run.load(200, seconds);
  await verify(bench, records, run.recorded());
  if (errors > 0) throw new BenchError(`${NAME}: ${errors} answers weren't 201.`);
  const best = { value: Math.max(...ours), baseline: Math.max(...theirs) };
  print({ bench: NAME, metric: 'submissions', unit: 'per second', ...best });
  print({ bench: NAME, metric: 'rss', value: run.peakMemory(), unit: 'MB' });
  print({ bench: NAME, metric: 'errors_at_200_connections', value: run.errors() - errors, unit: 'answers' });
}

/** Anything but 201. */
function errorsOf(result: LoadResult): number {
  const others = Object.entries(result.statuses).filter(([status]) => status !== '201');
  return result.broken + others.reduce((sum, [, count]) => sum + count, 0);
}

/** Goes on with the next records at each load, and watches the server's memory. */
function runner(bench: Bench, records: Records, requests: Requests) {
  let first = 0;
  let memory = 0;
  let errors = 0;
  let recorded = 0;
  return {
    async load(connections: number, seconds: number): Promise<LoadResult> {
      const watch = setInterval(() => {
        memory = Math.max(memory, bench.instance.memory().now);
      }, 100);
      const result = await load(requests, { port: bench.instance.port, connections, seconds, first });
      clearInterval(watch);
      first += result.sent;
      errors += errorsOf(result);
      recorded += result.statuses['201'] ?? 0;
      if (first >= records.count) say(`${NAME}: all ${records.count} records were used.`);
      return result;
    },
    errors: () => errors,
    /** Submissions answered with 201. */
    recorded: () => recorded,
    peakMemory: () => memory,
  };
}

/** Every submission that was acknowledged stands in the table exactly once. */
async function verify(bench: Bench, records: Records, recorded: number): Promise<void> {
  const { rows } = await bench.deps.db.owner.query<{ rows: number; steps: number; batches: number }>(
    `SELECT count(*)::int AS rows, count(DISTINCT step_id)::int AS steps,
       count(DISTINCT batch_id)::int AS batches FROM feedback.rating
     WHERE city_code = $1 AND step_id >= $2::bigint AND step_id < $2::bigint + $3::bigint`,
    [bench.deps.config.cityCode, records.firstStep.toString(), records.count],
  );
  const [found] = rows;
  if (found?.rows === recorded && found.steps === recorded) {
    say(`${NAME}: ${found.rows} ratings in ${found.batches} batches.`);
    return;
  }
  throw new BenchError(
    `${NAME}: ${recorded} ratings were acknowledged, ${found?.rows} rows of ${found?.steps} services stand.`,
  );
}

/** Record numbers of the baseline's rows come from a sequence, far above all others of the month. */
async function prepareBaseline({ deps }: Bench): Promise<void> {
  await deps.db.owner.query('CREATE SEQUENCE IF NOT EXISTS public.bench_step CACHE 100');
}

function statement(records: Records): string {
  const far = records.firstStep + 4_000_000_000n;
  return `INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
      batch_position, assess_number, satisfaction, process, efficiency, attitude, channel, real_name, mode,
      source, receipt, tags, client_id)
    VALUES ('370800', '${records.firstDay}', ${far} + nextval('public.bench_step'),
      currval('public.bench_step'), now(), now(), 0, 1, 5, NULL, NULL, NULL, 3, true, 'onsite', 'citizen',
      substring(uuid_send(gen_random_uuid()) FROM 1 FOR 10), '{510}',
      'bench-' || currval('public.bench_step'))`;
}
