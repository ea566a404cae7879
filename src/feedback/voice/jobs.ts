import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { eraseVoicesDue } from './actions.ts';

export const voiceRetentionJob = defineJob({
  name: 'voice.retention',
  schema: z.unknown(),
  cron: '58 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await eraseVoicesDue(deps, cityCode);
  },
});
