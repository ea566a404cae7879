import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Appeal, appealSchema, fileAnswerSchema } from '../../../../src/ledger/appeal/contract.ts';
import { call } from '../../api/call.ts';

export function appealQuery(id: string) {
  return queryOptions({
    queryKey: ['appeal', id],
    queryFn: ({ signal }) => call(appealSchema, `/appeals/${id}`, { signal }),
  });
}

/** One step of an appeal; whatever shows appeals, duties or lines is asked for anew afterwards. */
export function useStep(id: string, step: string, onDone: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => call(appealSchema, `/appeals/${id}/${step}`, { body }),
    onSuccess: async (appeal: Appeal) => {
      cache.setQueryData(appealQuery(id).queryKey, appeal);
      await forget(cache);
      onDone();
    },
  });
}

export async function forget(cache: QueryClient): Promise<void> {
  await Promise.all([
    cache.invalidateQueries({ queryKey: ['list', '/appeals'] }),
    cache.invalidateQueries({ queryKey: ['duties'] }),
    cache.invalidateQueries({ queryKey: ['score'] }),
  ]);
}

export async function sendFile(id: string, file: File): Promise<void> {
  const body = new FormData();
  body.append('file', file, file.name);
  await call(fileAnswerSchema, `/appeals/${id}/files`, { body });
}
