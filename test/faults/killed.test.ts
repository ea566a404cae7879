/**
 * Server and database are killed while people rate, again and again: what was acknowledged stands once, what
 * follows from it happens once, and everything goes on by itself. FAULT_ROUNDS (1) tells how often.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type Instance, openInstance } from '../../src/app/wire.ts';
import { verifyBook } from '../../src/close/month/index.ts';
import { sealNow, verifyRatings } from '../../src/feedback/seal/index.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { queueDepth } from '../../src/platform/jobs.ts';
import { openLog } from '../../src/platform/log.ts';
import { livingPostmaster } from '../../src/platform/postgres-cluster.ts';
import { startCluster, type TestCluster } from '../support/cluster.ts';
import { operator } from '../support/office.ts';
import { faultRounds, handIn, isReady, type Product, productOf } from '../support/product.ts';
import { seedStep } from '../support/rating-hall.ts';

const ROUNDS = faultRounds();
const RATINGS = 300;
/** Every so many'th rating is bad, and opens an order. */
const BAD = 10;

vi.setConfig({ testTimeout: 240_000 + ROUNDS * 60_000, hookTimeout: 120_000 });

const endings: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

interface Opened {
  readonly product: Product;
  /** The ground of the same instance, opened beside it. */
  instance: Instance;
  readonly dataDir: string;
}

async function opened(settings: Record<string, string> = {}): Promise<Opened> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yiping-fault-'));
  endings.push(() => rm(dataDir, { recursive: true, force: true }));
  const product = await productOf({ DATA_DIR: dataDir, ...settings });
  endings.push(() => product.stop());
  await product.start();
  const all = { product, instance: await openBeside(product), dataDir };
  endings.push(() => all.instance.close());
  return all;
}

async function openBeside({ env }: Product): Promise<Instance> {
  return await openInstance(loadConfig(env), { as: 'command', log: openLog('silent') });
}

async function tokens({ deps }: Instance): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < RATINGS; at += 1) made.push((await seedStep(deps)).token);
  return made;
}

/** Ratings are handed in, and in the midst of them the fault strikes as often as it should. */
async function underLoad(all: Opened, strike: (tokens: readonly string[]) => Promise<void>): Promise<void> {
  let expected = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const links = await tokens(all.instance);
    const load = handIn(all.product.port, links, BAD);
    expected += RATINGS;
    while (load.receipts.size < RATINGS / 5) await sleep(1);
    await strike(links);
    expect(load.receipts.size).toBeLessThan(RATINGS);
    await load.done;
    expect(load.troubled()).toBeGreaterThan(0);
    for (const [token, receipt] of load.receipts) expect([token, receipt.length]).toEqual([token, 19]);
    const rows = await counted(all, `SELECT count(*)::int AS n FROM feedback.rating`);
    const steps = await counted(all, `SELECT count(DISTINCT step_id)::int AS n FROM feedback.rating`);
    expect([rows, steps]).toEqual([expected, expected]);
  }
  // What follows from a bad rating follows by itself, and once.
  const bad = expected / BAD;
  const orders = `SELECT count(*)::int AS n FROM handling.work_order WHERE kind = 'rectification'`;
  while ((await counted(all, orders)) < bad || (await waiting(all)) > 0) await sleep(50);
  expect(await counted(all, orders)).toBe(bad);
  expect(await counted(all, `SELECT count(*)::int AS n FROM handling.duty WHERE step = 'answer'`)).toBe(bad);
  const { deps } = all.instance;
  const sealed = await sealNow(deps, operator);
  expect(sealed.size).toBe(expected);
  expect(await verifyRatings(deps, operator)).toMatchObject({ ok: true, ratings: expected, unsealed: 0 });
  expect(await verifyBook(deps, operator)).toMatchObject({ ok: true });
}

async function counted({ instance }: Opened, statement: string): Promise<number> {
  const { rows } = await instance.deps.db.owner.query<{ n: number }>(statement);
  return rows[0]?.n ?? 0;
}

async function waiting({ instance }: Opened): Promise<number> {
  const depth = await queueDepth(instance.deps.db.owner);
  return depth.find(({ task }) => task === 'fact')?.waiting ?? 0;
}

const untilReady = async ({ port }: Product): Promise<void> => {
  while (!(await isReady(port))) await sleep(20);
};

describe('with the embedded database', () => {
  test('the server is killed, and started again by whoever watches it', async () => {
    const all = await opened();
    await underLoad(all, async () => {
      await all.product.kill();
      await all.product.start();
      // Its database has another port now.
      await all.instance.close();
      all.instance = await openBeside(all.product);
    });
  });

  test('the database is killed, and comes back by itself', async () => {
    const all = await opened();
    const dir = join(all.dataDir, 'postgres');
    await underLoad(all, async () => {
      const living = await livingPostmaster({ dir });
      if (living === undefined) throw new Error('no database');
      process.kill(living.pid, 'SIGKILL');
      while ((await livingPostmaster({ dir }))?.pid === living?.pid) await sleep(5);
      await untilReady(all.product);
    });
  });
});

describe('with a database of its own', () => {
  async function openedBeside(): Promise<Opened & { cluster: TestCluster }> {
    // After a crash PostgreSQL syncs each of its thousand files, for minutes where the disk is busy.
    const cluster = await startCluster({ recovery_init_sync_method: 'syncfs' });
    endings.push(() => cluster.stop());
    return { ...(await opened({ DATABASE_URL: cluster.url })), cluster };
  }

  test('the database is killed, and started again by whoever watches it', async () => {
    const all = await openedBeside();
    await underLoad(all, async () => {
      await all.cluster.kill();
      await sleep(300);
      await all.cluster.start();
      await untilReady(all.product);
    });
  });

  test('the database is away for a while: everybody is told so, and then everything goes on', async () => {
    const all = await openedBeside();
    const { port } = all.product;
    await underLoad(all, async ([token]) => {
      await all.cluster.halt();
      const page = await fetch(`http://127.0.0.1:${port}/r/${token}`, {
        headers: { 'accept-language': 'zh' },
      });
      expect(page.status).toBe(503);
      expect(page.headers.get('retry-after')).not.toBeNull();
      expect(await page.text()).toContain('稍后');
      const live = await fetch(`http://127.0.0.1:${port}/healthz`);
      expect(live.status).toBe(200);
      expect(await isReady(port)).toBe(false);
      await sleep(ROUNDS > 1 ? 30_000 / ROUNDS : 2_000);
      await all.cluster.start();
      await untilReady(all.product);
    });
  });
});
