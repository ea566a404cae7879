import { importKinds } from '../src/app/slices.ts';
import type { Deps } from '../src/platform/deps.ts';
import { findKind, type ImportRecord, runImport } from '../src/platform/imports.ts';
import { BenchError } from './line.ts';

/** A clerk's browser: keeps its cookies and expects every call to succeed. */
export interface OfficeSession {
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
}

/** Signs in as the office application does. */
export async function signIn(port: number, username: string, password: string): Promise<OfficeSession> {
  const jar = new Map<string, string>();
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/admin/api${path}`, {
      method,
      headers: {
        cookie: [...jar].map((pair) => pair.join('=')).join('; '),
        ...(method === 'GET' ? {} : { 'x-yiping': '1' }),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      jar.set(name, value);
    }
    const text = await answer.text();
    if (!answer.ok)
      throw new BenchError(`${method} ${path} answered ${answer.status}: ${text.slice(0, 200)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  await send('POST', '/sign-in', { username, password });
  return { get: (path) => send('GET', path), post: (path, body) => send('POST', path, body) };
}

/** Loads rows of a kind as the operator does, and expects all of them to be taken. */
export async function systemImport(deps: Deps, kind: string, rows: readonly ImportRecord[]): Promise<void> {
  const report = await runImport(deps, findKind(importKinds, kind), rows, {
    by: 'bench',
    audit: async () => undefined,
  });
  if (report.outcome !== 'loaded') throw new BenchError(`${kind}: ${JSON.stringify(report.problems[0])}`);
}
