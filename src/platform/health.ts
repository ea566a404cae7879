import { sql } from 'kysely';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import type { Deps } from './deps.ts';
import type { Http } from './http.ts';
import { queueDepth } from './jobs.ts';
import { pendingMigrations } from './migrate.ts';

defineRefusals({
  'metrics.local_only': {
    status: 403,
    zh: '运行指标只在本机提供。请在服务器本机采集，或经反向代理转发。',
    en: 'Metrics are served on this machine only. Collect them locally or through the reverse proxy.',
  },
});

const check = z.enum(['ok', 'failed']);

const readiness = z.object({ status: check, database: check, migrations: check, queue: check });

/** Waiting longer than this for a worker is a failed queue. */
const QUEUE_PATIENCE_MS = 10 * 60_000;

type Readiness = z.output<typeof readiness>;

async function readinessOf({ db, clock }: Deps): Promise<Readiness> {
  const state: Readiness = { status: 'failed', database: 'failed', migrations: 'failed', queue: 'failed' };
  try {
    await sql`SELECT 1`.execute(db.app);
    state.database = 'ok';
    if ((await pendingMigrations(db.owner)).length === 0) state.migrations = 'ok';
    const oldest = (await queueDepth(db.app)).flatMap(({ waiting, oldest_at }) =>
      waiting > 0 && oldest_at ? [oldest_at.getTime()] : [],
    );
    if (oldest.every((at) => clock.now().getTime() - at < QUEUE_PATIENCE_MS)) state.queue = 'ok';
  } catch {
    // What stayed 'failed' says it; the pool has logged the reason.
  }
  if (state.database === 'ok' && state.migrations === 'ok' && state.queue === 'ok') state.status = 'ok';
  return state;
}

/** `GET /healthz`: the process lives. `GET /readyz`: database, migrations and queue do, too; else 503. */
export function healthRoutes(http: Http, deps: Deps): void {
  const hidden = { hide: true };
  http.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: { ...hidden, response: { 200: z.object({ status: check }) } },
    },
    async () => ({ status: 'ok' as const }),
  );
  http.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: { ...hidden, response: { 200: readiness, 503: readiness } },
    },
    async (_request, reply) => {
      const state = await readinessOf(deps);
      return reply.code(state.status === 'ok' ? 200 : 503).send(state);
    },
  );
}

/**
 * Counters of one server in Prometheus' text form; routes by their pattern, so no personal data can enter.
 */
export function metricsRoutes(http: Http, deps: Deps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'yiping_http_requests_total',
    help: 'Requests answered',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'yiping_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['route'],
    registers: [registry],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  });
  new Gauge({
    name: 'yiping_queue_jobs',
    help: 'Jobs in the queue',
    labelNames: ['task', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { task, waiting, failed } of await queueDepth(deps.db.app)) {
        this.set({ task, state: 'waiting' }, waiting);
        this.set({ task, state: 'failed' }, failed);
      }
    },
  });
  new Gauge({
    name: 'yiping_database_connections',
    help: 'Connections of the application pool',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = deps.db.appPool;
      this.set({ state: 'open' }, totalCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waited_for' }, waitingCount);
    },
  });
  observe(http, requests, seconds);
  http.get(
    '/metrics',
    {
      config: { access: 'public' },
      schema: { hide: true },
    },
    async (request, reply) => {
      if (!isLoopback(request.ip)) throw new Refusal('metrics.local_only');
      const text = await registry.metrics();
      return reply.type(registry.contentType).serializer(String).send(text);
    },
  );
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

function observe(
  http: Http,
  requests: Counter<'method' | 'route' | 'status'>,
  seconds: Histogram<'route'>,
): void {
  // Looking the labels up anew for each request would cost as much as the rest of the counting.
  const counters = new Map<string, Counter.Internal>();
  const clocks = new Map<string, Histogram.Internal<'route'>>();
  const count = (method: string, route: string, status: number, elapsed: number): void => {
    const key = `${method} ${status} ${route}`;
    const counter = counters.get(key) ?? requests.labels({ method, route, status: String(status) });
    const clock = clocks.get(route) ?? seconds.labels({ route });
    counters.set(key, counter);
    clocks.set(route, clock);
    counter.inc();
    clock.observe(elapsed);
  };
  http.direct.onAnswer((route, status, elapsed) => count('POST', route, status, elapsed));
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    count(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
