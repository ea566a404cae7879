import type { z } from 'zod';
import { isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { requireReader } from './draft-actions.ts';
import type { draftListSchema } from './draft-contract.ts';
import { findDrafts } from './draft-store.ts';
import { draftRow } from './draft-view.ts';
import { findInForce } from './store.ts';

/** The drafts of the city and the versions in force, the newest first. */
export async function listDrafts(
  deps: Deps,
  actor: Actor,
  lang: Lang,
): Promise<z.infer<typeof draftListSchema>> {
  requireReader(actor);
  const { cityCode } = actor.scope;
  const drafts = await findDrafts(deps.db.read, cityCode);
  const versions = await findInForce(deps.db.read, cityCode);
  return {
    items: drafts.map(draftRow),
    versions: versions.reverse().map((row) => ({
      effective_from: row.effective_from,
      hash: row.hash,
      name: lang === 'en' ? row.content.nameEn : row.content.name,
      proposed_by: row.recorded_by,
      approved_by: row.confirmed_by,
      recorded_at: isoMoment(row.recorded_at),
    })),
  };
}
