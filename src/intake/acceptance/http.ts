import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { type OnAccepted, receiveCase, supplementCase, withdrawCase } from './actions.ts';
import {
  applicationForm,
  applicationList,
  applicationQuery,
  applicationView,
  caseParams,
  deskList,
  langQuery,
  paperList,
  paperQuery,
  slipParams,
  supplementForm,
  withdrawForm,
} from './contract.ts';
import { ownDesks } from './desk-actions.ts';
import { caseFor, casesFor, papersFor } from './list-actions.ts';
import { slipOf } from './slip-actions.ts';
import { SLIP_POLICY, slipPage } from './slip-pages.ts';

/** Cases at the counter: taken in, supplemented, taken back, and the slips that go with it. */
export function acceptanceRoutes(http: Http, deps: Deps, onAccepted: OnAccepted): void {
  const config = { access: { permission: 'case.accept' as const } };
  const answer = { response: { 200: applicationView } };
  http.get(
    '/admin/api/applications',
    { config, schema: { hide: true, querystring: applicationQuery, response: { 200: applicationList } } },
    async ({ actor, query }) => ({ items: await casesFor(deps, actor, query) }),
  );
  http.get(
    '/admin/api/applications/windows',
    { config, schema: { hide: true, response: { 200: deskList } } },
    async ({ actor }) => ({ items: await ownDesks(deps, actor) }),
  );
  http.get(
    '/admin/api/applications/papers',
    { config, schema: { hide: true, querystring: paperQuery, response: { 200: paperList } } },
    async ({ actor, query }) => await papersFor(deps, actor, query),
  );
  http.post(
    '/admin/api/applications',
    { config, schema: { hide: true, body: applicationForm, response: { 201: applicationView } } },
    async ({ actor, body }, reply) => reply.code(201).send(await receiveCase(deps, actor, body, onAccepted)),
  );
  http.get(
    '/admin/api/applications/:projectNo',
    { config, schema: { hide: true, params: caseParams, ...answer } },
    async ({ actor, params }) => await caseFor(deps, actor, params.projectNo),
  );
  http.post(
    '/admin/api/applications/:projectNo/supplement',
    { config, schema: { hide: true, params: caseParams, body: supplementForm, ...answer } },
    async ({ actor, params, body }) =>
      await supplementCase(deps, actor, { projectNo: params.projectNo, form: body, onAccepted }),
  );
  http.post(
    '/admin/api/applications/:projectNo/withdraw',
    { config, schema: { hide: true, params: caseParams, body: withdrawForm, ...answer } },
    async ({ actor, params, body }) => await withdrawCase(deps, actor, params.projectNo, body),
  );
  http.get(
    '/admin/api/applications/:projectNo/slips/:number',
    { config, schema: { hide: true, params: slipParams, querystring: langQuery } },
    async ({ actor, params, lang }, reply) =>
      reply
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', SLIP_POLICY)
        .type('text/html; charset=utf-8')
        .send((await slipPage(await slipOf(deps, actor, params), lang)).text),
  );
}
