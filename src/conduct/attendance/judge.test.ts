import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type Half, isUnmanned, judgeDay, minuteOf, rosterOf } from './judge.ts';
import { attendanceRules } from './rules.ts';
import { collides, type Shift, shiftOn } from './shift.ts';

const rules = attendanceRules(day('2026-06-01'));
const HOURS = '08:30-12:00,13:30-17:30';

function faults(times: string, options: { hours?: string; noon?: boolean; away?: Half[] } = {}): string {
  const { hours = HOURS, noon = false, away = [] } = options;
  const punches = times === '' ? [] : times.split(' ').map(minuteOf);
  const found = judgeDay({ roster: rosterOf(hours, noon), away: new Set(away), punches }, rules);
  return found.map(({ half, rule, minutes }) => `${half} ${rule.slice(6)} ${minutes}`).join(', ');
}

describe('a day by the clock', () => {
  test.each([
    ['in time', '08:25 17:35', {}, ''],
    ['within the minutes of grace', '08:35 17:25', {}, ''],
    ['one minute beyond it', '08:36 17:30', {}, 'am late 6'],
    ['an hour late is late', '09:30 17:30', {}, 'am late 60'],
    ['more than an hour is half a day', '09:31 17:30', {}, 'am absent_half_day 61'],
    ['come at noon', '12:30 17:30', {}, 'am absent_half_day 240'],
    ['come in the afternoon, late', '13:50 17:30', {}, 'am absent_half_day 320, pm late 20'],
    ['left early', '08:30 17:24', {}, 'pm early_leave 6'],
    ['left at noon', '08:30 12:00', {}, 'pm absent_half_day 330'],
    ['late and early', '08:40 17:20', {}, 'am late 10, pm early_leave 10'],
    ['not there', '', {}, 'am absent_half_day 0, pm absent_half_day 0'],
    ['only the way in', '08:20', {}, 'pm early_leave 0'],
    ['only the way out', '17:40', {}, 'am late 0'],
    ['one punch three times is one', '08:20 08:21 08:25', {}, 'pm early_leave 0'],
    ['punches in between tell nothing', '08:20 10:00 12:05 17:40', {}, ''],
    ['a night’s punch counts for no day', '00:10 08:20 17:40', {}, ''],
    ['leave in the morning', '13:25 17:30', { away: ['am'] }, ''],
    ['leave in the morning, late afterwards', '13:45 17:30', { away: ['am'] }, 'pm late 15'],
    ['leave in the afternoon', '08:30 12:00', { away: ['pm'] }, ''],
    ['leave in the afternoon, gone early', '08:30 11:30', { away: ['pm'] }, 'am early_leave 30'],
    ['leave all day', '', { away: ['am', 'pm'] }, ''],
    ['noon clocked', '08:30 12:01 13:29 17:30', { noon: true }, ''],
    ['noon clocked, back late', '08:30 12:01 13:50 17:30', { noon: true }, 'pm late 20'],
    ['noon clocked, out early', '08:30 11:40 13:20 17:30', { noon: true }, 'am early_leave 20'],
    ['noon clocked, never back', '08:30 12:01', { noon: true }, 'pm absent_half_day 0'],
    ['noon not clocked at all', '08:30 17:30', { noon: true }, 'am early_leave 0, pm late 0'],
    ['no break', '09:00 17:00', { hours: '09:00-17:00' }, ''],
    ['no break, leave in the morning', '12:10 17:00', { hours: '09:00-17:00', away: ['am'] }, 'pm late 10'],
    ['one half only', '13:40 20:00', { hours: '13:30-20:00' }, 'pm late 10'],
  ] as const)('%s', (_, times, options, expected) => {
    const { away = [], ...rest } = { away: [] as Half[], ...options };
    expect(faults(times, { ...rest, away: [...away] })).toBe(expected);
  });

  const minute = fc.integer({ min: 0, max: 1439 });

  it('charges a half at most twice, and nothing of a half away', () => {
    fc.assert(
      fc.property(fc.array(minute), fc.boolean(), fc.subarray<Half>(['am', 'pm']), (punches, noon, away) => {
        const given = { roster: rosterOf(HOURS, noon), away: new Set(away), punches };
        const found = judgeDay(given, rules);
        expect(found.some(({ half }) => away.includes(half))).toBe(false);
        for (const half of ['am', 'pm']) {
          const of = found.filter((one) => one.half === half).map(({ rule }) => rule);
          expect(new Set(of).size).toBe(of.length);
          if (of.includes('daily.absent_half_day')) expect(of).toHaveLength(1);
        }
      }),
    );
  });

  it('is late by exactly the minutes after the grace', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (late) => {
        const punches = [minuteOf('08:30') + late, minuteOf('17:30')];
        const found = judgeDay({ roster: rosterOf(HOURS, false), away: new Set(), punches }, rules);
        expect(found.map(({ minutes }) => minutes)).toEqual(late > 5 ? [late] : []);
      }),
    );
  });
});

describe('whose hours hold', () => {
  const hall: Shift = {
    placeKind: 'hall',
    placeCode: '370800000000',
    days: 'workdays',
    spans: HOURS,
    noonPunch: false,
    from: '2026-01-01',
    to: null,
  };
  const window = { ...hall, placeKind: 'window', placeCode: 'T01', spans: '09:00-17:00' } as const;
  const own = {
    ...hall,
    placeKind: 'staff',
    placeCode: 'G001',
    days: 'days_off',
    spans: '09:00-12:00',
  } as const;
  const posts = [{ windowCode: 'T01', regionCode: '370800000000' }];
  const on = (shifts: readonly Shift[], isWorkday: boolean, more: object = {}) =>
    shiftOn(shifts, { day: day('2026-06-03'), isWorkday, staffNo: 'G001', posts, ...more })?.spans;

  it('are the nearest ones that hold on the kind of day', () => {
    expect(on([hall, window, own], true)).toBe('09:00-17:00');
    expect(on([hall, window, own], false)).toBe('09:00-12:00');
    expect(on([hall], false)).toBeUndefined();
    expect(on([hall], true, { posts: [{ windowCode: 'X', regionCode: '370811000000' }] })).toBeUndefined();
    const county = { ...hall, placeCode: '370811000000', spans: '08:00-12:00,14:00-18:00' };
    const township = [{ windowCode: 'X', regionCode: '370811101000' }];
    expect(on([hall, county], true, { posts: township })).toBe(county.spans);
  });

  it('follow the newest from its day on, and end with their last day', () => {
    const summer = { ...hall, from: '2026-06-01', to: '2026-09-30', spans: '08:00-12:00,14:30-18:00' };
    expect(on([hall, summer], true)).toBe(summer.spans);
    expect(on([hall, summer], true, { day: day('2026-10-08') })).toBe(HOURS);
    expect(collides(hall, summer)).toBe(false);
    expect(collides(hall, { ...summer, from: hall.from })).toBe(true);
    expect(collides(hall, { ...hall, days: 'days_off' })).toBe(false);
  });
});

test('a window is unmanned when all are away and nobody covers', () => {
  expect(isUnmanned(['away', 'away'], [])).toBe(true);
  expect(isUnmanned(['away', 'present'], [])).toBe(false);
  expect(isUnmanned(['away', 'absent'], [])).toBe(false);
  expect(isUnmanned(['away'], ['present'])).toBe(false);
  expect(isUnmanned(['away'], ['absent'])).toBe(true);
  expect(isUnmanned([], [])).toBe(false);
});
