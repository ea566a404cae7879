import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { tryDraft, tryDraftTable } from './what-if-actions.ts';
import { whatIfParamsSchema, whatIfQuerySchema, whatIfSchema } from './what-if-contract.ts';

/** Who may read a draft may try it; the action tells them apart. */
export function whatIfRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/scheme/drafts/:id/what-if',
    {
      config: { access: 'signed-in' },
      schema: {
        hide: true,
        params: whatIfParamsSchema,
        querystring: whatIfQuerySchema,
        response: { 200: whatIfSchema },
      },
    },
    async ({ params, query, actor, lang }, reply) => {
      if (query.format === 'json') return await tryDraft(deps, actor, params.id, query);
      const table = await tryDraftTable(deps, actor, params.id, query, lang);
      return await sendTable(reply, `what-if-${query.month}`, query.format, table);
    },
  );
}
