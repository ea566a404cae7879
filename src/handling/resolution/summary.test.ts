import { describe, expect, it } from 'vitest';
import { countBy, type MatterRow, repeatedCauses } from './summary.ts';

const matter = (number: string, more: Partial<MatterRow> = {}): MatterRow => ({
  ...{ number, category: null, exclusion: null, cause: null, department: 'A', department_name: '甲局' },
  ...{ window: null, item: null, ended: true, withdrawn: false, on_time: true, overdue: false },
  ...{ reopened: false, extended: false, meetings: 0, joint: false, done: null },
  ...more,
});

describe('the monthly summary', () => {
  it('counts by what is named, the most frequent first, and keeps what nobody has named', () => {
    const rows = [
      matter('1', { cause: 'staff' }),
      matter('2', { cause: 'system', overdue: true, on_time: false }),
      matter('3', { cause: 'system' }),
      matter('4'),
    ];
    expect(countBy(rows, ({ cause }) => cause)).toEqual([
      { code: 'system', count: 2, onTime: 1, overdue: 1 },
      { code: '', count: 1, onTime: 1, overdue: 0 },
      { code: 'staff', count: 1, onTime: 1, overdue: 0 },
    ]);
  });

  it('names a cause that comes again at the same department, with what was done', () => {
    const rows = [
      matter('1', { cause: 'system', done: '已修复' }),
      matter('2', { cause: 'system', department: 'B' }),
      matter('3', { cause: 'system', done: '已对接' }),
      matter('4'),
      matter('5'),
    ];
    expect(repeatedCauses(rows)).toEqual([
      {
        ...{ cause: 'system', department: 'A', departmentName: '甲局' },
        matters: [
          { number: '1', done: '已修复' },
          { number: '3', done: '已对接' },
        ],
      },
    ]);
  });
});
