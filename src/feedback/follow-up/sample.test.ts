import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type AttemptRule, judgeAttempt } from './call.ts';
import { callRules } from './rules.ts';
import { caseKey, drawSample, type ListedCase, listText, parseList } from './sample.ts';

const { sample: rule, attempts } = callRules(day('2026-05-11'));

const cases = fc
  .uniqueArray(
    fc.record({
      projectNo: fc.stringMatching(/^[A-Z]{1,3}\d{1,6}$/),
      serviceNumber: fc.integer({ min: 1, max: 9 }),
      window: fc.option(fc.constantFrom('T01', 'T02', 'P01', 'R01'), { nil: null }),
      clerk: fc.option(fc.constantFrom('G001', 'G002', 'G003', 'G004', 'G005'), { nil: null }),
    }),
    { selector: caseKey, maxLength: 300 },
  )
  .map((list): ListedCase[] => list);
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a draw', () => {
  it('is the same for the same seed and cases, however they are sorted', () => {
    fc.assert(
      fc.property(cases, seed, fc.infiniteStream(fc.nat()), (list, bytes, keys) => {
        const shuffled = list
          .map((one) => ({ one, at: keys.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(listText(shuffled)).toBe(listText(list));
        expect(drawSample(shuffled, bytes, rule)).toEqual(drawSample(list, bytes, rule));
        expect(drawSample(parseList(listText(list)), bytes, rule)).toEqual(drawSample(list, bytes, rule));
      }),
    );
  });

  it('takes a share of each window, somebody of each window and clerk, and enough of the city', () => {
    fc.assert(
      fc.property(cases, seed, (list, bytes) => {
        const drawn = new Set(drawSample(list, bytes, rule));
        const taken = list.filter((one) => drawn.has(caseKey(one)));
        expect(taken.length).toBe(drawn.size);
        expect(drawn.size).toBeGreaterThanOrEqual(Math.min(list.length, rule.least));
        for (const window of new Set(list.map((one) => one.window))) {
          const all = list.filter((one) => one.window === window).length;
          const some = taken.filter((one) => one.window === window).length;
          expect(some * 100).toBeGreaterThanOrEqual(all * rule.percent);
          expect(some).toBeGreaterThan(0);
        }
        const clerks = (of: readonly ListedCase[]) => new Set(of.map(({ clerk }) => clerk));
        expect(clerks(taken)).toEqual(clerks(list));
      }),
    );
  });

  it('keeps to the share where there are many cases', () => {
    const list = Array.from({ length: 2000 }, (_, at) => ({
      projectNo: `JN${at}`,
      serviceNumber: 1,
      window: `T${at % 4}`,
      clerk: `G${at % 4}`,
    }));
    expect(drawSample(list, new Uint8Array(32), rule).length).toBe(100);
  });
});

describe('attempts', () => {
  const monday = day('2026-05-11');
  const tuesday = day('2026-05-12');
  const judge = (outcome: 'reached' | 'no_answer', days: string[], today = monday, of = attempts) =>
    judgeAttempt(outcome, days, today, of).kind;

  it('end with an answer, or when they are used up over two days', () => {
    expect(judge('reached', [])).toBe('ends');
    expect(judge('no_answer', [])).toBe('goes_on');
    expect(judge('no_answer', [monday])).toBe('goes_on');
    expect(judge('no_answer', [monday, monday])).toBe('another_day');
    expect(judge('reached', [monday, monday])).toBe('ends');
    expect(judge('no_answer', [monday, monday], tuesday)).toBe('ends');
    expect(judge('no_answer', [monday, tuesday], tuesday)).toBe('ends');
  });

  it('follow other numbers where the rules say so', () => {
    const once: AttemptRule = { most: 1, days: 1 };
    expect(judge('no_answer', [], monday, once)).toBe('ends');
    expect(judge('no_answer', [], monday, { most: 4, days: 3 })).toBe('goes_on');
    expect(judge('no_answer', [monday, monday], monday, { most: 4, days: 3 })).toBe('another_day');
  });
});
