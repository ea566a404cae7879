import { expect, test } from 'vitest';
import { within } from './within.ts';

test('work that ends is waited for, and so is its failure', async () => {
  expect(await within(10_000, Promise.resolve(7))).toBe(true);
  await expect(within(10_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('work that goes on and on is left alone', async () => {
  expect(await within(1, new Promise(() => undefined))).toBe(false);
});
