import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isoMoment } from '../kernel/day.ts';
import { writeBackup } from './backup.ts';
import type { Deps } from './deps.ts';
import { defineJob } from './jobs.ts';

/**
 * Each night a copy into BACKUP_DIR; older ones than the last BACKUP_KEEP of this city go once the new one is
 * complete. Files of any other name are left alone.
 */
export const backupJob = defineJob({
  name: 'platform.backup',
  schema: z.unknown(),
  cron: '10 2 * * *',
  run: writeScheduled,
});

export async function writeScheduled(deps: Deps): Promise<void> {
  const { backups, cityCode } = deps.config;
  if (backups === null) return;
  const { dir, keep } = backups;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const stamp = isoMoment(deps.clock.now()).slice(0, 19).replaceAll(/\D/g, '');
  const { tables, at } = await writeBackup(deps, join(dir, `yiping-${cityCode}-${stamp}.zip`));
  deps.log.info({ event: 'backup', at, tables: tables.length }, 'the nightly copy is written');
  const ours = new RegExp(`^yiping-${cityCode}-\\d{14}\\.zip$`);
  const copies = (await readdir(dir)).filter((name) => ours.test(name)).sort();
  for (const name of copies.slice(0, -keep)) await rm(join(dir, name));
}
