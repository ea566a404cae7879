import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, isSelf, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { secondLookUntil } from '../duty/index.ts';
import './appeal-contract.ts';
import { personOf, sightOf } from './concern-actions.ts';
import { type ExclusionRow, listExclusions, reopenExclusion } from './store.ts';

/** Whether its proposer may still appeal against a rejection, as far as the row tells. */
export function isAppealable(row: ExclusionRow, now: Date): boolean {
  return row.state === 'rejected' && row.appealed_at === null && now < endOf(row).late;
}

function endOf({ decided_at: at }: ExclusionRow) {
  return secondLookUntil(at ?? new Date(0));
}

/**
 * The proposer appeals against a rejection, once and within the days of the rules: the proposal waits again,
 * for a supervisor who has taken no part.
 * @throws Refusal `exclusion.*`
 */
export async function appealExclusion(deps: Deps, actor: Actor, id: string, note: string): Promise<void> {
  requirePermission(actor, 'exclusion.propose');
  const person = personOf(actor);
  const { cityCode } = person;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const sight = { ...sightOf(person), notStaff: undefined };
    const [row] = await listExclusions(tx, sight, { id, limit: 1 });
    if (row === undefined) throw new Refusal('exclusion.unknown');
    if (row.proposed_by !== person.id) throw new Refusal('exclusion.not_proposer');
    if (row.appealed_at !== null) throw new Refusal('exclusion.appealed_before');
    if (row.state !== 'rejected') throw new Refusal('exclusion.not_rejected');
    const { last, late } = endOf(row);
    if (at >= late) throw new Refusal('exclusion.appeal_late', { until: last });
    if (!(await reopenExclusion(tx, cityCode, { id, at, note }))) throw new Refusal('exclusion.pending');
    await audit(tx, {
      actor: person,
      action: 'rating.exclusion_appealed',
      subjectKind: 'rating',
      subjectId: row.step_id,
      detail: { exclusion: id },
      reason: note,
      cityCode,
      at,
    });
  });
}

/**
 * What was appealed is decided by a supervisor who didn't reject it.
 * @throws Refusal `exclusion.supervisor_only`, `exclusion.took_part`
 */
export function refuseHearing(person: UserActor, row: ExclusionRow): void {
  if (row.appealed_at === null) return;
  if (!person.permissions.has('order.assign')) throw new Refusal('exclusion.supervisor_only');
  if (isSelf(person, row.first_decided_by)) throw new Refusal('exclusion.took_part');
}
