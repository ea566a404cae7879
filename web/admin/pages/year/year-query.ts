import { queryOptions } from '@tanstack/react-query';
import { ownYearSchema } from '../../../../src/close/year/contract.ts';
import { call } from '../../api/call.ts';

/** One subject's year. */
export function ownYearQuery(year: string, kind: string, code: string) {
  return queryOptions({
    queryKey: ['year', year, kind, code],
    queryFn: ({ signal }) =>
      call(ownYearSchema, `/years/${year}/${kind}/${encodeURIComponent(code)}`, { signal }),
  });
}
