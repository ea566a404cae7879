import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import {
  createDevice,
  devicePageFor,
  issueCode,
  issueCredential,
  pair,
  revokeDevice,
  updateDevice,
} from './actions.ts';
import {
  deviceChange,
  devicePage,
  deviceQuery,
  deviceRevocation,
  deviceView,
  issuedCredential,
  newDevice,
  paired,
  pairing,
  pairingCode,
} from './contract.ts';
import { keepCredential } from './gate-http.ts';

const params = z.object({ id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) });
const write = { access: { permission: 'registry.write' } };

/** Devices in the office, and the door through which a tablet is paired. */
export function deviceRoutes(http: Http, deps: Deps): void {
  http.post(
    '/kiosk/api/pair',
    {
      config: { access: 'public' },
      schema: { hide: true, body: pairing, response: { 200: paired } },
    },
    async (request, reply) => {
      const { credential, device } = await pair(deps, request.body.code);
      keepCredential(deps, reply, credential);
      return { deviceId: device.deviceId, windowCode: device.windowCode };
    },
  );

  http.get(
    '/admin/api/registry/devices',
    {
      config: { access: { permission: 'registry.read' } },
      schema: { hide: true, querystring: deviceQuery, response: { 200: devicePage } },
    },
    async (request) => await devicePageFor(deps, request.actor, request.query),
  );
  http.post(
    '/admin/api/registry/devices',
    { config: write, schema: { hide: true, body: newDevice, response: { 201: deviceView } } },
    async (request, reply) => reply.code(201).send(await createDevice(deps, request.actor, request.body)),
  );
  stepRoutes(http, deps);
}

function stepRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/registry/devices/:id',
    { config: write, schema: { hide: true, params, body: deviceChange, response: { 200: deviceView } } },
    async (request) => await updateDevice(deps, request.actor, request.params.id, request.body),
  );
  http.post(
    '/admin/api/registry/devices/:id/code',
    { config: write, schema: { hide: true, params, response: { 200: pairingCode } } },
    async (request) => await issueCode(deps, request.actor, request.params.id),
  );
  http.post(
    '/admin/api/registry/devices/:id/credential',
    { config: write, schema: { hide: true, params, response: { 200: issuedCredential } } },
    async (request) => await issueCredential(deps, request.actor, request.params.id),
  );
  http.post(
    '/admin/api/registry/devices/:id/revoke',
    { config: write, schema: { hide: true, params, body: deviceRevocation, response: { 200: deviceView } } },
    async (request) => await revokeDevice(deps, request.actor, request.params.id, request.body.reason),
  );
}
