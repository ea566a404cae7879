import { type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  applicationList,
  applicationView,
  deskList,
  paperList,
} from '../../../../src/intake/acceptance/contract.ts';
import { approvalView, openSteps, waitingResults } from '../../../../src/intake/approval/contract.ts';
import { queueView } from '../../../../src/intake/ticket/contract.ts';
import { foundItems } from '../../../../src/registry/service-item/contract.ts';
import { call } from '../../api/call.ts';

/** How often a queue is read anew while it is looked at. */
const QUEUE_MS = 4000;
const LIST_MS = 15_000;

/** Everything of the hall's work stands under this key, so that one action refreshes all of it. */
const KEY = 'hall';

export const desksQuery = queryOptions({
  queryKey: [KEY, 'desks'],
  queryFn: ({ signal }) => call(deskList, '/applications/windows', { signal }),
});

export const queueQuery = (window: string) =>
  queryOptions({
    queryKey: [KEY, 'queue', window],
    queryFn: ({ signal }) => call(queueView, '/tickets', { query: { window }, signal }),
    refetchInterval: QUEUE_MS,
    enabled: window !== '',
  });

export const casesQuery = (query: { q?: string | undefined; of: 'own' | 'hall' }) =>
  queryOptions({
    queryKey: [KEY, 'cases', query],
    queryFn: ({ signal }) => call(applicationList, '/applications', { query, signal }),
    refetchInterval: LIST_MS,
  });

export const caseQuery = (projectNo: string) =>
  queryOptions({
    queryKey: [KEY, 'case', projectNo],
    queryFn: ({ signal }) =>
      call(applicationView, `/applications/${encodeURIComponent(projectNo)}`, { signal }),
  });

export const itemsQuery = (window: string, q: string) =>
  queryOptions({
    queryKey: [KEY, 'items', window, q],
    queryFn: ({ signal }) => call(foundItems, '/registry/items/found', { query: { window, q }, signal }),
    enabled: q.trim() !== '' && window !== '',
    placeholderData: (before) => before,
  });

export const papersQuery = (item: string, userProp: number) =>
  queryOptions({
    queryKey: [KEY, 'papers', item, userProp],
    queryFn: ({ signal }) => call(paperList, '/applications/papers', { query: { item, userProp }, signal }),
    enabled: item !== '',
  });

export const openStepsQuery = queryOptions({
  queryKey: [KEY, 'approvals'],
  queryFn: ({ signal }) => call(openSteps, '/approvals', { signal }),
  refetchInterval: LIST_MS,
});

export const approvalQuery = (projectNo: string) =>
  queryOptions({
    queryKey: [KEY, 'approval', projectNo],
    queryFn: ({ signal }) => call(approvalView, `/approvals/${encodeURIComponent(projectNo)}`, { signal }),
  });

export const resultsQuery = (q: string | undefined) =>
  queryOptions({
    queryKey: [KEY, 'results', q],
    queryFn: ({ signal }) => call(waitingResults, '/results', { query: { q }, signal }),
    refetchInterval: LIST_MS,
  });

/** After an action everything that is shown of the hall's work is read anew. */
export async function refresh(cache: QueryClient): Promise<void> {
  await cache.invalidateQueries({ queryKey: [KEY] });
}
