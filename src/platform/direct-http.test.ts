import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testDb } from '../../test/support/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { createHttp, type Http } from './http.ts';

const t = await testDb();
let http: Http;
let port = 0;
const counted: string[] = [];

beforeAll(async () => {
  http = await createHttp(t, { authorize: async () => undefined });
  http.direct.add({
    url: '/echo',
    async answer(body, { address }) {
      if (body === 'refuse') throw new Refusal('request.not_found');
      if (body === 'fault') throw new Error('a secret');
      return { status: 201, body: { way: 'direct', body, address } };
    },
  });
  http.direct.onAnswer((url, status) => counted.push(`${url} ${status}`));
  http.post(
    '/echo',
    { config: { access: 'public' }, schema: { body: z.unknown() } },
    async ({ body, ip }, reply) => reply.code(201).send({ way: 'framework', body, address: ip }),
  );
  const origin = await http.listen({ port: 0, host: '127.0.0.1' });
  port = Number(new URL(origin).port);
});
afterAll(() => http.close());

async function post(body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** What the server sends back for these very bytes, until it closes or is silent for a moment. */
function exchange(...parts: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', async () => {
      for (const part of parts) {
        socket.write(part);
        await new Promise((done) => setTimeout(done, 30));
      }
    });
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.setTimeout(500, () => socket.destroy());
  });
}

const head = (length: number): string =>
  `POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

describe('a direct route', () => {
  it('answers a plain request with the same headers as the framework, and is counted', async () => {
    counted.length = 0;
    const [direct, framework] = [await post('{"a":"好"}'), await post('{"a":"好"}', { authorization: 'x' })];
    expect(direct.body).toEqual({ way: 'direct', body: { a: '好' }, address: '127.0.0.1' });
    expect(framework.body).toEqual({ way: 'framework', body: { a: '好' }, address: '127.0.0.1' });
    const named = ({ headers }: typeof direct) =>
      [...headers.keys()].filter((name) => !['date', 'vary'].includes(name)).sort();
    expect(named(direct)).toEqual(named(framework));
    expect(counted).toEqual(['/echo 201']);
  });

  it.each([
    ['another content type', { 'content-type': 'application/json; charset=gbk' }],
    ['a coded body', { 'content-encoding': 'gzip' }],
  ])('leaves %s to the framework', async (_, headers) => {
    expect((await post('{}', headers)).body).not.toMatchObject({ way: 'direct' });
  });

  it('leaves a body without a length to the framework', async () => {
    const answer = await exchange(
      head(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked'),
      '2\r\n{}\r\n0\r\n\r\n',
    );
    expect(answer).toContain('"way":"framework"');
  });

  it('puts a body together that comes in pieces, also in the midst of a character', async () => {
    const bytes = Buffer.from('{"a":"好评"}');
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', async () => {
        socket.write(head(bytes.length));
        for (const byte of [bytes.subarray(0, 7), bytes.subarray(7, 9), bytes.subarray(9)]) {
          socket.write(byte);
          await new Promise((done) => setTimeout(done, 20));
        }
      });
      socket.on('data', (chunk) => {
        resolve(chunk.toString());
        socket.destroy();
      });
    });
    expect(answer).toContain('"a":"好评"');
  });

  it.each([
    ['', 400],
    ['{"a":', 400],
    ['{"__proto__":{"a":1}}', 400],
    ['"refuse"', 404],
  ])('answers %j with a problem in the reader’s language', async (body, status) => {
    const answer = await post(body, { 'accept-language': 'en' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, title: expect.stringMatching(/^[\x20-\x7e]+$/) });
  });

  it('takes words that only look like such a key', async () => {
    expect((await post('{"a":"__proto__ and \\"constructor\\""}')).status).toBe(201);
  });

  it('tells nothing of a fault but its number', async () => {
    const answer = await post('"fault"');
    expect(answer).toMatchObject({ status: 500, body: { code: 'server.fault' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('takes nothing from a caller who breaks off, and goes on', async () => {
    counted.length = 0;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`${head(100)}{"half`);
        setTimeout(() => socket.destroy(), 30);
      });
      socket.on('close', () => resolve());
    });
    expect((await post('1')).status).toBe(201);
    expect(counted).toEqual(['/echo 201']);
  });

  it('answers requests that come together on one connection in their order', async () => {
    const answer = await exchange(`${head(1)}1${head(1)}2${head(1)}3`);
    expect([...answer.matchAll(/"body":(\d)/g)].map((match) => match[1])).toEqual(['1', '2', '3']);
  });

  it('refuses a body above the limit as the framework does', async () => {
    const answer = await exchange(head(2 * 1024 * 1024));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });
});
