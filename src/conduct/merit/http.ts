import { z } from 'zod';
import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import {
  addProof,
  allowanceFor,
  type BonusInForce,
  claimMerit,
  giveMeritOpinion,
  meritNoticeOf,
  proofList,
  publishMonth,
  readProof,
} from './claim-actions.ts';
import {
  allowanceQuery,
  meritAllowance,
  meritClaim,
  meritClaimed,
  meritFileParams,
  meritFiles,
  meritNotice,
  meritOpinion,
  meritPublish,
  meritPublished,
  noticeQuery,
} from './claim-contract.ts';
import { meritDecision, meritPage, meritParams, meritQuery } from './contract.ts';
import { decideMerit, meritPageFor, meritTable } from './desk-actions.ts';

const read = { access: { permission: 'merit.read' } } as const;
const claim = { access: { permission: 'merit.claim' } } as const;
const params = meritParams;

/** Merits: claimed, spoken for, decided by a second person, published. */
export function meritRoutes(http: Http, deps: Deps, bonusInForce: BonusInForce): void {
  http.get(
    '/admin/api/merits',
    { config: read, schema: { hide: true, querystring: meritQuery, response: { 200: meritPage } } },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await meritPageFor(deps, request.actor, query);
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'merits', format, await meritTable(deps, request.actor, query));
    },
  );
  http.post(
    '/admin/api/merits',
    { config: claim, schema: { hide: true, body: meritClaim, response: { 200: meritClaimed } } },
    async ({ actor, body: form }) => ({ id: await claimMerit(deps, actor, { form, bonusInForce }) }),
  );
  http.get(
    '/admin/api/merits/allowance',
    { config: claim, schema: { hide: true, querystring: allowanceQuery, response: { 200: meritAllowance } } },
    async ({ actor, query: { staff, on } }) => await allowanceFor(deps, actor, { staff, on, bonusInForce }),
  );
  proofRoutes(http, deps);
  decisionRoutes(http, deps);
}

function proofRoutes(http: Http, deps: Deps): void {
  const answer = { hide: true, params, response: { 200: meritFiles } } as const;
  http.get(
    '/admin/api/merits/:id/files',
    { config: read, schema: answer },
    async ({ actor, params: { id } }) => await proofList(deps, actor, id),
  );
  http.post('/admin/api/merits/:id/files', { config: claim, schema: answer }, async (request) => {
    const { actor, params: wanted } = request;
    await addProof(deps, actor, { id: wanted.id, ...(await incomingFile(request)) });
    return await proofList(deps, actor, wanted.id);
  });
  http.get(
    '/admin/api/merits/:id/files/:fileId',
    { config: read, compress: false, schema: { hide: true, params: meritFileParams } },
    async ({ actor, params: wanted }, reply) => sendFile(reply, await readProof(deps, actor, wanted)),
  );
}

function decisionRoutes(http: Http, deps: Deps): void {
  const done = { hide: true, params, response: { 204: z.void() } } as const;
  http.post(
    '/admin/api/merits/:id/opinion',
    { config: { access: { permission: 'merit.opinion' } }, schema: { ...done, body: meritOpinion } },
    async ({ actor, params: { id }, body: opinion }, reply) => {
      await giveMeritOpinion(deps, actor, { id, opinion });
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/merits/:id/decision',
    { config: { access: { permission: 'merit.confirm' } }, schema: { ...done, body: meritDecision } },
    async ({ actor, params: { id }, body: decision }, reply) => {
      await decideMerit(deps, actor, { id, decision });
      return reply.code(204).send();
    },
  );
  http.get(
    '/admin/api/merit-notices',
    { config: read, schema: { hide: true, querystring: noticeQuery, response: { 200: meritNotice } } },
    async ({ actor, query: { month } }) => await meritNoticeOf(deps, actor, month),
  );
  http.post(
    '/admin/api/merit-notices',
    {
      config: { access: { permission: 'merit.publish' } },
      schema: { hide: true, body: meritPublish, response: { 200: meritPublished } },
    },
    async ({ actor, body: { month } }) => await publishMonth(deps, actor, month),
  );
}
