import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { wilson } from '../../kernel/wilson.ts';
import { itemNesting, periodOf, toldOf, withhold } from './publication.ts';

const LEAST = 5;
const line = (code: string, rated: number, ratable = rated * 3) => ({ code, ratable, rated });

function withheldIn(lines: ReturnType<typeof line>[]): string[] {
  return withhold(lines, LEAST).lines.flatMap((one) => (one.withheld ? [one.code] : []));
}

describe('lines of few people', () => {
  it('are withheld with the next smallest, so that the sum tells nothing', () => {
    expect(withheldIn([line('A', 200), line('B', 30), line('C', 3)])).toEqual(['B', 'C']);
    // 5 and 1 would be the only way to make 6.
    expect(withheldIn([line('A', 200), line('B', 5), line('C', 1), line('D', 40)])).toEqual(['B', 'C', 'D']);
  });

  it('stay alone when they speak of nobody', () => {
    expect(withheldIn([line('A', 200), line('B', 0, 50), line('C', 5)])).toEqual([]);
    expect(withheldIn([line('A', 200), line('B', 0, 2)])).toEqual(['A', 'B']);
  });

  it('take the whole list along where no line is big enough', () => {
    const shown = withhold([line('A', 4), line('B', 4), line('C', 0, 30)], LEAST);
    expect(shown).toMatchObject({ whole: true });
  });

  it('are treated within what they add up to', () => {
    const groupOf = ({ code }: { code: string }): string => code.slice(0, 1);
    const lines = [line('A1', 50), line('A2', 3), line('B1', 60), line('B2', 70), line('C1', 90)];
    const shown = withhold(lines, LEAST, { groupOf, hidden: new Set(['C']) });
    expect(shown.lines.filter((one) => one.withheld).map((one) => one.code)).toEqual(['A1', 'A2', 'C1']);
  });

  it('are thought of where they have no line but stand in the sum', () => {
    const lines = [line('A', 50), line('B', 20), line('C', 30)];
    const withheld = (rest: number) =>
      withhold(lines, LEAST, { rest: new Map([['', line('', rest)]]) }).lines.map((one) => one.withheld);
    expect(withheld(2)).toEqual([false, true, false]);
    expect(withheld(0)).toEqual([false, false, false]);
    expect(withheld(12)).toEqual([false, false, false]);
  });

  it('don’t follow from a department that serves exactly its own items', () => {
    const [one, other] = ['11370800MB0000001A', '11370800MB0000002B'];
    const items = [line(`${one}a`, 3), line(`${one}b`, 50), line(`${other}a`, 20)];
    const departments = [line(one, 53), line(other, 20)];
    const withheld = (hidden: string[]) =>
      withhold(items, LEAST, itemNesting(items, departments, new Set(hidden)))
        .lines.filter((shown) => shown.withheld)
        .map(({ code }) => code);
    // By the whole alone the smallest other one would be hidden: the other department, whose sum is shown.
    expect(withheldIn(items)).toEqual([`${one}a`, `${other}a`]);
    expect(withheld([])).toEqual([`${one}a`, `${one}b`]);
    // Where no department is shown, the whole is all that is known.
    expect(withheld([one, other])).toEqual([`${one}a`, `${other}a`]);
  });

  it('are never the only ones withheld, and never shown', () => {
    const lines = fc.array(fc.nat(30), { minLength: 1 }).map((all) => all.map((n, at) => line(`${at}`, n)));
    fc.assert(
      fc.property(lines, (given) => {
        const { lines: shown, whole } = withhold(given, LEAST);
        const hidden = shown.filter((one) => one.withheld);
        for (const one of shown) if (one.rated > 0 && one.rated < LEAST) expect(one.withheld).toBe(true);
        if (hidden.length === 0 || whole) return;
        expect(hidden.length).toBeGreaterThan(1);
        expect(hidden.some((one) => one.rated >= LEAST)).toBe(true);
        expect(hidden.reduce((sum, one) => sum + one.rated, 0)).toBeGreaterThanOrEqual(2 * LEAST);
      }),
    );
  });
});

describe("Wilson's interval", () => {
  it('is that of the tables', () => {
    // 81 of 263, from Newcombe (1998), method 3: 0.2553 to 0.3662; and the ends of the scale.
    expect(wilson(81, 263)).toEqual({ low: '0.2553', high: '0.3662' });
    expect(wilson(0, 20)).toEqual({ low: '0.0000', high: '0.1611' });
    expect(wilson(29, 29)).toEqual({ low: '0.8830', high: '1.0000' });
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('a period', () => {
  const today = day('2026-03-11');
  it('is a month, a year or the last thirty days', () => {
    expect(periodOf('last30', today)).toMatchObject({ from: '2026-02-09', to: '2026-03-10' });
    expect(periodOf('2026-02', today)).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
    expect(periodOf('2026', today)).toMatchObject({ from: '2026-01-01', to: '2026-12-31' });
  });

  it('is told up to yesterday, so that nobody watches the rating of whom they have just served', () => {
    const told = (code: string, on = today) => {
      const period = periodOf(code, on);
      return period && toldOf(period, on);
    };
    expect(told('last30')).toEqual({ from: '2026-02-09', to: '2026-03-10' });
    expect(told('2026-03')).toEqual({ from: '2026-03-01', to: '2026-03-10' });
    expect(told('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(told('2026-03', day('2026-03-01'))).toBeUndefined();
  });

  it.each(['2026-04', '2027', '2019', '2026-13', 'x', '', '20260'])('is not "%s"', (code) => {
    expect(periodOf(code, today)).toBeUndefined();
  });
});
