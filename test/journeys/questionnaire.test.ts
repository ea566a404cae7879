/** Questionnaires on site: written, published, answered without a script, counted, closed. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Content } from '../../src/feedback/questionnaire/content-contract.ts';
import { eraseSheetsDue } from '../../src/feedback/questionnaire/jobs.ts';
import { ensurePartitions } from '../../src/platform/migrate.ts';
import { openApp, type Person } from '../support/app.ts';
import { POLICE } from '../support/hall.ts';
import { CITY } from '../support/office.ts';
import { ask, contentWith, hallContent } from '../support/questionnaire.ts';

const app = await openApp({ now: new Date('2026-03-11T10:00:00+08:00') });
const { t } = app;
let office: Person;
let signs: Record<string, string> = {};
const id = randomUUID();
const api = `/questionnaires/${id}`;
let number = '';

const DAYS = { from: '2026-03-11', until: '2026-03-31' };

beforeAll(async () => {
  office = await app.person('assessment_office');
  await office.page.post('/signs', {});
  const { items } = (await office.page.get('/signs?held=true')).json();
  signs = Object.fromEntries(
    items.map((one: { windowCode: string; signCode: string }) => [one.windowCode, one.signCode]),
  );
  const made = await office.page.post('/questionnaires', { id, content: hallContent() });
  number = made.json().number;
});

function get(url: string, headers: Record<string, string> = {}) {
  return app.http.inject({ url, headers: { 'accept-language': 'zh-CN', ...headers } });
}

type Fields = Record<string, string | string[]>;

function post(url: string, fields: Fields, headers: Record<string, string> = {}) {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return app.http.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'zh-CN',
      ...headers,
    },
    payload: new URLSearchParams(pairs as [string, string][]).toString(),
  });
}

let made = 0;
const phone = () => {
  made += 1;
  return { cookie: `yp_device=${String(made).padStart(32, '0')}` };
};
const formId = () => randomUUID().replaceAll('-', '').slice(0, 20);
const hidden = (body: string, name: string) =>
  [...body.matchAll(new RegExp(`type="hidden" name="${name}" value="([^"]*)"`, 'g'))].map(([, one]) => one);
const names = (body: string) => [...new Set([...body.matchAll(/ name="(q\d)"/g)].map(([, one]) => one))];

/** A whole sheet at once, as its last page sends it. */
const whole = (answers: Fields, window = 'T01', headers = phone()) =>
  post(`/q/${signs[window]}/${number}`, { _id: formId(), _at: 'q5', _do: 'next', ...answers }, headers);
const results = async (query = '', who = office) => (await who.page.get(`${api}/results${query}`)).json();

