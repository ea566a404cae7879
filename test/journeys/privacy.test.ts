/** Whoever is rated learns neither which case a rating belongs to nor who gave it, whatever their role. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Derivation } from '../../src/close/statement/contract.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, CLERK, recordForm } from '../support/hall.ts';
import {
  ABOUT_PERSON,
  ABOUT_PROCESS,
  CLOSED_AT,
  liveThroughMay,
  RATED_AT,
  verdicts,
} from '../support/worked-example.ts';

const app = await openApp({ now: RATED_AT });
let rated: Person;
let liaison: Person;
let colleague: Person;
let own = '';

beforeAll(async () => {
  await liveThroughMay(app);
  app.t.clock.set(CLOSED_AT);
  await app.load('ratings', verdicts);
  const office = await app.person('assessment_office');
  await office.page.post('/months/2026-05/close', {});
  rated = await app.person('supervisor', { staffNo: CLERK });
  liaison = await app.person('department_liaison', { staffNo: 'G004', scope: APPROVAL });
  colleague = await app.person('leader');
  const found = await colleague.page.get(`/ratings?q=${ABOUT_PERSON}`);
  own = found.json().items[0].stepId;
});

describe('a supervisor who is rated too', () => {
  test('finds no rating of the own services, in the list and one by one', async () => {
    expect((await rated.page.get(`/ratings?staff=${CLERK}`)).json().items).toEqual([]);
    expect((await rated.page.get(`/ratings?q=${ABOUT_PERSON}`)).json().items).toEqual([]);
    expect((await rated.page.get('/ratings?staff=G003')).json().items).not.toEqual([]);
    expect((await rated.page.get(`/ratings/${own}/1`)).statusCode).toBe(404);
    expect((await colleague.page.get(`/ratings/${own}/1`)).statusCode).toBe(200);
  });

  test('sees neither case nor link in the own receipt and in that of the own window', async () => {
    for (const path of [`staff/${CLERK}`, 'window/T01']) {
      const answer = await rated.page.get(`/scores/2026-05/${path}`);
      expect(answer.statusCode).toBe(200);
      const facts = ratingFacts(answer.json());
      expect([path, facts.length]).toEqual([path, 1]);
      expect(facts).toMatchObject([{ id: null, project_no: null, rating: { service_number: null } }]);
      expect(answer.body).not.toMatch(new RegExp(`${ABOUT_PERSON}|${ABOUT_PROCESS}`));
      // An entry is named after its fact, so neither its name nor its instant may be told.
      const { lines, pending } = answer.json();
      const about = [...lines, ...pending].filter(({ fact }) => fact?.kind === 'rating');
      expect(about).toMatchObject([{ entry_id: null, recorded_at: null }]);
      expect([null, 'veiled']).toContain(about[0].key?.split('/')[0] ?? null);
      const open = await colleague.page.get(`/scores/2026-05/${path}`);
      expect(ratingFacts(open.json())[0]?.id).toMatch(/^\d+$/);
    }
  });

  test('sees nothing of the person behind the own service, not even masked', async () => {
    const masked = (await rated.page.get(`/service-records/${own}`)).json().masked;
    expect(masked).toEqual({ userName: null, certKey: null, mobile: null });
  });
});

function ratingFacts({ lines }: Derivation) {
  return lines.flatMap(({ fact }) => (fact?.kind === 'rating' ? [fact] : []));
}

test('a liaison who is rated finds the own ratings in no exported file', async () => {
  const file = (await liaison.page.get('/ratings?format=csv')).body;
  expect(file).toContain(CLERK);
  expect(file).not.toContain('G004');
});

describe('the identity of whoever rated', () => {
  const reason = { reason: '电话回访' };
  let caller: Person;
  beforeAll(async () => {
    caller = await app.person('caller');
  });

  test('stays closed when the rater chose to be anonymous', async () => {
    const form = { serviceTime: '2026-06-01 09:00:00', mobile: '13812345678', userName: '张三' };
    const [named, hidden] = await app.handIn([
      recordForm({ ...form, projectNo: 'JN20260601-0001' }),
      recordForm({ ...form, projectNo: 'JN20260601-0002' }),
    ]);
    for (const [link, anonymous] of [
      [named, false],
      [hidden, true],
    ] as const) {
      const rating = { token: link ? tokenOf(link) : '', satisfaction: 4, anonymous };
      expect((await app.api('POST', '/ratings', rating, null)).statusCode).toBe(201);
    }
    const items = (await colleague.page.get('/ratings?q=JN20260601')).json().items;
    const idOf = (no: string) => items.find((one: { projectNo: string }) => one.projectNo === no).stepId;
    const ask = (no: string) => caller.page.post(`/service-records/${idOf(no)}/identity`, reason);
    expect((await ask('JN20260601-0001')).json()).toMatchObject({ mobile: '13812345678' });
    const refused = await ask('JN20260601-0002');
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'service_record.anonymous']);
    expect(refused.body).not.toContain('138');
  });

  test('stays closed to whoever served the person', async () => {
    const served = await app.person('caller', { staffNo: 'G002' });
    const [link] = await app.handIn([
      recordForm({ projectNo: 'JN20260601-0003', serviceTime: '2026-06-01 09:10:00', staffNo: 'G002' }),
    ]);
    expect(link?.outcome).toBe('created');
    const found = await served.page.get('/service-records?q=JN20260601-0003');
    const { stepId } = found.json().items[0];
    const refused = await served.page.post(`/service-records/${stepId}/identity`, reason);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'service_record.own_service']);
  });
});
