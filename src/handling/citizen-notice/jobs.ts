import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { sendNotices } from './actions.ts';

/** Each minute: what is due goes out. */
export const noticeJob = defineJob({
  name: 'handling.notices',
  schema: z.unknown(),
  cron: '* * * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await sendNotices(deps, cityCode);
  },
});
