import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Me, type Permission, sessionSchema } from '../../src/oversight/access/contract.ts';
import { call, standInFor } from './api/call.ts';
import { queries } from './api/queries.ts';

/** Nobody is signed in. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** Who is signed in. Everything in the office depends on it, so it is asked for before any page. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const { me } = await call(sessionSchema, '/session', { signal });
    if (me === null) throw new SignedOut();
    return me;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the reader may do something. Only for what to show: the server decides. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}

/** The name of the reader's role in the language on screen. */
export function useRoleName(): string {
  const { roleName } = useMe();
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? roleName.en : roleName.zh;
}

/** Keeps what the server just said about the reader. */
export function keepMe(me: Me): void {
  queries.setQueryData(meQuery.queryKey, me);
}

export async function signOut(): Promise<void> {
  await call(z.unknown(), '/sign-out', { method: 'POST' });
  standInFor(undefined);
  queries.clear();
}
