import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { owedBy } from './actions.ts';
import { dutyListSchema } from './contract.ts';

export function dutyRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/duties',
    { config: { access: 'signed-in' }, schema: { hide: true, response: { 200: dutyListSchema } } },
    async ({ actor }) => await owedBy(deps, actor),
  );
}
