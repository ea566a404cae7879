import { z } from 'zod';
import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import { departmentsToAsk } from './choice-actions.ts';
import {
  handlerList,
  orderFileParams,
  orderFileView,
  orderItems,
  orderListQuery,
  orderParams,
  orderQuery,
  orderRows,
  orderView,
  type Step,
  speakerRequest,
  speakerView,
  stepForms,
} from './contract.ts';
import { handlerChoices } from './handler-actions.ts';
import type { LimitsOf } from './open-actions.ts';
import { overviewOf } from './overview-actions.ts';
import { overviewQuery, overviewView } from './overview-contract.ts';
import { departmentChoices, departmentQuery } from './part-contract.ts';
import { attachEvidence, openSpeaker, orderRowPage, orders, readEvidence } from './reading-actions.ts';
import { readSaidFile } from './said-actions.ts';
import { orderStreams } from './stream-http.ts';
import { orderTable } from './table-actions.ts';
import { permissionOf, takeStep } from './taking-actions.ts';
import { findOrderView, readOrder } from './view-actions.ts';

const params = orderParams;
const read = { access: { permission: 'order.read' } } as const;

/** Orders for other systems (contract §4) and for the office. */
export function workOrderRoutes(http: Http, deps: Deps, limitsOf: LimitsOf): void {
  http.get(
    '/api/v1/work-orders',
    {
      config: read,
      schema: {
        tags: ['voices'],
        summary: 'Orders by which bad ratings and voices are answered, within the scope of the key',
        querystring: orderQuery,
        response: { 200: orderItems },
      },
    },
    async ({ actor, query }) => await orders(deps, actor, query),
  );
  http.get(
    '/admin/api/work-orders',
    { config: read, schema: { hide: true, querystring: orderListQuery, response: { 200: orderRows } } },
    async ({ actor, query: { format, ...query } }, reply) => {
      if (format === 'json') return await orderRowPage(deps, actor, query);
      requirePermission(actor, 'export.run');
      return sendTable(reply, 'work-orders', format, await orderTable(deps, actor, query));
    },
  );
  streamRoute(http, deps);
  handlerRoute(http, deps);
  http.get(
    '/admin/api/work-orders/overview',
    { config: read, schema: { hide: true, querystring: overviewQuery, response: { 200: overviewView } } },
    async ({ actor, query }) => await overviewOf(deps, actor, query),
  );
  choiceRoute(http, deps);
  http.get(
    '/admin/api/work-orders/:id',
    { config: read, schema: { hide: true, params, response: { 200: orderView } } },
    async ({ actor, params: { id }, lang }) => await readOrder(deps, actor, id, lang),
  );
  fileRoutes(http, deps);
  http.post(
    '/admin/api/work-orders/:id/speaker',
    {
      config: { access: { permission: 'order.handle' } },
      schema: { hide: true, params, body: speakerRequest, response: { 200: speakerView } },
    },
    async ({ actor, params: { id }, body: { reason } }, reply) => {
      reply.header('cache-control', 'no-store');
      return await openSpeaker(deps, actor, { orderId: id, reason });
    },
  );
  for (const step of Object.keys(stepForms) as Step[]) stepRoute(http, deps, { step, limitsOf });
}

/** What came with the words, and what proves the answer. */
function fileRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/work-orders/:id/files',
    {
      config: { access: { permission: 'order.handle' } },
      schema: { hide: true, params, response: { 200: orderFileView } },
    },
    async (request) => {
      const { actor, params: wanted } = request;
      return await attachEvidence(deps, actor, wanted.id, await incomingFile(request));
    },
  );
  http.get(
    '/admin/api/work-orders/:id/files/:fileId',
    { config: read, compress: false, schema: { hide: true, params: orderFileParams } },
    async ({ actor, params: { id, fileId } }, reply) =>
      sendFile(reply, await readEvidence(deps, actor, { orderId: id, fileId })),
  );
  http.get(
    '/admin/api/work-orders/:id/said-files/:fileId',
    { config: read, compress: false, schema: { hide: true, params: orderFileParams } },
    async ({ actor, params: { id, fileId } }, reply) =>
      sendFile(reply, await readSaidFile(deps, actor, { orderId: id, fileId })),
  );
}

/** Whom an order can be handed to, or be asked to join in. */
function choiceRoute(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/work-orders/departments',
    {
      config: { access: { permission: 'order.read' } },
      schema: { hide: true, querystring: departmentQuery, response: { 200: departmentChoices } },
    },
    async ({ actor, query }) => await departmentsToAsk(deps, actor, query.q),
  );
}

/** Who of the department may have an order in hand. */
function handlerRoute(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/work-orders/:id/handlers',
    {
      config: { access: { permission: 'order.handle' } },
      schema: { hide: true, params, response: { 200: handlerList } },
    },
    async ({ actor, params: { id } }) => await handlerChoices(deps, actor, id),
  );
}

/** What changes, told to the pages that show it. */
function streamRoute(http: Http, deps: Deps): void {
  const streams = orderStreams(deps);
  http.addHook('preClose', async () => streams.close());
  http.get(
    '/admin/api/work-orders/events',
    { config: { access: { permission: 'order.read' }, unattended: true }, schema: { hide: true } },
    async ({ actor }, reply) => {
      if (actor.kind === 'user') streams.open(actor, reply);
    },
  );
}

/** A step of an order; it answers how the order stands afterwards, or nothing once it left their hands. */
function stepRoute(http: Http, deps: Deps, { step, limitsOf }: { step: Step; limitsOf: LimitsOf }): void {
  http.post(
    `/admin/api/work-orders/:id/${step}`,
    {
      config: { access: { permission: permissionOf(step) } },
      schema: { hide: true, params, body: stepForms[step], response: { 200: orderView, 204: z.void() } },
    },
    async ({ actor, params: { id }, body, lang }, reply) => {
      await takeStep(deps, actor, { orderId: id, step, form: body, limitsOf });
      const order = await findOrderView(deps, actor, id, lang);
      return order ?? reply.code(204).send();
    },
  );
}
