import { describe, expect, it } from 'vitest';
import { count, join, moment, percent, rate, second, until } from './format.ts';

describe('formats', () => {
  it('write rates with their numbers', () => {
    expect(rate({ numerator: 197, denominator: 200 })).toBe('98.5 % (197/200)');
    expect(rate({ numerator: 0, denominator: 0 })).toBe('— (0/0)');
  });

  it('never round up to a full hundred', () => {
    expect(percent(9999, 10_000)).toBe('99.9 %');
    expect(percent(10_000, 10_000)).toBe('100.0 %');
    expect(percent(351, 1000)).toBe('35.1 %');
  });

  it('write times of China', () => {
    expect(moment('2026-06-01T02:20:00.000Z')).toBe('2026-06-01 10:20');
    expect(second('2026-06-01T10:20:05+08:00')).toBe('2026-06-01 10:20:05');
    expect(moment(null)).toBe('');
    expect(moment('nonsense')).toBe('');
  });

  it('write the last minute of a term', () => {
    expect(until('2026-11-28T00:00:00+08:00')).toBe('2026-11-27 23:59');
    expect(until(null)).toBe('');
  });

  it('separate thousands', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect(count(999)).toBe('999');
  });

  it('join what is there', () => {
    expect(join(['a', null, '', 'b'])).toBe('a · b');
  });
});
