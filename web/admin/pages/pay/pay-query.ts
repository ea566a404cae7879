import { queryOptions } from '@tanstack/react-query';
import { type PayLine, payListSchema } from '../../../../src/uses/pay/contract.ts';
import { call } from '../../api/call.ts';

/** The pay sheet of a closed month, its sentences in the language on screen. */
export function payQuery(month: string, language: string) {
  return queryOptions({
    queryKey: ['pay', month, language],
    queryFn: ({ signal }) => call(payListSchema, '/pay', { query: { month }, signal }),
  });
}

export interface PaySums {
  people: number;
  raised: number;
  lowered: number;
  held: number;
  upFen: number;
  downFen: number;
}

/** What a sheet comes to; what is held back moves nothing yet. */
export function paySums(lines: readonly PayLine[]): PaySums {
  const sums = { people: lines.length, raised: 0, lowered: 0, held: 0, upFen: 0, downFen: 0 };
  for (const { amount_fen: fen, held } of lines) {
    if (held) sums.held += 1;
    if (fen > 0) sums.raised += 1;
    if (fen < 0) sums.lowered += 1;
    sums.upFen += Math.max(fen, 0);
    sums.downFen += Math.min(fen, 0);
  }
  return sums;
}
