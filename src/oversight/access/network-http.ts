import type { FastifyRequest } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { addNetwork, removeNetwork, searchNetworks } from './network-actions.ts';
import { newNetwork, officeNetworkList, removedNetwork } from './network-contract.ts';

const config = { access: { permission: 'network.manage' } };

/** The hall's office networks: list, add, remove; each answers the list as it stands. */
export function networkRoutes(http: Http, deps: Deps): void {
  const listFor = async ({ actor, ip }: FastifyRequest) => ({
    items: await searchNetworks(deps, actor),
    yours: ip,
  });
  const schema = { hide: true, response: { 200: officeNetworkList } } as const;
  http.get('/admin/api/office-networks', { config, schema }, async (request) => await listFor(request));
  http.post(
    '/admin/api/office-networks',
    { config, schema: { ...schema, body: newNetwork } },
    async (request) => {
      await addNetwork(deps, request.actor, request.body);
      return await listFor(request as FastifyRequest);
    },
  );
  http.post(
    '/admin/api/office-networks/remove',
    { config, schema: { ...schema, body: removedNetwork } },
    async (request) => {
      await removeNetwork(deps, request.actor, request.body.network);
      return await listFor(request as FastifyRequest);
    },
  );
}
