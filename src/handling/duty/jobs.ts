import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { lookAtDuties } from './actions.ts';

export const dutyJob = defineJob({
  name: 'handling.duty',
  schema: z.unknown(),
  cron: '* * * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await lookAtDuties(deps, cityCode);
  },
});
