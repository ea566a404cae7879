import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { windowPageFor, windowTable } from './actions.ts';
import { windowPage, windowQuery } from './contract.ts';

export function windowRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/registry/windows',
    {
      config: { access: { permission: 'registry.read' } },
      schema: { hide: true, querystring: windowQuery, response: { 200: windowPage } },
    },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await windowPageFor(deps, actor, query);
      return await sendTable(reply, 'windows', query.format, await windowTable(deps, actor, query));
    },
  );
}
