import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { readDocument } from './actions.ts';
import { schemeDocumentSchema, schemeQuerySchema } from './contract.ts';

export function schemeRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/scheme',
    {
      config: { access: { permission: 'scheme.read' } },
      schema: { hide: true, querystring: schemeQuerySchema, response: { 200: schemeDocumentSchema } },
    },
    async ({ query, actor, lang }) => await readDocument(deps, actor, { on: query.on, lang }),
  );
}
