import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { addOrigin, removeOrigin, searchOrigins } from './origin-actions.ts';
import { embedOriginList, newOrigin, removedOrigin } from './origin-contract.ts';

const config = { access: { permission: 'origin.manage' } };

/** Sites that may frame rating pages: list, add, remove; each answers the list as it stands. */
export function originRoutes(http: Http, deps: Deps): void {
  const schema = { hide: true, response: { 200: embedOriginList } } as const;
  http.get('/admin/api/embed-origins', { config, schema }, async ({ actor }) => ({
    items: await searchOrigins(deps, actor),
  }));
  http.post(
    '/admin/api/embed-origins',
    { config, schema: { ...schema, body: newOrigin } },
    async (request) => {
      await addOrigin(deps, request.actor, request.body);
      return { items: await searchOrigins(deps, request.actor) };
    },
  );
  http.post(
    '/admin/api/embed-origins/remove',
    { config, schema: { ...schema, body: removedOrigin } },
    async (request) => {
      await removeOrigin(deps, request.actor, request.body);
      return { items: await searchOrigins(deps, request.actor) };
    },
  );
}
