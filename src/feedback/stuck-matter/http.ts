import { z } from 'zod';
import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { ownSaidNo, reportSaidNo, saidNoFor, saidNoTable } from './actions.ts';
import { ownSaidNoQuery, saidNoForm, saidNoPage, saidNoQuery } from './contract.ts';

/** The register of every no that was said at a window. */
export function saidNoRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/refusals',
    {
      config: { access: { permission: 'refusal.read' } },
      schema: { hide: true, querystring: saidNoQuery, response: { 200: saidNoPage } },
    },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await saidNoFor(deps, request.actor, query);
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'refusals', format, await saidNoTable(deps, request.actor));
    },
  );
  http.get(
    '/admin/api/refusals/own',
    {
      config: { access: { permission: 'refusal.write' } },
      schema: { hide: true, querystring: ownSaidNoQuery, response: { 200: saidNoPage } },
    },
    async ({ actor, query: { lang: _, ...query } }) => await ownSaidNo(deps, actor, query),
  );
  http.post(
    '/admin/api/refusals',
    {
      config: { access: { permission: 'refusal.write' } },
      schema: { hide: true, body: saidNoForm, response: { 204: z.void() } },
    },
    async ({ actor, body }, reply) => {
      await reportSaidNo(deps, actor, body);
      return reply.code(204).send();
    },
  );
}
