import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { spreadFor } from './spread-actions.ts';
import { spreadParamsSchema, spreadSchema } from './spread-contract.ts';

export function spreadRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/months/:month/spread/:staffNo',
    {
      // Whoever may read all scores or only the own one; the action tells them apart.
      config: { access: 'signed-in' },
      schema: { hide: true, params: spreadParamsSchema, response: { 200: spreadSchema } },
    },
    async ({ params, actor }) => await spreadFor(deps, actor, params),
  );
}
