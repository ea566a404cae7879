import { afterAll, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import { authorizer } from '../../src/oversight/access/gate-http.ts';
import { accessRoutes } from '../../src/oversight/access/http.ts';
import { cliActor, createUser, systemActor } from '../../src/oversight/access/index.ts';
import { totpCode, totpStep } from '../../src/oversight/access/totp-actions.ts';
import { auditRoutes } from '../../src/oversight/audit/http.ts';
import { createHttp, type Http } from '../../src/platform/http.ts';
import { type TestDb, testDb, WORKING_MORNING } from './db.ts';

export const CITY = '370800';
/** The operator at the command line, who may do everything. */
export const operator = cliActor(CITY);
/** Staff numbers that begin with S are in the register. */
export const knownStaff = async (_city: string, staffNo: string) => staffNo.startsWith('S');
/** What people choose when they change their password. */
export const CHOSEN = 'Lighthouse-42';
export const MINUTE = 60_000;

/** A browser at the office: keeps cookies and sends what our own pages send. */
export class Browser {
  readonly jar = new Map<string, string>();
  readonly #http: () => Http;

  constructor(http: () => Http) {
    this.#http = http;
  }

  async send(method: 'GET' | 'POST', path: string, payload?: object, headers: Record<string, string> = {}) {
    const answer = await this.#http().inject({
      method,
      url: `/admin/api${path}`,
      headers: {
        ...(method === 'GET' ? {} : { 'x-yiping': '1' }),
        cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(payload ? { payload } : {}),
    });
    for (const { name, value, expires } of answer.cookies) {
      if (expires && expires.getTime() <= 0) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }

  get(path: string) {
    return this.send('GET', path);
  }

  post(path: string, payload: object = {}, headers: Record<string, string> = {}) {
    return this.send('POST', path, payload, headers);
  }

  signIn(username: string, password: string) {
    return this.post('/sign-in', { username, password });
  }

  /** Another browser that got hold of the cookies. */
  copy(jar: ReadonlyMap<string, string> = this.jar): Browser {
    const other = new Browser(this.#http);
    for (const [name, value] of jar) other.jar.set(name, value);
    return other;
  }
}

export interface Account {
  id: string;
  username: string;
  password: string;
  page: Browser;
  /** Secret of the authenticator; empty without one. */
  secret: string;
}

interface AccountOptions {
  scope?: string;
  staffNo?: string;
}

/** The server with the routes of signing in, accounts and audit, and ways to get people in. */
export async function openOffice(more: (http: Http, t: TestDb) => void = () => undefined) {
  const t = await testDb();
  let made = 0;
  let server: Http | undefined;
  const http = (): Http => {
    if (server === undefined) throw new Error('the server stands once the tests begin');
    return server;
  };

  beforeAll(async () => {
    server = await createHttp(t, { authorize: authorizer(t) });
    accessRoutes(server, t, knownStaff);
    auditRoutes(server, t);
    echoRoutes(server);
    more(server, t);
  });
  afterAll(() => server?.close());
  beforeEach(() => t.clock.set(WORKING_MORNING));

  const browser = () => new Browser(http);
  const name = (role: string) => `${role.slice(0, 12)}_${++made}`;

  /** An account as the administrator hands it over: its password is to be changed. */
  async function newAccount(role: string, options: AccountOptions = {}): Promise<Account> {
    const username = name(role);
    const { password, user } = await createUser(t, operator, { username, role, ...options }, knownStaff);
    return { id: user.id, username, password, page: browser(), secret: '' };
  }

  /** A person at work: signed in, with a second factor where the role needs one. */
  async function person(role: string, options: AccountOptions = {}): Promise<Account> {
    const given = { username: name(role), role, lasting: true, ...options };
    const { password, user } = await createUser(t, systemActor(CITY, 'test'), given, knownStaff);
    const page = browser();
    const { me } = (await page.signIn(given.username, password)).json();
    const secret = me.pending.includes('totp') ? await enrol(page, password) : '';
    return { id: user.id, username: given.username, password, page, secret };
  }

  async function enrol(page: Browser, password: string): Promise<string> {
    const begun = (await page.post('/me/totp/begin', { password })).json();
    await page.post('/me/totp/confirm', { code: await codeOf(begun.secret) });
    return begun.secret;
  }

  const codeOf = (secret: string) => codeAt(secret, t.clock.now());
  return { t, http, browser, newAccount, person, enrol, codeOf };
}

/** Routes that tell who came through the gate. */
function echoRoutes(http: Http): void {
  const schema = { response: { 200: z.any() } };
  const access = { permission: 'score.read' };
  http.get('/admin/api/echo', { config: { access }, schema }, async ({ actor }) => ({ scope: actor.scope }));
  http.get('/api/v1/echo', { config: { access }, schema }, async ({ actor }) => {
    return { kind: actor.kind, scope: actor.scope };
  });
  const grown = { permission: 'user.manage' };
  http.get('/api/v1/grown', { config: { access: grown }, schema }, async () => ({}));
  http.post('/api/v1/echo', { config: { access: 'public' }, schema }, async ({ actor }) => ({
    kind: actor.kind,
  }));
}

/** What the authenticator shows at the instant for a secret that was typed into it. */
export function codeAt(secret: string, at: Date): Promise<string> {
  return totpCode(bytesOfBase32(secret), totpStep(at));
}

/** What an authenticator makes of the secret that people type (RFC 4648). */
function bytesOfBase32(text: string): Uint8Array {
  const bits = [...text].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  );
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
