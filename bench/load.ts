import { Worker } from 'node:worker_threads';
import type { LoadOrder, LoadResult } from './load-thread.ts';

export type { LoadResult } from './load-thread.ts';

/** Requests as they go over the wire, one after the other in shared memory. */
export interface Requests {
  bytes: Uint8Array;
  offsets: Float64Array;
  count: number;
}

export function requestsOf(texts: Iterable<string>): Requests {
  const parts = Array.from(texts, (text) => Buffer.from(text));
  const offsets = new Float64Array(new SharedArrayBuffer((parts.length + 1) * 8));
  let total = 0;
  for (const [at, part] of parts.entries()) {
    total += part.length;
    offsets[at + 1] = total;
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(total));
  for (const [at, part] of parts.entries()) bytes.set(part, offsets[at]);
  return { bytes, offsets, count: parts.length };
}

/** A request of HTTP/1.1 as a browser's or another system's client writes it. */
export function requestText(options: {
  method: 'GET' | 'POST';
  path: string;
  host: string;
  headers?: Record<string, string>;
  body?: string;
}): string {
  const { method, path, host, body } = options;
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, 'User-Agent: yiping-bench'];
  for (const [name, value] of Object.entries(options.headers ?? {})) lines.push(`${name}: ${value}`);
  if (body !== undefined)
    lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

export interface LoadOptions {
  port: number;
  connections: number;
  seconds: number;
  first?: number;
  /** Send the requests over and over; otherwise each once. */
  repeat?: boolean;
}

/** Runs the load in a thread of its own. */
export function load(requests: Requests, options: LoadOptions): Promise<LoadResult> {
  const order: LoadOrder = {
    host: '127.0.0.1',
    port: options.port,
    connections: options.connections,
    seconds: options.seconds,
    bytes: requests.bytes,
    offsets: requests.offsets,
    first: options.first ?? 0,
    repeat: options.repeat ?? false,
  };
  const worker = new Worker(new URL('./load-thread.ts', import.meta.url), { workerData: order });
  return new Promise((resolve, reject) => {
    worker.once('message', (result: LoadResult) => resolve(result));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
  });
}

/** Answers a second. */
export function perSecond(result: LoadResult): number {
  const answers = Object.values(result.statuses).reduce((sum, count) => sum + count, 0);
  return answers / result.seconds;
}
