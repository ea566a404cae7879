import { recordVerdicts } from '../../feedback/rating/index.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { ratedOf } from './actions.ts';
import { personOf, refuseConcerned, sightOf } from './concern-actions.ts';
import type { UpheldForm } from './contract.ts';
import { type ExclusionRow, listExclusions, type RatedRow } from './store.ts';

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
  await inTx(deps.db, (tx) => upholdIn(tx, person, { ...key, attribution, note, at }));
}

/** The same within a transaction that does more. @throws Refusal as `upholdRating` */
export async function upholdIn(
  tx: Tx,
  person: UserActor,
  given: UpheldForm & { stepId: string; assessNumber: number; at: Date },
): Promise<void> {
  const { attribution = null, note, at, stepId, assessNumber } = given;
  const key = { stepId, assessNumber };
  const { cityCode } = person;
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

/** The newest word on taking a rating out: whether a proposal waits, and how the last one ended. */
export async function exclusionOf(
  reader: Reader,
  actor: Actor,
  rating: { stepId: string; assessNumber: number },
): Promise<Pick<ExclusionRow, 'exclusion_id' | 'state' | 'verdict'> | undefined> {
  const sight = { ...sightOf(actor), notStaff: undefined };
  const [last] = await listExclusions(reader, sight, { rating, limit: 1 });
  // What waits is the newest word, also where another one was rejected in the same instant.
  const [waiting] = await listExclusions(reader, sight, { rating, state: 'proposed', limit: 1 });
  return waiting ?? last;
}
