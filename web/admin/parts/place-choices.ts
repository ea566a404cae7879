import { useQuery } from '@tanstack/react-query';
import { departmentPage } from '../../../src/registry/department/contract.ts';
import { regionPage } from '../../../src/registry/region/contract.ts';
import { call } from '../api/call.ts';
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

/** The halls within reach: the city's and those of its counties. */
export function useHalls(): Choice[] {
  const { data } = useQuery({
    queryKey: ['choices', 'halls'],
    queryFn: ({ signal }) =>
      call(regionPage, '/registry/regions', { query: { level: 'county', limit: 200 }, signal }),
    staleTime: FIVE_MINUTES,
  });
  return (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
}
