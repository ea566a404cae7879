import { randomUUID } from 'node:crypto';
import { recordVerdicts } from '../../feedback/rating/index.ts';
import { firstDay } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import { Refusal } from '../../kernel/refusal.ts';
import {
  type Actor,
  isSamePerson,
  requirePermission,
  signatureOf,
  type UserActor,
} from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { refuseHearing } from './appeal-actions.ts';
import { personOf, refuseConcerned, sightOf } from './concern-actions.ts';
import type { ExclusionDecision, ExclusionProposal } from './contract.ts';
import { exclusionDecided, exclusionProposed } from './fact.ts';
import {
  type ExclusionRow,
  endExclusions,
  findRated,
  insertExclusions,
  listExclusions,
  type NewExclusion,
  type RatedRow,
} from './store.ts';

/** The rating within the person's sight. @throws Refusal `rating.unknown` */
export async function ratedOf(
  tx: Tx,
  person: UserActor,
  { stepId, assessNumber }: { stepId: string; assessNumber: number },
): Promise<RatedRow> {
  const number = unpackRecordNumber(stepId);
  const key = number && { stepId, assessNumber, month: firstDay(number.month) };
  const rated = key && (await findRated(tx, { ...sightOf(person), notStaff: undefined }, key));
  if (rated === undefined) throw new Refusal('rating.unknown');
  return rated;
}

/**
 * Proposes that a rating be taken out of the figures. Nothing changes before a second person agrees. The
 * same id again answers what stands.
 * @throws Refusal `rating.unknown`, `rating.verdict_stands`, `exclusion.own_matter`, `exclusion.pending`,
 *   `exclusion.differs`
 */
export async function proposeExclusion(
  deps: Deps,
  actor: Actor,
  proposal: ExclusionProposal,
): Promise<string> {
  requirePermission(actor, 'exclusion.propose');
  const person = personOf(actor);
  const at = deps.clock.now();
  const id = proposal.id ?? randomUUID();
  await inTx(deps.db, (tx) => proposeIn(tx, person, { id, at, proposal }));
  return id;
}

/** The same within a transaction that does more. @throws Refusal as `proposeExclusion` */
export async function proposeIn(
  tx: Tx,
  person: UserActor,
  { id, at, proposal }: { id: string; at: Date; proposal: ExclusionProposal },
): Promise<void> {
  const rated = await ratedOf(tx, person, proposal);
  await refuseConcerned(tx, person, { stepIds: [rated.step_id], now: at });
  if (await stands(tx, person, id, proposal)) return;
  if (rated.verdict !== null) throw new Refusal('rating.verdict_stands');
  const row = proposed(person, { id, rated, at, proposal, findingId: null });
  const written = await insertExclusions(tx, person.cityCode, [row]);
  // Of two at once the second may be a repeat whose first has just been written.
  if (written.size === 0 && !(await stands(tx, person, id, proposal))) throw new Refusal('exclusion.pending');
  if (written.size === 0) return;
  await tell(tx, person, 'rating.exclusion_proposed', row, at, proposal.reason);
  const concerned = rated.staff_no === null ? [] : [rated.staff_no];
  const { cityCode, id: by } = person;
  await emit(tx, exclusionProposed, { cityCode, exclusionId: id, by, concerned });
}

/** Whether the proposal of this id stands already. @throws Refusal `exclusion.differs` for another one */
async function stands(tx: Tx, person: UserActor, id: string, asked: ExclusionProposal): Promise<boolean> {
  const [known] = await listExclusions(tx, { ...sightOf(person), notStaff: undefined }, { id, limit: 1 });
  if (known === undefined) return false;
  const same =
    known.step_id === asked.stepId &&
    known.assess_number === asked.assessNumber &&
    known.verdict === asked.verdict &&
    known.reason === asked.reason &&
    known.evidence === asked.evidence &&
    known.proposed_by === person.id;
  if (!same) throw new Refusal('exclusion.differs');
  return true;
}

interface Proposed {
  id: string;
  rated: Pick<RatedRow, 'step_id' | 'assess_number' | 'service_month'>;
  at: Date;
  proposal: Pick<ExclusionProposal, 'verdict' | 'reason' | 'evidence'>;
  findingId: string | null;
}

function proposed(person: Proposer, { id, rated, at, proposal, findingId }: Proposed): NewExclusion {
  return {
    exclusion_id: id,
    step_id: rated.step_id,
    assess_number: rated.assess_number,
    service_month: rated.service_month,
    verdict: proposal.verdict,
    reason: proposal.reason,
    evidence: proposal.evidence,
    finding_id: findingId,
    proposed_by: person.id,
    proposed_name: person.username,
    proposed_staff: person.staffNo ?? null,
    proposed_at: at,
  };
}

/** Who proposed, as it is kept. */
export interface Proposer {
  readonly id: string;
  readonly username: string;
  readonly staffNo?: string | undefined;
}

/**
 * A second person approves or rejects. An approval is the rating's verdict: it leaves the figures, stays in
 * the list of what is excluded, and its pending deduction becomes void.
 * @throws Refusal `exclusion.unknown`, `exclusion.same_person`, `exclusion.own_matter`, `exclusion.decided`,
 *   `rating.verdict_stands`
 */
