import type { FastifyReply, FastifyRequest } from 'fastify';
import { assert } from '../../kernel/assert.ts';
import type { Deps } from '../../platform/deps.ts';
import { type PairedDevice, requireDevice } from './actions.ts';

/** Browsers keep no cookie for longer; every visit of the device puts the end off. */
const COOKIE_SECONDS = 400 * 24 * 3600;

/** The credential of a request: the tablet's cookie, or the header of a device that keeps none. */
export function sentCredential(deps: Deps, request: FastifyRequest): string {
  const header = request.headers['x-device-credential'];
  if (typeof header === 'string') return header;
  return request.cookies[cookieName(deps)] ?? '';
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The paired device that asks, on routes behind `deviceGate`. */
    device?: PairedDevice;
  }
}

/**
 * Lets paired devices through and nobody else: the `onRequest` of a device's routes, which runs before the
 * body is read. Refuses with `device.not_paired` or `device.revoked`.
 */
export function deviceGate(deps: Deps): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    request.device = await requireDevice(deps, sentCredential(deps, request));
  };
}

/** The device that asks, behind `deviceGate`. */
export function deviceOf({ device }: FastifyRequest): PairedDevice {
  assert(device !== undefined, 'the route stands behind the gate of devices');
  return device;
}

/** Leaves the credential with the tablet: out of reach of scripts and of other sites. */
export function keepCredential(deps: Deps, reply: FastifyReply, credential: string): void {
  reply.setCookie(cookieName(deps), credential, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(deps),
    maxAge: COOKIE_SECONDS,
  });
}

/** Instances side by side on one host share its cookies, so each has names of its own. */
function cookieName(deps: Deps): string {
  return `${isSecure(deps) ? '__Secure-' : ''}yiping_device_${deps.keys.fingerprint.slice(0, 8)}`;
}

function isSecure({ config }: Deps): boolean {
  return config.tls !== null || config.publicUrl.startsWith('https:');
}
