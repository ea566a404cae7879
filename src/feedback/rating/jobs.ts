import { z } from 'zod';
import { identityKeptFrom, textKeptFrom } from '../../intake/case/index.ts';
import { startOfDay } from '../../kernel/day.ts';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { eraseFiles } from '../../platform/stored-file.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { SCANS } from './batch-actions.ts';
import { eraseLateTexts } from './kiosk-store.ts';
import { eraseTexts } from './list-store.ts';
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
    if (erased > 0)
      await auditErasure(tx, {
        action: 'rating.rater_erased',
        subjectKind: 'rating',
        detail: { raters: erased, served_before: before },
        cityCode,
        at: now,
      });
    return erased;
  });
}

/**
 * Erases the texts of ratings whose retention is over; answers how many. The rating keeps their salted hash,
 * so that no proof breaks.
 */
export async function eraseTextsDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = textKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const late = await eraseLateTexts(tx, cityCode, before);
    const erased = late + (await eraseTexts(tx, cityCode, before));
    if (erased > 0)
      await auditErasure(tx, {
        action: 'rating.texts_erased',
        subjectKind: 'rating',
        detail: { texts: erased, served_before: before },
        cityCode,
        at: now,
      });
    return erased;
  });
}

/** Erases scans of paper forms with the texts that were entered from them; answers how many. */
export async function eraseScansDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = textKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const erased = await eraseFiles(tx, { cityCode, kind: SCANS }, startOfDay(before));
    if (erased > 0)
      await auditErasure(tx, {
        action: 'rating.scans_erased',
        subjectKind: 'rating',
        detail: { scans: erased, uploaded_before: before },
        cityCode,
        at: now,
      });
    return erased;
  });
}

export const raterRetentionJob = defineJob({
  name: 'rating.retention',
  schema: z.unknown(),
  cron: '50 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) {
      await eraseRatersDue(deps, cityCode);
      await eraseTextsDue(deps, cityCode);
      await eraseScansDue(deps, cityCode);
    }
  },
});
