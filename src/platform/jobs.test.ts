import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testDb } from '../../test/support/db.ts';
import { inTx } from './db.ts';
import { defineFact, emit, factJob, on } from './facts.ts';
import { cronInUtc, defineJob, enqueue, queueDepth, workOff } from './jobs.ts';
import { migrate } from './migrate.ts';

const t = await testDb();

const noted: unknown[] = [];
const note = defineJob({
  name: 'test.note',
  schema: z.object({ n: z.number() }),
  async run(_deps, payload) {
    noted.push(payload.n);
  },
});

describe('the queue', () => {
  it('takes a job in the transaction of the restricted role, and only if that commits', async () => {
    await inTx(t.db, (tx) => enqueue(tx, 'test.note', { n: 1 }));
    await expect(
      inTx(t.db, async (tx) => {
        await enqueue(tx, 'test.note', { n: 2 });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await workOff(t, [note]);
    expect(noted).toEqual([1]);
  });

  it('is closed to the restricted role but for its one door', async () => {
    const direct = sql`SELECT graphile_worker.add_job('test.note')`.execute(t.db.app);
    await expect(direct).rejects.toThrow(/permission denied/);
    const jobs = sql`DELETE FROM graphile_worker._private_jobs`.execute(t.db.app);
    await expect(jobs).rejects.toThrow(/permission denied/);
  });

  it('replaces a waiting job of the same key', async () => {
    noted.length = 0;
    await inTx(t.db, (tx) => enqueue(tx, 'test.note', { n: 3 }, { key: 'k' }));
    await inTx(t.db, (tx) => enqueue(tx, 'test.note', { n: 4 }, { key: 'k' }));
    expect(await queueDepth(t.db.app)).toMatchObject([{ task: 'test.note', waiting: 1, failed: 0 }]);
    await workOff(t, [note]);
    expect(noted).toEqual([4]);
  });

  it('carries a fact to every consumer, also when one of them fails', async () => {
    const happened = defineFact('test.happened', z.object({ id: z.string() }));
    const heard: string[] = [];
    const course = on(
      happened,
      async () => Promise.reject(new Error('not today')),
      async (_deps, { id }) => {
        heard.push(id);
      },
    );
    const job = factJob([course], z.object({ type: z.string(), payload: z.unknown() }));
    await inTx(t.db, (tx) => emit(tx, happened, { id: 'a' }));
    await workOff(t, [job]);
    expect(heard).toEqual(['a']);
    expect(await queueDepth(t.db.app)).toMatchObject([{ task: 'fact', waiting: 1 }]);
  });

  it.each([
    ['40 2 * * *', '40 18 * * *'],
    ['0 9 1 * *', '0 1 1 * *'],
    ['*/5 * * * *', '*/5 * * * *'],
  ])('reads %s in the hall’s time', (local, utc) => {
    expect(cronInUtc(local)).toBe(utc);
  });
});

describe('migrations', () => {
  it('change nothing when they are applied already', async () => {
    const role = { user: new URL(t.appUrl).username, password: '', managed: false };
    expect(await migrate(t.ownerUrl, role, t.clock.now())).toEqual([]);
  });
});
