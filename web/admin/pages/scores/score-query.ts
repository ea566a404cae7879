import { queryOptions } from '@tanstack/react-query';
import { derivationSchema } from '../../../../src/close/statement/contract.ts';
import { call } from '../../api/call.ts';

/** The complete derivation of one subject's month. */
export function scoreQuery(month: string, kind: string, code: string) {
  return queryOptions({
    queryKey: ['score', month, kind, code],
    queryFn: ({ signal }) =>
      call(derivationSchema, `/scores/${month}/${kind}/${encodeURIComponent(code)}`, { signal }),
  });
}
