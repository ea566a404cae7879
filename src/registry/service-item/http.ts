import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { itemPageFor, itemTable } from './actions.ts';
import { foundItems, itemPage, itemQuery, soughtItem, tableQuery } from './contract.ts';
import { itemsFoundAt } from './search-actions.ts';
import { materialTable, stepTable } from './working-actions.ts';

export function itemRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'registry.read' as const } };
  http.get(
    '/admin/api/registry/items',
    { config, schema: { hide: true, querystring: itemQuery, response: { 200: itemPage } } },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await itemPageFor(deps, actor, query);
      return await sendTable(reply, 'items', query.format, await itemTable(deps, actor, query));
    },
  );
  http.get(
    '/admin/api/registry/items/found',
    {
      config: { access: { permission: 'case.accept' } },
      schema: { hide: true, querystring: soughtItem, response: { 200: foundItems } },
    },
    async ({ actor, query }) => ({ items: await itemsFoundAt(deps, actor, query) }),
  );
  http.get(
    '/admin/api/registry/materials',
    { config, schema: { hide: true, querystring: tableQuery } },
    async ({ actor, query }, reply) =>
      await sendTable(reply, 'materials', query.format, await materialTable(deps, actor)),
  );
  http.get(
    '/admin/api/registry/item-steps',
    { config, schema: { hide: true, querystring: tableQuery } },
    async ({ actor, query }, reply) =>
      await sendTable(reply, 'item-steps', query.format, await stepTable(deps, actor)),
  );
}
