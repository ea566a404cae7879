import { formatHundredths } from '../../../../src/kernel/points.ts';
import type { SchemeValue } from '../../../../src/ledger/scheme/contract.ts';

/** A value as it is typed: without its unit. */
export function valueText({ amount, unit }: SchemeValue): string {
  if (typeof amount === 'string') return amount;
  return unit === 'points' || unit === 'percent' || unit === 'yuan'
    ? formatHundredths(amount)
    : String(amount);
}
