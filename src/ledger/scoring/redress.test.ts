import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { month } from '../../kernel/month.ts';
import { readScheme } from '../scheme/index.ts';
import { monthValues, scoreMonth } from './index.ts';
import type { ScoredEntry } from './scoring.ts';

const june = monthValues(readScheme('example-city'), month('2026-06'));

function entry(given: Partial<ScoredEntry> & { entryId: string }): ScoredEntry {
  return {
    subjectKind: 'staff',
    subjectCode: 'S1',
    rule: 'daily.late',
    part: 'daily',
    pointsCenti: -100,
    quantity: 1,
    occurredOn: day('2026-06-03'),
    factId: given.entryId,
    projectNo: null,
    veto: false,
    reverses: null,
    ...given,
  };
}

function score(...entries: ScoredEntry[]) {
  const postings = [{ windowCode: 'W1', days: 30, chief: false }];
  const counts = { staff: new Map(), window: new Map(), department: new Map() };
  const staff = [{ code: 'S1', departmentCode: 'D1', postings }];
  const windows = [{ code: 'W1', departmentCode: 'D1' }];
  const input = { staff, windows, departments: [{ code: 'D1' }], entries, counts };
  const found = scoreMonth(input, june).find(({ kind }) => kind === 'staff');
  if (found === undefined) throw new Error('the person is assessed');
  return found.score;
}

const back = { pointsCenti: 100, occurredOn: day('2026-05-06'), reverses: 'sealed' };

describe('what is given back for a sealed month', () => {
  it('counts on the total, though the indicator has lost nothing', () => {
    const { indicators, baseCenti, totalCenti, lines } = score(entry({ entryId: 'r', ...back }));
    expect([indicators.daily, baseCenti, totalCenti]).toEqual([2500, 9500, 9600]);
    expect(lines.reduce((sum, line) => sum + line.pointsCenti, 0)).toBe(totalCenti);
    const [line] = lines.filter(({ kind }) => kind === 'redress');
    expect(line).toMatchObject({ part: 'total', entryId: 'r', otherEntryId: 'sealed', pointsCenti: 100 });
  });

  it('leaves the deductions of the month itself alone', () => {
    const own = [1, 2, 3, 4, 5, 6].map((at) => entry({ entryId: `d${at}` }));
    const { indicators, totalCenti } = score(...own, entry({ entryId: 'r', ...back }));
    // Six times late, the sixth counts double.
    expect([indicators.daily, totalCenti]).toEqual([1800, 8900]);
  });

  it('takes no part where the entry counts in the same month', () => {
    const late = entry({ entryId: 'd', occurredOn: day('2026-05-06') });
    const { indicators, totalCenti, lines } = score(late, entry({ entryId: 'r', ...back, reverses: 'd' }));
    expect([indicators.daily, totalCenti]).toEqual([2500, 9500]);
    expect(lines.some(({ kind }) => kind === 'redress')).toBe(false);
  });

  it('never lifts a total above the highest', () => {
    const { totalCenti } = score(entry({ entryId: 'r', ...back, pointsCenti: 3000 }));
    expect(totalCenti).toBe(11_000);
  });
});
