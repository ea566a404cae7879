import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { optOutForm, smsStatesSchema } from './contract.ts';
import { smsStates, stopByOffice } from './sms-actions.ts';

/** How short messages fare, and who wants none. */
export function invitationRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/sms-invitations',
    {
      config: { access: { permission: 'system.read' } },
      schema: { hide: true, response: { 200: smsStatesSchema } },
    },
    async (request) => ({ adapter: deps.config.sms.adapter, items: await smsStates(deps, request.actor) }),
  );
  http.post(
    '/admin/api/sms-opt-outs',
    { config: { access: { permission: 'record.identity' } }, schema: { hide: true, body: optOutForm } },
    async (request, reply) => {
      await stopByOffice(deps, request.actor, request.body.phone);
      return reply.code(204).send();
    },
  );
}
