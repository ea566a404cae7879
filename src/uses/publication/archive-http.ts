import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Month, parseMonth } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { citizenPolicy, pageHeaders, pageQuery, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import type { Publisher } from './actions.ts';
import { CACHE, failurePage, openToAll, sendCsv } from './answer-http.ts';
import { type Archive, archiveOf, listArchive } from './archive-actions.ts';
import { archivedPage, archivePage } from './archive-pages.ts';
import { archiveParams, periodQuery } from './contract.ts';
import { correctionsOf } from './correction.ts';
import { PARTS } from './part-pages.ts';
import { rankingsOf } from './ranking-actions.ts';
import { figureTable, handlingTable, rankingTable } from './table-actions.ts';

const config = { access: 'public' as const };
const params = archiveParams;

/** Months as they were published, with what has been corrected since. */
export function archiveRoutes(http: Http, deps: Deps, desk: Publisher): void {
  const policy = citizenPolicy(PARTS);
  const errorHandler = failurePage(deps);
  const archive = archiveOf(deps);
  http.get(
    '/public/archive',
    { config, errorHandler, schema: { hide: true, querystring: periodQuery.extend(pageQuery.shape) } },
    async (request, reply) => {
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(archivePage(viewOf(request), await listArchive(deps)).text);
    },
  );
  http.get(
    '/public/archive/:month',
    { config, errorHandler, schema: { hide: true, params, querystring: pageQuery } },
    async (request, reply) => {
      const month = monthOf(request.params.month);
      const kept = await archive.month(month);
      const now = await desk.figures(month);
      const corrections = correctionsOf(kept.figures, now);
      pageHeaders(reply, policy).header('cache-control', CACHE);
      return reply.send(archivedPage(viewOf(request), kept, { corrections, now }).text);
    },
  );
  const files = { config, schema: { hide: true, params } };
  for (const name of ['figures', 'handling'] as const) {
    http.get(`/public/archive/:month/${name}.json`, files, async (request, reply) => {
      const { text } = await archive.month(monthOf((request.params as { month: string }).month));
      openToAll(reply);
      return reply.type('application/json; charset=utf-8').send(text[name]);
    });
  }
  tableRoutes(http, archive);
}

function tableRoutes(http: Http, archive: Archive): void {
  const files = { config, schema: { hide: true, params } };
  const of = async (request: FastifyRequest) =>
    await archive.month(monthOf((request.params as { month: string }).month));
  http.get('/public/archive/:month/figures.csv', files, async (request, reply) => {
    const { figures } = await of(request);
    return sendCsv(
      { request, reply: plain(reply) },
      { name: 'figures', said: figures, tableOf: figureTable },
    );
  });
  http.get('/public/archive/:month/rankings.csv', files, async (request, reply) => {
    const said = rankingsOf((await of(request)).figures);
    return sendCsv({ request, reply: plain(reply) }, { name: 'rankings', said, tableOf: rankingTable });
  });
  http.get('/public/archive/:month/handling.csv', files, async (request, reply) => {
    const { handling } = await of(request);
    return sendCsv(
      { request, reply: plain(reply) },
      { name: 'handling', said: handling, tableOf: handlingTable },
    );
  });
}

function plain(reply: unknown): FastifyReply {
  return reply as FastifyReply;
}

/** @throws Refusal `publication.period_unknown` */
function monthOf(text: string): Month {
  const month = parseMonth(text);
  if (month === undefined) throw new Refusal('publication.period_unknown', {}, { field: 'month' });
  return month;
}
