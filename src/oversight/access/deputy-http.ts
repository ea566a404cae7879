import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { deputiesOf, nameDeputy, takeBackDeputy } from './deputy-actions.ts';
import { deputyForm, deputyList, deputyParams } from './deputy-contract.ts';

/** Who stands in for whom: named by oneself or the office, seen by both. */
export function deputyRoutes(http: Http, deps: Deps): void {
  const config = { access: 'signed-in' as const };
  const response = { 200: deputyList };
  http.get('/admin/api/deputies', { config, schema: { hide: true, response } }, async ({ actor }) =>
    deputiesOf(deps, actor),
  );
  http.post(
    '/admin/api/deputies',
    { config, schema: { hide: true, body: deputyForm, response } },
    async ({ actor, body }) => {
      await nameDeputy(deps, actor, body);
      return await deputiesOf(deps, actor);
    },
  );
  http.post(
    '/admin/api/deputies/:id/end',
    { config, schema: { hide: true, params: deputyParams, response } },
    async ({ actor, params: { id } }) => {
      await takeBackDeputy(deps, actor, id);
      return await deputiesOf(deps, actor);
    },
  );
}
