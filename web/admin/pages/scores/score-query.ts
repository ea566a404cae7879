import { queryOptions } from '@tanstack/react-query';
import { derivationSchema } from '../../../../src/close/statement/contract.ts';
import { call } from '../../api/call.ts';

/** The month as it stands at this moment, computed and not stored. */
export function liveQuery(month: string, code: string) {
  return queryOptions({
    queryKey: ['live', month, code],
    queryFn: ({ signal }) =>
      call(derivationSchema, `/months/${month}/live/${encodeURIComponent(code)}`, { signal }),
  });
}

/** The complete derivation of one subject's month. */
export function scoreQuery(month: string, kind: string, code: string) {
  return queryOptions({
    queryKey: ['score', month, kind, code],
    queryFn: ({ signal }) =>
      call(derivationSchema, `/scores/${month}/${kind}/${encodeURIComponent(code)}`, { signal }),
  });
}
