/** A bad rating on a Friday before a long holiday with make-up days, to its last word and its points. */
import { describe, expect, it } from 'vitest';
import { verifyBook } from '../../src/close/month/index.ts';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { readToken, secondTokenFor } from '../../src/intake/invitation/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { APPROVAL, CLERK, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// Spring Festival: 15 to 23 February are off, the Saturdays 14 and 28 are worked.
const app = await openApp({ now: at('2026-02-13T16:00') });
const { t } = app;
const people = {
  liaison: await app.person('department_liaison', { scope: APPROVAL }),
  supervisor: await app.person('supervisor'),
  second: await app.person('supervisor'),
  concerned: await app.person('supervisor', { staffNo: CLERK }),
  caller: await app.person('caller'),
  leader: await app.person('leader'),
  office: await app.person('assessment_office'),
};
type Page = (typeof people)['liaison']['page'];
const page = (name: keyof typeof people): Page => people[name].page;

/** Another day: everybody signs in again, and the clock of the duties has been looked at. */
async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const one of Object.values(people)) await one.page.signIn(one.username, one.password);
  await lookAtDuties(t, CITY);
  await settle();
}

/** What a fact sets off may set off more. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await app.settle();
}

const MOBILE = '13812345678';

async function rate(
  projectNo: string,
  serviceTime: string,
  given: object,
  mobile: string | undefined,
): Promise<string> {
  const [link] = await app.handIn([recordForm({ projectNo, serviceTime, mobile })]);
  const body = { token: link ? tokenOf(link) : '', ...given };
  link1 ||= body.token;
  expect((await app.api('POST', '/ratings', body)).statusCode).toBe(201);
  await settle();
  const { items } = (await page('supervisor').get(`/work-orders?q=${projectNo}`)).json();
  return items[0].id;
}

async function step(name: keyof typeof people, id: string, verb: string, form: object = {}) {
  return await page(name).post(`/work-orders/${id}/${verb}`, form);
}

async function order(id: string) {
  return (await page('supervisor').get(`/work-orders/${id}`)).json();
}

/** The book's entries of orders and ratings: kind, rule, points, subject, day. */
async function book(): Promise<string[]> {
  const { rows } = await t.db.owner.query(
    `SELECT concat_ws(' ', kind, rule, points_centi, subject_code, occurred_on, reason) AS line
     FROM ledger.entry WHERE fact_kind IN ('order', 'rating') ORDER BY occurred_on, recorded_at, kind, rule`,
  );
  return rows.map(({ line }) => line);
}

let first = '';
/** Link of the first rating. */
let link1 = '';

