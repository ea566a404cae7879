import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import {
  callTicket,
  drawTicket,
  finishTicket,
  queueAt,
  recallTicket,
  skipTicket,
  transferTicket,
} from './actions.ts';
import {
  callForm,
  drawForm,
  drawnTicket,
  finishedTicket,
  queueQuery,
  queueView,
  ticketView,
  transferForm,
  visitList,
  visitQuery,
  windowForm,
} from './contract.ts';
import { visitsFor, visitTable } from './screen-actions.ts';

/** The queue: tickets drawn at a desk or by a machine, called at windows, counted by hour. */
export function ticketRoutes(http: Http, deps: Deps): void {
  drawRoutes(http, deps);
  const config = { access: { permission: 'case.accept' as const } };
  const answer = { response: { 200: ticketView } };
  http.get(
    '/admin/api/tickets',
    { config, schema: { hide: true, querystring: queueQuery, response: { 200: queueView } } },
    async ({ actor, query }) => await queueAt(deps, actor, query.window),
  );
  http.post(
    '/admin/api/tickets/call',
    { config, schema: { hide: true, body: callForm, ...answer } },
    async ({ actor, body }) => await callTicket(deps, actor, body),
  );
  http.post(
    '/admin/api/tickets/recall',
    { config, schema: { hide: true, body: windowForm, ...answer } },
    async ({ actor, body }) => await recallTicket(deps, actor, body.window),
  );
  http.post(
    '/admin/api/tickets/skip',
    { config, schema: { hide: true, body: windowForm, ...answer } },
    async ({ actor, body }) => await skipTicket(deps, actor, body.window),
  );
  http.post(
    '/admin/api/tickets/transfer',
    { config, schema: { hide: true, body: transferForm, ...answer } },
    async ({ actor, body }) => await transferTicket(deps, actor, body),
  );
  http.post(
    '/admin/api/tickets/finish',
    { config, schema: { hide: true, body: windowForm, response: { 200: finishedTicket } } },
    async ({ actor, body }) => await finishTicket(deps, actor, body.window),
  );
}

function drawRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'ticket.draw' as const } };
  http.post(
    '/admin/api/tickets',
    { config, schema: { hide: true, body: drawForm, response: { 201: drawnTicket } } },
    async ({ actor, body }, reply) => reply.code(201).send(await drawTicket(deps, actor, body)),
  );
  http.post(
    '/api/v1/tickets',
    {
      config,
      schema: {
        summary: 'Draw a ticket for a group of items, at a ticket machine',
        body: drawForm,
        response: { 201: drawnTicket },
      },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await drawTicket(deps, actor, body)),
  );
  http.get(
    '/admin/api/ticket-visits',
    {
      config: { access: { permission: 'record.read' } },
      schema: { hide: true, querystring: visitQuery, response: { 200: visitList } },
    },
    async ({ actor, query }, reply) => {
      if (query.format === 'json') return { items: await visitsFor(deps, actor, query.day) };
      requirePermission(actor, 'export.run');
      return await sendTable(reply, 'ticket-visits', query.format, await visitTable(deps, actor, query.day));
    },
  );
}
