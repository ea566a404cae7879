/** Whoever rates, whatever the level, may ask to be contacted: sealed apart, answered in its own time. */
import { describe, expect, it } from 'vitest';
import { ratingDesk, type Submission } from '../../src/feedback/rating/actions.ts';
import { eraseRaters } from '../../src/feedback/rating/store.ts';
import { officeNetworks } from '../../src/oversight/access/index.ts';
import { inTx } from '../../src/platform/db.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, CLERK, recordForm } from '../support/hall.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// A Monday without holidays near.
const app = await openApp({ now: at('2026-06-08T10:00') });
const { t } = app;
const PHONE = '13812345678';
const NAME = '欧阳娜娜';
const people: Record<'liaison' | 'leader' | 'supervisor' | 'concerned', Person> = {
  liaison: await app.person('department_liaison', { scope: APPROVAL }),
  leader: await app.person('leader'),
  supervisor: await app.person('supervisor'),
  concerned: await app.person('supervisor', { staffNo: CLERK }),
};

function post(url: string, form: Record<string, string>) {
  return app.http.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'zh-CN' },
    payload: new URLSearchParams(form).toString(),
  });
}

const SUBMISSION: Omit<Submission, 'token'> = {
  ...{ satisfaction: 5, tags: [], text: '', process: null, efficiency: null, attitude: null },
  ...{ anonymous: false, clientId: 'lost', deviceAt: null, channel: null, source: 'citizen' },
  ...{ shownAt: null, deviceMark: null, address: null, admitted: true },
};

let made = 0;
async function link(): Promise<string> {
  made += 1;
  const [one] = await app.handIn([
    recordForm({ projectNo: `ASK${made}`, serviceTime: '2026-06-08 09:00:00' }),
  ]);
  return one ? tokenOf(one) : '';
}

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

const rating = { satisfaction: '5', id: 'aB3-aB3_aB3-aB3_aB3-' };

it('is asked for on the rating page, and refused without a phone before anything is kept', async () => {
  const token = await link();
  const form = await app.http.inject({ url: `/r/${token}`, headers: { 'accept-language': 'zh-CN' } });
  expect(form.body).toContain('请联系我');
  const wrong: Record<string, string>[] = [{ phone: '12ab' }, { name: NAME }];
  for (const given of wrong) {
    const back = await post(`/r/${token}`, { ...rating, ...given });
    expect([back.statusCode, back.body.includes('请填有效的电话号码')]).toEqual([422, true]);
    expect(back.body).not.toContain(NAME);
  }
  const plain = await post(`/r/${token}`, { ...rating, name: ' ', phone: '' });
  expect([plain.statusCode, String(plain.headers.location).includes('asked=')]).toEqual([303, false]);
});

it('is an order of its own kind and time, once for a rating, and hidden from whom was rated', async () => {
  const token = await link();
  const sent = { ...rating, name: NAME, phone: '138 1234 5678' };
  const first = await post(`/r/${token}`, sent);
  const again = await post(`/r/${token}`, sent);
  expect([first.statusCode, again.headers.location]).toEqual([303, first.headers.location]);
  const receipt = await app.http.inject({ url: String(first.headers.location) });
  expect(receipt.body).toContain('LX2026-000001');
  const { items } = (await people.liaison.page.get('/work-orders?kind=contact_request')).json();
  expect(items).toMatchObject([
    {
      ...{ number: 'LX2026-000001', ownerDepartment: APPROVAL, state: 'unsigned' },
      dueAt: '2026-06-11T17:30:00+08:00',
    },
  ]);
  const path = `/work-orders/${items[0].id}`;
  const shown = await people.liaison.page.get(path);
  expect(shown.json().said).toContain('非常满意');
  for (const { body } of [shown, receipt, await people.leader.page.get('/voices')])
    expect([body.includes(NAME), body.includes(PHONE)]).toEqual([false, false]);
  expect((await people.concerned.page.get(path)).json()).toMatchObject({ said: null });
  const speaker = await people.liaison.page.post(`${path}/speaker`, { reason: '按请求联系' });
  expect(speaker.json()).toEqual({ name: NAME, phone: PHONE });
  const { rows } = await t.db.owner.query(
    `SELECT count(*)::int AS n FROM feedback.speaker WHERE city_code = $1 AND phone_enc IS NOT NULL
       AND position('${PHONE}' in encode(phone_enc, 'escape')) = 0`,
    [CITY],
  );
  expect(rows).toEqual([{ n: 1 }]);
});

