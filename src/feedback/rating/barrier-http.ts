import type { FastifyRequest } from 'fastify';
import { readToken } from '../../intake/invitation/index.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { isStaffBrowser, type OfficeNetworks } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { pairedDevice, sentCredential } from '../../registry/device/index.ts';

/** Keeps the hall's own browsers from rating by a link. */
export interface Barrier {
  /** @throws Refusal `rating.staff_browser`, `rating.office_network` */
  admit(request: FastifyRequest, cityCode: string): Promise<void>;
  /** The same for the city that a token names; one that is none is refused by whoever uses it. */
  admitToken(request: FastifyRequest, token: string): Promise<void>;
}

/**
 * Whoever is signed in as staff, and whatever stands in the hall's office network, neither opens nor uses a
 * rating link: the clerk at the window can't press the button. A paired tablet may, by its credential; a key
 * device opens no links, so its credential, which a person has copied, lifts nothing. No address is counted;
 * the list of networks is empty until the hall names its own computers.
 */
export function ratingBarrier(deps: Deps, networks: OfficeNetworks): Barrier {
  const reasonFor = async (request: FastifyRequest, cityCode: string): Promise<string | undefined> => {
    if (isStaffBrowser(deps, request)) return 'rating.staff_browser';
    return (await networks.holds(cityCode, request.ip)) ? 'rating.office_network' : undefined;
  };
  const admit = async (request: FastifyRequest, cityCode: string): Promise<void> => {
    const reason = await reasonFor(request, cityCode);
    if (reason === undefined) return;
    const device = await pairedDevice(deps, sentCredential(deps, request));
    if (device?.kind !== 'tablet' || device.cityCode !== cityCode) throw new Refusal(reason);
  };
  return {
    admit,
    async admitToken(request, token) {
      const invitation = readToken(deps.keys, token);
      if (invitation !== null) await admit(request, invitation.cityCode);
    },
  };
}
