import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { call } from './api/call.ts';
import { queries } from './api/queries.ts';

const meSchema = z.object({
  username: z.string(),
  name: z.string(),
  cityName: z.string(),
  permissions: z.array(z.string()),
});
type Me = z.output<typeof meSchema>;

/** Who is signed in. Everything in the office depends on it, so it is asked for before any page. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(meSchema, '/me', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the reader may do something. Only for what to show: the server decides. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => (permissions as readonly string[]).includes(permission);
}

/** What a reader has to do before anything else. */
export function owes(_me: Me): 'password' | 'second-factor' | undefined {
  return undefined;
}

export async function signOut(): Promise<void> {
  await call(z.unknown(), '/sign-out', { method: 'POST' });
  queries.clear();
}
