import { z } from 'zod';
import { identityKeptFrom, textKeptFrom } from '../../intake/case/index.ts';
import { startOfDay } from '../../kernel/day.ts';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { eraseFiles } from '../../platform/stored-file.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { INSPECTION_FILES } from './inspection-actions.ts';
import { eraseCommenters, eraseCommentTexts } from './store.ts';

/** Erases texts, devices and evidence of comments whose retention is over, for good; the comments stay. */
export async function eraseCommentsDue(deps: Deps, cityCode: string): Promise<void> {
  const now = deps.clock.now();
  const [text, identity] = [textKeptFrom(now), identityKeptFrom(now)];
  await inTx(deps.db, async (tx) => {
    const texts = await eraseCommentTexts(tx, cityCode, startOfDay(text));
    const devices = await eraseCommenters(tx, cityCode, startOfDay(identity));
    const kind = INSPECTION_FILES;
    const evidence = await eraseFiles(tx, { cityCode, kind }, startOfDay(text));
    if (texts + devices + evidence === 0) return;
    await auditErasure(tx, {
      action: 'comment.erased',
      subjectKind: 'comment',
      detail: { texts, devices, evidence, received_before: text, devices_before: identity },
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
