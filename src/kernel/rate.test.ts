import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from './assert.ts';
import { formatRate, rate } from './rate.ts';

it('never stands without its counts', () => {
  expect(rate(197, 200)).toEqual({ value: '0.9850', numerator: 197, denominator: 200 });
  expect(rate(0, 0)).toEqual({ value: null, numerator: 0, denominator: 0 });
  expect(rate(5, 5).value).toBe('1.0000');
  expect(rate(1, 20_000).value).toBe('0.0001');
  expect(rate(9999, 20_000).value).toBe('0.5000');
});

it('is written as people read it', () => {
  expect(formatRate(rate(197, 200))).toBe('98.5 % (197/200)');
  expect(formatRate(rate(0, 0))).toBe('— (0/0)');
  expect(formatRate(rate(58, 60))).toBe('96.7 % (58/60)');
});

it('calls nothing but all of them 100 %', () => {
  expect(formatRate(rate(9999, 10_000))).toBe('99.9 % (9999/10000)');
  expect(formatRate(rate(10_000, 10_000))).toBe('100.0 % (10000/10000)');
});

it('counts only', () => {
  expect(() => rate(-1, 2)).toThrow(Fault);
  expect(() => rate(0.5, 2)).toThrow(Fault);
});

it('is within half of a ten-thousandth', () => {
  const count = fc.integer({ min: 0, max: 1_000_000_000 });
  fc.assert(
    fc.property(count, count, (one, other) => {
      const [numerator, denominator] = [Math.min(one, other), Math.max(one, other)];
      const { value } = rate(numerator, denominator);
      if (value === null) return expect(denominator).toBe(0);
      const distance =
        2n * (BigInt(value.replace('.', '')) * BigInt(denominator) - 10_000n * BigInt(numerator));
      expect(distance <= BigInt(denominator) && -distance <= BigInt(denominator)).toBe(true);
    }),
  );
});
