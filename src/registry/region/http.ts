import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { regionPageFor, regionTable } from './actions.ts';
import { regionPage, regionQuery } from './contract.ts';

export function regionRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/registry/regions',
    {
      config: { access: { permission: 'registry.read' } },
      schema: { hide: true, querystring: regionQuery, response: { 200: regionPage } },
    },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await regionPageFor(deps, actor, query);
      return await sendTable(reply, 'regions', query.format, await regionTable(deps, actor, query));
    },
  );
}
