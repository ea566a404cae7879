import type { FastifyReply } from 'fastify';
import { citizenPolicy, pageHeaders, pageQuery, type View, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { type Publisher, publisher } from './actions.ts';
import { CACHE, failurePage, isKnown, openToAll, sendCsv, sendJson } from './answer-http.ts';
import { archiveRoutes } from './archive-http.ts';
import { figuresAnswer, figuresQuery, periodQuery } from './contract.ts';
import { openRoutes } from './open-http.ts';
import { figuresPage, type Places } from './pages.ts';
import { PARTS } from './part-pages.ts';
import { figureTable } from './table-actions.ts';

const access = { access: 'public' as const };

/** What everybody may see, without a key: the page, its downloads, and figures for portals. */
export function publicationRoutes(http: Http, deps: Deps): void {
  const desk = publisher(deps);
  pageRoute(http, deps, desk);
  downloadRoutes(http, desk);
  openRoutes(http, deps, desk);
  archiveRoutes(http, deps, desk);
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
      if (isKnown(request, reply, { said: figures, of: `${view.lang} ${view.elder}` }))
        return reply.code(304).send();
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(figuresPage(view, figures, places).text);
    },
  );
}

function downloadRoutes(http: Http, desk: Publisher): void {
  const route = { config: access, schema: { hide: true, querystring: periodQuery } };
  http.get('/public/figures.json', route, async (request, reply) =>
    sendJson({ request, reply }, await desk.figures(request.query.period)),
  );
  http.get('/public/figures.csv', route, async (request, reply) => {
    const said = await desk.figures(request.query.period);
    return sendCsv({ request, reply }, { name: 'figures', said, tableOf: figureTable });
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
      if (isKnown(request, reply, { said: figures, of: `${by} ${code ?? ''}` }))
        return (reply as FastifyReply).code(304).send() as never;
      const { total, lists, apart: _, ...head } = figures;
      const lines = by === 'city' ? [total] : (lists[by]?.lines ?? []);
      return { ...head, items: code === undefined ? lines : lines.filter((line) => line.code === code) };
    },
  );
}
