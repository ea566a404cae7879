import { figureReader } from '../../feedback/rating/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { publisher } from '../publication/index.ts';
import { boardFor } from './board-actions.ts';
import { boardView, type Screen, screenView } from './contract.ts';
import { screenOf } from './screen-actions.ts';
import { screenStreams } from './stream-http.ts';

/** Many readers at once cost one counting. */
const KEEP_MS = 10_000;

/** The leader's page, and the big screen with its events. */
export function dashboardRoutes(http: Http, deps: Deps): void {
  const figures = figureReader(deps.db.read, deps.config.cityCode);
  http.get(
    '/admin/api/dashboard',
    {
      config: { access: { permission: 'dashboard.read' } },
      schema: { hide: true, response: { 200: boardView } },
    },
    async ({ actor }) => await boardFor(deps, figures, actor),
  );
  const desk = publisher(deps);
  let kept: { until: number; screen: Promise<Screen> } | undefined;
  const screen = async (): Promise<Screen> => {
    const now = deps.clock.now().getTime();
    if (kept && kept.until > now) return await kept.screen;
    const fresh = { until: now + KEEP_MS, screen: screenOf(deps, desk, figures) };
    kept = fresh;
    fresh.screen.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return await fresh.screen;
  };
  const config = { access: 'public' as const };
  http.get(
    '/public/screen.json',
    { config, schema: { hide: true, response: { 200: screenView } } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=10');
      return await screen();
    },
  );
  const streams = screenStreams(deps, screen);
  http.addHook('preClose', async () => streams.close());
  http.get('/public/screen/events', { config, schema: { hide: true } }, async (_request, reply) => {
    if (!streams.open(reply)) return await reply.code(503).send();
    return reply;
  });
}