describe('the bad rating of a Friday afternoon', () => {
  it('is due over the holiday by working days, with cards, and comes under supervision', async () => {
    first = await rate('BAD1', '2026-02-13 15:00:00', { satisfaction: 2, evalDetail: ['212'] }, MOBILE);
    expect(await order(first)).toMatchObject({
      number: 'CP2026-000001',
      signDueAt: '2026-02-14T17:30:00+08:00',
      contactDueAt: '2026-02-14T17:30:00+08:00',
      dueAt: '2026-02-27T17:30:00+08:00',
      card: 'yellow',
      supervised: false,
    });
    await later('2026-02-14T23:59');
    expect(await order(first)).toMatchObject({ card: 'yellow', supervised: false });
    await later('2026-02-15T00:00');
    expect(await order(first)).toMatchObject({ card: 'red', supervised: true });
    await later('2026-02-24T09:00');
    await step('liaison', first, 'sign');
    await step('liaison', first, 'contact', { outcome: 'reached', note: '已致歉' });
    expect((await order(first)).card).toBe('none');
    await later('2026-02-26T00:00');
    expect((await order(first)).card).toBe('yellow');
  });

  it('is found genuine by a verifier whom it does not concern, once, and then deducts', async () => {
    const upheld = { finding: 'upheld', note: '预约后仍需重复取号，情况属实' };
    expect((await step('concerned', first, 'review', upheld)).json().code).toBe('exclusion.own_matter');
    const tags = { ...upheld, attribution: 'staff' };
    expect((await step('supervisor', first, 'review', tags)).json().code).toBe('verification.tags_decide');
    expect((await step('supervisor', first, 'review', upheld)).json()).toMatchObject({
      verdict: 'upheld',
      mayReview: false,
      charges: [],
    });
    expect((await step('supervisor', first, 'review', upheld)).json().code).toBe('rating.verdict_stands');
    await settle();
    expect(await book()).toEqual([
      'pending rating.dissatisfied -200 T01 2026-02-13',
      'post rating.dissatisfied -200 T01 2026-02-13',
    ]);
    expect((await order(first)).events.at(-1)).toMatchObject({
      what: 'reviewed',
      detail: { finding: 'upheld' },
    });
  });

  it('charges the window on the first overdue day, once, however often the clock is looked at', async () => {
    await later('2026-02-27T23:50');
    expect((await book()).length).toBe(2);
    await later('2026-02-28T00:00');
    await later('2026-02-28T10:00');
    expect(await book()).toContain('plain rating.not_rectified -300 T01 2026-02-28');
    const { body, headers } = fileForm('整改照片.png', samples.png);
    await page('liaison').post(`/work-orders/${first}/files`, body, headers);
    await step('liaison', first, 'answer', { note: '已取消重复取号' });
    await settle();
    expect((await book()).length).toBe(3);
    await step('leader', first, 'approve', { approve: true, note: '同意' });
  });

  it('charges once more where the person stays dissatisfied, however often that is said', async () => {
    await later('2026-03-02T10:00');
    const unhappy = { outcome: 'dissatisfied', note: '问题没有解决' };
    await step('caller', first, 'call-back', unhappy);
    await settle();
    await step('liaison', first, 'answer', { note: '再次整改' });
    await step('leader', first, 'approve', { approve: true, note: '同意' });
    expect((await step('caller', first, 'call-back', unhappy)).json().state).toBe('closed');
    await settle();
    expect((await book()).filter((line) => line.includes('follow_up'))).toEqual([
      'plain rating.follow_up_dissatisfied -200 T01 2026-03-02',
    ]);
    const { charges } = (await page('leader').get(`/work-orders/${first}/rectification`)).json();
    expect(charges).toMatchObject([
      { rule: 'rating.not_rectified', subjectKind: 'window', subjectCode: 'T01', on: '2026-02-28' },
      { rule: 'rating.follow_up_dissatisfied', on: '2026-03-02', waived: null },
    ]);
  });
});

