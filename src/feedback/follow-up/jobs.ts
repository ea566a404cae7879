import { z } from 'zod';
import { type AnyJob, defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { eraseRemarksDue } from './attempt-actions.ts';
import { drawWeek, type OfficeEndOf } from './draw-actions.ts';

/** On Monday morning the week before is drawn; a morning that was missed is made good on the next. */
export function drawJob(officeEndOf: OfficeEndOf): AnyJob {
  return defineJob({
    name: 'call.draw',
    schema: z.unknown(),
    cron: '5 8 * * *',
    async run(deps) {
      for (const cityCode of await tenantCities(deps.db.app)) await drawWeek(deps, cityCode, officeEndOf);
    },
  });
}

export const remarkRetentionJob = defineJob({
  name: 'call.retention',
  schema: z.unknown(),
  cron: '2 3 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await eraseRemarksDue(deps, cityCode);
  },
});
