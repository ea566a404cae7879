import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from './assert.ts';
import { formatFen, parseFen } from './fen.ts';
import {
  clamp,
  formatPoints,
  formatSigned,
  half,
  parsePoints,
  ratioCenti,
  roundRatio,
  weightedMean,
} from './points.ts';

const anyCenti = fc.integer({ min: -10_000_000, max: 10_000_000 });

describe('points', () => {
  it.each([
    ['-3.00', -300],
    ['-3', -300],
    ['3.5', 350],
    ['+0.05', 5],
    ['20.00', 2000],
    ['0', 0],
    ['-0', 0],
    ['-0.5', -50],
  ])('%s are %d hundredths', (text, centi) => {
    expect(parsePoints(text)).toBe(centi);
  });

  it.each(['', '-', '.5', '5.', '1.234', '1,5', '1e2', ' 1', 'NaN', '--1', '0x10', '1234567890123'])(
    '%j are none',
    (text) => {
      expect(parsePoints(text)).toBeUndefined();
    },
  );

  it('are written with two digits and read back', () => {
    expect(formatPoints(9471)).toBe('94.71');
    expect(formatPoints(-5)).toBe('-0.05');
    expect(formatPoints(0)).toBe('0.00');
    expect(formatSigned(321)).toBe('+3.21');
    expect(formatSigned(-200)).toBe('-2.00');
    expect(() => formatPoints(0.5)).toThrow(Fault);
    fc.assert(
      fc.property(anyCenti, (centi) => {
        expect(parsePoints(formatPoints(centi))).toBe(centi);
      }),
    );
  });
});

describe('rounding', () => {
  it('gives the clamp term of the worked example', () => {
    const [good, rated] = [58n, 60n];
    expect(ratioCenti(50n * (10n * good + 95n), 10n * (rated + 10n)) - 4500).toBe(321);
    expect(ratioCenti(45n, 14n)).toBe(321);
  });

  it.each([
    [1n, 200n, 1],
    [-1n, 200n, -1],
    [1n, -200n, -1],
    [-1n, -200n, 1],
    [1n, 201n, 0],
    [1n, 3n, 33],
    [2n, 3n, 67],
    [0n, 7n, 0],
  ])('%d/%d is %d hundredths, half away from zero', (numerator, denominator, centi) => {
    expect(ratioCenti(numerator, denominator)).toBe(centi);
  });

  it('is never further than a half from the exact quotient, and symmetric', () => {
    const anyNumerator = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(anyNumerator, fc.bigInt({ min: 1n, max: 10n ** 9n }), (numerator, denominator) => {
        const distance = 2n * (roundRatio(numerator, denominator) * denominator - numerator);
        expect(distance <= denominator && -distance <= denominator).toBe(true);
        expect(roundRatio(-numerator, denominator)).toBe(-roundRatio(numerator, denominator));
      }),
    );
  });

  it('does not divide by zero', () => {
    expect(() => ratioCenti(1n, 0n)).toThrow(Fault);
  });

  it('halves away from zero', () => {
    expect(half(-5)).toBe(-3);
    expect(half(5)).toBe(3);
    expect(half(-200)).toBe(-100);
  });

  it('means with weights, rounded once', () => {
    const parts = [
      { centi: 1000, weight: 20 },
      { centi: 700, weight: 11 },
    ];
    expect(weightedMean(parts)).toBe(894);
    expect(weightedMean([{ centi: 1000, weight: 0 }])).toBeUndefined();
    expect(weightedMean([])).toBeUndefined();
  });

  it('clamps', () => {
    expect([clamp(-1, 0, 500), clamp(321, 0, 500), clamp(501, 0, 500)]).toEqual([0, 321, 500]);
  });
});

describe('fen', () => {
  it('are yuan with two digits', () => {
    expect(formatFen(30_000)).toBe('¥300.00');
    expect(formatFen(-30_000)).toBe('-¥300.00');
    expect(formatFen(5)).toBe('¥0.05');
    for (const text of ['300', '300.00', '¥300', '¥300.0', '+300']) expect(parseFen(text)).toBe(30_000);
    expect(parseFen('-¥300.00')).toBe(-30_000);
    expect(parseFen('300 yuan')).toBeUndefined();
    fc.assert(
      fc.property(anyCenti, (fen) => {
        expect(parseFen(formatFen(fen))).toBe(fen);
      }),
    );
  });
});
