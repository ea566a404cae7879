import type { FastifyReply, FastifyRequest } from 'fastify';
import { sentence } from '../../kernel/refusal.ts';
import { layout, query, showPage, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { html, raw } from '../../platform/html.ts';
import { logFault, refusalOf } from '../../platform/problem.ts';
import { commentWords } from './page-words.ts';

/** Whatever goes wrong on these pages is told on a page, with the way on. */
export function failurePage(deps: Deps) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOf(error, request);
    logFault(error, refusal, request, deps.log);
    if (refusal.status === 503 || refusal.status === 429) reply.header('retry-after', '60');
    const view = viewOf(request);
    const words = commentWords(view.lang);
    const headings: Readonly<Record<number, string>> = {
      404: words.sign.unknown,
      410: words.sign.ended,
      429: words.busy,
      503: words.busy,
    };
    const heading =
      refusal.code.startsWith('sign.') || refusal.status >= 429 ? headings[refusal.status] : undefined;
    const title = heading ?? words.broken;
    const content = html`
      <h1>${title}</h1>
      <p>${sentence(refusal.code, view.lang, refusal.params)}</p>
      <p><a href="/r?${raw(query(view))}">${words.sign.toCode}</a></p>
      <p><a href="/comment?${raw(query(view))}">${words.comment.choose.title}</a></p>
    `;
    return showPage(reply.code(refusal.status), layout(view, title, content));
  };
}
