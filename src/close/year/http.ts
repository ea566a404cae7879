import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { yearOfSubject, yearPage, yearTable } from './actions.ts';
import {
  ownYearParamsSchema,
  ownYearSchema,
  yearPageSchema,
  yearParamsSchema,
  yearQuerySchema,
} from './contract.ts';

export function yearRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/years/:year',
    {
      config: { access: { permission: 'score.read' } },
      schema: {
        hide: true,
        params: yearParamsSchema,
        querystring: yearQuerySchema,
        response: { 200: yearPageSchema },
      },
    },
    async ({ params: { year }, query, actor }, reply) => {
      if (query.format === 'json') return await yearPage(deps, actor, year, query);
      const table = await yearTable(deps, actor, year, query);
      return await sendTable(reply, `year-${year}-${query.subject}`, query.format, table);
    },
  );
  http.get(
    '/admin/api/years/:year/:kind/:code',
    {
      // Whoever may read all scores or only the own one; the action tells them apart.
      config: { access: 'signed-in' },
      schema: { hide: true, params: ownYearParamsSchema, response: { 200: ownYearSchema } },
    },
    async ({ params: { year, kind, code }, actor }) =>
      await yearOfSubject(deps, actor, { year, subject: { kind, code } }),
  );
}
