import { assert } from './assert.ts';

/**
 * Points of assessment, counted in whole hundredths of a point: 94.71 points are 9471. Names of such
 * numbers end in `Centi` (`_centi` in SQL). Sums and comparisons are those of integers; what divides goes
 * through `ratioCenti`.
 */
export type Centi = number;

/** Points as people and rule files write them, at most two decimals: '-3', '-3.0', '20.00'. */
export function parsePoints(text: string): Centi | undefined {
  return parseHundredths(text);
}

/** Two digits always, as in every statement: '94.71', '-3.00'. */
export function formatPoints(centi: Centi): string {
  return formatHundredths(centi);
}

/** The same with its sign, for lines that add or deduct: '+3.21', '-2.00', '0.00'. */
export function formatSigned(centi: Centi): string {
  return centi > 0 ? `+${formatHundredths(centi)}` : formatHundredths(centi);
}

/**
 * The exact quotient numerator / denominator, in points, rounded once to 0.01, half away from zero.
 * The clamp term of the worked example, 5 × (67.5/70 − 0.90) / 0.10 = 45/14, is `ratioCenti(45n, 14n)` = 321.
 */
export function ratioCenti(numerator: bigint, denominator: bigint): Centi {
  return toCenti(roundRatio(numerator * 100n, denominator));
}

/**
 * The exact quotient rounded to a whole number, half away from zero; the mean of hundredths is one of
 * hundredths.
 */
export function roundRatio(numerator: bigint, denominator: bigint): bigint {
  assert(denominator !== 0n, 'a ratio has a denominator');
  const negative = numerator < 0n !== denominator < 0n;
  const [top, bottom] = [magnitude(numerator), magnitude(denominator)];
  const rounded = (2n * top + bottom) / (2n * bottom);
  return negative ? -rounded : rounded;
}

/** Mean with weights: Σ value × weight / Σ weight, rounded once. Undefined when all weights are 0. */
export function weightedMean(parts: readonly { centi: Centi; weight: number }[]): Centi | undefined {
  let [sum, weights] = [0n, 0n];
  for (const { centi, weight } of parts) {
    assert(Number.isSafeInteger(weight) && weight >= 0, 'a weight is a whole number, not negative');
    sum += BigInt(centi) * BigInt(weight);
    weights += BigInt(weight);
  }
  return weights === 0n ? undefined : toCenti(roundRatio(sum, weights));
}

/** Half of the points, half a hundredth away from zero: the chief representative's share. */
export function half(centi: Centi): Centi {
  return toCenti(roundRatio(BigInt(centi), 2n));
}

export function clamp(centi: Centi, lowest: Centi, highest: Centi): Centi {
  assert(lowest <= highest, 'the bounds of a clamp are in order');
  return Math.min(Math.max(centi, lowest), highest);
}

/** An integer of hundredths from exact arithmetic, as a number that JavaScript still holds exactly. */
export function toCenti(value: bigint): Centi {
  const centi = Number(value);
  assert(Number.isSafeInteger(centi), 'points are in range');
  return centi;
}

/** '-3.5' → -350; undefined for anything but an optional sign, up to 12 digits and up to two decimals. */
export function parseHundredths(text: string): number | undefined {
  const match = /^([+-]?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', decimals = ''] = match;
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return sign === '-' && value !== 0 ? -value : value;
}

/** -350 → '-3.50'. */
export function formatHundredths(value: number): string {
  assert(Number.isSafeInteger(value), `${value} is not a whole number of hundredths`);
  const digits = String(Math.abs(value)).padStart(3, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