it('is answered in words, followed by number and phone, and reopened once within the days', async () => {
  const { items } = (await people.liaison.page.get('/work-orders?kind=contact_request')).json();
  const step = async (who: 'liaison' | 'leader', name: string, form: object = {}) =>
    (await people[who].page.post(`/work-orders/${items[0].id}/${name}`, form)).json();
  const answer = async (note: string) => {
    expect((await step('liaison', 'answer', { note })).state).toBe('approval');
    expect((await step('leader', 'approve', { approve: true, note: '同意' })).state).toBe('call_back');
  };
  const follow = async () =>
    String((await post('/follow', { number: 'LX2026-000001', phone: PHONE })).headers.location);
  await step('liaison', 'sign');
  await step('liaison', 'contact', { outcome: 'reached', note: '已电话说明' });
  await answer('已电话说明领证时间。');
  await later('2026-06-11T23:00');
  const word = await post(await follow(), { word: 'dissatisfied', note: '还没说清' });
  expect(word.statusCode).toBe(303);
  expect((await step('liaison', 'classify', { complexity: 'joint', note: '会商' })).code).toBe(
    'order.wrong_complexity',
  );
  await answer('再次说明，群众已明白。');
  await later('2026-06-15T09:00');
  const late = await post(await follow(), { word: 'dissatisfied', note: '还是不行' });
  expect([late.statusCode, late.body.includes('时间已于 2026-06-14 结束')]).toEqual([409, true]);
});

describe('the wish is kept with the rating and told with it', () => {
  const contact = { name: NAME, phone: '138 1234 5678' };
  const numbers = async () =>
    (await people.supervisor.page.get('/work-orders?kind=contact_request&limit=200'))
      .json()
      .items.map(({ number }: { number: string }) => number);
  const sealed = async () => {
    const { rows } = await t.db.owner.query(
      'SELECT count(*)::int AS n FROM feedback.rater WHERE phone_enc IS NOT NULL',
    );
    return rows[0].n;
  };

  it('by other systems and without a key, with the number in the answer', async () => {
    const before = await sealed();
    for (const [key, id] of [
      [app.key, 'K1'],
      [null, 'K2'],
    ] as const) {
      const body = { token: await link(), satisfaction: 5, id, contact };
      const first = await app.api('POST', '/ratings', body, key);
      expect(first.statusCode, first.body).toBe(201);
      const { receipt, contactNumber } = first.json();
      expect(await numbers()).toContain(contactNumber);
      const again = await app.api('POST', '/ratings', body, key);
      expect([again.statusCode, again.json()]).toEqual([200, { ...first.json(), receipt }]);
    }
    expect(await sealed()).toBe(before + 2);
    const plain = await app.api('POST', '/ratings', { token: await link(), satisfaction: 5 }, null);
    expect(Object.keys(plain.json()).sort()).toEqual(['receipt', 'recordedAt']);
    const stored = await t.db.owner.query(
      `SELECT count(*)::int AS n FROM feedback.rater
       WHERE position('${PHONE}' in encode(phone_enc, 'escape')) > 0`,
    );
    expect(stored.rows).toEqual([{ n: 0 }]);
  });

  it('and refused with what is no phone, before anything is kept; what stands is told first', async () => {
    const token = await link();
    for (const wrong of [{ phone: '12ab' }, { name: NAME, phone: '' }]) {
      const answer = await app.api('POST', '/ratings', { token, satisfaction: 5, contact: wrong }, null);
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'contact.phone']);
      expect(answer.body).not.toContain(NAME);
    }
    for (const wrong of [{ name: NAME }, { ...contact, admin: true }, PHONE]) {
      const answer = await app.api('POST', '/ratings', { token, satisfaction: 5, contact: wrong }, null);
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'request.invalid']);
    }
    expect((await app.api('POST', '/ratings', { token, satisfaction: 5, id: 'S' }, null)).statusCode).toBe(
      201,
    );
    const late = { token, satisfaction: 5, id: 'T', contact: { phone: '12ab' } };
    expect((await app.api('POST', '/ratings', late, null)).json().code).toBe('rating.already_recorded');
  });

  it('opens its order by the fact alone where nothing else has, and once', async () => {
    const token = await link();
    const [before, kept] = [await numbers(), await sealed()];
    // As if the server had gone right after the commit: only the desk that writes has seen it.
    const desk = ratingDesk(t, officeNetworks(t));
    const left = { name: NAME, phone: PHONE };
    const recorded = await desk.submit({ ...SUBMISSION, token, contact: left });
    expect([recorded.isNew, await sealed()]).toEqual([true, kept + 1]);
    expect(await numbers()).toEqual(before);
    await app.settle();
    await app.settle();
    const after = await numbers();
    expect(after.length).toBe(before.length + 1);
    const repeated = await app.api('POST', '/ratings', { token, satisfaction: 5, id: 'lost', contact }, null);
    expect(repeated.json().contactNumber).toBe(after.find((one: string) => !before.includes(one)));
    const { items } = (
      await people.liaison.page.get(`/work-orders?q=${repeated.json().contactNumber}`)
    ).json();
    const speaker = await people.liaison.page.post(`/work-orders/${items[0].id}/speaker`, {
      reason: '按请求联系',
    });
    expect(speaker.json()).toEqual({ name: NAME, phone: PHONE });
  });

  it('and is erased with what is known of the rater', async () => {
    expect(await sealed()).toBeGreaterThan(0);
    await inTx(t.db, (tx) => eraseRaters(tx, CITY, '2030-01-01'));
    expect(await sealed()).toBe(0);
  });
});
