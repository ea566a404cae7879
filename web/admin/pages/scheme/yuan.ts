import { formatHundredths } from '../../../../src/kernel/points.ts';

/** '¥300.00', '−¥50.00', '¥56,000.00'; with its sign '+¥50.00'. */
export function yuan(fen: number, signed = false): string {
  const sign = fen < 0 ? '−' : signed && fen > 0 ? '+' : '';
  return `${sign}¥${formatHundredths(Math.abs(fen)).replace(/\B(?=(\d{3})+\.)/g, ',')}`;
}
