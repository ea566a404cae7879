import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { staffDetailFor, staffPageFor, staffTable } from './actions.ts';
import { postingPage, postingQuery, staffDetail, staffPage, staffQuery } from './contract.ts';
import { postingPageFor, postingTable } from './posting-actions.ts';

const config = { access: { permission: 'registry.read' } };

export function staffRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/registry/staff',
    { config, schema: { hide: true, querystring: staffQuery, response: { 200: staffPage } } },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await staffPageFor(deps, actor, query);
      return await sendTable(reply, 'staff', query.format, await staffTable(deps, actor, query));
    },
  );

  http.get(
    '/admin/api/registry/staff/:staffNo',
    {
      config,
      schema: {
        hide: true,
        params: z.object({ staffNo: z.string().max(32) }),
        response: { 200: staffDetail },
      },
    },
    async (request) => await staffDetailFor(deps, request.actor, request.params.staffNo),
  );

  http.get(
    '/admin/api/registry/postings',
    { config, schema: { hide: true, querystring: postingQuery, response: { 200: postingPage } } },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await postingPageFor(deps, actor, query);
      return await sendTable(reply, 'postings', query.format, await postingTable(deps, actor, query));
    },
  );
}
