import { describe, expect, it } from 'vitest';
import { addDays, type Day, weekday } from '../../kernel/day.ts';
import type { WorkingDays } from '../../kernel/deadline.ts';
import { month } from '../../kernel/month.ts';
import { appealUntil, effectOf, isNamed, lineKey, mostGiven, numberOf, tally } from './appeal.ts';

/** Monday to Friday. */
const week: WorkingDays = {
  isWorkday: (day) => weekday(day) <= 5,
  addWorkdays(from, count) {
    let day: Day = from;
    for (let left = count; left > 0; ) {
      day = addDays(day, 1);
      if (weekday(day) <= 5) left -= 1;
    }
    return day;
  },
  workdayBefore: (day) => addDays(day, -1),
};
const at = (text: string) => new Date(`${text}:00+08:00`);
const limit = { days: 5, officeEnd: '17:30' };

describe('the time to appeal', () => {
  const ending = { publishedAt: at('2026-06-04T10:00'), noticeUntil: at('2026-06-09T17:30'), sealedAt: null };
  const until = (state: Parameters<typeof appealUntil>[0], more = {}) =>
    appealUntil(state, { ...ending, ...more }, limit, week);

  it('does not run before the public notice', () => {
    expect(until('provisional')).toBeNull();
    expect(until('open')).toBeNull();
  });

  it('runs from the notice, and no shorter than the notice itself', () => {
    expect(until('objection')).toEqual(at('2026-06-11T17:30'));
    const longer = at('2026-06-20T17:30');
    expect(until('objection', { noticeUntil: longer })).toEqual(longer);
  });

  it('runs anew from the sealing, weekends left out', () => {
    expect(until('sealed', { sealedAt: at('2026-06-12T09:00') })).toEqual(at('2026-06-19T17:30'));
  });
});

describe('what upholding does', () => {
  const line = { kind: 'entry' as const, entryKind: 'plain', points: '-1.00', part: 'daily' };

  it.each([
    [line, 'reversal'],
    [{ ...line, entryKind: 'post' }, 'reversal'],
    [{ ...line, points: '0.50', part: 'public_praise' }, 'adjustment'],
    [{ ...line, kind: 'good_rate' as const, entryKind: null }, 'adjustment'],
    [{ ...line, kind: 'repeat' as const }, 'adjustment'],
    [{ ...line, entryKind: 'reversal', points: '1.00' }, 'none'],
    [{ ...line, entryKind: 'pending' }, 'none'],
    [{ ...line, kind: 'cap' as const }, 'none'],
    [{ ...line, kind: 'one_event' as const }, 'none'],
    [{ ...line, kind: 'redress' as const, part: 'total' }, 'none'],
  ])('%j: %s', (of, effect) => {
    expect(effectOf(of)).toBe(effect);
  });

  it('gives back at most what the line took, else what its part holds', () => {
    expect([mostGiven(-150, 2500), mostGiven(321, 2500), mostGiven(0, 3000)]).toEqual([150, 2500, 3000]);
  });
});

describe('a line', () => {
  const subject = { kind: 'staff' as const, code: 'G001' };

  it('that carries an entry is named by it, any other by its place', () => {
    const entry = { part: 'daily', kind: 'entry' as const, valueKey: 'rules.daily.late', entryId: 'e1' };
    expect(lineKey(month('2026-05'), subject, entry)).toBe('entry/e1');
    const base = { part: 'daily', kind: 'base' as const, valueKey: 'daily.base_points', entryId: null };
    expect(lineKey(month('2026-05'), subject, base)).toBe('2026-05/staff/G001/daily/base/daily.base_points/');
    const half = { part: 'daily', kind: 'chief_half' as const, valueKey: 'x', entryId: 'e1' };
    expect(lineKey(month('2026-05'), subject, half)).toContain('/chief_half/x/e1');
  });
});

describe('the group', () => {
  it.each([
    [['upheld', 'upheld', 'rejected'], { upheld: 2, rejected: 1, missing: 0, outcome: 'upheld' }],
    [['upheld', 'rejected'], { upheld: 1, rejected: 1, missing: 0, outcome: 'rejected' }],
    [['upheld', null, null], { upheld: 1, rejected: 0, missing: 2, outcome: 'upheld' }],
  ] as const)('%j', (votes, result) => {
    expect(tally(votes)).toEqual(result);
  });

  it('leaves out whoever stands for the entry, by any of their names', () => {
    const person = { username: 'zhou', name: '周督查', staffNo: 'G009' };
    for (const name of ['zhou', '周督查', 'G009']) expect(isNamed(person, [null, name])).toBe(true);
    expect(isNamed(person, ['吴主任', null])).toBe(false);
    expect(isNamed({ ...person, staffNo: null }, [null])).toBe(false);
  });

  it('knows an appeal by its number', () => {
    expect(numberOf(at('2026-06-04T10:00'), 7)).toBe('SS2026-0007');
    expect(numberOf(at('2026-12-31T23:59'), 12_345)).toBe('SS2026-12345');
  });
});
