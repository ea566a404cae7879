import { queryOptions } from '@tanstack/react-query';
import { type MonthRow, monthListSchema } from '../../../../src/close/month/contract.ts';
import { call } from '../../api/call.ts';

/** The months that have begun, newest first, with their states and figures. */
export const monthsQuery = queryOptions({
  queryKey: ['months'],
  queryFn: async ({ signal }) => (await call(monthListSchema, '/months', { signal })).items,
});

/** The month to show when none is asked for: the newest that has results, else the newest. */
export function shownMonth(months: readonly MonthRow[], wanted?: string): MonthRow | undefined {
  return (
    months.find((each) => each.month === wanted) ??
    months.find((each) => each.closed_at !== null) ??
    months[0]
  );
}

/** The month whose end is due: the last one that is over, before the running one. */
export function dueMonth(months: readonly MonthRow[]): MonthRow | undefined {
  return months[1]?.state === 'sealed' ? months[0] : (months[1] ?? months[0]);
}
