import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import { decideExclusion, proposeExclusion, withdrawExclusion } from './actions.ts';
import { appealExclusion } from './appeal-actions.ts';
import { exclusionAppeal } from './appeal-contract.ts';
import {
  exclusionDecision,
  exclusionFileParams,
  exclusionFileView,
  exclusionPage,
  exclusionParams,
  exclusionProposal,
  exclusionQuery,
  exclusionView,
  exclusionWithdrawal,
  ratingParams,
  unverifiedPage,
  unverifiedQuery,
  upheldAnswer,
  upheldForm,
} from './contract.ts';
import {
  attachEvidence,
  exclusionPageFor,
  readEvidence,
  readExclusion,
  unverifiedFor,
} from './reading-actions.ts';
import { upholdRating } from './verification-actions.ts';

const params = exclusionParams;
const read = { access: { permission: 'exclusion.read' } } as const;
const propose = { access: { permission: 'exclusion.propose' } } as const;
const decide = { access: { permission: 'exclusion.decide' } } as const;

/** The verification desk: what waits for a verdict, and what is proposed to be taken out. */
export function exclusionRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/unverified-ratings',
    { config: read, schema: { hide: true, querystring: unverifiedQuery, response: { 200: unverifiedPage } } },
    async ({ actor, query }) => await unverifiedFor(deps, actor, query),
  );
  http.post(
    '/admin/api/ratings/:stepId/:assessNumber/upheld',
    {
      config: propose,
      schema: { hide: true, params: ratingParams, body: upheldForm, response: { 200: upheldAnswer } },
    },
    async ({ actor, params: key, body }) => {
      await upholdRating(deps, actor, key, body);
      return { verdict: 'upheld' as const, attribution: body.attribution ?? null };
    },
  );
  http.get(
    '/admin/api/exclusions',
    { config: read, schema: { hide: true, querystring: exclusionQuery, response: { 200: exclusionPage } } },
    async ({ actor, query }) => await exclusionPageFor(deps, actor, query),
  );
  http.get(
    '/admin/api/exclusions/:id',
    { config: read, schema: { hide: true, params, response: { 200: exclusionView } } },
    async ({ actor, params: { id } }) => await readExclusion(deps, actor, id),
  );
  stepRoutes(http, deps);
  http.post(
    '/admin/api/exclusions/:id/files',
    { config: propose, schema: { hide: true, params, response: { 200: exclusionFileView } } },
    async (request) => {
      const { actor, params: wanted } = request;
      return await attachEvidence(deps, actor, wanted.id, await incomingFile(request));
    },
  );
  http.get(
    '/admin/api/exclusions/:id/files/:fileId',
    { config: read, compress: false, schema: { hide: true, params: exclusionFileParams } },
    async ({ actor, params: wanted }, reply) => sendFile(reply, await readEvidence(deps, actor, wanted)),
  );
}

/** The steps of a proposal; each answers how it stands afterwards. */
function stepRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/exclusions',
    { config: propose, schema: { hide: true, body: exclusionProposal, response: { 201: exclusionView } } },
    async ({ actor, body }, reply) => {
      const id = await proposeExclusion(deps, actor, body);
      return reply.code(201).send(await readExclusion(deps, actor, id));
    },
  );
  http.post(
    '/admin/api/exclusions/:id/decision',
    {
      config: decide,
      schema: { hide: true, params, body: exclusionDecision, response: { 200: exclusionView } },
    },
    async ({ actor, params: { id }, body }) => {
      await decideExclusion(deps, actor, id, body);
      return await readExclusion(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/exclusions/:id/appeal',
    {
      config: propose,
      schema: { hide: true, params, body: exclusionAppeal, response: { 200: exclusionView } },
    },
    async ({ actor, params: { id }, body: { note } }) => {
      await appealExclusion(deps, actor, id, note);
      return await readExclusion(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/exclusions/:id/withdraw',
    {
      config: propose,
      schema: { hide: true, params, body: exclusionWithdrawal, response: { 200: exclusionView } },
    },
    async ({ actor, params: { id }, body: { note } }) => {
      await withdrawExclusion(deps, actor, id, note);
      return await readExclusion(deps, actor, id);
    },
  );
}
