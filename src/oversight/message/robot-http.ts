import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { deliveriesOf, removeRobot, retryDelivery, robotsOf, saveRobot, testRobot } from './robot-actions.ts';
import {
  deliveryPage,
  deliveryQuery,
  robotForm,
  robotList,
  robotParams,
  robotTested,
} from './robot-contract.ts';

const config = { access: { permission: 'robot.manage' } } as const;

/** Group robots and what goes out; each change answers the list as it stands. */
export function robotRoutes(http: Http, deps: Deps): void {
  const listed = { hide: true, response: { 200: robotList } } as const;
  http.get('/admin/api/robots', { config, schema: listed }, async ({ actor }) => await robotsOf(deps, actor));
  http.post(
    '/admin/api/robots',
    { config, schema: { ...listed, body: robotForm } },
    async ({ actor, body }) => {
      await saveRobot(deps, actor, null, body);
      return await robotsOf(deps, actor);
    },
  );
  http.post(
    '/admin/api/robots/:id',
    { config, schema: { ...listed, params: robotParams, body: robotForm } },
    async ({ actor, params: { id }, body }) => {
      await saveRobot(deps, actor, id, body);
      return await robotsOf(deps, actor);
    },
  );
  http.post(
    '/admin/api/robots/:id/remove',
    { config, schema: { ...listed, params: robotParams } },
    async ({ actor, params: { id } }) => {
      await removeRobot(deps, actor, id);
      return await robotsOf(deps, actor);
    },
  );
  http.post(
    '/admin/api/robots/:id/test',
    { config, schema: { hide: true, params: robotParams, response: { 200: robotTested } } },
    async ({ actor, params: { id } }) => await testRobot(deps, actor, id),
  );
  http.get(
    '/admin/api/deliveries',
    { config, schema: { hide: true, querystring: deliveryQuery, response: { 200: deliveryPage } } },
    async ({ actor, query, lang }) => await deliveriesOf(deps, actor, query, lang),
  );
  http.post(
    '/admin/api/deliveries/:id/retry',
    { config, schema: { hide: true, params: robotParams, response: { 204: z.void() } } },
    async ({ actor, params: { id } }, reply) => {
      await retryDelivery(deps, actor, id);
      return reply.code(204).send();
    },
  );
}
