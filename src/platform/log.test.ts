import { describe, expect, test } from 'vitest';
import { errorWithoutData } from './log.ts';

describe('what is logged of an error', () => {
  test('names the place and never the row, the line or the value that the database quotes', () => {
    const fault = Object.assign(new Error('invalid input syntax for type integer: "13812341234"'), {
      code: '22P02',
      detail: 'Failing row contains (370800, 张三, 13812341234).',
      where: 'JSON data, line 1: {"mobile": "13812341234"',
      parameters: ['13812341234'],
      table: 'applicant',
    });
    const logged = JSON.stringify(errorWithoutData(fault));
    expect(logged).not.toContain('13812341234');
    expect(logged).not.toContain('张三');
    expect(errorWithoutData(fault)).toMatchObject({ code: '22P02', table: 'applicant' });
    expect(logged).toContain('log.test.ts');
  });

  test('keeps the words of a fault of our own', () => {
    expect(errorWithoutData(new Error('a month has days'))).toMatchObject({ message: 'a month has days' });
  });
});
