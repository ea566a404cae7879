import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { commentDetail } from '../../../../src/feedback/comment/contract.ts';
import { call } from '../../api/call.ts';

export function commentQuery(id: string) {
  return queryOptions({
    queryKey: ['comment', id],
    queryFn: ({ signal }) => call(commentDetail, `/comments/${id}`, { signal }),
  });
}

/** Whatever shows comments is asked for anew. */
export async function forget(cache: QueryClient): Promise<void> {
  await Promise.all(
    [['list', '/comments'], ['comment'], ['comment-counts']].map((queryKey) =>
      cache.invalidateQueries({ queryKey }),
    ),
  );
}

export async function sendEvidence(id: string, file: File): Promise<void> {
  const body = new FormData();
  body.append('file', file, file.name);
  await call(commentDetail, `/inspections/${id}/files`, { body });
}
