/** The HTTP server with all its routes: what a citizen, a member of staff and another system can reach. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
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
  await serveAdmin(http);
  return http;
}

/** The built administration: files with a hash in their name for ever, the page itself never from a cache. */
async function serveAdmin(http: Http): Promise<void> {
  const root = join(checkoutDir, 'web/admin/dist');
  await http.register(fastifyStatic, { root, serve: false, cacheControl: false });
  const page = { config: { access: 'public' as const }, schema: { hide: true } };
  http.get('/admin', page, async (_request, reply) => reply.redirect('/admin/', 308));
  http.get<{ Params: { '*': string } }>('/admin/*', page, async (request, reply) => {
    const path = request.params['*'];
    if (/^assets\/[\w.-]+$/.test(path) && existsSync(join(root, path))) {
      return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(path);
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
