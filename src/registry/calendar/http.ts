import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { calendarPageFor, calendarTable } from './actions.ts';
import { calendarPage, calendarQuery } from './contract.ts';

export function calendarRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/registry/calendar',
    {
      config: { access: { permission: 'registry.read' } },
      schema: { hide: true, querystring: calendarQuery, response: { 200: calendarPage } },
    },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await calendarPageFor(deps, query);
      return await sendTable(reply, 'calendar', query.format, await calendarTable(deps, actor, query));
    },
  );
}
