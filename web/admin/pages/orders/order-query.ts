import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  type RectificationView,
  rectificationView,
} from '../../../../src/handling/rectification/contract.ts';
import { rateLines } from '../../../../src/handling/rectification/rate-contract.ts';
import {
  type OrderView,
  orderFileView,
  orderRows,
  orderView,
} from '../../../../src/handling/work-order/contract.ts';
import { overviewView } from '../../../../src/handling/work-order/overview-contract.ts';
import { call } from '../../api/call.ts';

/** How often what stands on the screen is asked for anew where no event has said that it changed. */
export const LIVE_MS = 30_000;

export function orderQuery(id: string) {
  return queryOptions({
    queryKey: ['order', id],
    queryFn: ({ signal }) => call(orderView, `/work-orders/${id}`, { signal }),
    refetchInterval: LIVE_MS,
  });
}

export function overviewQuery(kind: string | undefined) {
  return queryOptions({
    queryKey: ['orders-overview', kind ?? ''],
    queryFn: ({ signal }) => call(overviewView, '/work-orders/overview', { query: { kind }, signal }),
    refetchInterval: LIVE_MS,
  });
}

/** How bad ratings of a span of days were answered. */
export function ratesQuery(span: { from: string; to: string }, by: 'city' | 'department') {
  return queryOptions({
    queryKey: ['rectification-rates', span, by],
    queryFn: ({ signal }) => call(rateLines, '/work-orders/rates', { query: { ...span, by }, signal }),
  });
}

/** How the bad rating of an order was judged, and what the order charges. */
export function rectificationQuery(id: string) {
  return queryOptions({
    queryKey: ['rectification', id],
    queryFn: ({ signal }) => call(rectificationView, `/work-orders/${id}/rectification`, { signal }),
    refetchInterval: LIVE_MS,
  });
}

/** The pre-review of an order's rating. */
export function useReview(id: string, onDone: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => call(rectificationView, `/work-orders/${id}/review`, { body }),
    onSuccess: async (view: RectificationView) => {
      cache.setQueryData(rectificationQuery(id).queryKey, view);
      onDone();
      await cache.invalidateQueries({ queryKey: orderQuery(id).queryKey });
      await cache.invalidateQueries({ queryKey: ['rating'] });
    },
  });
}

/** The order that answers the bad rating of a service record, if there is one. */
export function orderOfStep(step: string) {
  return queryOptions({
    queryKey: ['order-of', step],
    queryFn: async ({ signal }) => {
      const { items } = await call(orderRows, '/work-orders', { query: { step, limit: 1 }, signal });
      return items[0] ?? null;
    },
  });
}

/** A step of an order; whatever shows orders or duties is asked for anew afterwards. */
export function useStep(id: string, step: string, onDone: () => void) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: object) => call(orderView.optional(), `/work-orders/${id}/${step}`, { body }),
    onSuccess: async (order: OrderView | undefined) => {
      // It has left the reader's hands: there is nothing more to show.
      if (order) cache.setQueryData(orderQuery(id).queryKey, order);
      else await navigate({ to: '/orders' });
      onDone();
      await forget(cache);
    },
  });
}

async function forget(cache: QueryClient): Promise<void> {
  await Promise.all(
    [['list', '/work-orders'], ['orders-board'], ['orders-overview'], ['order-of'], ['duties']].map(
      (queryKey) => cache.invalidateQueries({ queryKey }),
    ),
  );
}

export async function sendEvidence(id: string, file: File): Promise<void> {
  const body = new FormData();
  body.append('file', file, file.name);
  await call(orderFileView, `/work-orders/${id}/files`, { body });
}
