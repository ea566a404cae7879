import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { paySheet, payTable } from './actions.ts';
import { payListSchema, payQuerySchema } from './contract.ts';

export function payRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/pay',
    {
      config: { access: { permission: 'score.read' } },
      schema: { hide: true, querystring: payQuerySchema, response: { 200: payListSchema } },
    },
    async ({ query: { month, format }, actor, lang }, reply) => {
      if (format === 'json') return await paySheet(deps, actor, month, lang);
      return await sendTable(reply, `pay-${month}`, format, await payTable(deps, actor, month, lang));
    },
  );
}
