import { assert } from './assert.ts';
import { roundRatio } from './points.ts';

/**
 * A rate as it is published: never without its numerator and denominator, and no number where nothing was
 * counted.
 */
export interface Rate {
  /** four decimals, '0.9850'; null when the denominator is 0 */
  readonly value: string | null;
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * numerator / denominator rounded once to four decimals, half away from zero. Counts only: neither is
 * negative.
 */
export function rate(numerator: number, denominator: number): Rate {
  assert(Number.isSafeInteger(numerator) && numerator >= 0, 'a numerator counts');
  assert(Number.isSafeInteger(denominator) && denominator >= 0, 'a denominator counts');
  return { value: denominator === 0 ? null : decimal(numerator, denominator, 4), numerator, denominator };
}

/**
 * A share as people read it: '98.5 %'; '—' where nothing was counted. Rounded half away from zero, but only
 * all of them are 100 %: 9,999 of 10,000 stay 99.9 %.
 */
export function percent(numerator: number, denominator: number): string {
  if (denominator === 0) return '—';
  const rounded = decimal(numerator * 100, denominator, 1);
  return `${rounded === '100.0' && numerator < denominator ? '99.9' : rounded} %`;
}

/** '98.5 % (197/200)'; '— (0/0)' where nothing was counted. */
export function formatRate({ numerator, denominator }: Rate): string {
  return `${percent(numerator, denominator)} (${numerator}/${denominator})`;
}

function decimal(numerator: number, denominator: number, decimals: number): string {
  const scaled = roundRatio(BigInt(numerator) * 10n ** BigInt(decimals), BigInt(denominator));
  const digits = String(scaled).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
