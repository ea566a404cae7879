import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filtersOf, list, parseSearch, stringifySearch, textSearch, withFilters } from './search.ts';

describe('filters in the address', () => {
  it('reads what it wrote', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    const value = fc.string({ minLength: 1 }).filter((text) => text === text.toWellFormed());
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual(search);
      }),
    );
  });

  it('keeps lists and Chinese readable or at least intact', () => {
    expect(stringifySearch({ level: '1,2', from: '2026-06-01', text: '' })).toBe(
      '?level=1,2&from=2026-06-01',
    );
    expect(parseSearch('?q=%E7%AA%97%E5%8F%A3&tag=214&tag=115')).toEqual({ q: '窗口', tag: '214,115' });
  });

  it('ignores what is no text', () => {
    expect(textSearch({ a: 'x', b: { c: 1 }, d: null, e: '', f: 3 })).toEqual({ a: 'x', f: '3' });
  });

  it('starts again at the first page when a filter changes', () => {
    expect(withFilters({ level: '1', cursor: 'abc', q: '张' }, { level: '2', q: undefined })).toEqual({
      level: '2',
    });
  });

  it('takes only the filters it knows', () => {
    expect(filtersOf({ level: '1', cursor: 'x', stray: 'y' }, ['level', 'tag'])).toEqual({ level: '1' });
  });

  it('splits lists', () => {
    expect(list('214,115')).toEqual(['214', '115']);
    expect(list(undefined)).toEqual([]);
  });
});