describe('a second rating', () => {
  const ratesOf = async (span: string) => (await app.api('GET', `/rectification-rates?${span}`)).json()[0];
  const february = 'from=2026-02-01&to=2026-02-28';

  it('is given once, beside the first, by a link of its own, and says so', async () => {
    expect((await order(first)).events.slice(-2)).toMatchObject([
      { what: 'invited_again' },
      { what: 'accounted', detail: { account: 'rating_posted' } },
    ]);
    const { second } = (await page('caller').get(`/work-orders/${first}/rectification`)).json();
    expect(second).toMatchObject({ until: '2026-03-10T00:00:00+08:00', satisfaction: null });
    // Whoever answers doesn't see the link.
    const seen = (await page('liaison').get(`/work-orders/${first}/rectification`)).json();
    expect(seen.second.url).toBeNull();
    const token = second.url.slice(second.url.lastIndexOf('/') + 1);
    const shown = await app.http.inject({ url: `/r/${link1}` });
    expect(shown.body).toContain(`/r/${token}`);
    expect((await app.http.inject({ url: `/r/${token}` })).body).toContain('这是第二次评价');
    expect(await ratesOf(february)).toMatchObject({ satisfaction_rate: { numerator: 0, denominator: 1 } });
    const before = (await app.api('GET', `/stats?${february}`)).json();
    const good = { token, satisfaction: 5, evalDetail: ['517'], writingEvaluation: '改好了', id: 'again-1' };
    const given = await app.api('POST', '/ratings', good);
    expect(given.statusCode, given.body).toBe(201);
    const repeated = await app.api('POST', '/ratings', good);
    expect([repeated.statusCode, repeated.json()]).toEqual([200, given.json()]);
    expect((await app.api('POST', '/ratings', { ...good, id: 'other' })).statusCode).toBe(409);
    expect((await app.http.inject({ url: `/r/${token}` })).body).toContain('已经评价过了');
    await settle();
    expect((await app.api('GET', `/stats?${february}`)).json()).toEqual(before);
    const { items } = (await page('office').get('/ratings?q=BAD1')).json();
    expect(items.map((one: { assessNumber: number }) => one.assessNumber).sort()).toEqual([1, 2]);
  });

  it('of a service that has none to give is no link at all', async () => {
    const [other] = await app.handIn([recordForm({ projectNo: 'FINE', serviceTime: '2026-03-02 09:00:00' })]);
    const stepId = readToken(t.keys, other ? tokenOf(other) : '')?.stepId;
    if (stepId === undefined) throw new Error('no step');
    const forged = { token: secondTokenFor(t.keys, stepId, 3), satisfaction: 5 };
    expect((await app.api('POST', '/ratings', forged)).json().code).toBe('rating.unknown_token');
  });

  it('is the last word on whether it was mended; the rates stand with their numbers', async () => {
    expect(await ratesOf(february)).toMatchObject({
      code: CITY,
      answered_rate: { value: '0.0000', numerator: 0, denominator: 1 },
      called_back_rate: { value: '1.0000', numerator: 1, denominator: 1 },
      satisfaction_rate: { value: '1.0000', numerator: 1, denominator: 1 },
    });
    const none = { value: null, numerator: 0, denominator: 0 };
    expect(await ratesOf('from=2026-01-01&to=2026-01-31')).toMatchObject({
      answered_rate: none,
      called_back_rate: none,
      satisfaction_rate: none,
    });
    const byWindow = (await page('leader').get(`/work-orders/rates?${february}&by=window`)).json();
    expect(byWindow).toMatchObject([{ code: 'T01', name: '综合受理一' }]);
    const reversed = await app.api('GET', '/rectification-rates?from=2026-03-01&to=2026-02-01');
    expect(reversed.json().code).toBe('rating.range_reversed');
  });
});

describe('a mistaken rating', () => {
  it('is taken out by two people from its order, which ends and charges nobody', async () => {
    const id = await rate('BAD2', '2026-03-02 09:00:00', { satisfaction: 1, evalDetail: ['110'] }, MOBILE);
    await later('2026-03-12T00:00');
    expect(await book()).toContain('plain rating.not_rectified -300 T01 2026-03-10');
    const mistaken = { finding: 'mistaken', note: '评价人误点，已来电说明' };
    expect((await step('supervisor', id, 'review', mistaken)).json().code).toBe('rectification.no_evidence');
    const proposed = { ...mistaken, evidence: '12345 来电录音 A-0312' };
    const { exclusion } = (await step('supervisor', id, 'review', proposed)).json();
    expect(exclusion).toMatchObject({ state: 'proposed', verdict: 'mistaken' });
    const decide = (name: keyof typeof people, approve: boolean, of: string) =>
      page(name).post(`/exclusions/${of}/decision`, { approve, note: '已核对证据' });
    expect((await decide('supervisor', true, exclusion.id)).json().code).toBe('exclusion.same_person');
    await decide('second', false, exclusion.id);
    await settle();
    const rejected = await order(id);
    expect(rejected.state).toBe('unsigned');
    expect(rejected.events.at(-1).what).toBe('exclusion_rejected');
    const again = (await step('supervisor', id, 'review', proposed)).json();
    await decide('second', true, again.exclusion.id);
    await settle();
    const ended = await order(id);
    expect(ended.state).toBe('closed');
    expect(ended.events.slice(-2)).toMatchObject([
      { what: 'excluded' },
      { what: 'accounted', detail: { account: 'rating_void' } },
    ]);
    expect((await book()).filter((line) => line.includes('2026-03-10'))).toEqual([
      'plain rating.not_rectified -300 T01 2026-03-10',
      'reversal rating.not_rectified 300 T01 2026-03-10 excluded',
    ]);
    const { charges } = (await page('leader').get(`/work-orders/${id}/rectification`)).json();
    expect(charges).toMatchObject([{ rule: 'rating.not_rectified', waived: 'excluded' }]);
    // What was taken out was never answered, and is no valid bad rating.
    expect(ended.events.some(({ what }: { what: string }) => what === 'invited_again')).toBe(false);
    const march = (await app.api('GET', '/rectification-rates?from=2026-03-01&to=2026-03-31')).json();
    expect(march).toMatchObject([{ answered_rate: { denominator: 0 } }]);
  });
});

