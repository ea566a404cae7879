import { z } from 'zod';
import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { duties, dutyTable, keepDuty, stationingCoverage } from './actions.ts';
import { coverage, coverageQuery, dutyForm, dutyPage, stationingQuery } from './contract.ts';

/** What must be in the hall, compared with what is, and coverage by level. */
export function stationingRoutes(http: Http, deps: Deps): void {
  const read = { access: { permission: 'stationing.read' } } as const;
  http.get(
    '/admin/api/stationing',
    { config: read, schema: { hide: true, querystring: stationingQuery, response: { 200: dutyPage } } },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await duties(deps, request.actor, query);
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'stationing', format, await dutyTable(deps, request.actor, query));
    },
  );
  http.post(
    '/admin/api/stationing',
    {
      config: { access: { permission: 'stationing.write' } },
      schema: { hide: true, body: dutyForm, response: { 204: z.void() } },
    },
    async ({ actor, body }, reply) => {
      await keepDuty(deps, actor, body);
      return reply.code(204).send();
    },
  );
  http.get(
    '/admin/api/stationing/coverage',
    { config: read, schema: { hide: true, querystring: coverageQuery, response: { 200: coverage } } },
    async ({ actor, query: { on } }) => await stationingCoverage(deps, actor, on),
  );
}
