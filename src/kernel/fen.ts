import { formatHundredths, parseHundredths } from './points.ts';

/** Money in whole fen (0.01 yuan): 300 yuan are 30000. Names of such numbers end in `Fen` (`_fen` in SQL). */
export type Fen = number;

/** Yuan as people write them: '300', '300.00', '-300', '¥300.00'. */
export function parseFen(text: string): Fen | undefined {
  return parseHundredths(text.replace(/^([+-]?)[\u00a5\uffe5]/, '$1'));
}

/** '¥300.00', '-¥300.00'. */
export function formatFen(fen: Fen): string {
  const text = formatHundredths(Math.abs(fen));
  return fen < 0 ? `-¥${text}` : `¥${text}`;
}
