/** Paper sheets: typed by one person, a drawn sample typed again by another, counted once they agree. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { POLICE } from '../support/hall.ts';
import { hallContent } from '../support/questionnaire.ts';

const app = await openApp({ now: new Date('2026-03-11T10:00:00+08:00') });
const questionnaireId = randomUUID();
let [office, typist, checker] = [] as unknown as [Person, Person, Person];

beforeAll(async () => {
  office = await app.person('assessment_office');
  typist = await app.person('caller', { name: '钱录入' });
  checker = await app.person('supervisor', { name: '孙核对' });
  await office.page.post('/questionnaires', { id: questionnaireId, content: hallContent() });
  const days = { from: '2026-03-01', until: '2026-03-31' };
  await office.page.post(`/questionnaires/${questionnaireId}/publish`, { revision: 1, ...days });
});

const FORM = { windowCode: 'T01', filledOn: '2026-03-10' };
type Answers = Record<string, string[]>;
const GOOD: Answers = { q1: ['o1'], q2: ['5'], q4: ['9'] };

async function begun(given: object = {}, who = typist) {
  const id = randomUUID();
  const answer = await who.page.post('/questionnaire-batches', { id, questionnaireId, ...FORM, ...given });
  return { id, answer, url: `/questionnaire-batches/${id}` };
}

const type = (url: string, number: number, answers: Answers = GOOD, who = typist) =>
  who.page.post(`${url}/sheets`, { id: randomUUID(), number, answers });
const check = (url: string, number: number, answers: Answers = GOOD, who = checker) =>
  who.page.post(`${url}/checks`, { number, answers });
const counted = async () =>
  (await office.page.get(`/questionnaires/${questionnaireId}/results?channel=paper`)).json();

describe('a batch', () => {
  it.each([
    [{ filledOn: '2026-03-12' }, 'questionnaire.filled_in_future'],
    [{ windowCode: 'T99' }, 'questionnaire.unknown_window'],
    [{ version: 7 }, 'questionnaire.unknown_version'],
  ])('is not begun with %j', async (given, code) => {
    expect((await begun(given)).answer.json().code).toBe(code);
  });

  it('of a window beyond reach is neither begun nor seen', async () => {
    const part = await app.person('supervisor', { scope: '370811' });
    expect((await begun({}, part)).answer.json().code).toBe('questionnaire.unknown_window');
    const { url } = await begun();
    expect((await part.page.get(url)).statusCode).toBe(404);
    expect((await part.page.get('/questionnaire-batches')).json().items).toEqual([]);
    const liaison = await app.person('department_liaison', { scope: POLICE });
    expect((await liaison.page.get('/questionnaire-batches')).statusCode).toBe(403);
  });

  it('takes each number once, sound sheets only, from who began it', async () => {
    const { url, answer } = await begun();
    expect(answer.json()).toMatchObject({ number: expect.stringMatching(/^WP2026-\d{4}$/) });
    const sheet = { id: randomUUID(), number: 1, answers: GOOD };
    const twice = await Promise.all([1, 2].map(() => typist.page.post(`${url}/sheets`, sheet)));
    expect(twice.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await type(url, 1)).json().code).toBe('questionnaire.number_taken');
    const wrong = await type(url, 2, { q1: ['o2'], q2: ['5'] });
    expect(wrong.json()).toMatchObject({ code: 'questionnaire.answers', errors: [{ field: 'q2' }] });
    expect((await type(url, 2, GOOD, checker)).json().code).toBe('questionnaire.not_typist');
    expect((await check(url, 1)).json().code).toBe('questionnaire.batch_open');
    expect((await checker.page.post(`${url}/end`, {})).json().code).toBe('questionnaire.not_typist');
    expect((await typist.page.get(url)).json()).toMatchObject({ sheets: 1, numbers: [1], checks: [] });
  });

  it('without a sheet is not finished', async () => {
    const { url } = await begun();
    expect((await typist.page.post(`${url}/end`, {})).json().code).toBe('questionnaire.batch_empty');
  });
});

describe('a finished batch', () => {
  it('counts once a second person has typed the sample alike; suggestions go on then', async () => {
    const { url } = await begun();
    const words: Answers = { ...GOOD, q5: ['多设座位'] };
    for (let number = 1; number <= 6; number += 1) await type(url, number, number === 1 ? words : GOOD);
    expect(await counted()).toMatchObject({ sheets: 0, waiting: 7 });
    const ended = await Promise.all([1, 2].map(() => typist.page.post(`${url}/end`, {})));
    const { sample } = ended[0]?.json() ?? {};
    expect(sample).toHaveLength(3);
    expect(ended[1]?.json().sample).toEqual(sample);
    expect((await type(url, 9)).json().code).toBe('questionnaire.batch_ended');
    expect((await check(url, sample[0], GOOD, typist)).json().code).toBe('questionnaire.same_person');
    const other = [1, 2, 3, 4, 5, 6].find((number) => !sample.includes(number)) ?? 0;
    expect((await check(url, other)).json().code).toBe('questionnaire.not_in_sample');
    const both = await Promise.all([1, 2].map(() => check(url, sample[0])));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const bad = await check(url, sample[1], { q1: ['o9'] });
    expect(bad.json().code).toBe('questionnaire.answers');
    await check(url, sample[1]);
    const last = await check(url, sample[2]);
    expect(last.json()).toMatchObject({ outcome: 'accepted', may: { type: false, check: false } });
    expect((await check(url, sample[2])).json().code).toBe('questionnaire.batch_judged');
    expect(await counted()).toMatchObject({ sheets: 6, waiting: 1 });
    await app.settle();
    expect((await office.page.get('/voices?kind=suggestion')).json().items).toHaveLength(1);
  });

  it('counts what the paper bears out, or nothing where too much was typed wrong', async () => {
    const before = (await counted()).sheets;
    const { url } = await begun();
    for (const number of [1, 2]) await type(url, number);
    await typist.page.post(`${url}/end`, {});
    const differs = await check(url, 1, { ...GOOD, q4: ['0'] });
    expect(differs.json()).toMatchObject({
      outcome: null,
      checks: [{ number: 1, holds: null, differs: [{ question: 'q4', first: ['9'], second: ['0'] }] }],
    });
    await check(url, 2);
    const settle = (number: number, holds: string, who = checker) =>
      who.page.post(`${url}/settlements`, { number, holds });
    expect((await settle(1, 'first', typist)).json().code).toBe('questionnaire.same_person');
    expect((await settle(2, 'first')).json().code).toBe('questionnaire.nothing_differs');
    // One answer of six was typed wrong: far more than the rule allows.
    expect((await settle(1, 'second')).json()).toMatchObject({ outcome: 'rejected' });
    expect((await counted()).sheets).toBe(before);
  });

  it('with a wrong second typing counts as it was typed', async () => {
    const { url } = await begun();
    await type(url, 1, { q1: ['o2'] });
    await typist.page.post(`${url}/end`, {});
    await check(url, 1, { q1: ['o1'], q2: ['4'] });
    const settled = await checker.page.post(`${url}/settlements`, { number: 1, holds: 'first' });
    expect(settled.json()).toMatchObject({ outcome: 'accepted' });
    const { questions } = await counted();
    expect(questions.find((one: { id: string }) => one.id === 'q2')).toMatchObject({ asked: 6 });
  });
});
