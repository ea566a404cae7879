import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { orderParams } from '../work-order/index.ts';
import { rectificationView, reviewForm } from './contract.ts';
import { readRectification, reviewRating } from './review-actions.ts';

const params = orderParams;

/** What becomes of a bad rating within its order, for the office. */
export function rectificationRoutes(http: Http, deps: Deps): void {
  const response = { 200: rectificationView };
  http.get(
    '/admin/api/work-orders/:id/rectification',
    { config: { access: { permission: 'order.read' } }, schema: { hide: true, params, response } },
    async ({ actor, params: { id } }) => await readRectification(deps, actor, id),
  );
  http.post(
    '/admin/api/work-orders/:id/review',
    {
      config: { access: { permission: 'exclusion.propose' } },
      schema: { hide: true, params, body: reviewForm, response },
    },
    async ({ actor, params: { id }, body }) => {
      await reviewRating(deps, actor, id, body);
      return await readRectification(deps, actor, id);
    },
  );
}
