import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/refusal.ts';
import type { Config } from '../../platform/config.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Access } from '../../platform/http.ts';
import { type Actor, publicActor } from './actor.ts';
import { actingFor } from './deputy-actions.ts';
import { ON_BEHALF } from './deputy-contract.ts';
import { keyring } from './key-actions.ts';
import { type Origin, type PendingStep, resolveSession, type SignedIn } from './session-actions.ts';
import './refusals.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before a route runs. */
    actor: Actor;
    /** The open session, on routes that need one. */
    signedIn?: SignedIn;
  }
  interface FastifyContextConfig {
    /** Steps that need not be done before this route answers. */
    passes?: readonly PendingStep[];
    /** The page asks by itself, again and again: that is no sign that somebody is there. */
    unattended?: boolean;
  }
}

const API = '/api/v1/';
const OFFICE = '/admin/api/';
/** What a deputy may do for somebody. */
const LENT_ROUTES = ['work-orders', 'exclusions', 'integrity', 'voices'].map((one) => `${OFFICE}${one}`);

/**
 * Decides for each request who asks and whether the route answers them: keys for /api/v1, sessions for
 * everything else, nobody in particular for public routes. Runs before the body is read.
 */
export function authorizer(deps: Deps): (request: FastifyRequest, access: Access) => Promise<void> {
  const findKey = keyring(deps);
  const nobody = publicActor(deps.config.cityCode);
  return async (request, access) => {
    request.actor = nobody;
    const path = request.routeOptions.url ?? '';
    if (path.startsWith(OFFICE)) refuseOtherSites(request, deps.config);
    if (path.startsWith(API)) {
      const { authorization } = request.headers;
      if (access === 'public' && authorization === undefined) return;
      const key = await findKey(/^bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1] ?? '');
      if (access !== 'public') refuseUnlessAllowed(key, access);
      request.actor = key;
    } else if (access !== 'public') {
      await admitPerson(deps, request, access);
    }
  };
}

async function admitPerson(
  deps: Deps,
  request: FastifyRequest,
  access: Exclude<Access, 'public'>,
): Promise<void> {
  const token = request.cookies[sessionCookie(deps)];
  if (!token) throw new Refusal('access.sign_in_required');
  const { passes = [], unattended = false } = request.routeOptions.config;
  const signedIn = await resolveSession(deps, token, { touch: !unattended });
  const step = signedIn.pending.find((one) => !passes.includes(one));
  if (step === 'password') throw new Refusal('access.password_change_required');
  if (step === 'totp') throw new Refusal('access.second_factor_required');
  const principal = principalOf(request);
  const actor = principal === undefined ? signedIn.actor : await actingFor(deps, signedIn.actor, principal);
  refuseUnlessAllowed(actor, access);
  request.actor = actor;
  request.signedIn = signedIn;
}

/** For whom the reader asks. A page that listens can send no header, so it names the account in its query. */
function principalOf(request: FastifyRequest): string | undefined {
  const path = request.routeOptions.url ?? '';
  if (!LENT_ROUTES.some((one) => path.startsWith(one))) return undefined;
  const asked = path.endsWith('/events')
    ? (request.query as Record<string, unknown>)[ON_BEHALF]
    : request.headers[ON_BEHALF];
  return typeof asked === 'string' ? asked : undefined;
}

function refuseUnlessAllowed({ permissions }: Actor, access: Exclude<Access, 'public'>): void {
  if (access === 'signed-in' || (permissions as ReadonlySet<string>).has(access.permission)) return;
  throw new Refusal('access.permission_denied');
}

/**
 * Writes must come from our own pages: a header that a form can't set, and no word from the browser that
 * another site asked. The cookie itself is SameSite=Strict.
 */
function refuseOtherSites(request: FastifyRequest, config: Config): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const ours =
    request.headers['x-yiping'] === '1' &&
    (site === undefined || site === 'same-origin') &&
    (origin === undefined || isOwnOrigin(origin, request, config));
  if (!ours) throw new Refusal('access.cross_site');
}

function isOwnOrigin(origin: string, request: FastifyRequest, config: Config): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.host || host === new URL(config.publicUrl).host;
}

/** Instances side by side on one host share its cookies, so each has names of its own. */
export function cookieName(deps: Deps, what: string): string {
  return `${isSecure(deps.config) ? '__Secure-' : ''}yiping_${what}_${deps.keys.fingerprint.slice(0, 8)}`;
}

export function isSecure(config: Config): boolean {
  return config.tls !== null || config.publicUrl.startsWith('https:');
}

export function sessionCookie(deps: Deps): string {
  return cookieName(deps, 'session');
}

export function challengeCookie(deps: Deps): string {
  return cookieName(deps, 'challenge');
}

/**
 * Gives the browser a secret until it is closed; scripts and other sites never see it, nor do the citizens'
 * pages.
 */
export function giveCookie(deps: Deps, reply: FastifyReply, name: string, token: string): void {
  reply.setCookie(name, token, {
    path: '/admin',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(deps.config),
  });
}

export function takeCookie(deps: Deps, reply: FastifyReply, name: string): void {
  reply.clearCookie(name, {
    path: '/admin',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(deps.config),
  });
}

export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, agent: request.headers['user-agent'] ?? null };
}