describe('whoever may not be called', () => {
  it.each([
    ['anonymous', { anonymous: true }, MOBILE],
    ['no_phone', {}, undefined],
  ])('has an order that ends by itself and says why: %s', async (why, given, mobile) => {
    await later('2026-03-12T09:00');
    const projectNo = `QUIET-${why}`;
    const bad = { satisfaction: 2, evalDetail: ['214'], ...given };
    const id = await rate(projectNo, '2026-03-12 08:30:00', bad, mobile);
    await step('liaison', id, 'sign');
    await step('liaison', id, 'contact', { outcome: 'no_answer', note: '没有联系方式' });
    const { body, headers } = fileForm('整改照片.png', samples.png);
    await page('liaison').post(`/work-orders/${id}/files`, body, headers);
    await step('liaison', id, 'answer', { note: '已批评教育' });
    expect((await step('leader', id, 'approve', { approve: true, note: '同意' })).json().state).toBe(
      'call_back',
    );
    await settle();
    const ended = await order(id);
    expect(ended).toMatchObject({ state: 'closed', card: 'none', may: [] });
    expect(ended.events.slice(-3)).toMatchObject([
      { what: 'closed_uncalled', detail: { uncalled: why } },
      { what: 'invited_again' },
      { what: 'accounted', detail: { account: 'rating_pending' } },
    ]);
    // Nobody said anything about the answer, so nothing is charged for it, and it is no call-back.
    const { charges } = (await page('leader').get(`/work-orders/${id}/rectification`)).json();
    expect(charges).toEqual([]);
    expect((await page('caller').get(`/call-backs?q=${projectNo}`)).json().items).toEqual([]);
  });

  it('still leads to a verdict, which is then stated', async () => {
    const { items } = (await page('supervisor').get('/work-orders?q=QUIET-no_phone')).json();
    const stepId = items[0].stepId;
    const upheld = { note: '监控核实，情况属实' };
    const verdict = await page('supervisor').post(`/ratings/${stepId}/1/upheld`, upheld);
    expect(verdict.statusCode, verdict.body).toBeLessThan(300);
    await settle();
    expect((await order(items[0].id)).events.at(-1)).toMatchObject({
      what: 'accounted',
      detail: { account: 'rating_posted' },
    });
  });
});

describe('the score', () => {
  it('counts one deduction for one event, and the book replays', async () => {
    expect((await page('office').post('/months/2026-02/close')).statusCode).toBe(200);
    expect((await page('office').post('/months/2026-03/close')).statusCode).toBe(200);
    const scores = (await app.api('GET', '/scores?month=2026-02&subject=window')).json();
    const items = Array.isArray(scores) ? scores : scores.items;
    const t01 = items.find((one: { subject_code: string }) => one.subject_code === 'T01');
    // One case, one window, one event: the heavier of −2 and −3 counts.
    expect(t01.indicators.rating).toBe('17.00');
    expect(await verifyBook(t, cliActor(CITY))).toMatchObject({ ok: true, differences: [] });
  });
});
