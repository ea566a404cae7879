import { z } from 'zod';
import { type AnyJob, defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { type RatedCheck, sendDue } from './sms-actions.ts';

/** Each minute: what is due goes out. */
export function smsJob(rated: RatedCheck): AnyJob {
  return defineJob({
    name: 'invitation.sms',
    schema: z.unknown(),
    cron: '* * * * *',
    async run(deps) {
      for (const cityCode of await tenantCities(deps.db.app)) await sendDue(deps, cityCode, rated);
    },
  });
}
