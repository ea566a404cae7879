import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  citizenPolicy,
  pageHeaders,
  pageQuery,
  showPage,
  type View,
  viewOf,
} from '../../platform/citizen-page.ts';
import { sha256 } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import { TABLE_TYPES, writeCsv } from '../../platform/files-write.ts';
import type { Http } from '../../platform/http.ts';
import { type Publisher, publisher } from './actions.ts';
import { figuresAnswer, figuresQuery, type PublicFigures, periodQuery } from './contract.ts';
import { figuresPage, missingPage, PARTS, type Places } from './pages.ts';
import { figureTable } from './table-actions.ts';

const access = { access: 'public' as const };

/** What everybody may see, without a key: the page, its downloads, and figures for portals. */
export function publicationRoutes(http: Http, deps: Deps): void {
  const desk = publisher(deps);
  pageRoute(http, deps, desk);
  downloadRoutes(http, desk);
  portalRoute(http, desk);
}

function pageRoute(http: Http, deps: Deps, desk: Publisher): void {
  const policy = citizenPolicy(PARTS);
  http.get(
    '/public',
    {
      config: access,
      schema: { hide: true, querystring: periodQuery.extend(pageQuery.shape) },
      errorHandler: failurePage(deps),
    },
    async (request, reply) => {
      const figures = await desk.figures(request.query.period);
      const view: View = { ...viewOf(request), keep: `period=${figures.period.code}` };
      const places: Places = { seals: http.hasRoute({ method: 'GET', url: '/public/seals' }) };
      if (isKnown(request, reply, { figures, of: `${view.lang} ${view.elder}` }))
        return reply.code(304).send();
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(figuresPage(view, figures, places).text);
    },
  );
}

function downloadRoutes(http: Http, desk: Publisher): void {
  const schema = { hide: true, querystring: periodQuery };
  http.get('/public/figures.json', { config: access, schema }, async (request, reply) => {
    const figures = await desk.figures(request.query.period);
    openToAll(reply);
    if (isKnown(request, reply, { figures, of: 'json' })) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(figures));
  });
  http.get('/public/figures.csv', { config: access, schema }, async (request, reply) => {
    const figures = await desk.figures(request.query.period);
    openToAll(reply);
    if (isKnown(request, reply, { figures, of: 'csv' })) return reply.code(304).send();
    const name = `figures-${figures.period.from}-${figures.period.to}.csv`;
    return reply
      .type(TABLE_TYPES.csv)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(writeCsv(figureTable(figures)));
  });
}

function portalRoute(http: Http, desk: Publisher): void {
  http.get(
    '/api/v1/public/figures',
    {
      config: access,
      schema: {
        tags: ['public'],
        summary: 'Public figures of a city, a department, an item, a window … for portals; any site may ask',
        description:
          'Lines of too few people are withheld. period: last30 (default), a month 2026-05 or a year 2026.',
        security: [],
        querystring: figuresQuery,
        response: { 200: figuresAnswer },
      },
    },
    async (request, reply) => {
      const { by, code, period } = request.query;
      const figures = await desk.figures(period);
      openToAll(reply);
      if (isKnown(request, reply, { figures, of: `${by} ${code ?? ''}` }))
        return (reply as FastifyReply).code(304).send() as never;
      const { total, lists, apart: _, ...head } = figures;
      const lines = by === 'city' ? [total] : (lists[by]?.lines ?? []);
      return { ...head, items: code === undefined ? lines : lines.filter((line) => line.code === code) };
    },
  );
}

/** Anybody may keep the figures for a minute; then it is asked whether they are still the same. */
const CACHE = 'public, max-age=60';

/** Pages of any other site may read them: they are public, and no cookie is looked at. */
function openToAll(reply: FastifyReply): void {
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', CACHE);
}

/** Whether the reader has these figures already: the same numbers, whenever they were counted. */
function isKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  { figures, of }: { figures: PublicFigures; of: string },
): boolean {
  const mark = sha256(`${of}\n${markOf(figures)}`).toString('base64url');
  const tag = `W/"${mark.slice(0, 22)}"`;
  reply.header('etag', tag);
  const given = request.headers['if-none-match'] ?? '';
  const known = given.split(',').some((one) => one.trim() === tag || one.trim() === tag.slice(2));
  if (known) reply.header('cache-control', CACHE);
  return known;
}

/** The same for the same numbers; worked out once for all who are given them. */
const marks = new WeakMap<PublicFigures, string>();

function markOf(figures: PublicFigures): string {
  const known = marks.get(figures);
  if (known !== undefined) return known;
  const { asOf: _, ...numbers } = figures;
  const mark = sha256(JSON.stringify(numbers)).toString('base64url');
  marks.set(figures, mark);
  return mark;
}

/** What goes wrong is told on a page, with the way back. */
function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: null }, ({ view, text }, reply) => {
    return showPage(reply, missingPage(view, text));
  });
}
