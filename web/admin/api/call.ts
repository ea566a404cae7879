import type { z } from 'zod';
import { Problem, readProblem, Unreachable } from './problem.ts';

export type QueryValue = string | number | boolean | undefined | null;

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, QueryValue>;
  /** A plain value goes out as JSON, a form as multipart. */
  body?: unknown;
  signal?: AbortSignal;
}

const base = '/admin/api';
let language = 'zh-CN';
let onSignedOut: () => void = () => undefined;
let principal: string | undefined;
const standInListeners = new Set<() => void>();

/** Asks from now on for somebody for whom the reader stands in, or for the reader alone. */
export function standInFor(id: string | undefined): void {
  principal = id;
  for (const listener of standInListeners) listener();
}

/** Calls back whenever the reader stands in for another; answers how to stop that. */
export function whenStandingIn(listener: () => void): () => void {
  standInListeners.add(listener);
  return () => standInListeners.delete(listener);
}

/** What a deputy reads and does for somebody; everything else they ask for themselves. */
function isLent(path: string): boolean {
  return ['/work-orders', '/exclusions', '/integrity', '/voices'].some((one) => path.startsWith(one));
}

/** For whom the reader stands in now. */
export function standsInFor(): string | undefined {
  return principal;
}

/** The language in which refusals are to be worded. */
export function speak(tag: string): void {
  language = tag;
}

/** What to do when a request finds the session gone. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Asks the server and checks the answer's shape. Throws `Problem` or `Unreachable`. */
export async function call<S extends z.ZodType>(
  schema: S,
  path: string,
  options: CallOptions = {},
): Promise<z.output<S>> {
  const response = await send(path, options);
  const body: unknown = response.status === 204 ? undefined : await response.json();
  return schema.parse(body);
}

/** Asks the server for a file and hands it to the browser as a download. */
export async function download(path: string, query: Record<string, QueryValue>): Promise<void> {
  const response = await send(path, { query });
  const name = fileName(response.headers.get('content-disposition')) ?? `export.${query.format ?? 'csv'}`;
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Asks the server for a picture and hands it over as a data address, which the page's policy lets show. */
export async function picture(path: string): Promise<string> {
  const blob = await (await send(path, {})).blob();
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Unreachable());
    reader.readAsDataURL(blob);
  });
}

/** The file name of a Content-Disposition header, RFC 5987 form first. */
export function fileName(disposition: string | null): string | undefined {
  if (!disposition) return undefined;
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1];
}

/** Query string without the empty values; starts with `?` unless there is none. */
export function queryString(query: Record<string, QueryValue> = {}): string {
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const method = options.method ?? (options.body === undefined ? 'GET' : 'POST');
  const headers: Record<string, string> = {
    'accept-language': language,
    ...(method === 'GET' ? {} : { 'x-yiping': '1' }),
    ...(principal !== undefined && isLent(path) ? { 'x-on-behalf-of': principal } : {}),
  };
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers['content-type'] = 'application/json';
  const response = await fetch(`${base}${path}${queryString(options.query)}`, {
    method,
    headers,
    credentials: 'same-origin',
    body: isForm ? (options.body as FormData) : JSON.stringify(options.body),
    signal: options.signal ?? null,
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Unreachable();
  });
  if (response.ok) return response;
  const problem = readProblem(response.status, await response.json().catch(() => undefined));
  if (problem.status === 401 && !path.startsWith('/sign-in')) onSignedOut();
  throw problem;
}

/** True for a refusal with one of these codes. */
export function isProblem(error: unknown, ...codes: string[]): error is Problem {
  return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}
