import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** However much changes, lists are asked for anew no oftener than this. */
const PAUSE_MS = 2_000;

/**
 * Listens to what changes among the reader's orders, and has whatever shows them ask anew. The browser
 * connects again by itself; while it can't, the pages still ask now and then.
 */
export function useOrderEvents(): void {
  const cache = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/admin/api/work-orders/events');
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
  }, [cache]);
}
