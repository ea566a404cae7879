import { expect, test } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { inTx } from '../../platform/db.ts';
import { lastRatingBatch } from './index.ts';
import { beginBatch } from './store.ts';

const t = await testDb();

test('the last batch is told when all earlier ones are committed; all later ones come after it', async () => {
  const ended: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let began = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    began = resolve;
  });
  const running = inTx(t.db, async (tx) => {
    const id = await beginBatch(tx, '370800', 'import');
    began();
    await held;
    return id;
  }).then((id) => {
    ended.push('batch');
    return id;
  });
  await begun;
  const asked = lastRatingBatch(t, '370800').then((id) => {
    ended.push('last');
    return id;
  });
  // Another city's batches, and this one's citizens, go on while an import is waited for.
  await inTx(t.db, (tx) => beginBatch(tx, '370100', 'import'));
  const citizen = await inTx(t.db, (tx) => beginBatch(tx, '370800', 'post'));
  expect(ended).toEqual([]);
  release();
  const [batch, last] = [BigInt(await running), BigInt(await asked)];
  expect(ended).toEqual(['batch', 'last']);
  const later = BigInt(await inTx(t.db, (tx) => beginBatch(tx, '370800', 'post')));
  expect([batch < last, BigInt(citizen) < last, last < later]).toEqual([true, true, true]);
});
