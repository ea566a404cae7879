import type { FastifyReply, FastifyRequest } from 'fastify';
import { assert } from '../../kernel/assert.ts';
import { parseMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { beginTotp, changePassword, confirmTotp, disableTotp } from './account-actions.ts';
import {
  changePasswordSchema,
  type Me,
  meSchema,
  sessionSchema,
  signInAnswerSchema,
  signInSchema,
  signInTotpSchema,
  totpBeginSchema,
  totpBegunSchema,
  totpConfirmSchema,
  totpDisableSchema,
} from './contract.ts';
import { deputyRoutes } from './deputy-http.ts';
import { challengeCookie, giveCookie, originOf, sessionCookie, takeCookie } from './gate-http.ts';
import { keyRoutes } from './key-http.ts';
import { networkRoutes } from './network-http.ts';
import { resolveSession, type SignedIn } from './session-actions.ts';
import { dropSession, signIn, signInTotp, signOut } from './sign-in-actions.ts';
import { giveStaffMark, takeStaffMark } from './staff-mark-http.ts';
import type { StaffCheck } from './user-actions.ts';
import { userRoutes } from './user-http.ts';

/**
 * All routes of access under /admin/api: signing in, the own account, accounts, roles and keys.
 * @param staffExists whether the register has a member of staff; it lies downstream
 */
export function accessRoutes(http: Http, deps: Deps, staffExists: StaffCheck): void {
  signInRoutes(http, deps);
  ownRoutes(http, deps);
  totpRoutes(http, deps);
  userRoutes(http, deps, staffExists);
  keyRoutes(http, deps);
  networkRoutes(http, deps);
  deputyRoutes(http, deps);
}

function signInRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/sign-in',
    {
      config: { access: 'public' },
      schema: { hide: true, body: signInSchema, response: { 200: signInAnswerSchema } },
    },
    async (request, reply) => {
      const outcome = await signIn(deps, request.body, originOf(request));
      await forgetOldSession(deps, request);
      if (outcome.kind === 'signed_in') {
        return { step: 'signed_in' as const, me: await welcome(deps, reply, outcome.token) };
      }
      takeCookie(deps, reply, sessionCookie(deps));
      takeStaffMark(deps, reply);
      giveCookie(deps, reply, challengeCookie(deps), outcome.challenge);
      return { step: 'totp' as const };
    },
  );

  http.post(
    '/admin/api/sign-in/totp',
    {
      config: { access: 'public' },
      schema: { hide: true, body: signInTotpSchema, response: { 200: signInAnswerSchema } },
    },
    async (request, reply) => {
      const challenge = request.cookies[challengeCookie(deps)];
      const token = await signInTotp(deps, { challenge, code: request.body.code }, originOf(request));
      takeCookie(deps, reply, challengeCookie(deps));
      return { step: 'signed_in' as const, me: await welcome(deps, reply, token) };
    },
  );

  http.post(
    '/admin/api/sign-out',
    {
      config: { access: 'signed-in', passes: ['password', 'totp'] },
      schema: { hide: true },
    },
    async (request, reply) => {
      await signOut(deps, present(request), request.cookies[sessionCookie(deps)] ?? '');
      takeCookie(deps, reply, sessionCookie(deps));
      takeStaffMark(deps, reply);
      return reply.code(204).send();
    },
  );
}

function ownRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/session',
    { config: { access: 'public' }, schema: { hide: true, response: { 200: sessionSchema } } },
    async (request) => {
      const token = request.cookies[sessionCookie(deps)];
      return { me: token ? await standing(deps, token) : null };
    },
  );

  http.get(
    '/admin/api/me',
    {
      config: { access: 'signed-in', passes: ['password', 'totp'] },
      schema: { hide: true, response: { 200: meSchema } },
    },
    async (request) => present(request).me,
  );

  http.post(
    '/admin/api/me/password',
    {
      config: { access: 'signed-in', passes: ['password', 'totp'] },
      schema: { hide: true, body: changePasswordSchema, response: { 200: meSchema } },
    },
    async (request, reply) =>
      welcome(deps, reply, await changePassword(deps, present(request), request.body)),
  );
}

function totpRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/me/totp/begin',
    {
      config: { access: 'signed-in', passes: ['totp'] },
      schema: { hide: true, body: totpBeginSchema, response: { 200: totpBegunSchema } },
    },
    async (request) => beginTotp(deps, present(request), request.body.password),
  );

  http.post(
    '/admin/api/me/totp/confirm',
    {
      config: { access: 'signed-in', passes: ['totp'] },
      schema: { hide: true, body: totpConfirmSchema, response: { 200: meSchema } },
    },
    async (request, reply) =>
      welcome(deps, reply, await confirmTotp(deps, present(request), request.body.code)),
  );

  http.post(
    '/admin/api/me/totp/disable',
    {
      config: { access: 'signed-in' },
      schema: { hide: true, body: totpDisableSchema, response: { 200: meSchema } },
    },
    async (request) => {
      await disableTotp(deps, present(request), request.body);
      return (await resolveSession(deps, request.cookies[sessionCookie(deps)] ?? '')).me;
    },
  );
}

async function welcome(deps: Deps, reply: FastifyReply, token: string): Promise<Me> {
  giveCookie(deps, reply, sessionCookie(deps), token);
  const { me } = await resolveSession(deps, token);
  const until = parseMoment(me.sessionEndsAt);
  assert(until, 'a session has an end');
  giveStaffMark(deps, reply, { userId: me.id, until });
  return me;
}

/** Whoever the session still belongs to; nobody when it has ended. */
async function standing(deps: Deps, token: string): Promise<Me | null> {
  try {
    return (await resolveSession(deps, token)).me;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** A browser that signs in anew leaves no second session behind. */
async function forgetOldSession(deps: Deps, request: FastifyRequest): Promise<void> {
  const old = request.cookies[sessionCookie(deps)];
  if (old) await dropSession(deps, old);
}

function present(request: FastifyRequest): SignedIn {
  assert(request.signedIn, 'the gate has let in a person');
  return request.signedIn;
}
