import { randomUUID } from 'node:crypto';
import { Refusal } from '../../kernel/refusal.ts';
import {
  type Actor,
  isSamePerson,
  ownStaff,
  requirePermission,
  signatureOf,
  type UserActor,
} from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { excludeTogether, isConcerned, personOf } from '../exclusion/index.ts';
import './contract.ts';
import type { ReviewDecision, ReviewProposal } from './contract.ts';
import { explain } from './detector.ts';
import { findingReviewed, reviewProposed } from './fact.ts';
import { evidenceSteps, type FindingRow, lockFinding, setFindingState } from './finding-store.ts';
import { sightOf } from './reading-actions.ts';
import { endReview, insertReview, listReviews, type ReviewRow } from './review-store.ts';

interface Held {
  readonly tx: Tx;
  readonly person: UserActor;
  readonly finding: FindingRow;
  /** `step/number` of its evidence */
  readonly evidence: readonly string[];
  readonly waiting: ReviewRow | undefined;
  readonly at: Date;
}

/**
 * Takes a step with the finding held, so that of two people at once the second sees what the first has done.
 * @throws Refusal `integrity.unknown`, `integrity.own_matter`
 */
async function holding(
  deps: Deps,
  actor: Actor,
  id: string,
  step: (held: Held) => Promise<void>,
): Promise<void> {
  const person = personOf(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const finding = await lockFinding(tx, sightOf(person), id);
    if (finding === undefined) throw new Refusal('integrity.unknown');
    const { cityCode } = person;
    const evidence = await evidenceSteps(tx, cityCode, id);
    const stepIds = evidence.map((key) => key.split('/')[0] ?? '');
    if (await isConcerned(tx, { cityCode, staff: ownStaff(person), stepIds, now: at }))
      throw new Refusal('integrity.own_matter');
    const waiting = (await listReviews(tx, cityCode, id)).find(({ state }) => state === 'proposed');
    await step({ tx, person, finding, evidence, waiting, at });
  });
}

/**
 * Proposes what to make of a finding, and which of its ratings are to be taken out with it.
 * @throws Refusal `integrity.pending`, `integrity.closed`, `integrity.not_evidence`,
 *   `integrity.nothing_to_exclude` and those of `holding`
 */
export async function proposeReview(
  deps: Deps,
  actor: Actor,
  id: string,
  { verdict, reason, exclude }: ReviewProposal,
): Promise<void> {
  requirePermission(actor, 'integrity.propose');
  await holding(deps, actor, id, async (held) => {
    const { tx, person, finding, evidence, waiting, at } = held;
    if (waiting !== undefined) throw new Refusal('integrity.pending');
    if (finding.state !== 'open') throw new Refusal('integrity.closed');
    const excludes = [...new Set(exclude)];
    if (verdict === 'no_fault' && excludes.length > 0) {
      throw new Refusal('integrity.nothing_to_exclude', {}, { field: 'exclude' });
    }
    if (excludes.some((key) => !evidence.includes(key))) {
      throw new Refusal('integrity.not_evidence', {}, { field: 'exclude' });
    }
    const reviewId = randomUUID();
    await insertReview(tx, person.cityCode, {
      review_id: reviewId,
      finding_id: id,
      verdict,
      reason,
      excludes,
      proposed_by: person.id,
      proposed_name: person.username,
      proposed_staff: person.staffNo ?? null,
      proposed_at: at,
    });
    await setFindingState(tx, person.cityCode, { id, state: 'proposed' });
    const { cityCode, id: by } = person;
    const concerned = finding.subject_kind === 'staff' ? [finding.subject_code] : [];
    await emit(tx, reviewProposed, { cityCode, findingId: id, reviewId, by, concerned });
    await tell(held, 'integrity.proposed', { verdict, exclude: excludes.length }, reason);
  });
}

/**
 * A second person agrees or not. With the verdict the ratings named are taken out by these two people;
 * everything else stays as it is. Proven inducement is told, and somebody enters it as a finding of conduct
 * (`conduct.induced_rating`), which again takes two.
 * @throws Refusal `integrity.decided`, `integrity.same_person` and those of `holding` and `excludeTogether`
 */
export async function decideReview(
  deps: Deps,
  actor: Actor,
  id: string,
  { approve, note }: ReviewDecision,
): Promise<void> {
  requirePermission(actor, 'integrity.decide');
  await holding(deps, actor, id, async (held) => {
    const { tx, person, finding, waiting, at } = held;
    if (waiting === undefined) throw new Refusal('integrity.decided');
    if (isSamePerson(person, waiting)) throw new Refusal('integrity.same_person');
    const excluded = approve ? await takeOut(held, waiting, note) : null;
    const state = approve ? 'approved' : 'rejected';
    const { id: by, cityCode } = person;
    const name = signatureOf(person);
    await endReview(tx, cityCode, { id: waiting.review_id, state, by, name, at, note, excluded });
    await setFindingState(tx, cityCode, { id, state: approve ? waiting.verdict : 'open' });
    if (approve) {
      await emit(tx, findingReviewed, {
        cityCode,
        findingId: id,
        verdict: waiting.verdict,
        subjectKind: finding.subject_kind,
        subjectCode: finding.subject_code,
      });
    }
    await tell(held, `integrity.${state}`, { verdict: waiting.verdict, excluded: excluded ?? 0 }, note);
  });
}

async function takeOut(held: Held, waiting: ReviewRow, note: string): Promise<number> {
  const { tx, person, finding, at } = held;
  if (waiting.excludes.length === 0) return 0;
  return await excludeTogether(tx, person, {
    proposer: {
      id: waiting.proposed_by,
      username: waiting.proposed_name,
      staffNo: waiting.proposed_staff ?? undefined,
    },
    ratings: waiting.excludes.map((key) => {
      const [stepId = '', number] = key.split('/');
      return { stepId, assessNumber: Number(number) };
    }),
    reason: waiting.reason,
    evidence: explain(finding.detector, finding.numbers)['zh-CN'],
    findingId: finding.finding_id,
    note,
    at,
  });
}

/** The proposer takes the verdict back. @throws Refusal `integrity.decided`, `integrity.not_proposer` */
export async function withdrawReview(deps: Deps, actor: Actor, id: string, note: string): Promise<void> {
  requirePermission(actor, 'integrity.propose');
  await holding(deps, actor, id, async (held) => {
    const { tx, person, waiting, at } = held;
    if (waiting === undefined) throw new Refusal('integrity.decided');
    if (waiting.proposed_by !== person.id) throw new Refusal('integrity.not_proposer');
    const { id: by, username: name, cityCode } = person;
    const ending = { id: waiting.review_id, state: 'withdrawn', by, name, at, note, excluded: null } as const;
    await endReview(tx, cityCode, ending);
    await setFindingState(tx, cityCode, { id, state: 'open' });
    await tell(held, 'integrity.withdrawn', { verdict: waiting.verdict }, note);
  });
}

async function tell(
  { tx, person, finding, at }: Held,
  action: string,
  detail: Record<string, unknown>,
  reason: string,
): Promise<void> {
  await audit(tx, {
    actor: person,
    action,
    subjectKind: 'integrity_finding',
    subjectId: finding.finding_id,
    detail: { detector: finding.detector, ...detail },
    reason,
    cityCode: person.cityCode,
    at,
  });
}
