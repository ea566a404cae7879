import { z } from 'zod';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { identityKeptFrom } from '../case/index.ts';
import { erasePhones } from './store.ts';

/** Empties the phones of corrections whose retention is over; who corrected what and when stays. */
export async function erasePhonesDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = identityKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const erased = await erasePhones(tx, cityCode, before);
    if (erased > 0) {
      await auditErasure(tx, {
        action: 'record.correction_phones_erased',
        subjectKind: 'correction',
        detail: { corrections: erased, served_before: before },
        cityCode,
        at: now,
      });
    }
    return erased;
  });
}

export const phoneRetentionJob = defineJob({
  name: 'correction.retention',
  schema: z.unknown(),
  cron: '45 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await erasePhonesDue(deps, cityCode);
  },
});
