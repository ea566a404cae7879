import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { standsInFor, whenStandingIn } from '../../api/call.ts';

/** However much changes, lists are asked for anew no oftener than this. */
const PAUSE_MS = 2_000;

/**
 * Listens to what changes among the reader's orders, and has whatever shows them ask anew. The browser
 * connects again by itself; while it can't, the pages still ask now and then.
 */
export function useOrderEvents(): void {
  const cache = useQueryClient();
  const principal = useSyncExternalStore(whenStandingIn, standsInFor);
  useEffect(() => {
    // A browser that listens sends no header of ours, so the query says for whom.
    const asked = principal === undefined ? '' : `?x-on-behalf-of=${encodeURIComponent(principal)}`;
    const source = new EventSource(`/admin/api/work-orders/events${asked}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      timer = undefined;
      const shown = [['list', '/work-orders'], ['orders-board'], ['orders-overview'], ['order'], ['duties']];
      for (const queryKey of [...shown, ['rectification']]) void cache.invalidateQueries({ queryKey });
    };
    source.addEventListener('changed', () => {
      if (timer !== undefined) return;
      refresh();
      timer = setTimeout(refresh, PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [cache, principal]);
}
