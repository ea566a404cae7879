import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { reviewNightly } from './review-actions.ts';

export const attendanceJob = defineJob({
  name: 'conduct.attendance',
  schema: z.unknown(),
  cron: '40 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await reviewNightly(deps, cityCode);
  },
});
