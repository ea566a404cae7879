import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { askCheck, listSeals, sealStateOf } from './check-actions.ts';
import { sealPage, sealState, sealsQuery } from './contract.ts';
import { sealPages } from './pages.ts';

/** The auditor's screen, the citizens' proofs and what is published. */
export function sealRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'audit.read' as const } };
  http.get(
    '/admin/api/seals',
    { config, schema: { hide: true, querystring: sealsQuery, response: { 200: sealPage } } },
    async ({ query, actor }) => await listSeals(deps, actor, query),
  );
  http.get(
    '/admin/api/seals/state',
    { config, schema: { hide: true, response: { 200: sealState } } },
    async ({ actor }) => await sealStateOf(deps, actor),
  );
  http.post(
    '/admin/api/seals/checks',
    { config, schema: { hide: true, response: { 202: z.object({ id: z.string() }) } } },
    async ({ actor }, reply) => reply.code(202).send(await askCheck(deps, actor)),
  );
  sealPages(http, deps);
}
