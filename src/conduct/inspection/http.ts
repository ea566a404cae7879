import { z } from 'zod';
import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import { decideFinding, type RulesInForce, recordFinding } from './desk-actions.ts';
import {
  findingDecision,
  findingDetail,
  findingFileParams,
  findingForm,
  findingPage,
  findingParams,
  findingQuery,
  patrolKit,
} from './desk-contract.ts';
import { findingBy, findings, findingTable, patrolKitFor } from './list-actions.ts';
import { addPhoto, readPhoto } from './photo-actions.ts';
import { cancelVisit, confirmVisit, planVisit, reportVisit, visits, visitTable } from './visit-actions.ts';
import { visitForm, visitPage, visitParams, visitQuery, visitReport } from './visit-contract.ts';

const read = { access: { permission: 'finding.read' } } as const;
const write = { access: { permission: 'inspect.write' } } as const;

/** Findings at the desk and on patrol, from the first word to the second person. */
export function inspectionRoutes(http: Http, deps: Deps, rulesInForce: RulesInForce): void {
  http.get(
    '/admin/api/patrol',
    { config: write, schema: { hide: true, response: { 200: patrolKit } } },
    async ({ actor }) => await patrolKitFor(deps, actor, rulesInForce),
  );
  http.get(
    '/admin/api/findings',
    { config: read, schema: { hide: true, querystring: findingQuery, response: { 200: findingPage } } },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await findings(deps, request.actor, { query, rulesInForce });
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'findings', format, await findingTable(deps, request.actor, query));
    },
  );
  http.post(
    '/admin/api/findings',
    { config: write, schema: { hide: true, body: findingForm, response: { 200: findingDetail } } },
    async ({ actor, body: form }) => {
      const id = await recordFinding(deps, actor, { form, rulesInForce });
      return await findingBy(deps, actor, { id, rulesInForce });
    },
  );
  oneFinding(http, deps, rulesInForce);
  visitRoutes(http, deps);
}

function oneFinding(http: Http, deps: Deps, rulesInForce: RulesInForce): void {
  const answer = { hide: true, params: findingParams, response: { 200: findingDetail } } as const;
  http.get(
    '/admin/api/findings/:id',
    { config: read, schema: answer },
    async ({ actor, params: { id } }) => await findingBy(deps, actor, { id, rulesInForce }),
  );
  http.post('/admin/api/findings/:id/photos', { config: write, schema: answer }, async (request) => {
    const { actor, params } = request;
    await addPhoto(deps, actor, { id: params.id, ...(await incomingFile(request)) });
    return await findingBy(deps, actor, { id: params.id, rulesInForce });
  });
  http.get(
    '/admin/api/findings/:id/photos/:fileId',
    { config: read, compress: false, schema: { hide: true, params: findingFileParams } },
    async ({ actor, params }, reply) => sendFile(reply, await readPhoto(deps, actor, params)),
  );
  http.post(
    '/admin/api/findings/:id/decision',
    {
      config: { access: { permission: 'inspect.confirm' } },
      schema: { ...answer, body: findingDecision },
    },
    async ({ actor, params: { id }, body: decision }) => {
      await decideFinding(deps, actor, { id, decision, rulesInForce });
      return await findingBy(deps, actor, { id, rulesInForce });
    },
  );
}

/** Mystery visits: planned, reported, confirmed. */
function visitRoutes(http: Http, deps: Deps): void {
  const plan = { access: { permission: 'visit.plan' } } as const;
  const done = { 204: z.void() } as const;
  const one = { hide: true, params: visitParams, response: done } as const;
  http.get(
    '/admin/api/visits',
    { config: read, schema: { hide: true, querystring: visitQuery, response: { 200: visitPage } } },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await visits(deps, request.actor, query);
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'visits', format, await visitTable(deps, request.actor, query.state));
    },
  );
  http.post(
    '/admin/api/visits',
    { config: plan, schema: { hide: true, body: visitForm, response: done } },
    async ({ actor, body }, reply) => {
      await planVisit(deps, actor, body);
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/visits/:id/report',
    { config: plan, schema: { ...one, body: visitReport } },
    async ({ actor, params: { id }, body: { report } }, reply) => {
      await reportVisit(deps, actor, { id, report });
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/visits/:id/cancel',
    { config: plan, schema: one },
    async ({ actor, params }, reply) => {
      await cancelVisit(deps, actor, params.id);
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/visits/:id/confirm',
    { config: plan, schema: one },
    async ({ actor, params }, reply) => {
      await confirmVisit(deps, actor, params.id);
      return reply.code(204).send();
    },
  );
}