export async function decideExclusion(
  deps: Deps,
  actor: Actor,
  id: string,
  { approve, note }: ExclusionDecision,
): Promise<void> {
  requirePermission(actor, 'exclusion.decide');
  const person = personOf(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await found(tx, person, id);
    if (isSamePerson(person, row)) throw new Refusal('exclusion.same_person');
    await refuseConcerned(tx, person, { stepIds: [row.step_id], now: at });
    refuseHearing(person, row);
    const state = approve ? 'approved' : 'rejected';
    await end(tx, person, { ids: [id], state, at, note });
    if (approve) await takeOut(tx, person, [row], at);
    await tellDecided(tx, person.cityCode, row, approve);
    await tell(tx, person, `rating.exclusion_${state}`, row, at, note);
  });
}

/** The proposer takes the proposal back. @throws Refusal as `decideExclusion`, `exclusion.not_proposer` */
export async function withdrawExclusion(deps: Deps, actor: Actor, id: string, note: string): Promise<void> {
  requirePermission(actor, 'exclusion.propose');
  const person = personOf(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await found(tx, person, id);
    if (row.proposed_by !== person.id) throw new Refusal('exclusion.not_proposer');
    await end(tx, person, { ids: [id], state: 'withdrawn', at, note });
    await tell(tx, person, 'rating.exclusion_withdrawn', row, at, note);
  });
}

export interface Together {
  readonly proposer: Proposer;
  readonly ratings: readonly { readonly stepId: string; readonly assessNumber: number }[];
  readonly reason: string;
  readonly evidence: string;
  readonly findingId: string;
  readonly note: string;
  readonly at: Date;
}

/**
 * Takes out the ratings that a review names, proposed by one person and agreed to by another, who decides
 * them here together; the caller has told the two apart. A rating with a verdict keeps it, one whose own
 * proposal waits is left to that. Answers how many are taken out now.
 * @throws Refusal `exclusion.own_matter`, `rating.unknown`
 */
export async function excludeTogether(tx: Tx, person: UserActor, given: Together): Promise<number> {
  const { ratings, proposer, at, findingId, reason, evidence, note } = given;
  await refuseConcerned(tx, person, { stepIds: ratings.map(({ stepId }) => stepId), now: at });
  const rows: NewExclusion[] = [];
  for (const rating of ratings) {
    const rated = await ratedOf(tx, person, rating);
    if (rated.verdict !== null) continue;
    const proposal = { verdict: 'malicious', reason, evidence } as const;
    rows.push(proposed(proposer, { id: randomUUID(), rated, at, proposal, findingId }));
  }
  const written = await insertExclusions(tx, person.cityCode, rows);
  const fresh = rows.filter((row) => written.has(`${row.step_id}/${row.assess_number}`));
  if (fresh.length === 0) return 0;
  await end(tx, person, { ids: fresh.map((row) => row.exclusion_id), state: 'approved', at, note });
  await takeOut(tx, person, fresh, at);
  for (const row of fresh) {
    await tellDecided(tx, person.cityCode, row, true);
    await tell(tx, person, 'rating.exclusion_approved', row, at, note);
  }
  return fresh.length;
}

type Excluded = Pick<
  NewExclusion,
  'exclusion_id' | 'step_id' | 'assess_number' | 'verdict' | 'proposed_name' | 'finding_id'
>;

/** @throws Refusal `rating.verdict_stands` when one of them has a verdict meanwhile */
async function takeOut(tx: Tx, person: UserActor, rows: readonly Excluded[], at: Date): Promise<void> {
  const verdicts = rows.map((row) => ({
    stepId: row.step_id,
    assessNumber: row.assess_number,
    verdict: row.verdict,
    attribution: null,
    verifiedBy: row.proposed_name,
    approvedBy: signatureOf(person),
  }));
  const written = await recordVerdicts(tx, person.cityCode, { verdicts, at });
  if (written.size !== rows.length) throw new Refusal('rating.verdict_stands');
}

async function found(tx: Tx, person: UserActor, id: string): Promise<ExclusionRow> {
  const [row] = await listExclusions(tx, { ...sightOf(person), notStaff: undefined }, { id, limit: 1 });
  if (row === undefined) throw new Refusal('exclusion.unknown');
  return row;
}

/** @throws Refusal `exclusion.decided` when somebody was quicker */
async function end(
  tx: Tx,
  person: UserActor,
  ending: { ids: readonly string[]; state: 'approved' | 'rejected' | 'withdrawn'; at: Date; note: string },
): Promise<void> {
  const ended = await endExclusions(tx, person.cityCode, {
    ...ending,
    by: person.id,
    name: signatureOf(person),
  });
  if (ended.length !== ending.ids.length) throw new Refusal('exclusion.decided');
}

async function tellDecided(tx: Tx, cityCode: string, row: Excluded, approved: boolean): Promise<void> {
  await emit(tx, exclusionDecided, {
    cityCode,
    exclusionId: row.exclusion_id,
    stepId: row.step_id,
    assessNumber: row.assess_number,
    approved,
  });
}

async function tell(
  tx: Tx,
  person: UserActor,
  action: string,
  row: Excluded,
  at: Date,
  reason: string,
): Promise<void> {
  const { exclusion_id: exclusion, assess_number: number, verdict, finding_id: finding } = row;
  await audit(tx, {
    actor: person,
    action,
    subjectKind: 'rating',
    subjectId: row.step_id,
    detail: { exclusion, number, verdict, ...(finding === null ? {} : { finding }) },
    reason,
    cityCode: person.cityCode,
    at,
  });
}
