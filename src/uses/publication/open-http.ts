import { citizenPolicy, pageHeaders, pageQuery, type View, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import type { Publisher } from './actions.ts';
import { CACHE, failurePage, isKnown, sendCsv, sendJson } from './answer-http.ts';
import { periodQuery, rankingQuery } from './contract.ts';
import { dataPage } from './data-pages.ts';
import { handlingPage } from './handling-pages.ts';
import { PARTS } from './part-pages.ts';
import { rankingPage } from './ranking-pages.ts';
import { COLUMNS, handlingTable, rankingTable } from './table-actions.ts';

const config = { access: 'public' as const };

/** Rankings, how bad ratings were answered, and what the downloads mean: pages and files for everybody. */
export function openRoutes(http: Http, deps: Deps, desk: Publisher): void {
  const policy = citizenPolicy(PARTS);
  const errorHandler = failurePage(deps);
  const files = { config, schema: { hide: true, querystring: periodQuery } };
  http.get(
    '/public/rankings',
    { config, errorHandler, schema: { hide: true, querystring: rankingQuery.extend(pageQuery.shape) } },
    async (request, reply) => {
      const { by, period } = request.query;
      const said = await desk.rankings(period);
      const view: View = { ...viewOf(request), keep: `period=${said.period.code}&by=${by}` };
      if (isKnown(request, reply, { said, of: `${by} ${view.lang} ${view.elder}` }))
        return reply.code(304).send();
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(rankingPage(view, said, by).text);
    },
  );
  http.get(
    '/public/handling',
    { config, errorHandler, schema: { hide: true, querystring: periodQuery.extend(pageQuery.shape) } },
    async (request, reply) => {
      const said = await desk.handling(request.query.period);
      const view: View = { ...viewOf(request), keep: `period=${said.period.code}` };
      if (isKnown(request, reply, { said, of: `${view.lang} ${view.elder}` })) return reply.code(304).send();
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(handlingPage(view, said).text);
    },
  );
  http.get(
    '/public/data',
    { config, errorHandler, schema: { hide: true, querystring: pageQuery } },
    async (request, reply) => {
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(dataPage(viewOf(request), COLUMNS).text);
    },
  );
  http.get('/public/rankings.json', files, async (request, reply) =>
    sendJson({ request, reply }, await desk.rankings(request.query.period)),
  );
  http.get('/public/rankings.csv', files, async (request, reply) => {
    const said = await desk.rankings(request.query.period);
    return sendCsv({ request, reply }, { name: 'rankings', said, tableOf: rankingTable });
  });
  http.get('/public/handling.json', files, async (request, reply) =>
    sendJson({ request, reply }, await desk.handling(request.query.period)),
  );
  http.get('/public/handling.csv', files, async (request, reply) => {
    const said = await desk.handling(request.query.period);
    return sendCsv({ request, reply }, { name: 'handling', said, tableOf: handlingTable });
  });
}
