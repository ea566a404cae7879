import { z } from 'zod';
import { identityKeptFrom } from '../../intake/case/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { eraseRaters } from './store.ts';

/**
 * Empties device marks and address hashes of ratings whose retention is over, for good; answers how many. The
 * rating itself stays: nothing in it speaks of a person.
 */
export async function eraseRatersDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = identityKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const erased = await eraseRaters(tx, cityCode, before);
    if (erased > 0) {
      await audit(tx, {
        actor: { kind: 'system', name: 'retention' },
        action: 'rating.rater_erased',
        subjectKind: 'rating',
        subjectId: '',
        detail: { raters: erased, served_before: before },
        cityCode,
        at: now,
      });
    }
    return erased;
  });
}

export const raterRetentionJob = defineJob({
  name: 'rating.retention',
  schema: z.unknown(),
  cron: '50 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await eraseRatersDue(deps, cityCode);
  },
});
