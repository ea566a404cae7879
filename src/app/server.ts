/** The HTTP server with all its routes: what a citizen, a member of staff and another system can reach. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { unknownAddressPage } from '../feedback/rating/pages.ts';
import { authorizer } from '../oversight/access/index.ts';
import { checkoutDir } from '../platform/config.ts';
import type { Deps } from '../platform/deps.ts';
import { healthRoutes, metricsRoutes } from '../platform/health.ts';
import { createHttp, type Http } from '../platform/http.ts';
import { describeApi } from './api-pages.ts';
import { registerSlices } from './slices.ts';

/** Builds the server; the caller listens and closes it. */
export async function createServer(deps: Deps): Promise<Http> {
  const http = await createHttp(deps, { authorize: authorizer(deps), unknownPage: unknownAddressPage });
  metricsRoutes(http, deps);
  healthRoutes(http, deps);
  registerSlices(http, deps);
  describeApi(http);
  await serveWeb(http);
  return http;
}

/** The built applications: files with a hash in their name for ever, all others never from a cache. */
async function serveWeb(http: Http): Promise<void> {
  const dist = (part: string): string => join(checkoutDir, 'web', part, 'dist');
  const [admin, kiosk, patrol] = [dist('admin'), dist('kiosk'), dist('patrol')];
  await http.register(fastifyStatic, { root: admin, serve: false, cacheControl: false });
  const page = { config: { access: 'public' as const }, schema: { hide: true } };
  http.get('/admin', page, async (_request, reply) => reply.redirect('/admin/', 308));
  http.get<{ Params: { '*': string } }>('/admin/*', page, async (request, reply) => {
    return sendBuilt(reply, admin, request.params['*']);
  });
  // Within /admin, where the cookie of the session is sent.
  http.get('/admin/patrol', page, async (_request, reply) => reply.redirect('/admin/patrol/', 308));
  http.get<{ Params: { '*': string } }>('/admin/patrol/*', page, async (request, reply) => {
    return sendBuilt(reply, patrol, request.params['*']);
  });
  http.get('/kiosk', page, async (_request, reply) => reply.redirect('/kiosk/', 308));
  http.get<{ Params: { '*': string } }>('/kiosk/*', page, async (request, reply) => {
    return sendBuilt(reply, kiosk, request.params['*']);
  });
}

/** A built file, or the page itself for every address within it. */
function sendBuilt(reply: FastifyReply, root: string, path: string): FastifyReply {
  const exists = /^(assets\/)?[\w-][\w.-]*$/.test(path) && existsSync(join(root, path));
  if (exists && path.startsWith('assets/')) {
    return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(path, root);
  }
  return reply.header('cache-control', 'no-cache').sendFile(exists ? path : 'index.html', root);
}
