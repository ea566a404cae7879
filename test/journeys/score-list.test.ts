import { beforeAll, describe, expect, it } from 'vitest';
import { SCORE_SORTS, type Score, type ScorePage } from '../../src/close/statement/contract.ts';
import { openApp, type Person } from '../support/app.ts';
import {
  CLOSED_AT,
  findings,
  liveThroughMay,
  merits,
  RATED_AT,
  verdicts,
} from '../support/worked-example.ts';

const app = await openApp({ now: RATED_AT });
let office: Person;

beforeAll(async () => {
  await liveThroughMay(app);
  app.t.clock.set(CLOSED_AT);
  await app.load('findings', findings);
  await app.load('merits', merits);
  await app.load('ratings', verdicts);
  office = await app.person('assessment_office');
});

async function pages(query: string): Promise<Score[]> {
  const found: Score[] = [];
  let cursor = '';
  do {
    const answer = await office.page.get(`/scores?month=2026-05&limit=2&${query}${cursor}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const page: ScorePage = answer.json();
    found.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
    expect(found.length).toBeLessThanOrEqual(page.count);
  } while (cursor !== '');
  return found;
}

describe('the month desk', () => {
  it('lists the months with their last close and closes one', async () => {
    const before = await office.page.get('/months');
    expect(before.json().items.map((one: { month: string }) => one.month)).toContain('2026-05');
    const refused = await office.page.get('/scores?month=2026-05');
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'month.not_closed']);
    const closed = await office.page.post('/months/2026-05/close', {});
    expect(closed.json()).toMatchObject({
      month: '2026-05',
      state: 'provisional',
      closed_by: expect.any(String),
    });
    const after = await office.page.get('/months');
    const may = after.json().items.find((one: { month: string }) => one.month === '2026-05');
    expect(may).toMatchObject({ state: 'provisional', staff: closed.json().staff });
  });

  it.each(['2026-13', 'May', '2026-5', '9999-01'])('refuses to close %s', async (text) => {
    const answer = await office.page.post(`/months/${text}/close`, {});
    expect(answer.statusCode).toBe(422);
    expect(answer.json().code).toMatch(/^month\./);
  });
});

describe('the list of scores', () => {
  it.each(SCORE_SORTS.flatMap((sort) => [`sort=${sort}&order=asc`, `sort=${sort}&order=desc`]))(
    'is complete page by page with %s',
    async (query) => {
      const codes = (await pages(query)).map((score) => score.subject_code);
      const all = await pages('sort=code&order=asc');
      expect([...codes].sort()).toEqual(all.map((score) => score.subject_code));
    },
  );

  it('stands in the order of the totals', async () => {
    const totals = (await pages('sort=total&order=desc')).map((score) => Number(score.total));
    expect(totals).toEqual([...totals].sort((one, other) => other - one));
  });

  it('finds by name and grade, as a table too, and refuses a forged page mark', async () => {
    const [first] = await pages('sort=code&order=asc');
    const byName = await pages(`q=${encodeURIComponent(first?.name ?? '')}`);
    expect(byName.map((score) => score.subject_code)).toContain(first?.subject_code);
    for (const score of await pages(`grade=${encodeURIComponent('较好')}`)) expect(score.grade).toBe('较好');
    const csv = await office.page.get('/scores?month=2026-05&format=csv');
    expect(csv.body).toContain('94.71');
    const forged = await office.page.get('/scores?month=2026-05&cursor=abc');
    expect(forged.statusCode).toBe(422);
  });

  it('reads the scheme with dates and clauses', async () => {
    const answer = await office.page.get('/scheme?on=2026-05-01');
    const late = answer.json().lines.find((line: { key: string }) => line.key === 'rules.daily.late');
    expect(late).toMatchObject({ name: '迟到', current: { text: '-1.00', from: '2022-01-01' } });
    expect((await office.page.get('/scheme?on=2026-02-30')).statusCode).toBe(422);
    expect((await office.page.get('/scheme?on=2021-12-31')).statusCode).toBe(422);
  });
});
