import { z } from 'zod';
import { systemActor } from '../../oversight/access/index.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { sealDue } from './actions.ts';
import { askCheck } from './check-actions.ts';

/** Looks every ten minutes whether a day's seal is due: a night that was missed is made good at once. */
const sealJob = defineJob({
  name: 'rating.seal',
  schema: z.unknown(),
  cron: '*/10 * * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await sealDue(deps, cityCode);
  },
});

/** Every Sunday at noon, when halls are closed, all ratings are verified against their seals. */
const sealCheckJob = defineJob({
  name: 'rating.seal_check',
  schema: z.unknown(),
  cron: '0 12 * * 0',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) {
      await askCheck(deps, systemActor(cityCode, 'weekly'));
    }
  },
});

export const sealJobs = [sealJob, sealCheckJob];
