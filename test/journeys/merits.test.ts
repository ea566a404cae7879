/** Merits: claimed with proof, spoken for by the department, approved, published, in the book. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK, POLICE } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';

const app = await openApp({ now: new Date('2026-06-10T10:00:00+08:00') });
const { t } = app;
const clerk = await app.person('clerk', { staffNo: CLERK });
const other = await app.person('clerk', { staffNo: 'G003' });
const liaison = await app.person('department_liaison', { scope: APPROVAL });
const stranger = await app.person('department_liaison', { scope: POLICE });
const office = await app.person('assessment_office');
const leader = await app.person('leader');
const supervisor = await app.person('supervisor');

const form = (given: object = {}) => ({
  id: randomUUID(),
  occurredOn: '2026-06-09',
  rule: 'bonus.proactive_service',
  evidence: '上门为行动不便的老人办理',
  ...given,
});
const claim = (given: object = {}, who: Person = clerk) => who.page.post('/merits', form(given));
const claimed = async (given: object = {}, who: Person = clerk): Promise<string> =>
  (await claim(given, who)).json().id;
const codeOf = (answer: { json(): { code: string } }) => answer.json().code;
const decide = (id: string, who: Person = office, confirm = true, note = '') =>
  who.page.post(`/merits/${id}/decision`, { confirm, note });
const opine = (id: string, who: Person = liaison, opinion = 'support', note = '') =>
  who.page.post(`/merits/${id}/opinion`, { opinion, note });

async function prove(id: string, who: Person = clerk, content = samples.pdf) {
  const { body, headers } = fileForm('proof.pdf', content);
  const cookie = [...who.page.jar].map((pair) => pair.join('=')).join('; ');
  return await app.http.inject({
    method: 'POST',
    url: `/admin/api/merits/${id}/files`,
    headers: { ...headers, 'x-yiping': '1', cookie },
    payload: body,
  });
}

async function entriesOf(id: string) {
  for (let round = 0; round < 3; round += 1) await app.settle();
  return (await t.db.owner.query('SELECT points_centi FROM ledger.entry WHERE fact_id = $1', [id])).rows;
}

describe('a claim', () => {
  it('counts once the department has spoken, proof is there and the office has approved', async () => {
    const id = await claimed();
    expect(id).toMatch(/^JF-[0-9a-f]{16}$/);
    expect(codeOf(await decide(id))).toBe('merit.opinion_missing');
    expect(codeOf(await opine(id, stranger))).toBe('merit.unknown');
    expect((await opine(id, liaison, 'object')).statusCode).toBe(422);
    expect((await opine(id)).statusCode).toBe(204);
    expect(codeOf(await opine(id))).toBe('merit.no_claim');
    expect(codeOf(await decide(id))).toBe('merit.proof_missing');
    expect(codeOf(await prove(id, other))).toBe('merit.not_claimant');
    expect(codeOf(await prove(id, clerk, Buffer.from('no file')))).toBe('file.type');
    const { items } = (await prove(id)).json();
    expect(items).toHaveLength(1);
    expect((await office.page.get(`/merits/${id}/files/${items[0].id}`)).statusCode).toBe(200);
    expect((await other.page.get(`/merits/${id}/files`)).statusCode).toBe(404);
    expect(await entriesOf(id)).toEqual([]);
    const answers = await Promise.all([decide(id), decide(id, leader)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
    expect(await entriesOf(id)).toEqual([{ points_centi: 100 }]);
    expect(codeOf(await prove(id))).toBe('merit.not_claimant');
  });

  it('is the same however often it is sent; another under its id is refused', async () => {
    const sent = form({ rule: 'bonus.publicity' });
    const answers = await Promise.all([1, 2].map(() => clerk.page.post('/merits', sent)));
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(codeOf(await clerk.page.post('/merits', { ...sent, quantity: 9 }))).toBe('merit.differs');
  });

  it.each([
    ['for somebody else', { staffNo: 'G003' }, 403, 'merit.not_yours'],
    ['of tomorrow', { occurredOn: '2026-06-11' }, 422, 'merit.in_future'],
    ['of a day that isn’t', { occurredOn: '2026-02-30' }, 422, 'request.invalid'],
    ['of a day without a scheme', { occurredOn: '2021-06-01' }, 422, undefined],
    ['without words', { evidence: ' ' }, 422, 'request.invalid'],
  ])('is refused %s', async (_, given, status, code) => {
    const answer = await claim(given);
    expect(answer.statusCode).toBe(status);
    if (code) expect(codeOf(answer)).toBe(code);
  });

  it('of a liaison for the staff is the department’s word, and reaches no other department', async () => {
    const id = await claimed({ staffNo: 'G004', rule: 'bonus.innovation' }, liaison);
    expect(codeOf(await claim({ staffNo: 'G003' }, liaison))).toBe('merit.not_yours');
    expect((await claim({}, supervisor)).statusCode).toBe(403);
    await prove(id, liaison);
    expect(codeOf(await opine(id))).toBe('merit.same_person');
    expect((await decide(id, office, false, '不属于改革创新')).statusCode).toBe(204);
    expect(await entriesOf(id)).toEqual([]);
  });
});

describe('what a clerk sees', () => {
  it('is the own merits, and the seven items with what is used of them', async () => {
    const own = (await clerk.page.get('/merits')).json().items;
    expect(new Set(own.map(({ staffNo }: { staffNo: string }) => staffNo))).toEqual(new Set([CLERK]));
    expect((await other.page.get(`/merits?staff=${CLERK}`)).json().items).toEqual([]);
    const { items, totalCap } = (await clerk.page.get('/merits/allowance')).json();
    expect([items.length, totalCap]).toEqual([7, '10.00']);
    const of = (item: string) => items.find((one: { item: string }) => one.item === item);
    expect(of('proactive_service')).toMatchObject({
      cap: '3.00',
      month: '1.00',
      waiting: '0.00',
      year: '1.00',
    });
    expect(of('publicity')).toMatchObject({ month: '0.00', waiting: '0.50' });
    expect(codeOf(await clerk.page.get('/merits/allowance?staff=G003'))).toBe('merit.not_yours');
    expect((await liaison.page.get('/merits/allowance?staff=G004')).statusCode).toBe(200);
  });
});

describe('the published list', () => {
  it('names nobody in full, has what is confirmed only, and grows once', async () => {
    expect((await clerk.page.get('/merit-notices?month=2026-06')).json().items).toEqual([]);
    const publish = () => office.page.post('/merit-notices', { month: '2026-06' });
    expect((await publish()).json()).toEqual({ published: 1 });
    expect((await publish()).json()).toEqual({ published: 0 });
    expect((await leader.page.post('/merit-notices', { month: '2026-06' })).statusCode).toBe(403);
    const answer = await other.page.get('/merit-notices?month=2026-06');
    expect(answer.json().items).toMatchObject([
      { name: '陈*', rule: 'bonus.proactive_service', quantity: 1 },
    ]);
    expect(answer.body).not.toMatch(/陈静|G001|老人/);
  });

  it('leaves the register, which takes its own export back unchanged', async () => {
    const { body } = await office.page.get('/merits?format=csv&state=confirmed');
    const report = await app.load('merits', body);
    expect([report.rows, report.unchanged]).toEqual([1, 1]);
  });
});
