import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import {
  apiKeyListSchema,
  apiKeySchema,
  createApiKeySchema,
  createdApiKeySchema,
  idParams,
  reasonSchema,
} from './contract.ts';
import { createApiKey, revokeApiKey, searchApiKeys } from './key-actions.ts';

const config = { access: { permission: 'key.manage' } };

/** Keys of other systems: list, create, revoke. */
export function keyRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/keys',
    {
      config,
      schema: { hide: true, response: { 200: apiKeyListSchema } },
    },
    async (request) => ({ items: await searchApiKeys(deps, request.actor) }),
  );

  http.post(
    '/admin/api/keys',
    {
      config,
      schema: { hide: true, body: createApiKeySchema, response: { 201: createdApiKeySchema } },
    },
    async (request, reply) => reply.code(201).send(await createApiKey(deps, request.actor, request.body)),
  );

  http.post(
    '/admin/api/keys/:id/revoke',
    {
      config,
      schema: { hide: true, params: idParams, body: reasonSchema, response: { 200: apiKeySchema } },
    },
    async (request) => revokeApiKey(deps, request.actor, request.params.id, request.body?.reason),
  );
}
