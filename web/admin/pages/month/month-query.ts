import { queryOptions } from '@tanstack/react-query';
import { deskSchema } from '../../../../src/close/month/desk-contract.ts';
import { call } from '../../api/call.ts';

/** How far the month's end is, and what it waits for. */
export function deskQuery(month: string) {
  return queryOptions({
    queryKey: ['desk', month],
    queryFn: ({ signal }) => call(deskSchema, `/months/${month}/desk`, { signal }),
  });
}
