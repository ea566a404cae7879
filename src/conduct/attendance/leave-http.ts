import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { idParams } from './clock-contract.ts';
import {
  askForLeave,
  colleaguesOf,
  decideLeave,
  leavePageFor,
  leaveTable,
  withdrawLeave,
} from './leave-actions.ts';
import {
  colleagueList,
  leaveDecision,
  leaveForm,
  leavePage,
  leaveQuery,
  leaveWithdrawal,
} from './leave-contract.ts';

/** Leave and business trips. A chief representative decides too: the action tells who may. */
export function leaveRoutes(http: Http, deps: Deps): void {
  const config = { access: 'signed-in' } as const;
  http.get(
    '/admin/api/leaves',
    { config, schema: { hide: true, querystring: leaveQuery, response: { 200: leavePage } } },
    async ({ actor, query }, reply) => {
      const { format, lang: _, ...rest } = query;
      if (format === 'json') return await leavePageFor(deps, actor, rest);
      return await sendTable(reply, 'leaves', format, await leaveTable(deps, actor, query));
    },
  );
  http.get(
    '/admin/api/leaves/colleagues',
    { config, schema: { hide: true, response: { 200: colleagueList } } },
    async ({ actor }) => await colleaguesOf(deps, actor),
  );
  http.post(
    '/admin/api/leaves',
    { config, schema: { hide: true, body: leaveForm, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => {
      await askForLeave(deps, actor, body);
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/leaves/:id/decision',
    { config, schema: { hide: true, params: idParams, body: leaveDecision, response: { 204: z.void() } } },
    async ({ actor, params: { id }, body: decision }, reply) => {
      await decideLeave(deps, actor, { id, decision });
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/leaves/:id/withdraw',
    { config, schema: { hide: true, params: idParams, body: leaveWithdrawal, response: { 204: z.void() } } },
    async ({ actor, params: { id }, body: { reason } }, reply) => {
      await withdrawLeave(deps, actor, { id, reason });
      return reply.code(204).send();
    },
  );
}
