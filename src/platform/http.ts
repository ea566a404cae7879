import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
  type RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { assert } from '../kernel/assert.ts';
import { type Lang, pickLang } from '../kernel/lang.ts';
import type { Deps } from './deps.ts';
import { type DirectRoutes, directServer } from './direct-http.ts';
import { answerProblem, notFound } from './problem.ts';

export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who may call a route. A route that doesn't say so isn't registered. */
export type Access = 'public' | 'signed-in' | { permission: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    lang: Lang;
  }
  interface FastifyInstance {
    /** Routes whose plain requests skip everything below. */
    direct: DirectRoutes;
  }
}

export const MEGABYTE = 1024 * 1024;

export interface HttpOptions {
  /** Decides whether the request may pass; throws a refusal otherwise. Runs before the body is read. */
  authorize: (request: FastifyRequest, access: Access) => Promise<void>;
  /** Answers a browser that asks for an address there is none of; others get a problem document. */
  unknownPage?: (request: FastifyRequest, reply: FastifyReply) => FastifyReply;
}

/** The HTTP server without its routes: security headers, languages, problem answers, limits, OpenAPI. */
export async function createHttp(deps: Deps, options: HttpOptions): Promise<Http> {
  const { config } = deps;
  const unknown = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    options.unknownPage && isPageRequest(request)
      ? options.unknownPage(request, reply)
      : notFound(request, reply);
  const headers = securityHeaders(config.tls !== null || config.publicUrl.startsWith('https:'));
  const direct = directServer({
    bodyLimit: MEGABYTE,
    trustProxy: config.trustProxy,
    headers,
    tls: config.tls
      ? { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) }
      : undefined,
    // A slow client may not hold a connection for ever; a phone on a bad line still gets its minute.
    timeouts: { request: 60_000, keepAlive: 65_000 },
    log: deps.log,
  });
  const http = fastify({
    serverFactory: (handler) => direct.create(handler as RequestListener),
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: MEGABYTE,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    // An address that can't be read or is too long never reaches a route, so no hook has seen it.
    frameworkErrors: (_error, request, reply) => {
      const seen = request as unknown as FastifyRequest;
      seen.lang = pickLang(request.headers['accept-language']);
      unknown(seen, reply as unknown as FastifyReply);
    },
  }).withTypeProvider<ZodTypeProvider>() as unknown as Http;
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, deps.log));
  http.setNotFoundHandler(unknown);
  http.decorate('direct', direct.routes);
  http.addHook('preClose', (done) => {
    direct.close();
    done();
  });
  http.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  await registerPlugins(http);
  http.decorateRequest('lang', 'zh-CN');
  http.addHook('onRoute', (route) => {
    assert(
      route.config?.access !== undefined,
      `route ${route.method} ${route.url} doesn't say who may call it`,
    );
  });
  http.addHook('onRequest', async (request) => {
    request.lang = pickLang(request.headers['accept-language'], queryLang(request));
    const access = request.routeOptions.config.access;
    if (access !== undefined) await options.authorize(request, access);
  });
  return http;
}

/** A browser on its way to a page; programs and the administration's own calls want a problem document. */
function isPageRequest({ method, url, headers }: FastifyRequest): boolean {
  const wantsPage = method === 'GET' && (headers.accept ?? '').includes('text/html');
  return wantsPage && !url.startsWith('/api/') && !url.startsWith('/admin/api/');
}

function queryLang(request: FastifyRequest): string | undefined {
  const lang = (request.query as Record<string, unknown> | undefined)?.lang;
  return typeof lang === 'string' ? lang : undefined;
}

/** The policy of everything that doesn't set its own: nothing from elsewhere, nothing inline. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join(';');

/**
 * Headers of every answer; constants, since working them out for each one took a tenth of a rating's time.
 */
function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-frame-options': 'DENY',
    // On plain HTTP the following would be ignored; a hall without TLS must not be told otherwise.
    ...(secure
      ? {
          'strict-transport-security': 'max-age=31536000',
          'cross-origin-opener-policy': 'same-origin',
          'origin-agent-cluster': '?1',
        }
      : {}),
  };
}

async function registerPlugins(http: Http): Promise<void> {
  await http.register(cookie);
  // Nothing here takes plain text; without its parser such a body is answered 415.
  http.removeContentTypeParser('text/plain');
  await http.register(formbody, { bodyLimit: MEGABYTE });
  await http.register(multipart, { limits: { fileSize: 50 * MEGABYTE, files: 1, fields: 10, parts: 12 } });
  await http.register(rateLimit, { global: false });
  await http.register(compress, { threshold: 1024, encodings: ['br', 'gzip', 'identity'] });
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Yiping 一评',
        version: '1',
        description: 'One matter, one rating: API for other systems',
      },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
  });
}
