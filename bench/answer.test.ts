import { expect, it } from 'vitest';
import { answerAt } from './answer.ts';

const HEAD = 'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n';

it('reads status and length of an answer, whole or in pieces', () => {
  const whole = `${HEAD}content-length: 12\r\n\r\n{"a":"bcdef"}`.slice(0, -1);
  expect(answerAt(Buffer.from(`${whole}HTTP/1.1 500`))).toEqual({
    status: 201,
    length: whole.length,
    body: 12,
  });
  for (let cut = 0; cut < whole.length; cut += 1)
    expect(answerAt(Buffer.from(whole.slice(0, cut)))).toBe(undefined);
});

it('knows the end of an answer in chunks and of one without a body', () => {
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
  expect(answerAt(Buffer.from(chunked))).toMatchObject({ status: 200, length: chunked.length });
  expect(answerAt(Buffer.from(chunked.slice(0, -1)))).toBe(undefined);
  expect(answerAt(Buffer.from('HTTP/1.1 304 Not Modified\r\n\r\n'))).toMatchObject({ status: 304, body: 0 });
});
