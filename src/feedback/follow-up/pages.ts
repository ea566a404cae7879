import { z } from 'zod';
import { formatMoment, parseDay } from '../../kernel/day.ts';
import { layout, pageQuery, query, showPage, type View, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Html, html } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import type { DrawLine } from './contract.ts';
import { commitments, publishedDraws } from './draw-actions.ts';
import type { Commitment } from './draw-store.ts';
import { drawWords } from './page-words.ts';

const access = { access: 'public' as const };
const before = z.iso
  .date()
  .refine((text) => parseDay(text) !== undefined)
  .optional();
const listQuery = pageQuery.extend({ before });
const fileQuery = z.object({ before, lang: z.string().max(10).optional() });

/** Draws on a page: two months. */
const PER_PAGE = 8;
const PER_FILE = 260;
/** It changes once a week. */
const CACHED = 'public, max-age=300';

/** The published draws: for whoever wants to know who was called, and why. */
export function followUpPages(http: Http, deps: Deps): void {
  const city = deps.config.cityCode;
  http.get(
    '/public/call-backs',
    { config: access, schema: { hide: true, querystring: listQuery } },
    async (request, reply) => {
      const asked = request.query.before ?? null;
      const found = await publishedDraws(deps, city, { before: asked, limit: PER_PAGE + 1 });
      const drawn = found.slice(0, PER_PAGE);
      const older = found.length > PER_PAGE ? (drawn.at(-1)?.week ?? null) : null;
      const coming = await commitments(deps, city);
      return showPage(reply, drawsPage(viewOf(request), { drawn, coming, older, paged: asked !== null }));
    },
  );
  http.get(
    '/public/call-backs.json',
    { config: access, schema: { hide: true, querystring: fileQuery } },
    async (request, reply) => {
      const asked = request.query.before ?? null;
      const drawn = await publishedDraws(deps, city, { before: asked, limit: PER_FILE });
      const coming = (await commitments(deps, city)).map(({ week, seed_hash: hash }) => ({
        week,
        seedHash: hash.toString('hex'),
      }));
      return reply
        .type('application/json; charset=utf-8')
        .header('cache-control', CACHED)
        .send(JSON.stringify({ city, draws: drawn, coming }, null, 1));
    },
  );
}

interface Shown {
  readonly drawn: readonly DrawLine[];
  readonly coming: readonly Commitment[];
  readonly older: string | null;
  readonly paged: boolean;
}

function drawsPage(view: View, { drawn, coming, older, paged }: Shown): Html {
  const say = drawWords(view.lang);
  const to = `/public/call-backs?${query(view)}`;
  return layout(
    view,
    say.title,
    html`
      <h1>${say.title}</h1>
      <p>${say.text}</p>
      ${
        coming.length === 0
          ? ''
          : html`
            <h2>${say.next}</h2>
            <dl class="hashes">${coming.map((one) => comingPart(view, one))}</dl>
          `
      }
      ${drawn.length === 0 ? html`<p class="note">${say.none}</p>` : drawn.map((one) => drawPart(view, one))}
      <p>
        ${paged ? html`<a href="${to}">${say.newest}</a> ` : ''}
        ${older === null ? '' : html`<a href="${to}&before=${older}">${say.older}</a>`}
      </p>
      <h2>${say.how}</h2>
      <ol>${say.steps.map((step) => html`<li>${step}</li>`)}</ol>
      <p>${say.file}${view.lang === 'en' ? ': ' : '：'}<a href="/public/call-backs.json">JSON</a></p>
    `,
    { indexed: true },
  );
}

function comingPart({ lang }: View, { week, seed_hash: hash, committed_at: at }: Commitment): Html {
  const say = drawWords(lang);
  return html`<dt>${say.nextLine({ week, at: formatMoment(at) })}</dt><dd>${hash.toString('hex')}</dd>`;
}

function drawPart({ lang }: View, draw: DrawLine): Html {
  const say = drawWords(lang);
  return html`
    <h2 id="week-${draw.week}">${say.week(draw.week)}</h2>
    <p>${say.counts(draw)}</p>
    <p class="soft">${say.rule(draw)}</p>
    <dl class="hashes">
      <dt>${say.drawnAt}</dt><dd>${draw.drawnAt}</dd>
      <dt>${say.committedAt}</dt><dd>${draw.committedAt}</dd>
      <dt>${say.seed}</dt><dd>${draw.seed}</dd>
      <dt>${say.seedHash}</dt><dd>${draw.seedHash}</dd>
      <dt>${say.listHash}</dt><dd>${draw.listHash}</dd>
    </dl>
  `;
}
