import { QueryClient } from '@tanstack/react-query';
import { Unreachable } from './problem.ts';

/** One cache for the whole office; a refusal is an answer and isn't asked for again, a lost connection is. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => error instanceof Unreachable && failures < 2,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
