import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { deviceFrom, deviceSeen, keepCredential, sentCredential } from '../../registry/device/index.ts';
import { kioskQuery, kioskState } from './kiosk-contract.ts';

/** What the tablet at a window asks of the server. */
export function kioskRoutes(http: Http, deps: Deps): void {
  http.get(
    '/kiosk/api/state',
    {
      config: { access: 'public' },
      schema: { hide: true, querystring: kioskQuery, response: { 200: kioskState } },
    },
    async (request, reply) => {
      const device = await deviceFrom(deps, request);
      await deviceSeen(deps, device, request.query.waiting);
      keepCredential(deps, reply, sentCredential(deps, request));
      return { device: { name: device.name, windowCode: device.windowCode } };
    },
  );
}
