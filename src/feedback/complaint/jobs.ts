import { z } from 'zod';
import { textKeptFrom } from '../../intake/case/index.ts';
import { startOfDay } from '../../kernel/day.ts';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { eraseBodies } from './store.ts';

/** Empties the texts of decided complaints whose retention is over; answers how many. What counted stays. */
export async function eraseBodiesDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = textKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const erased = await eraseBodies(tx, cityCode, startOfDay(before));
    if (erased > 0) {
      await auditErasure(tx, {
        action: 'complaint.texts_erased',
        subjectKind: 'complaint',
        detail: { texts: erased, received_before: before },
        cityCode,
        at: now,
      });
    }
    return erased;
  });
}

export const complaintRetentionJob = defineJob({
  name: 'complaint.retention',
  schema: z.unknown(),
  cron: '55 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await eraseBodiesDue(deps, cityCode);
  },
});
