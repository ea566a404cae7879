/** Who may call what: every route that the server has, for everybody who may come. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/oversight/access/contract.ts';
import { openApp, type Person } from '../support/app.ts';
import { CLERK } from '../support/hall.ts';
import type { Browser } from '../support/office.ts';
import { routesOf, sampleOf } from '../support/routes.ts';

const app = await openApp();

/** Everybody, a paired device and nobody else, every system with a key, everybody signed in, these roles. */
type Who = 'public' | 'device' | 'key' | 'signed-in' | readonly Role[];

const office: Role[] = ['assessment_office'];
const security: Role[] = ['security_admin'];
const importers: Role[] = ['system_admin', 'assessment_office'];
const readers: Role[] = ['assessment_office', 'department_liaison', 'supervisor', 'caller', 'leader'];
const registerReaders: Role[] = [...readers, 'system_admin', 'wage_office'];
const correctors: Role[] = ['assessment_office', 'department_liaison', 'supervisor'];
const schemeDecisionMakers: Role[] = ['assessment_office', 'leader'];
const reviewers: Role[] = ['assessment_office', 'department_liaison', 'supervisor', 'leader'];
const commentReaders: Role[] = readers.filter((role) => role !== 'caller');
const enterers: Role[] = ['assessment_office', 'supervisor', 'caller'];
const voiceReaders: Role[] = ['assessment_office', 'supervisor', 'caller', 'leader', 'auditor'];
const inspectors: Role[] = ['assessment_office', 'supervisor'];
const orderReaders: Role[] = [...readers, 'auditor'];
const callReaders: Role[] = ['assessment_office', 'supervisor', 'caller', 'leader', 'auditor'];
const verifiers: Role[] = ['assessment_office', 'supervisor'];
const excluders: Role[] = [...verifiers, 'leader'];
const schemeReaders: Role[] = [...correctors, 'leader', 'clerk'];
/** The clerk: the own file, which is what is asked for below. */
const scoreReaders: Role[] = [...correctors, 'wage_office', 'leader', 'clerk'];

