import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { derivationSchema } from '../statement/index.ts';
import { liveScore } from './live-actions.ts';

const paramsSchema = z.strictObject({ month: z.string().max(20), staffNo: z.string().max(60) });

/** Whoever may read all scores or only the own one; the action tells them apart. */
export function liveRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/months/:month/live/:staffNo',
    {
      config: { access: 'signed-in' },
      schema: {
        hide: true,
        params: paramsSchema,
        querystring: z.strictObject({ lang: z.string().optional() }),
        response: { 200: derivationSchema },
      },
    },
    async ({ params, actor, lang }) => await liveScore(deps, actor, { ...params, lang }),
  );
}
