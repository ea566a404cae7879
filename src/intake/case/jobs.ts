import { z } from 'zod';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { identityKeptFrom } from './limits-actions.ts';
import { erasePersons } from './store.ts';

/** Rows of one transaction, so that the erasing never holds up the hall. */
const AT_ONCE = 5000;

/** Empties the personal fields whose retention is over, for good; answers how many persons. */
export async function erasePersonsDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = identityKeptFrom(now);
  let erased = 0;
  for (;;) {
    const count = await inTx(deps.db, (tx) => erasePersons(tx, cityCode, { before, now, limit: AT_ONCE }));
    erased += count;
    if (count < AT_ONCE) break;
  }
  if (erased > 0) {
    await inTx(deps.db, (tx) =>
      auditErasure(tx, {
        action: 'record.pseudonymised',
        subjectKind: 'service_record',
        detail: { persons: erased, served_before: before },
        cityCode,
        at: now,
      }),
    );
  }
  return erased;
}

export const retentionJob = defineJob({
  name: 'intake.retention',
  schema: z.unknown(),
  cron: '40 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await erasePersonsDue(deps, cityCode);
  },
});
