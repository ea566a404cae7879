import { z } from 'zod';
import { figureReader } from '../../feedback/rating/index.ts';
import { defineJob } from '../../platform/jobs.ts';
import { archiveDue } from './archive-actions.ts';

/** Looks each hour whether a finished month is due for the archive: one that was missed is made good. */
export const archiveJob = defineJob({
  name: 'publication.archive',
  schema: z.unknown(),
  cron: '25 * * * *',
  async run(deps) {
    await archiveDue(deps, figureReader(deps.db.app, deps.config.cityCode));
  },
});
