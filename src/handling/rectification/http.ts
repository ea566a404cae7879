import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { orderParams } from '../work-order/index.ts';
import { rectificationView, reviewForm } from './contract.ts';
import { ratesFor } from './rate-actions.ts';
import { rateLines, ratesQuery } from './rate-contract.ts';
import { readRectification, reviewRating } from './review-actions.ts';

const params = orderParams;

/** What becomes of a bad rating within its order, for the office. */
export function rectificationRoutes(http: Http, deps: Deps): void {
  const response = { 200: rectificationView };
  const read = { access: { permission: 'order.read' } } as const;
  http.get(
    '/api/v1/rectification-rates',
    {
      config: read,
      schema: {
        tags: ['voices'],
        summary: 'How bad ratings of a range of days were answered, called back and found mended',
        querystring: ratesQuery,
        response: { 200: rateLines },
      },
    },
    async ({ actor, query }) => await ratesFor(deps, actor, query),
  );
  http.get(
    '/admin/api/work-orders/rates',
    { config: read, schema: { hide: true, querystring: ratesQuery, response: { 200: rateLines } } },
    async ({ actor, query }) => await ratesFor(deps, actor, query),
  );
  http.get(
    '/admin/api/work-orders/:id/rectification',
    { config: read, schema: { hide: true, params, response } },
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
