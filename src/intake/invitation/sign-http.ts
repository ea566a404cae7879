import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { issueSigns, replaceSigns, revokeSigns, signs, signsToPrint } from './sign-actions.ts';
import { signAnswer, signEnding, signIssue, signPage, signPrintQuery, signQuery } from './sign-contract.ts';
import { SIGN_POLICY, signSheets } from './sign-pages.ts';

/** Signs at windows: made, replaced, revoked, and printed many at once. */
export function signRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'sign.manage' } } as const;
  const answer = { response: { 200: signAnswer } };
  http.get(
    '/admin/api/signs',
    { config, schema: { hide: true, querystring: signQuery, response: { 200: signPage } } },
    async ({ actor, query }) => await signs(deps, actor, query),
  );
  http.post(
    '/admin/api/signs',
    { config, schema: { hide: true, body: signIssue, ...answer } },
    async ({ actor, body }) => await issueSigns(deps, actor, body),
  );
  http.post(
    '/admin/api/signs/replace',
    { config, schema: { hide: true, body: signEnding, ...answer } },
    async ({ actor, body }) => await replaceSigns(deps, actor, body),
  );
  http.post(
    '/admin/api/signs/revoke',
    { config, schema: { hide: true, body: signEnding, ...answer } },
    async ({ actor, body }) => await revokeSigns(deps, actor, body),
  );
  http.get(
    '/admin/api/signs/print',
    { config, schema: { hide: true, querystring: signPrintQuery } },
    async ({ actor, query, lang }, reply) => {
      const printed = await signsToPrint(deps, actor, query);
      return reply
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', SIGN_POLICY)
        .type('text/html; charset=utf-8')
        .send((await signSheets(printed, { size: query.size, lang })).text);
    },
  );
}
