import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import {
  appealFileParamsSchema,
  appealPageSchema,
  appealParamsSchema,
  appealQuerySchema,
  appealSchema,
  candidatesSchema,
  decisionSchema,
  fileAnswerSchema,
  groupSchema,
  opinionSchema,
  voteSchema,
  withdrawalSchema,
} from './contract.ts';
import { decideAppeal } from './decision-actions.ts';
import { attachFile, readFile } from './file-actions.ts';
import { appealPage, readAppeal } from './reading-actions.ts';
import { appointGroup, castVote, giveOpinion, groupCandidates, withdraw } from './step-actions.ts';

const params = appealParamsSchema;
const answer = { hide: true, params, response: { 200: appealSchema } } as const;

/** Whoever is signed in sees the appeals that concern them; the actions tell people apart. */
export function appealRoutes(http: Http, deps: Deps): void {
  const signedIn = { access: 'signed-in' } as const;
  http.get(
    '/admin/api/appeals',
    {
      config: signedIn,
      schema: { hide: true, querystring: appealQuerySchema, response: { 200: appealPageSchema } },
    },
    async ({ actor, query }) => await appealPage(deps, actor, query),
  );
  http.get(
    '/admin/api/appeals/:id',
    { config: signedIn, schema: answer },
    async ({ actor, params: { id } }) => await readAppeal(deps, actor, id),
  );
  http.post(
    '/admin/api/appeals/:id/files',
    {
      config: signedIn,
      schema: { hide: true, params, response: { 200: fileAnswerSchema } },
    },
    async (request) => {
      const { actor, params: wanted } = request;
      return await attachFile(deps, actor, wanted.id, await incomingFile(request));
    },
  );
  http.get(
    '/admin/api/appeals/:id/files/:fileId',
    { config: signedIn, compress: false, schema: { hide: true, params: appealFileParamsSchema } },
    async ({ actor, params: { id, fileId } }, reply) =>
      sendFile(reply, await readFile(deps, actor, { appealId: id, fileId })),
  );
  stepRoutes(http, deps);
}

/** The steps of an appeal; each answers how it stands afterwards. */
function stepRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/appeals/:id/opinion',
    {
      config: { access: { permission: 'appeal.opinion' } },
      schema: { ...answer, body: opinionSchema },
    },
    async ({ actor, params: { id }, body }) => {
      await giveOpinion(deps, actor, id, body);
      return await readAppeal(deps, actor, id);
    },
  );
  http.get(
    '/admin/api/appeals/:id/candidates',
    {
      config: { access: { permission: 'appeal.appoint' } },
      schema: { hide: true, params, response: { 200: candidatesSchema } },
    },
    async ({ actor, params: { id } }) => await groupCandidates(deps, actor, id),
  );
  http.post(
    '/admin/api/appeals/:id/group',
    { config: { access: { permission: 'appeal.appoint' } }, schema: { ...answer, body: groupSchema } },
    async ({ actor, params: { id }, body }) => {
      await appointGroup(deps, actor, id, body);
      return await readAppeal(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/appeals/:id/vote',
    { config: { access: { permission: 'appeal.review' } }, schema: { ...answer, body: voteSchema } },
    async ({ actor, params: { id }, body }) => {
      await castVote(deps, actor, id, body);
      return await readAppeal(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/appeals/:id/decision',
    { config: { access: { permission: 'appeal.review' } }, schema: { ...answer, body: decisionSchema } },
    async ({ actor, params: { id }, body }) => {
      await decideAppeal(deps, actor, id, body);
      return await readAppeal(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/appeals/:id/withdraw',
    { config: { access: { permission: 'appeal.file' } }, schema: { ...answer, body: withdrawalSchema } },
    async ({ actor, params: { id }, body }) => {
      await withdraw(deps, actor, id, body);
      return await readAppeal(deps, actor, id);
    },
  );
}
