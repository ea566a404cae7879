import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { itemPageFor, itemTable } from './actions.ts';
import { itemPage, itemQuery } from './contract.ts';

export function itemRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/registry/items',
    {
      config: { access: { permission: 'registry.read' } },
      schema: { hide: true, querystring: itemQuery, response: { 200: itemPage } },
    },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await itemPageFor(deps, actor, query);
      return await sendTable(reply, 'items', query.format, await itemTable(deps, actor, query));
    },
  );
}
