import { useQuery, useQueryClient } from '@tanstack/react-query';
import { unreadView } from '../../../../src/oversight/message/contract.ts';
import { call } from '../../api/call.ts';

const UNREAD = ['messages', 'unread'];
/** How often the badge is asked for anew. */
const LIVE_MS = 15_000;

/** How many messages the reader hasn't read, as of a moment ago. */
export function useUnread(): number {
  const { data } = useQuery({
    queryKey: UNREAD,
    queryFn: ({ signal }) => call(unreadView, '/messages/unread', { signal }),
    refetchInterval: LIVE_MS,
  });
  return data?.count ?? 0;
}

/** Asks for the reader's messages and their number anew. */
export function useRefresh(): () => void {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: ['messages'] });
}
