import { queryOptions } from '@tanstack/react-query';
import { statsLines } from '../../../src/feedback/rating/contract.ts';
import { firstDay, lastDay, month as monthText } from '../../../src/kernel/month.ts';
import { call } from '../api/call.ts';

export interface MonthCounts {
  ratable: number;
  rated: number;
  good: number;
  bad: number;
  excluded: number;
}

/** First and last day of a month, as filters take them. */
export function daysOf(month: string): { from: string; to: string } {
  const of = monthText(month);
  return { from: firstDay(of), to: lastDay(of) };
}

/** The live public counts of a month, within the reader's scope: also for a month that was never closed. */
export function statsQuery(month: string) {
  return queryOptions({
    queryKey: ['stats', month],
    queryFn: async ({ signal }): Promise<MonthCounts> => {
      const lines = await call(statsLines, '/stats', { query: { ...daysOf(month), by: 'city' }, signal });
      const sum = (part: keyof MonthCounts) => lines.reduce((total, line) => total + line[part], 0);
      return {
        ratable: sum('ratable'),
        rated: sum('rated'),
        good: sum('good'),
        bad: sum('bad'),
        excluded: sum('excluded'),
      };
    },
  });
}
