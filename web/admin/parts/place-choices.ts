import { useQuery } from '@tanstack/react-query';
import { departmentPage } from '../../../src/registry/department/contract.ts';
import { regionPage } from '../../../src/registry/region/contract.ts';
import { call } from '../api/call.ts';
import { useMe } from '../session.ts';
import type { Choice } from './filters.tsx';

const FIVE_MINUTES = 300_000;

/** The departments within reach, to choose from. */
export function useDepartments(): Choice[] {
  const { data } = useQuery({
    queryKey: ['choices', 'departments'],
    queryFn: ({ signal }) => call(departmentPage, '/registry/departments', { query: { limit: 200 }, signal }),
    staleTime: FIVE_MINUTES,
  });
  return (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
}

/** The halls of the city: its own, and those of its counties. */
export function useHalls(): Choice[] {
  const city = `${useMe().scope.cityCode}000000`;
  const { data } = useQuery({
    queryKey: ['choices', 'halls', city],
    queryFn: async ({ signal }) => {
      const ask = (query: Record<string, string | number>) =>
        call(regionPage, '/registry/regions', { query: { ...query, limit: 200 }, signal });
      const own = await ask({ level: 'city', q: city });
      const counties = await ask({ level: 'county', parent: city });
      return [...own.items, ...counties.items];
    },
    staleTime: FIVE_MINUTES,
  });
  return (data ?? []).map(({ code, name }) => ({ value: code, label: name }));
}
