/** The worked example of the assessment, from real records and files to 94.71 and down again to each fact. */
import { beforeAll, describe, expect, test } from 'vitest';
import { closeMonth } from '../../src/close/month/index.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { parseMonth } from '../../src/kernel/month.ts';
import { formatPoints, parsePoints } from '../../src/kernel/points.ts';
import { openApp } from '../support/app.ts';
import { CLERK } from '../support/hall.ts';
import { operator } from '../support/office.ts';
import {
  CLOSED_AT,
  findings,
  liveThroughMay,
  merits,
  RATED_AT,
  verdicts,
} from '../support/worked-example.ts';

const app = await openApp({ now: RATED_AT });
const month = parseMonth('2026-05')!;
const mine = { month: '2026-05', subject: { kind: 'staff', code: CLERK }, lang: 'zh-CN' } as const;

const scoreOf = async (kind: 'staff' | 'window' | 'department', code: string) => {
  const all = await allScores(app.t, operator, { month: '2026-05', subject: kind });
  return all.find((one) => one.subject_code === code);
};
const sumOf = (lines: readonly { points: string }[]) =>
  formatPoints(lines.reduce((sum, line) => sum + parsePoints(line.points)!, 0));

beforeAll(async () => {
  await liveThroughMay(app);
  app.t.clock.set(CLOSED_AT);
  await app.load('findings', findings);
  await app.load('merits', merits);
});

describe('before anybody has verified the bad ratings', () => {
  test('they lower the good rate and wait, shown but not counted', async () => {
    await app.settle();
    const closed = await closeMonth(app.t, operator, month);
    expect(closed).toMatchObject({ month: '2026-05', state: 'provisional', pending: 2, rated: 74, bad: 2 });
    expect(await scoreOf('staff', CLERK)).toMatchObject({ total: '96.71', indicators: { rating: '23.21' } });
    const derivation = await explainScore(app.t, operator, mine);
    expect(derivation.pending).toMatchObject([{ points: '-2.00', fact: { kind: 'rating' } }]);
    expect(sumOf(derivation.lines)).toBe('96.71');
  });
});

describe('when both have been upheld', () => {
  beforeAll(async () => {
    await app.load('ratings', verdicts);
    await app.settle();
    await closeMonth(app.t, operator, month);
  });

  test('the clerk has 94.71, as the rules say', async () => {
    expect(await scoreOf('staff', CLERK)).toMatchObject({
      base_total: '92.21',
      bonus_total: '2.50',
      total: '94.71',
      grade: '较好',
      veto: false,
      flags: [],
      indicators: { stationing: '10.00', daily: '23.00', case: '28.00', rating: '21.21', complaint: '10.00' },
      bonus: { proactive_service: '2.00', public_praise: '0.50' },
      counts: { ratable: 62, rated: 60, good: 58, bad: 2 },
      state: 'provisional',
    });
  });

  test('the rating about the process charges the window, and half of that its chief', async () => {
    const window = await scoreOf('window', 'T01');
    expect(window).toMatchObject({
      grade: null,
      bonus_total: null,
      indicators: { stationing: '10.00', rating: '21.21', complaint: '10.00' },
      counts: { ratable: 62, rated: 60, good: 58, bad: 2 },
    });
    expect(await scoreOf('staff', 'G002')).toMatchObject({ indicators: { rating: '19.00' } });
  });

  test('the printed lines add up to the total and lead to the very facts', async () => {
    const derivation = await explainScore(app.t, operator, mine);
    expect(derivation.total).toBe('94.71');
    expect(sumOf(derivation.lines)).toBe('94.71');
    for (const part of derivation.parts) {
      const lines = derivation.lines.filter((line) => line.part === part.code);
      expect([part.code, sumOf(lines)]).toEqual([part.code, part.points]);
    }
    expect(derivation.pending).toEqual([]);
    const facts = derivation.lines.flatMap((line) => (line.fact ? [[line.fact, line] as const] : []));
    expect(facts.map(([fact, line]) => [fact.kind, line.points])).toEqual(
      expect.arrayContaining([
        ['finding', '-1.00'],
        ['finding', '-2.00'],
        ['rating', '-2.00'],
        ['merit', '2.00'],
        ['merit', '0.50'],
      ]),
    );
    const [fact, line] = facts.find(([one]) => one.kind === 'rating')!;
    expect(fact.rating).toMatchObject({ satisfaction: 2, tags: [214], verdict: 'upheld' });
    expect(line.rule).toMatchObject({
      value: '-2.00',
      from: '2022-01-01',
      source: expect.stringMatching(/./),
    });
  });

  test('every subject of the month is explained by lines that add up', async () => {
    for (const kind of ['staff', 'window', 'department'] as const) {
      for (const { subject_code: code, total } of await allScores(app.t, operator, {
        month,
        subject: kind,
      })) {
        const subject = { kind, code };
        const { lines } = await explainScore(app.t, operator, { month, subject, lang: 'en' });
        expect([kind, code, sumOf(lines)]).toEqual([kind, code, total]);
      }
    }
  });

  test('closing again and importing again adds nothing to the book and changes no score', async () => {
    const before = await allScores(app.t, operator, { month, subject: 'staff' });
    expect(await app.load('ratings', verdicts)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await app.load('findings', findings)).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    await app.settle();
    expect(await closeMonth(app.t, operator, month)).toMatchObject({ entries_posted: 0, pending: 0 });
    expect(await allScores(app.t, operator, { month, subject: 'staff' })).toEqual(before);
  });

  test('another system reads the same scores, within its key’s reach', async () => {
    const answer = await app.api('GET', '/scores?month=2026-05&subject=staff');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(await allScores(app.t, operator, { month, subject: 'staff' }));
    const narrow = await app.api('GET', '/scores?month=2026-05', undefined, await app.newKey('370811'));
    expect(narrow.json().map((one: { subject_code: string }) => one.subject_code)).toEqual(['G005']);
  });

  test('the clerk sees the own file, and not which case it was', async () => {
    const { page } = await app.person('clerk', { staffNo: CLERK });
    const own = await page.get(`/scores/2026-05/staff/${CLERK}`);
    expect(own.statusCode).toBe(200);
    const rating = own.json().lines.find((one: { fact?: { kind: string } }) => one.fact?.kind === 'rating');
    expect(rating).toMatchObject({ points: '-2.00', fact: { id: null, project_no: null } });
    expect(own.body).not.toContain('JN20260529');
    expect((await page.get('/scores/2026-05/staff/G004')).statusCode).toBe(403);
    const list = await page.get('/scores?month=2026-05');
    expect(list.json().items.map((one: { subject_code: string }) => one.subject_code)).toEqual([CLERK]);
  });
});