describe('the office', () => {
  it('saves a draft with faults, publishes none with any, and tells each', async () => {
    const bad: Content = contentWith([ask('a', 'nps', { skips: [{ values: ['1'], to: 'a' }] })]);
    const saved = await office.page.post(api, { revision: 1, content: bad });
    expect(saved.json()).toMatchObject({ revision: 2, state: 'draft', faults: [{ field: 'a' }] });
    const refused = await office.page.post(`${api}/publish`, { revision: 2, ...DAYS });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'questionnaire.unsound',
      errors: [{ field: 'a', code: 'questionnaire.skip_backward' }],
    });
    const stale = await office.page.post(api, { revision: 1, content: hallContent() });
    expect(stale.json().code).toBe('questionnaire.changed_meanwhile');
    await office.page.post(api, { revision: 2, content: hallContent() });
  });

  it.each([
    [{ from: '2026-03-12', until: '2026-03-11' }, 'questionnaire.range_reversed'],
    [{ from: '2026-03-01', until: '2026-03-10' }, 'questionnaire.over_already'],
    [{ ...DAYS, windows: ['T99'] }, 'questionnaire.unknown_window'],
    [{ ...DAYS, regions: ['110000000000'] }, 'questionnaire.beyond_scope'],
    [{ ...DAYS, revision: 1 }, 'questionnaire.changed_meanwhile'],
  ])('publishes nothing with %j', async (given, code) => {
    const answer = await office.page.post(`${api}/publish`, { revision: 3, ...given });
    expect(answer.json().code).toBe(code);
  });

  it('is the whole city: part of it neither writes nor reads what was never published', async () => {
    const part = await app.person('assessment_office', { scope: '370811' });
    const refused = await part.page.post(`${api}/publish`, { revision: 3, ...DAYS });
    expect(refused.json().code).toBe('questionnaire.beyond_scope');
    const liaison = await app.person('department_liaison', { scope: POLICE });
    expect((await liaison.page.get(api)).statusCode).toBe(404);
    expect((await liaison.page.get('/questionnaires')).json().items).toEqual([]);
  });

  it('publishes once however often at once, and a preview shows both languages', async () => {
    const at = { revision: 3, ...DAYS, windows: ['P01'], regions: ['370800000000'] };
    const answers = await Promise.all([1, 2].map(() => office.page.post(`${api}/publish`, at)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const detail = (await office.page.get(api)).json();
    expect(detail).toMatchObject({ state: 'open', version: 1, changed: false, windows: ['P01'] });
    expect(detail.versions).toHaveLength(1);
    const preview = await office.page.get(`${api}/preview?lang=en`);
    expect(preview.body).toContain('Question q1');
    expect(preview.body).toContain('go to 5');
    const print = await office.page.get(`${api}/print?size=a5`);
    expect(print.body).toContain(`/q/${signs.T01}/${number}`);
    expect(print.body).not.toContain(signs.R01);
  });
});

