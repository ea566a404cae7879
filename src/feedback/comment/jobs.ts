import { z } from 'zod';
import { identityKeptFrom, textKeptFrom } from '../../intake/case/index.ts';
import { startOfDay } from '../../kernel/day.ts';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { eraseCommenters, eraseCommentTexts } from './store.ts';

/** Erases texts and devices of comments whose retention is over, for good; the comments stay. */
export async function eraseCommentsDue(deps: Deps, cityCode: string): Promise<void> {
  const now = deps.clock.now();
  const [text, identity] = [textKeptFrom(now), identityKeptFrom(now)];
  await inTx(deps.db, async (tx) => {
    const texts = await eraseCommentTexts(tx, cityCode, startOfDay(text));
    const devices = await eraseCommenters(tx, cityCode, startOfDay(identity));
    if (texts + devices === 0) return;
    await auditErasure(tx, {
      action: 'comment.erased',
      subjectKind: 'comment',
      detail: { texts, devices, received_before: text, devices_before: identity },
      cityCode,
      at: now,
    });
  });
}

export const commentRetentionJob = defineJob({
  name: 'comment.retention',
  schema: z.unknown(),
  cron: '56 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await eraseCommentsDue(deps, cityCode);
  },
});
