import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { openPhone, recordAttempt } from './attempt-actions.ts';
import {
  attemptForm,
  callDetail,
  callFigures,
  callPage,
  callParams,
  callQuery,
  drawCheck,
  drawPage,
  drawParams,
  drawQuery,
  figureQuery,
  phoneAnswer,
  phoneRequest,
} from './contract.ts';
import { checkDraw, drawList, draws } from './draw-actions.ts';
import { followUpPages } from './pages.ts';
import { callFiguresOf, callPageFor, readCall } from './queue-actions.ts';

const params = callParams;
const read = { access: { permission: 'call.read' } } as const;
const make = { access: { permission: 'call.make' } } as const;

/** The caller's desk, the draws, and what is published of them. */
export function followUpRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/call-backs',
    { config: read, schema: { hide: true, querystring: callQuery, response: { 200: callPage } } },
    async ({ actor, query }) => await callPageFor(deps, actor, query),
  );
  http.get(
    '/admin/api/call-backs/:id',
    { config: read, schema: { hide: true, params, response: { 200: callDetail } } },
    async ({ actor, params: { id } }) => await readCall(deps, actor, id),
  );
  http.post(
    '/admin/api/call-backs/:id/phone',
    { config: make, schema: { hide: true, params, body: phoneRequest, response: { 200: phoneAnswer } } },
    async ({ actor, params: { id }, body: { reason } }) =>
      await openPhone(deps, actor, { callId: id, reason }),
  );
  http.post(
    '/admin/api/call-backs/:id/attempts',
    { config: make, schema: { hide: true, params, body: attemptForm, response: { 200: callDetail } } },
    async ({ actor, params: { id }, body: form }) => {
      await recordAttempt(deps, actor, { callId: id, form });
      return await readCall(deps, actor, id);
    },
  );
  http.get(
    '/admin/api/call-figures',
    { config: read, schema: { hide: true, querystring: figureQuery, response: { 200: callFigures } } },
    async ({ actor, query: { from, to } }) => await callFiguresOf(deps, actor, { from, to }),
  );
  drawRoutes(http, deps);
  followUpPages(http, deps);
}

function drawRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/call-draws',
    { config: read, schema: { hide: true, querystring: drawQuery, response: { 200: drawPage } } },
    async ({ actor, query: { cursor, limit } }) => await draws(deps, actor, { cursor, limit }),
  );
  http.post(
    '/admin/api/call-draws/:week/check',
    { config: read, schema: { hide: true, params: drawParams, response: { 200: drawCheck } } },
    async ({ actor, params: { week } }) => await checkDraw(deps, actor, week),
  );
  http.get(
    '/admin/api/call-draws/:week/list',
    { config: read, schema: { hide: true, params: drawParams } },
    async ({ actor, params: { week } }, reply) => {
      const list = await drawList(deps, actor, week);
      return reply
        .type('text/tab-separated-values; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="call-list-${week}.tsv"`)
        .send(list);
    },
  );
}
