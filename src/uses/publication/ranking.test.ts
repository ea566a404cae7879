import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorOf, rank } from './ranking.ts';

const BOUNDS = { least: 10, most: 500 };
const line = (code: string, good: number, rated: number) => ({ code, good, rated });
const ranked = (lines: ReturnType<typeof line>[]) => {
  const prior = priorOf(lines, BOUNDS);
  return prior === null ? [] : rank(lines, prior);
};

describe('a ranking', () => {
  it('draws few people towards the mean: six happy ones don’t stand before thousands', () => {
    const lines = [line('A', 6, 6), line('B', 2970, 3000), line('C', 2700, 3000), line('D', 2500, 3000)];
    const [first, second] = ranked(lines);
    expect([first?.code, second?.code]).toEqual(['B', 'A']);
    expect(second).toMatchObject({ place: 2, from: 1, to: 4 });
  });

  it('is computed by hand: mean 0.9, ten people of it', () => {
    const prior = { good: 90, rated: 100, people: 10 };
    const [one] = rank([line('A', 19, 20)], prior);
    // (19 + 10 × 0.9) / (20 + 10) = 28/30; Wilson of 28 in 30 by the tables: 0.7868 to 0.9815.
    expect(one).toMatchObject({ shrunk: '0.9333', interval: { low: '0.7868', high: '0.9815' } });
  });

  it('shows a tie as a tie, and the next place after it', () => {
    const places = ranked([line('A', 95, 100), line('B', 95, 100), line('C', 50, 100)]);
    expect(places.map(({ code, place, tied }) => [code, place, tied])).toEqual([
      ['A', 1, true],
      ['B', 1, true],
      ['C', 3, false],
    ]);
    expect(places.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [1, 2],
      [3, 3],
    ]);
  });

  it('has nothing to say of nobody', () => {
    expect(priorOf([], BOUNDS)).toBeNull();
    expect(ranked([line('A', 20, 20)])).toMatchObject([{ place: 1, from: 1, to: 1, shrunk: '1.0000' }]);
  });

  it('holds for any lines: places within what the intervals leave open, rates between own and mean', () => {
    const lines = fc
      .array(fc.tuple(fc.nat(400), fc.nat(40)), { minLength: 1, maxLength: 40 })
      .map((all) => all.map(([good, bad], at) => line(`L${at}`, good, good + bad + 1)));
    fc.assert(
      fc.property(lines, (given) => {
        const prior = priorOf(given, BOUNDS);
        const mean = prior ? prior.good / prior.rated : 0;
        for (const one of ranked(given)) {
          expect(one.from).toBeLessThanOrEqual(one.place);
          expect(one.to).toBeGreaterThanOrEqual(one.place);
          const { good, rated } = given.find(({ code }) => code === one.code) ?? line('', 0, 1);
          const [low, high] = [Math.min(mean, good / rated), Math.max(mean, good / rated)];
          expect(Number(one.shrunk)).toBeGreaterThanOrEqual(low - 0.0001);
          expect(Number(one.shrunk)).toBeLessThanOrEqual(high + 0.0001);
        }
      }),
    );
  });
});
