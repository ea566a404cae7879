import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { runNightly } from './run-actions.ts';

/** Looks by night at the month up to yesterday; what was found before isn't opened again. */
export const integrityJob = defineJob({
  name: 'handling.integrity',
  schema: z.unknown(),
  cron: '20 3 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await runNightly(deps, cityCode);
  },
});
