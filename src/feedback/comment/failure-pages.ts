import { layout, query, showPage } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import { html, raw } from '../../platform/html.ts';
import { commentWords } from './page-words.ts';

/** Whatever goes wrong on these pages is told on a page, with the way on. */
export function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: 60 }, ({ refusal, view, text }, reply) => {
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
      <p>${text}</p>
      <p><a href="/r?${raw(query(view))}">${words.sign.toCode}</a></p>
      <p><a href="/comment?${raw(query(view))}">${words.comment.choose.title}</a></p>
    `;
    return showPage(reply, layout(view, title, content));
  });
}
