import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { microBatch } from './micro-batch.ts';

const options = { size: 8, inFlight: 1, gatherMs: 1, waiting: 20, divisible: () => true };

test('what arrives together is written together, and each gets its own answer', async () => {
  const sizes: number[] = [];
  const batch = microBatch<number, number>({
    ...options,
    async write(items) {
      sizes.push(items.length);
      await sleep(5);
      return items.map((item) => item * 2);
    },
  });
  const first = batch.add(1);
  const answers = await Promise.all([first, ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => batch.add(n))]);
  expect(answers).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  expect(sizes).toEqual([8, 3]);
});

test('what comes in during a batch goes together with what comes a moment later', async () => {
  const written: number[][] = [];
  const batch = microBatch<number, number>({
    ...options,
    gatherMs: 50,
    async write(items) {
      written.push([...items]);
      return items;
    },
  });
  const one = batch.add(1);
  await new Promise(setImmediate);
  // The first batch is being written; the next two come one after the other.
  const two = batch.add(2);
  await one;
  const three = batch.add(3);
  await batch.drain();
  expect(await Promise.all([two, three])).toEqual([2, 3]);
  expect(written).toEqual([[1], [2, 3]]);
});

test('one bad item costs only itself its place', async () => {
  const batch = microBatch<number, number>({
    ...options,
    async write(items) {
      if (items.includes(3)) throw new Error('three');
      return items;
    },
  });
  const results = await Promise.allSettled([1, 2, 3, 4].map((n) => batch.add(n)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('more than may wait is refused as busy, and nothing of what waits is lost', async () => {
  const batch = microBatch<number, number>({ ...options, write: async (items) => items });
  const results = await Promise.allSettled(Array.from({ length: 25 }, (_, n) => batch.add(n)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  const [refused] = results.filter((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'server.busy' });
});
