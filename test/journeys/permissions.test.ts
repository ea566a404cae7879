/** Who may call what: every route that the server has, for everybody who may come. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/oversight/access/contract.ts';
import { openApp, type Person } from '../support/app.ts';
import { CLERK } from '../support/hall.ts';
import type { Browser } from '../support/office.ts';
import { answers } from '../support/permissions/answers.ts';
import { attendance } from '../support/permissions/attendance.ts';
import { book } from '../support/permissions/book.ts';
import { cases } from '../support/permissions/cases.ts';
import { ground } from '../support/permissions/ground.ts';
import { outside } from '../support/permissions/outside.ts';
import type { Who } from '../support/permissions/roles.ts';
import { routesOf, sampleOf } from '../support/routes.ts';

const app = await openApp();

/** A new route needs a line in one of these. */
const table: Readonly<Record<string, Who>> = {
  ...outside,
  ...ground,
  ...cases,
  ...book,
  ...answers,
  ...attendance,
};

const queries: Readonly<Record<string, string>> = {
  'GET /admin/api/pay': '?month=2026-02',
  'GET /admin/api/scores/:month/notices': '?department=11370800MB28559184',
  'GET /admin/api/scheme/drafts/:id/what-if': '?month=2026-02',
  'GET /admin/api/scores': '?month=2026-02',
};

interface Visitor {
  headers?: Record<string, string>;
  page?: Browser;
}

async function visit(route: string, { headers = {}, page }: Visitor) {
  const [method = 'GET', url = ''] = route.split(' ');
  const path = sampleOf(url) + (queries[route] ?? '');
  const cookie = [...(page?.jar ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await app.http.inject({
    method: method as 'GET' | 'POST',
    url: path,
    headers: { 'x-yiping': '1', 'accept-language': 'en', ...(cookie ? { cookie } : {}), ...headers },
    // A line that stays open is answered once it begins.
    payloadAsStream: isLine(url),
  });
  if (isLine(url)) answer.stream().destroy();
  if (answer.statusCode >= 500) throw new Error(`${route}: ${answer.body}`);
  return answer;
}

function isLine(url: string): boolean {
  return url.endsWith('/work-orders/events') || url.endsWith('/screen/events');
}

async function standings(visitor: Visitor): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const route of all) {
    const { statusCode } = await visit(route, visitor);
    found[route] = statusCode === 401 || statusCode === 403 ? String(statusCode) : 'may';
  }
  return found;
}

const expected = (rule: (who: Who, route: string) => string) =>
  Object.fromEntries(all.map((route) => [route, rule(table[route] ?? 'public', route)]));

let all: string[] = [];
beforeAll(async () => {
  await app.http.ready();
  all = routesOf(app.http);
});

describe('the table', () => {
  test('names every route that the server has, and no other', () => {
    expect([...all].sort()).toEqual(Object.keys(table).sort());
  });
});

describe('who may call what', () => {
  test('nobody in particular: the public pages', async () => {
    expect(await standings({})).toEqual(expected((who) => (who === 'public' ? 'may' : '401')));
  });

  test('another system with its key: the API and nothing of the office', async () => {
    const headers = { authorization: `Bearer ${app.key}` };
    expect(await standings({ headers })).toEqual(
      expected((who) => (who === 'public' || who === 'key' ? 'may' : '401')),
    );
  });

  test('a key that was never given out opens nothing, not even what is open to all of the API', async () => {
    const headers = { authorization: 'Bearer yp_0000000000000000000000000000000000000000' };
    expect(await standings({ headers })).toEqual(
      expected((who, route) => (who === 'public' && !route.includes('/api/v1/') ? 'may' : '401')),
    );
  });

  test.each(ROLES)('%s', async (role) => {
    const grants: Partial<Record<Role, object>> = {
      clerk: { staffNo: CLERK },
      department_liaison: { scope: '370800' },
    };
    const person: Person = await app.person(role, grants[role] ?? {});
    const ruled = (who: Who): string => {
      if (who === 'key' || who === 'device') return '401';
      return typeof who === 'string' || who.includes(role) ? 'may' : '403';
    };
    expect(await standings({ page: person.page })).toEqual(expected(ruled));
  });

  test('a clerk: nobody else’s file', async () => {
    const { page } = await app.person('clerk', { staffNo: 'G004' });
    expect((await page.get(`/scores/2026-02/staff/${CLERK}`)).statusCode).toBe(403);
    expect((await page.get('/scores/2026-02/window/T01')).statusCode).toBe(403);
    expect((await page.get('/scores?month=2026-02&subject=department')).statusCode).toBe(403);
  });

  test('no write of the office is taken from another site, whoever is signed in', async () => {
    const { page } = await app.person('security_admin');
    const foreign: readonly Record<string, string>[] = [
      { 'x-yiping': '' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ];
    for (const route of all.filter((one) => one.startsWith('POST /admin/api/'))) {
      for (const headers of foreign) {
        const answer = await visit(route, { page, headers });
        expect([route, answer.statusCode, answer.json().code]).toEqual([route, 403, 'access.cross_site']);
      }
    }
  });

  test('nobody holds two of the three administrators, nor all the rest', () => {
    const roles = (route: string) => table[route] as readonly Role[];
    for (const role of ['system_admin', 'security_admin', 'auditor'] as const) {
      const held = ['POST /admin/api/imports/:kind', 'POST /admin/api/users', 'GET /admin/api/audit'].filter(
        (route) => roles(route).includes(role),
      );
      expect([role, held.length]).toEqual([role, 1]);
    }
  });
});