describe('a citizen', () => {
  it('is led from the sign to the only questionnaire, and elsewhere told that there is none', async () => {
    expect((await get(`/w/${signs.T01}`)).body).toContain(`/q/${signs.T01}?`);
    const led = await get(`/q/${signs.T01?.toLowerCase()}`);
    expect([led.statusCode, led.headers.location]).toEqual([303, `/q/${signs.T01}/${number}?lang=zh`]);
    expect((await get(`/w/${signs.R01}`)).body).not.toContain('/q/');
    expect((await get(`/q/${signs.R01}`)).body).toContain('现在没有问卷');
    expect((await get(`/q/${signs.R01}/${number}`)).statusCode).toBe(404);
    expect((await get('/q/NOTASIGNATAL')).statusCode).toBe(404);
    expect((await get('/q/tablet')).body).toContain('只供窗口平板');
  });

  it('goes page by page, back and forth, and loses nothing when something is missing', async () => {
    const url = `/q/${signs.T01}/${number}`;
    const first = await get(url);
    expect(names(first.body)).toEqual(['q1']);
    expect(first.body).not.toContain('<script');
    const _id = hidden(first.body, '_id')[0] ?? '';
    const missing = await post(url, { _id, _at: 'q1', _do: 'next' });
    expect([missing.statusCode, missing.body.includes('href="#q1-o1"')]).toEqual([422, true]);
    const second = await post(url, { _id, _at: 'q1', _do: 'next', q1: 'o1' });
    expect(second.body).toMatch(/name="q2"\s+value="1"/);
    expect(hidden(second.body, 'q1')).toEqual(['o1']);
    const third = await post(url, { _id, _at: 'q2', _do: 'next', q1: 'o1', q2: '2' });
    expect(third.body).toMatch(/type="checkbox"[^>]*name="q3"/);
    const back = await post(url, { _id, _at: 'q3', _do: 'back', q1: 'o1', q2: '2', q3: ['o1', 'o2'] });
    expect(back.body).toMatch(/id="q2-2"[^>]*checked/);
    expect(hidden(back.body, 'q3')).toEqual(['o1', 'o2']);
    const skipped = await post(url, { _id, _at: 'q2', _do: 'next', q1: 'o1', q2: '5', q3: ['o1', 'o2'] });
    expect(skipped.body).toMatch(/name="q4"\s+value="10"/);
    const many = await post(url, { _id, _at: 'q3', _do: 'next', q1: 'o1', q2: '2', q3: ['o1', 'o2', 'o3'] });
    expect([many.statusCode, many.body.includes('最多选2项')]).toEqual([422, true]);
    expect([...many.body.matchAll(/id="q3-o\d"[^>]*checked/g)]).toHaveLength(3);
  });

  it('hands in once by one form, is counted once a day, and may write what has to be answered', async () => {
    const mine = phone();
    const fields = {
      _id: formId(),
      _at: 'q5',
      _do: 'next',
      q1: 'o1',
      q2: '5',
      q3: 'o1',
      q5: '<b>多设座位</b>',
    };
    const url = `/q/${signs.T01}/${number}`;
    const sent = await Promise.all([1, 2].map(() => post(url, fields, mine)));
    for (const { statusCode, headers } of sent) {
      expect([statusCode, headers.location]).toEqual([303, `${url}/thanks?lang=zh`]);
    }
    expect((await get(`${url}/thanks`)).body).toContain('谢谢您填写问卷');
    expect((await get(url, mine)).body).toContain('今天已经填过');
    await whole({ q1: 'o2' }, 'T01', mine);
    expect(await results()).toMatchObject({
      sheets: 1,
      repeated: 1,
      withheld: true,
      questions: [],
      texts: [],
    });
    await app.settle();
    const orders = (await office.page.get('/work-orders?kind=suggestion')).json().items;
    expect(orders).toHaveLength(1);
    const voices = (await office.page.get('/voices?kind=suggestion')).json().items;
    expect(voices).toHaveLength(1);
  });

  it.each<[string, Fields, string]>([
    ['an answer that there is none of', { q1: 'o7' }, '没有这个答案'],
    ['one question twice', { q1: ['o1', 'o2'] }, '只能有一个答案'],
    ['too long a text', { q1: 'o2', q5: '长'.repeat(501) }, '最多写500个字'],
    ['nothing at all', {}, '这道题要回答'],
  ])('is told of %s', async (_, fields, told) => {
    const answer = await whole(fields);
    expect([answer.statusCode, answer.body.includes(told)]).toEqual([422, true]);
  });

  it('of the staff answers nothing', async () => {
    const headers = { cookie: [...office.page.jar].map((pair) => pair.join('=')).join('; ') };
    expect((await whole({ q1: 'o2' }, 'T01', headers)).statusCode).toBe(403);
  });

  it('at a tablet is one of many: nobody is told to have answered', async () => {
    const { openKiosk } = await import('../support/kiosk.ts');
    const { headers } = await (await openKiosk(app)).tablet();
    const state = await get('/kiosk/api/state', headers);
    expect(state.json().survey).toBe(true);
    const led = await get('/q/tablet', headers);
    expect(led.headers.location).toBe(`/q/tablet/${number}?lang=zh`);
    for (const q2 of ['4', '3']) {
      const q3: Fields = q2 === '3' ? { q3: 'o2' } : {};
      const fields: Fields = { _id: formId(), _at: 'q5', _do: 'next', q1: 'o1', q2, q4: '9', ...q3 };
      const sent = await post(`/q/tablet/${number}`, fields, headers);
      expect([sent.statusCode, sent.headers.location]).toEqual([303, `/q/tablet/${number}/thanks?lang=zh`]);
    }
    const thanks = await get(`/q/tablet/${number}/thanks`, headers);
    expect([thanks.headers.refresh, thanks.body.includes('href="/kiosk/?')]).toEqual([
      '300; url=/kiosk/',
      true,
    ]);
    expect(await results('?channel=tablet')).toMatchObject({ sheets: 2 });
  });
});

