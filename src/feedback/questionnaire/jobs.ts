import { z } from 'zod';
import { textKeptFrom } from '../../intake/case/index.ts';
import { addDays, dayOf } from '../../kernel/day.ts';
import { auditErasure } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineJob } from '../../platform/jobs.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { questionnaireRules } from './rules.ts';
import { eraseMarks, eraseTexts } from './sheet-store.ts';

/** Erases texts whose retention is over and marks of devices that no longer count; the sheets stay. */
export async function eraseSheetsDue(deps: Deps, cityCode: string): Promise<void> {
  const now = deps.clock.now();
  const on = dayOf(now);
  const text = textKeptFrom(now);
  const marks = addDays(on, 1 - questionnaireRules(on).markDays);
  await inTx(deps.db, async (tx) => {
    const texts = await eraseTexts(tx, cityCode, text);
    const devices = await eraseMarks(tx, cityCode, marks);
    if (texts + devices === 0) return;
    await auditErasure(tx, {
      action: 'questionnaire.erased',
      subjectKind: 'questionnaire',
      detail: { texts, devices, texts_before: text, devices_before: marks },
      cityCode,
      at: now,
    });
  });
}

export const questionnaireRetentionJob = defineJob({
  name: 'questionnaire.retention',
  schema: z.unknown(),
  cron: '57 2 * * *',
  async run(deps) {
    for (const cityCode of await tenantCities(deps.db.app)) await eraseSheetsDue(deps, cityCode);
  },
});
