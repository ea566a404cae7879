import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { rollFigures } from './figure-actions.ts';

/** Rolls up what has changed since the minute before. */
export const figureJob = defineJob({
  name: 'rating.figures',
  schema: z.unknown(),
  cron: '* * * * *',
  async run(deps) {
    for (const cityCode of (await tenantCities(deps.db.app)).keys()) await rollFigures(deps, cityCode);
  },
});
