import { recordVerdicts } from '../../feedback/rating/index.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { ratedOf } from './actions.ts';
import { personOf, refuseConcerned, sightOf } from './concern-actions.ts';
import type { UpheldForm } from './contract.ts';
import { listExclusions, type RatedRow } from './store.ts';

/**
 * The desk finds a bad rating genuine: its pending deduction is posted. Whom it charges is said by its tags;
 * where it has none the verifier decides, and else the window is charged (domain §5).
 * @throws Refusal `rating.unknown`, `rating.verdict_stands`, `exclusion.own_matter`, `exclusion.pending`,
 *   `verification.only_bad`, `verification.tags_decide`, `verification.nobody_there`
 */
export async function upholdRating(
  deps: Deps,
  actor: Actor,
  key: { stepId: string; assessNumber: number },
  { attribution = null, note }: UpheldForm,
): Promise<void> {
  requirePermission(actor, 'exclusion.propose');
  const person = personOf(actor);
  const at = deps.clock.now();
  const { cityCode } = person;
  await inTx(deps.db, async (tx) => {
    const rated = await ratedOf(tx, person, key);
    await refuseConcerned(tx, person, { stepIds: [rated.step_id], now: at });
    refuseUnfit(rated, attribution);
    const open = { state: 'proposed', rating: key, limit: 1 } as const;
    const waiting = await listExclusions(tx, { ...sightOf(person), notStaff: undefined }, open);
    if (waiting.length > 0) throw new Refusal('exclusion.pending');
    const verdict = {
      ...key,
      verdict: 'upheld',
      attribution,
      verifiedBy: person.username,
      approvedBy: null,
    } as const;
    const written = await recordVerdicts(tx, cityCode, { verdicts: [verdict], at });
    if (written.size === 0) throw new Refusal('rating.verdict_stands');
    await audit(tx, {
      actor: person,
      action: 'rating.upheld',
      subjectKind: 'rating',
      subjectId: rated.step_id,
      detail: { number: key.assessNumber, attribution },
      reason: note,
      cityCode,
      at,
    });
  });
}

function refuseUnfit(rated: RatedRow, attribution: NonNullable<UpheldForm['attribution']> | null): void {
  if (rated.verdict !== null) throw new Refusal('rating.verdict_stands');
  if (rated.satisfaction > 2) throw new Refusal('verification.only_bad');
  if (attribution === null) return;
  const field = { field: 'attribution' };
  if (rated.tags.length > 0) throw new Refusal('verification.tags_decide', {}, field);
  const nobody =
    (attribution === 'staff' && rated.staff_no === null) ||
    (attribution === 'window' && rated.window_code === null);
  if (nobody) throw new Refusal('verification.nobody_there', {}, field);
}
