import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { meritDecision, meritPage, meritParams, meritQuery } from './contract.ts';
import { decideMerit, meritPageFor } from './desk-actions.ts';

/** Merits that wait for a second person, and those decided on. */
export function meritRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'merit.confirm' } } as const;
  http.get(
    '/admin/api/merits',
    { config, schema: { hide: true, querystring: meritQuery, response: { 200: meritPage } } },
    async ({ actor, query }) => await meritPageFor(deps, actor, query),
  );
  http.post(
    '/admin/api/merits/:id/decision',
    { config, schema: { hide: true, params: meritParams, body: meritDecision, response: { 204: z.void() } } },
    async ({ actor, params: { id }, body: decision }, reply) => {
      await decideMerit(deps, actor, { id, decision });
      return reply.code(204).send();
    },
  );
}
