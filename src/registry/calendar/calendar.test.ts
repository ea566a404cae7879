import { beforeAll, describe, expect, test } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { day } from '../../kernel/day.ts';
import { inTx } from '../../platform/db.ts';
import { runImport } from '../../platform/imports.ts';
import { calendarPageFor } from './actions.ts';
import { workCalendar } from './calendar.ts';
import { calendarImport, readCalendar, seedCalendar, workdays } from './index.ts';

const t = await testDb();
const options = { by: 'test', audit: async () => undefined };

describe('the calendar that comes along', () => {
  beforeAll(() => inTx(t.db, seedCalendar));

  test('knows the Spring Festival of 2026 and the days worked for it', async () => {
    const { isWorkday } = await readCalendar(t.db.app);
    expect(isWorkday(day('2026-02-14'))).toBe(true); // a Saturday
    expect(isWorkday(day('2026-02-15'))).toBe(false);
    expect(isWorkday(day('2026-02-23'))).toBe(false); // a Monday
    expect(isWorkday(day('2026-02-24'))).toBe(true);
    expect(isWorkday(day('2026-03-01'))).toBe(false); // a Sunday
  });

  test('is corrected by an import, and the correction stays', async () => {
    const rows = [
      { day: '2026-02-14', kind: 'holiday', name: '更正' },
      { day: '2027/1/1', kind: 'holiday', name: '元旦' },
    ];
    expect(await runImport(t, calendarImport, rows, options)).toMatchObject({
      created: 1,
      updated: 1,
      unchanged: 0,
    });
    expect(await runImport(t, calendarImport, rows, options)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    });
    await inTx(t.db, seedCalendar);
    const isWorkday = await workdays(t.db.app);
    expect([isWorkday(day('2026-02-14')), isWorkday(day('2027-01-01'))]).toEqual([false, false]);
    const page = await calendarPageFor(t, { year: '2027', limit: 10, format: 'json' });
    expect(page).toEqual({ items: [{ day: '2027-01-01', kind: 'holiday', name: '元旦' }], next: null });
  });

  test('refuses a day that is none, and hands of a part of the city', async () => {
    const bad = [{ day: '2026-02-29', kind: 'holiday', name: 'x' }];
    const report = await runImport(t, calendarImport, bad, options);
    expect(report.problems).toEqual([{ line: 2, column: 'day', code: 'calendar.day' }]);
    const good = [{ day: '2027-02-05', kind: 'holiday', name: '春节' }];
    const partly = await runImport(t, calendarImport, good, {
      ...options,
      scope: { regionPrefix: '370811' },
    });
    expect(partly.problems).toEqual([{ line: 2, column: null, code: 'import.out_of_scope' }]);
  });
});

describe('working days', () => {
  const calendar = workCalendar(
    new Map([
      ['2026-10-01', 'holiday'],
      ['2026-10-02', 'holiday'],
      ['2026-10-10', 'workday'],
    ]),
  );

  test('are counted from day 0, which may be a day off itself', () => {
    expect(calendar.addWorkdays(day('2026-09-30'), 1)).toBe('2026-10-05');
    expect(calendar.addWorkdays(day('2026-10-03'), 1)).toBe('2026-10-05');
    expect(calendar.addWorkdays(day('2026-10-09'), 1)).toBe('2026-10-10');
    expect(calendar.addWorkdays(day('2026-10-09'), 0)).toBe('2026-10-09');
    expect(calendar.workdayBefore(day('2026-10-05'))).toBe('2026-09-30');
  });

  test('the day before the n-th one lies n − 1 away', () => {
    for (let n = 2; n < 12; n += 1) {
      const due = calendar.addWorkdays(day('2026-09-28'), n);
      expect(calendar.workdayBefore(due)).toBe(calendar.addWorkdays(day('2026-09-28'), n - 1));
    }
  });
});