describe('the results', () => {
  it('count what was asked and answered once there are enough', async () => {
    for (const [q2, q4] of [
      ['5', '10'],
      ['4', '6'],
      ['1', ''],
    ] as const) {
      await whole({ q1: 'o1', q2, q4, ...(q2 === '1' ? { q3: ['o2', 'o1'] } : {}) });
    }
    await whole({ q1: 'o2', q5: '=HYPERLINK("http://x")' }, 'P01');
    const found = await results();
    expect(found).toMatchObject({ version: 1, sheets: 7, withheld: false, smallest: 5 });
    const by = Object.fromEntries(found.questions.map((one: { id: string }) => [one.id, one]));
    expect(by.q1).toMatchObject({ asked: 7, answered: 7 });
    expect(by.q2).toMatchObject({ asked: 6, answered: 6, mean: '3.67' });
    expect(by.q3).toMatchObject({ asked: 2, answered: 2 });
    expect(by.q3.answers.map((one: { share: { numerator: number } }) => one.share.numerator)).toEqual([
      1, 2, 0,
    ]);
    expect(by.q4).toMatchObject({ asked: 6, answered: 4 });
    expect(by.q4.nps).toMatchObject({ promoters: 3, detractors: 1, answered: 4, score: '50.0' });
    expect(found.texts).toHaveLength(2);
    const windows = found.windows.map((one: { windowCode: string; sheets: number; means: unknown }) => [
      one.windowCode,
      one.sheets,
      one.means !== null,
    ]);
    expect(windows).toEqual([
      ['P01', 1, false],
      ['T01', 6, true],
    ]);
  });

  it('tell a small group nothing but its number, and a department only its own', async () => {
    expect(await results('?window=P01')).toMatchObject({
      sheets: 1,
      withheld: true,
      questions: [],
      texts: [],
    });
    const liaison = await app.person('department_liaison', { scope: POLICE });
    const own = await results('', liaison);
    expect(own).toMatchObject({ sheets: 1, withheld: true });
    expect(own.windows.map((one: { windowCode: string }) => one.windowCode)).toEqual(['P01']);
    expect((await liaison.page.get(`${api}/sheets`)).statusCode).toBe(403);
    expect((await results('?from=2026-03-12&to=2026-03-11')).code).toBe('questionnaire.range_reversed');
    expect((await results('?version=9')).code).toBe('questionnaire.unknown_version');
  });

  it('go out as tables in which nothing runs, without a time or a form', async () => {
    const tallies = (await office.page.get(`${api}/results?format=csv&lang=en`)).body;
    expect(tallies).toContain('q2,Question q2,scale,mean,3.67');
    const sheets = (await office.page.get(`${api}/sheets`)).body;
    expect(sheets.split('\r\n')).toHaveLength(9);
    expect(sheets).toContain('<b>多设座位</b>');
    // P01 has one sheet alone: its words stay out.
    expect(sheets).not.toContain('HYPERLINK');
    expect(sheets).not.toMatch(/yp_device|10:00|sheet_id/);
    const xlsx = await office.page.get(`${api}/results?format=xlsx`);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('keep old answers with their version when another is published', async () => {
    const content = contentWith([ask('n1', 'nps')]);
    await office.page.post(api, { revision: 3, content });
    await office.page.post(`${api}/publish`, { revision: 4, ...DAYS });
    expect(await results()).toMatchObject({ version: 2, sheets: 0 });
    expect(await results('?version=1')).toMatchObject({ version: 1, sheets: 7 });
    expect((await get(`/q/${signs.R01}/${number}`)).body).toContain('name="n1"');
  });

  it('close, and erase texts and marks in time', async () => {
    expect((await office.page.post(`${api}/close`, {})).json().state).toBe('closed');
    expect((await office.page.post(`${api}/close`, {})).json().code).toBe('questionnaire.not_open');
    expect((await get(`/q/${signs.T01}/${number}`)).statusCode).toBe(404);
    t.clock.set(new Date('2030-03-11T10:00:00+08:00'));
    await ensurePartitions(t.db.owner, t.clock.now());
    await eraseSheetsDue(t, CITY);
    const { rows } = await t.db.owner.query(
      'SELECT (SELECT count(*) FROM feedback.questionnaire_text) AS n, ' +
        '(SELECT count(*) FROM feedback.questionnaire_mark) AS m',
    );
    expect(rows).toEqual([{ n: '0', m: '0' }]);
  });
});
