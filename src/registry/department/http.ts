import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { departmentPageFor, departmentTable } from './actions.ts';
import { departmentPage, departmentQuery } from './contract.ts';

export function departmentRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/registry/departments',
    {
      config: { access: { permission: 'registry.read' } },
      schema: { hide: true, querystring: departmentQuery, response: { 200: departmentPage } },
    },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await departmentPageFor(deps, actor, query);
      return await sendTable(reply, 'departments', query.format, await departmentTable(deps, actor, query));
    },
  );
}
