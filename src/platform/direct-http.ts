import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import proxyAddr from '@fastify/proxy-addr';
import { assert } from '../kernel/assert.ts';
import { type Lang, pickLang } from '../kernel/lang.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Log } from './log.ts';
import { logFault, problemOf, refusalOf } from './problem.ts';

/**
 * A public POST route whose plain requests skip the framework: it takes as much time as a small request's
 * own work. The same address is registered as an ordinary route too, which answers whatever isn't plain
 * (a key, a query, another content type, no length, a header of `unlessSent`) and all requests while the
 * server closes.
 */
export interface DirectRoute {
  /** Exact path. */
  url: string;
  /** Headers (in small letters) that send a request the ordinary way, since more has to be looked at. */
  unlessSent?: readonly string[];
  /** Takes the parsed JSON; throws what an ordinary route may throw. */
  answer(body: unknown, from: { address: string }): Promise<DirectAnswer>;
}

export interface DirectAnswer {
  status: number;
  /** Made of declared fields only: no response schema strips it. */
  body: object;
}

/** Direct routes of one server, and who counts their answers. */
export interface DirectRoutes {
  add(route: DirectRoute): void;
  /** Hears of each answer: path, status, seconds. */
  onAnswer(listener: AnswerListener): void;
}

type AnswerListener = (url: string, status: number, seconds: number) => void;

export interface DirectOptions {
  bodyLimit: number;
  /** Addresses of reverse proxies whose X-Forwarded-For counts. */
  trustProxy: readonly string[];
  /** Headers of every answer. */
  headers: Readonly<Record<string, string>>;
  tls: ServerOptions | undefined;
  /** Milliseconds. */
  timeouts: { request: number; keepAlive: number };
  log: Log;
}

/** The node server beneath the framework, with its direct routes. */
export interface DirectServer {
  routes: DirectRoutes;
  /** Makes the server; what isn't plain goes to the framework's `handler`. */
  create(handler: RequestListener): Server;
  /** From now on the framework answers, which knows how to send callers away. */
  close(): void;
}

const PLAIN_JSON = /^application\/json(?:; ?charset=utf-8)?$/i;

export function directServer(options: DirectOptions): DirectServer {
  const routes = new Map<string, DirectRoute>();
  const listeners: AnswerListener[] = [];
  const addressOf = addressReader(options.trustProxy);
  const headers = headerLists(options.headers);
  let open = true;
  const listen =
    (handler: RequestListener): RequestListener =>
    (request, response) => {
      const route = request.method === 'POST' ? routes.get(request.url ?? '') : undefined;
      const length = route && open ? plainLength(request, options.bodyLimit, route.unlessSent) : undefined;
      if (route === undefined || length === undefined) {
        handler(request, response);
        return;
      }
      const start = performance.now();
      const answerWith = (status: number, text: string): void => {
        response.writeHead(status, headers(status, Buffer.byteLength(text)));
        response.end(text);
        const seconds = (performance.now() - start) / 1000;
        for (const listener of listeners) listener(route.url, status, seconds);
      };
      whenRead(request, length, (text) => {
        answer(route, text, addressOf(request)).then(
          ({ status, body }) => answerWith(status, JSON.stringify(body)),
          (error: unknown) => {
            const { status, text: problem } = refuse(error, request, route, options.log);
            answerWith(status, problem);
          },
        );
      });
    };
  return {
    routes: {
      add(route) {
        assert(!routes.has(route.url), `one direct route at ${route.url}`);
        routes.set(route.url, route);
      },
      onAnswer: (listener) => void listeners.push(listener),
    },
    create(handler) {
      const server = options.tls
        ? createSecureServer(options.tls, listen(handler))
        : createServer(listen(handler));
      server.requestTimeout = options.timeouts.request;
      server.keepAliveTimeout = options.timeouts.keepAlive;
      return server;
    },
    close() {
      open = false;
    },
  };
}

/** Bytes that the body will have; undefined when the request takes the ordinary way. */
function plainLength(
  { headers }: IncomingMessage,
  limit: number,
  unlessSent: readonly string[] | undefined,
): number | undefined {
  if (headers.authorization !== undefined || headers['content-encoding'] !== undefined) return undefined;
  if (unlessSent?.some((name) => headers[name] !== undefined)) return undefined;
  if (!PLAIN_JSON.test(headers['content-type'] ?? '')) return undefined;
  const length = Number(headers['content-length']);
  return length >= 0 && length <= limit ? length : undefined;
}

/** Calls back with the whole body; never when the caller goes away in its midst. */
function whenRead(request: IncomingMessage, length: number, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let read = 0;
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    read += chunk.length;
  });
  request.on('end', () => {
    if (read !== length) return;
    const [only] = chunks;
    done((chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString('utf8'));
  });
  // A broken connection ends the request and asks for nothing more.
  request.on('error', () => undefined);
}

async function answer(route: DirectRoute, text: string, address: string): Promise<DirectAnswer> {
  return route.answer(parse(text), { address });
}

/** Keys that could reach into an object's making are refused, as the framework does. */
function parse(text: string): unknown {
  if (/"(?:__proto__|constructor)"\s*:/.test(text)) throw new Refusal('request.malformed');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw new Refusal('request.malformed');
  }
}

function refuse(
  error: unknown,
  { headers }: IncomingMessage,
  { url }: DirectRoute,
  log: Log,
): { status: number; text: string } {
  const seen = { id: randomUUID(), routeOptions: { url } };
  const refusal = refusalOf(error, seen);
  logFault(error, refusal, seen, log);
  const lang: Lang = pickLang(headers['accept-language']);
  return { status: refusal.status, text: JSON.stringify(problemOf(refusal, lang)) };
}

/** Header lists as node takes them quickest, one made for each kind of answer. */
function headerLists(
  constant: Readonly<Record<string, string>>,
): (status: number, length: number) => string[] {
  const flat = Object.entries(constant).flat();
  const good = [...flat, 'content-type', 'application/json; charset=utf-8', 'content-length'];
  const problem = [...flat, 'content-type', 'application/problem+json', 'content-length'];
  return (status, length) => {
    const list = [...(status < 400 ? good : problem), String(length)];
    if (status === 503) list.push('retry-after', '5');
    return list;
  };
}

function addressReader(trusted: readonly string[]): (request: IncomingMessage) => string {
  if (trusted.length === 0) return (request) => request.socket.remoteAddress ?? '';
  const trust = proxyAddr.compile([...trusted]);
  return (request) => proxyAddr(request, trust);
}
