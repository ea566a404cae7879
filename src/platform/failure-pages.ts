import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, sentence } from '../kernel/refusal.ts';
import { type View, viewOf } from './citizen-page.ts';
import type { Deps } from './deps.ts';
import { logFault, refusalOf } from './problem.ts';

interface Failed {
  readonly refusal: Refusal;
  readonly view: View;
  /** what happened, in the reader's language */
  readonly text: string;
}

/**
 * Whatever goes wrong on a citizen's page is logged and told on a page, which `draw` makes; `retryAfter` is
 * the number of seconds after which somebody who came too often, or while we were busy, may come again.
 */
export function failurePages(
  deps: Deps,
  { retryAfter }: { retryAfter: number | null },
  draw: (failed: Failed, reply: FastifyReply) => FastifyReply,
) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOf(error, request);
    logFault(error, refusal, request, deps.log);
    if (retryAfter !== null && (refusal.status === 503 || refusal.status === 429)) {
      reply.header('retry-after', String(retryAfter));
    }
    const view = viewOf(request);
    const text = sentence(refusal.code, view.lang, refusal.params);
    return draw({ refusal, view, text }, reply.code(refusal.status));
  };
}
