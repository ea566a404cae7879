import { describe, expect, test } from 'vitest';
import { guessMapping, lackingColumns, readDay, readMoment, readTime } from './clock.ts';

describe('what machines write', () => {
  test.each([
    ['2026-06-01', '2026-06-01'],
    ['2026/6/1', '2026-06-01'],
    ['2026.6.1', '2026-06-01'],
    ['20260601', '2026-06-01'],
    ['2026年6月1日', '2026-06-01'],
    ['2026-06-01 00:00:00', '2026-06-01'],
    ['2026-02-30', undefined],
    ['01/06/2026', undefined],
    ['昨天', undefined],
  ])('day %s', (text, expected) => {
    expect(readDay(text)).toBe(expected);
  });

  test.each([
    ['8:05', 485],
    ['08:05:59', 485],
    ['08：05', 485],
    ['下午 5:30', 1050],
    ['5:30 PM', 1050],
    ['上午 12:10', 10],
    ['12:10 PM', 730],
    ['1899-12-30 08:30:00', 510],
    ['0.3541666667', 510],
    ['24:00', undefined],
    ['8:60', undefined],
    ['下午', undefined],
  ])('time %s', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });

  test.each([
    ['2026-06-01 08:30:12', '2026-06-01 510'],
    ['2026/6/1 8:30', '2026-06-01 510'],
    ['2026-06-01T08:30:12', '2026-06-01 510'],
    ['2026年6月1日 下午 5:30', '2026-06-01 1050'],
    ['2026-06-31 08:30', undefined],
    ['2026-06-01', undefined],
    ['2026-06-01 25:00', undefined],
  ])('moment %s', (text, expected) => {
    const read = readMoment(text);
    expect(read && `${read.day} ${read.minute}`).toBe(expected);
  });
});

test('the layout follows from the titles', () => {
  expect(guessMapping(['编号', '姓名', '日期时间', '机号'])).toEqual({
    layout: 'punches',
    mapping: { staff: '编号', name: '姓名', moment: '日期时间', device: '机号' },
  });
  expect(guessMapping(['工号', '日期', '上班', '下班'])).toEqual({
    layout: 'daily',
    mapping: { staff: '工号', day: '日期', arrive: '上班', leave: '下班' },
  });
  expect(guessMapping(['AC-No.', 'Name', 'Date', 'Time'])).toEqual({
    layout: 'punches',
    mapping: { staff: 'AC-No.', name: 'Name', day: 'Date', time: 'Time' },
  });
  expect(guessMapping(['甲', '乙'])).toEqual({ layout: 'punches', mapping: {} });
});

test('a mapping tells what it lacks', () => {
  expect(lackingColumns('punches', { staff: 'a' })).toEqual(['moment']);
  expect(lackingColumns('punches', { staff: 'a', day: 'b' })).toEqual(['time']);
  expect(lackingColumns('daily', { day: 'b', arrive: 'c' })).toEqual(['staff', 'leave']);
});
