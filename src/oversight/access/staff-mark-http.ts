import type { FastifyReply, FastifyRequest } from 'fastify';
import { equalBytes } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { cookieName, isSecure } from './gate-http.ts';

/**
 * Marks the browser of a member of staff for the citizens' pages, which never see the session's cookie:
 * whoever works here doesn't rate from here. It names the account and the session's end, opens nothing, and
 * goes when the person signs out.
 */
export function giveStaffMark(deps: Deps, reply: FastifyReply, of: { userId: string; until: Date }): void {
  const said = `${of.userId}.${Math.floor(of.until.getTime() / 1000).toString(36)}`;
  reply.setCookie(cookieName(deps, 'staff'), `${said}.${macOf(deps, said)}`, {
    ...optionsOf(deps),
    expires: of.until,
  });
}

export function takeStaffMark(deps: Deps, reply: FastifyReply): void {
  reply.clearCookie(cookieName(deps, 'staff'), optionsOf(deps));
}

/** Whether the request comes from a browser that is signed in as staff. */
export function isStaffBrowser(deps: Deps, request: FastifyRequest): boolean {
  const mark = request.cookies[cookieName(deps, 'staff')] ?? '';
  const [, said = '', until = '', mac = ''] =
    /^([0-9a-f-]{36}\.([0-9a-z]{1,9}))\.([\w-]{22})$/.exec(mark) ?? [];
  if (said === '' || Number.parseInt(until, 36) * 1000 <= deps.clock.now().getTime()) return false;
  return equalBytes(Buffer.from(mac), Buffer.from(macOf(deps, said)));
}

function macOf({ keys }: Deps, said: string): string {
  return keys.hash('staff-mark', said).subarray(0, 16).toString('base64url');
}

function optionsOf({ config }: Deps) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(config) } as const;
}
