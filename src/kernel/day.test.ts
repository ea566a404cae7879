import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  day,
  dayOf,
  daysBetween,
  endOfDay,
  formatMoment,
  formatSecond,
  formatTime,
  isoMoment,
  parseDay,
  parseMoment,
  startOfDay,
  timeOn,
  weekday,
} from './day.ts';

const anyDay = fc.integer({ min: 0, max: 300_000 }).map((days) => addDays(day('2000-01-01'), days));
const anyInstant = fc.date({ min: new Date('1950-01-01'), max: new Date('2900-01-01'), noInvalidDate: true });

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '1900-01-01', '2999-12-31'])('%s is one', (text) => {
    expect(parseDay(text)).toBe(text);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-4-1',
    '24-04-01',
    '2024/04/01',
    '2024-04-01 ',
    '1899-12-31',
    '3000-01-01',
    '',
    '2024-04-01T00:00:00',
  ])('%j is none', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it('moves and measures over leap days', () => {
    expect(addDays(day('2024-02-28'), 2)).toBe('2024-03-01');
    expect(daysBetween(day('2024-02-28'), day('2024-03-01'))).toBe(2);
    expect(daysBetween(day('2024-03-01'), day('2024-02-28'))).toBe(-2);
  });

  it('adding and measuring undo each other', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -30_000, max: 30_000 }), (from, days) => {
        const to = addDays(from, days);
        expect(parseDay(to)).toBe(to);
        expect(daysBetween(from, to)).toBe(days);
      }),
    );
  });

  it('knows its weekday', () => {
    expect(weekday(day('2026-06-01'))).toBe(1);
    expect(weekday(day('2026-06-07'))).toBe(7);
  });

  it('begins and ends at midnight in China', () => {
    expect(startOfDay(day('2026-06-01')).toISOString()).toBe('2026-05-31T16:00:00.000Z');
    expect(endOfDay(day('2026-06-01')).toISOString()).toBe('2026-06-01T16:00:00.000Z');
    expect(timeOn(day('2026-06-01'), '17:30').toISOString()).toBe('2026-06-01T09:30:00.000Z');
  });

  it('contains every instant that belongs to it', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const on = dayOf(instant);
        expect(startOfDay(on).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(endOfDay(on).getTime()).toBeGreaterThan(instant.getTime());
      }),
    );
  });
});

describe('a moment', () => {
  it.each([
    ['2026-06-01 10:20:30', '2026-06-01T02:20:30.000Z'],
    ['2026-06-01', '2026-05-31T16:00:00.000Z'],
    ['2026-06-01T10:20:30', '2026-06-01T02:20:30.000Z'],
    ['2026-06-01T10:20', '2026-06-01T02:20:00.000Z'],
    ['2026-06-01T10:20:30Z', '2026-06-01T10:20:30.000Z'],
    ['2026-06-01T10:20:30.1234567Z', '2026-06-01T10:20:30.123Z'],
    ['2026-06-01T10:20:30+09:00', '2026-06-01T01:20:30.000Z'],
    ['2026-06-01T10:20:30-0130', '2026-06-01T11:50:30.000Z'],
    [' 2026-06-01 10:20:30 +08:00 ', '2026-06-01T02:20:30.000Z'],
  ])('%j is %s', (text, instant) => {
    expect(parseMoment(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    '10:20',
    '2026-06-01 24:00:00',
    '2026-06-01 10:60:00',
    '2026-06-01 10:20:60',
    '2026-02-30 10:00:00',
    '2026-06-01 10',
    '2026-06-01T10:20:30+15:00',
    '2026-06-01T10:20:30+8',
    '20260601102030',
    '1748744400000',
    '2026-06-01Z',
  ])('%j is none', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });

  it('is written in the time of China and read back', () => {
    const moment = new Date('2026-06-01T16:30:45.678Z');
    expect(formatMoment(moment)).toBe('2026-06-02 00:30');
    expect(formatTime(moment)).toBe('00:30');
    expect(isoMoment(moment)).toBe('2026-06-02T00:30:45+08:00');
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const second = Math.floor(instant.getTime() / 1000) * 1000;
        expect(parseMoment(formatSecond(instant))?.getTime()).toBe(second);
        expect(parseMoment(isoMoment(instant))?.getTime()).toBe(second);
      }),
    );
  });
});
