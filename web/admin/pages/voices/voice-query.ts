import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { deskVoiceView, deskWords } from '../../../../src/handling/resolution/desk-contract.ts';
import { call } from '../../api/call.ts';

const FIVE_MINUTES = 300_000;

export function voiceQuery(id: string) {
  return queryOptions({
    queryKey: ['voice', id],
    queryFn: ({ signal }) => call(deskVoiceView, `/voices/${id}`, { signal }),
  });
}

/** The lists of the desk in the reader's language. */
export const voiceWordsQuery = queryOptions({
  queryKey: ['voice-words'],
  queryFn: ({ signal }) => call(deskWords, '/voice-words', { signal }),
  staleTime: FIVE_MINUTES,
});

/** Whatever shows voices is asked for anew. */
export async function forget(cache: QueryClient): Promise<void> {
  await Promise.all(
    [['list', '/voices'], ['voice']].map((queryKey) => cache.invalidateQueries({ queryKey })),
  );
}

export async function sendFile(id: string, file: File): Promise<void> {
  const body = new FormData();
  body.append('file', file, file.name);
  await call(deskVoiceView, `/voices/${id}/files`, { body });
}