/** A new route needs a line here. */
const table: Readonly<Record<string, Who>> = {
  'GET /': 'public',
  'GET /r': 'public',
  'POST /r': 'public',
  'GET /r/:token': 'public',
  'POST /r/:token': 'public',
  'GET /r/:token/stop': 'public',
  'POST /r/:token/stop': 'public',
  'GET /receipt/:code': 'public',
  'GET /proof': 'public',
  'GET /proof/:code': 'public',
  'GET /proof/:code/proof.json': 'public',
  'GET /public': 'public',
  'GET /public/figures.json': 'public',
  'GET /public/figures.csv': 'public',
  'GET /go/:entry': 'public',
  'GET /embed/frame.js': 'public',
  'GET /embed/button.js': 'public',
  'GET /embed/demo': 'public',
  'GET /embed/:token': 'public',
  'POST /embed/:token': 'public',
  'GET /public/call-backs': 'public',
  'GET /public/call-backs.json': 'public',
  'GET /public/seals': 'public',
  'GET /public/seals.json': 'public',
  'GET /public/seals.csv': 'public',
  'GET /public/verify-receipt.mjs': 'public',
  'GET /w/:code': 'public',
  'POST /w/:code': 'public',
  'GET /w/:code/comment': 'public',
  'POST /w/:code/comment': 'public',
  'GET /comment': 'public',
  'GET /comment/:kind/:code': 'public',
  'POST /comment/:kind/:code': 'public',
  'GET /comment/receipt/:code': 'public',
  'GET /say': 'public',
  'POST /say': 'public',
  'GET /say/received/:id': 'public',
  'GET /follow': 'public',
  'POST /follow': 'public',
  'GET /follow/:token': 'public',
  'POST /follow/:token': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/docs': 'public',
  'GET /admin': 'public',
  'GET /admin/*': 'public',
  'GET /kiosk': 'public',
  'GET /kiosk/*': 'public',
  'POST /kiosk/api/pair': 'public',
  'GET /kiosk/api/state': 'device',
  'GET /kiosk/api/words': 'device',
  'GET /kiosk/api/events': 'device',
  'POST /kiosk/api/invitations/:id/shown': 'device',
  'POST /kiosk/api/ratings': 'device',
  'POST /api/v1/devices/presses': 'device',
  'POST /api/v1/ratings': 'public',
  'GET /api/v1/public/figures': 'public',
  'POST /api/v1/rating-links': 'key',
  'GET /api/v1/ratings': 'key',
  'GET /api/v1/stats': 'key',
  'GET /api/v1/scores': 'key',
  'POST /api/v1/service-records': 'key',
  'POST /api/v1/voices': 'key',
  'GET /api/v1/work-orders': 'key',
  'GET /api/v1/rectification-rates': 'key',
  'GET /api/v1/service-records/:projectNo/:serviceNumber': 'key',
  'POST /api/v1/service-records/:projectNo/:serviceNumber/corrections': 'key',
  'GET /admin/api/session': 'public',
  'POST /admin/api/sign-in': 'public',
  'POST /admin/api/sign-in/totp': 'public',
  'POST /admin/api/sign-out': 'signed-in',
  'GET /admin/api/me': 'signed-in',
  'POST /admin/api/me/password': 'signed-in',
  'POST /admin/api/me/totp/begin': 'signed-in',
  'POST /admin/api/me/totp/confirm': 'signed-in',
  'POST /admin/api/me/totp/disable': 'signed-in',
  'GET /admin/api/rating-words': 'signed-in',
  'GET /admin/api/months': 'signed-in',
  'GET /admin/api/duties': 'signed-in',
  'GET /admin/api/appeals': 'signed-in',
  'GET /admin/api/appeals/:id': 'signed-in',
  'POST /admin/api/appeals/:id/files': 'signed-in',
  'GET /admin/api/appeals/:id/files/:fileId': 'signed-in',
  'GET /admin/api/users': security,
  'POST /admin/api/users': security,
  'GET /admin/api/users/:id': security,
  'POST /admin/api/users/:id/role': security,
  'POST /admin/api/users/:id/reset': security,
  'POST /admin/api/users/:id/disable': security,
  'POST /admin/api/users/:id/enable': security,
  'POST /admin/api/users/:id/end-sessions': security,
  'GET /admin/api/roles': security,
  'GET /admin/api/keys': security,
  'POST /admin/api/keys': security,
  'POST /admin/api/keys/:id/revoke': security,
  'GET /admin/api/office-networks': security,
  'POST /admin/api/office-networks': security,
  'POST /admin/api/office-networks/remove': security,
  'GET /admin/api/embed-origins': ['system_admin'],
  'POST /admin/api/embed-origins': ['system_admin'],
  'POST /admin/api/embed-origins/remove': ['system_admin'],
  'GET /admin/api/audit': ['auditor'],
  'GET /admin/api/seals': ['auditor'],
  'GET /admin/api/seals/state': ['auditor'],
  'POST /admin/api/seals/checks': ['auditor'],
  'GET /admin/api/registry/regions': registerReaders,
  'GET /admin/api/registry/departments': registerReaders,
  'GET /admin/api/registry/windows': registerReaders,
  'GET /admin/api/registry/devices': registerReaders,
  'POST /admin/api/registry/devices': importers,
  'POST /admin/api/registry/devices/:id': importers,
  'POST /admin/api/registry/devices/:id/code': importers,
  'POST /admin/api/registry/devices/:id/credential': importers,
  'POST /admin/api/registry/devices/:id/revoke': importers,
  'GET /admin/api/registry/staff': registerReaders,
  'GET /admin/api/registry/staff/:staffNo': registerReaders,
  'GET /admin/api/registry/postings': registerReaders,
  'GET /admin/api/registry/items': registerReaders,
  'GET /admin/api/registry/calendar': registerReaders,
  'GET /admin/api/imports': importers,
  'POST /admin/api/imports/:kind': importers,
  'GET /admin/api/service-records': readers,
  'GET /admin/api/service-records/:stepId': readers,
  'POST /admin/api/service-records/:stepId/identity': ['assessment_office', 'caller'],
  'POST /admin/api/service-records/:stepId/corrections': correctors,
  'GET /admin/api/corrections': readers,
  'GET /admin/api/sms-invitations': ['system_admin'],
  'POST /admin/api/sms-opt-outs': ['assessment_office', 'caller'],
  'POST /admin/api/corrections/:id/decision': office,
  'GET /admin/api/ratings': readers,
  'GET /admin/api/ratings/:stepId/:assessNumber': readers,
  'GET /admin/api/stats': readers,
  'GET /admin/api/voice-words': voiceReaders,
  'GET /admin/api/voices': voiceReaders,
  'POST /admin/api/voices': enterers,
  'GET /admin/api/voices/:id': voiceReaders,
  'POST /admin/api/voices/:id/files': enterers,
  'GET /admin/api/voices/:id/files/:fileId': voiceReaders,
  'POST /admin/api/voices/:id/fault': excluders,
  'POST /admin/api/voices/:id/fault/decision': excluders,
  'POST /admin/api/voices/:id/praise': enterers,
  'POST /admin/api/voices/:id/discipline': enterers,
  'POST /admin/api/voices/:id/speaker': ['auditor'],
  'GET /admin/api/refusals': commentReaders,
  'POST /admin/api/refusals': ['department_liaison', 'clerk'],
  'GET /admin/api/comments': commentReaders,
  'GET /admin/api/comments/:id': commentReaders,
  'GET /admin/api/comments/:id/files/:fileId': commentReaders,
  'GET /admin/api/signs': importers,
  'POST /admin/api/signs': importers,
  'POST /admin/api/signs/replace': importers,
  'POST /admin/api/signs/revoke': importers,
  'GET /admin/api/signs/print': importers,
  'GET /admin/api/assisted/service': enterers,
  'POST /admin/api/assisted/entries': enterers,
  'POST /admin/api/assisted/hotline': enterers,
  'GET /admin/api/assisted/counts': enterers,
  'GET /admin/api/assisted/batches': enterers,
  'POST /admin/api/assisted/batches': enterers,
  'GET /admin/api/assisted/batches/:id': enterers,
  'POST /admin/api/assisted/batches/:id/files': enterers,
  'GET /admin/api/assisted/batches/:id/files/:fileId': enterers,
  'POST /admin/api/assisted/batches/:id/end': enterers,
  'POST /admin/api/inspections': inspectors,
  'POST /admin/api/inspections/:id/files': inspectors,
  'POST /admin/api/inspections/:id/decision': inspectors,
  'GET /admin/api/late-ratings': readers,
  'GET /admin/api/desk': ['clerk'],
  'POST /admin/api/desk/invitations': ['clerk'],
  'GET /admin/api/scheme': schemeReaders,
  'GET /admin/api/scheme/drafts': schemeDecisionMakers,
  'GET /admin/api/scheme/drafts/:id': schemeDecisionMakers,
  'GET /admin/api/scheme/drafts/:id/what-if': schemeDecisionMakers,
  'POST /admin/api/scheme/drafts': office,
  'POST /admin/api/scheme/drafts/:id': office,
  'POST /admin/api/scheme/drafts/:id/propose': office,
  'POST /admin/api/scheme/drafts/:id/withdraw': office,
  'POST /admin/api/scheme/drafts/:id/rebase': office,
  'POST /admin/api/scheme/drafts/:id/decision': schemeDecisionMakers,
  'GET /admin/api/scores': scoreReaders,
  'GET /admin/api/pay': scoreReaders.filter((role) => role !== 'clerk'),
  'GET /admin/api/scores/:month/:kind/:code': scoreReaders,
  'GET /admin/api/scores/:month/:kind/:code/notice': scoreReaders.filter((role) => role !== 'supervisor'),
  'GET /admin/api/scores/:month/notices': [
    'assessment_office',
    'department_liaison',
    'wage_office',
    'leader',
  ],
  'GET /admin/api/months/:month/live/:staffNo': scoreReaders,
  'GET /admin/api/months/:month/spread/:staffNo': scoreReaders,
  'GET /admin/api/years/:year': scoreReaders.filter((role) => role !== 'clerk'),
  'GET /admin/api/years/:year/:kind/:code': scoreReaders,
  'POST /admin/api/scores/:month/:kind/:code/appeals': ['department_liaison', 'clerk'],
  'POST /admin/api/appeals/:id/opinion': ['department_liaison'],
  'GET /admin/api/appeals/:id/candidates': office,
  'POST /admin/api/appeals/:id/group': office,
  'POST /admin/api/appeals/:id/vote': reviewers,
  'POST /admin/api/appeals/:id/decision': reviewers,
  'POST /admin/api/appeals/:id/withdraw': ['department_liaison', 'clerk'],
  'GET /admin/api/unverified-ratings': [...excluders, 'auditor'],
  'POST /admin/api/ratings/:stepId/:assessNumber/upheld': verifiers,
  'GET /admin/api/exclusions': [...excluders, 'auditor'],
  'POST /admin/api/exclusions': verifiers,
  'GET /admin/api/exclusions/:id': [...excluders, 'auditor'],
  'POST /admin/api/exclusions/:id/decision': excluders,
  'POST /admin/api/exclusions/:id/withdraw': verifiers,
  'POST /admin/api/exclusions/:id/files': verifiers,
  'GET /admin/api/exclusions/:id/files/:fileId': [...excluders, 'auditor'],
  'GET /admin/api/integrity/findings': [...excluders, 'auditor'],
  'GET /admin/api/integrity/findings/:id': [...excluders, 'auditor'],
  'POST /admin/api/integrity/runs': ['supervisor', 'auditor'],
  'POST /admin/api/integrity/findings/:id/proposal': verifiers,
  'POST /admin/api/integrity/findings/:id/decision': excluders,
  'POST /admin/api/integrity/findings/:id/withdraw': verifiers,
  'GET /admin/api/work-orders': orderReaders,
  'GET /admin/api/work-orders/overview': orderReaders,
  'GET /admin/api/work-orders/rates': orderReaders,
  'GET /admin/api/work-orders/:id': orderReaders,
  'GET /admin/api/work-orders/:id/rectification': orderReaders,
  'POST /admin/api/work-orders/:id/review': verifiers,
  'GET /admin/api/work-orders/:id/files/:fileId': orderReaders,
  'POST /admin/api/work-orders/:id/files': ['department_liaison'],
  'POST /admin/api/work-orders/:id/speaker': ['department_liaison'],
  ...Object.fromEntries(
    [
      ['department_liaison', 'sign contact return classify pause resume ask-extension answer'],
      ['assessment_office supervisor', 'assign supervise withdraw'],
      ['assessment_office supervisor leader', 'approve decide-extension'],
      ['caller', 'call-back'],
    ].flatMap(([roles = '', steps = '']) =>
      steps.split(' ').map((step) => [`POST /admin/api/work-orders/:id/${step}`, roles.split(' ') as Role[]]),
    ),
  ),
  'GET /admin/api/call-backs': callReaders,
  'GET /admin/api/call-backs/:id': callReaders,
  'POST /admin/api/call-backs/:id/phone': ['caller'],
  'POST /admin/api/call-backs/:id/attempts': ['caller'],
  'GET /admin/api/call-figures': callReaders,
  'GET /admin/api/call-draws': callReaders,
  'POST /admin/api/call-draws/:week/check': callReaders,
  'GET /admin/api/call-draws/:week/list': ['assessment_office', 'leader', 'auditor'],
  'GET /admin/api/merits': schemeDecisionMakers,
  'POST /admin/api/merits/:id/decision': schemeDecisionMakers,
  'GET /admin/api/months/:month/desk': office,
  'POST /admin/api/months/:month/close': office,
  'POST /admin/api/months/:month/publish': office,
  'POST /admin/api/months/:month/seal': office,
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
  });
  if (answer.statusCode >= 500) throw new Error(`${route}: ${answer.body}`);
  return answer;
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
