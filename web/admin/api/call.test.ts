import { describe, expect, it } from 'vitest';
import { fileName, queryString } from './call.ts';
import { readProblem } from './problem.ts';

describe('requests', () => {
  it('leave empty filters out', () => {
    expect(queryString({ a: '1', b: undefined, c: '', d: null, e: 0, f: false })).toBe('?a=1&e=0&f=false');
    expect(queryString({})).toBe('');
  });

  it('take a Chinese file name', () => {
    expect(fileName('attachment; filename="x.csv"; filename*=UTF-8\'\'%E8%AF%84%E4%BB%B7.csv')).toBe(
      '评价.csv',
    );
    expect(fileName('attachment; filename="scores.xlsx"')).toBe('scores.xlsx');
    expect(fileName(null)).toBeUndefined();
  });
});

describe('refusals', () => {
  it('keep code, sentence and fields', () => {
    const problem = readProblem(422, {
      type: 'about:blank',
      status: 422,
      code: 'request.invalid',
      title: '不符合要求',
      detail: '什么也没有保存。',
      errors: [
        { field: 'month', code: 'field.month', detail: '月份写成 YYYY-MM' },
        { field: 'x', code: 'y' },
      ],
    });
    expect(problem).toMatchObject({ status: 422, code: 'request.invalid', message: '什么也没有保存。' });
    expect(problem.faults).toEqual([
      { field: 'month', reason: '月份写成 YYYY-MM' },
      { field: 'x', reason: 'y' },
    ]);
  });

  it('survive a page that is no problem document', () => {
    expect(readProblem(502, '<html>')).toMatchObject({ status: 502, code: 'http.502', message: '' });
    expect(readProblem(500, undefined).faults).toEqual([]);
  });
});
