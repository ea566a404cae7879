import { type Day, endOfDay, isoMoment, startOfDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, isSamePerson, ownStaff, ratedAs } from '../../oversight/access/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import { isConcerned } from '../exclusion/index.ts';
import type { FindingDetail, FindingQuery, FindingView } from './contract.ts';
import { explain } from './detector.ts';
import {
  type EvidenceRow,
  evidenceSteps,
  type FindingRow,
  type FindingSight,
  listEvidence,
  listFindings,
} from './finding-store.ts';
import { listReviews, type ReviewRow } from './review-store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function sightOf(actor: Actor): FindingSight {
  return { scope: { ...actor.scope, cityCode: actor.cityCode }, notStaff: ratedAs(actor) };
}

function viewOf(row: FindingRow): FindingView {
  return {
    id: row.finding_id,
    detector: row.detector,
    subjectKind: row.subject_kind,
    subjectCode: row.subject_code,
    period: row.period,
    fromAt: isoMoment(row.from_at),
    toAt: isoMoment(row.to_at),
    ratings: row.ratings,
    state: row.state,
    explanation: explain(row.detector, row.numbers),
  };
}

/** Findings within the actor's sight, the latest first. */
export async function findingPageFor(
  deps: Deps,
  actor: Actor,
  query: FindingQuery,
): Promise<{ items: FindingView[]; next: string | null }> {
  const { detector, state, subject, from, to, cursor, limit } = query;
  const rows = await listFindings(deps.db.read, sightOf(actor), {
    detector,
    state,
    subject,
    from: from === undefined ? undefined : startOfDay(from as Day),
    to: to === undefined ? undefined : endOfDay(to as Day),
    after: decodeMomentCursor(cursor, UUID),
    limit: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => [row.from_at.toISOString(), row.finding_id]);
}

/** A finding with its evidence and what people made of it. @throws Refusal `integrity.unknown` */
export async function readFinding(deps: Deps, actor: Actor, id: string): Promise<FindingDetail> {
  const sight = sightOf(actor);
  const [row] = await listFindings(deps.db.app, sight, { id, limit: 1 });
  if (row === undefined) throw new Refusal('integrity.unknown');
  const evidence = await listEvidence(deps.db.app, sight, id);
  const reviews = await listReviews(deps.db.app, actor.cityCode, id);
  const { from, source } = row.rule as { from: string; source: string };
  return {
    ...viewOf(row),
    foundAt: isoMoment(row.found_at),
    rule: { from, source },
    evidence: evidence.map(evidenceOf),
    reviews: reviews.map(reviewOf),
    may: await stepsOpenTo(deps, actor, { row, reviews }),
  };
}

function evidenceOf(row: EvidenceRow): FindingDetail['evidence'][number] {
  return {
    key: `${row.step_id}/${row.assess_number}`,
    stepId: row.step_id,
    assessNumber: row.assess_number,
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    taskName: row.task_name,
    serviceTime: isoMoment(row.service_time),
    assessedAt: isoMoment(row.assessed_at),
    windowCode: row.window_code,
    staffNo: row.staff_no,
    satisfaction: row.satisfaction,
    tags: row.tags,
    channel: row.channel,
    source: row.source,
    verdict: row.verdict,
  };
}

function reviewOf(row: ReviewRow): FindingDetail['reviews'][number] {
  return {
    id: row.review_id,
    verdict: row.verdict,
    reason: row.reason,
    excludes: row.excludes,
    state: row.state,
    proposedBy: row.proposed_name,
    proposedAt: isoMoment(row.proposed_at),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at && isoMoment(row.decided_at),
    note: row.decision_note,
    excluded: row.excluded,
  };
}

async function stepsOpenTo(
  deps: Deps,
  actor: Actor,
  { row, reviews }: { row: FindingRow; reviews: readonly ReviewRow[] },
): Promise<FindingDetail['may']> {
  if (actor.kind !== 'user') return [];
  const waiting = reviews.find(({ state }) => state === 'proposed');
  const proposes = actor.permissions.has('integrity.propose');
  if (waiting?.proposed_by === actor.id) return proposes ? ['withdraw'] : [];
  const step = row.state === 'open' ? 'propose' : 'decide';
  const twin = waiting && isSamePerson(actor, waiting);
  const open = row.state === 'open' || row.state === 'proposed';
  if (!open || twin || !actor.permissions.has(`integrity.${step}`)) return [];
  return (await concerns(deps, actor, row)) ? [] : [step];
}

/** Whether the finding is about this person or a window at which they were posted. */
async function concerns(deps: Deps, actor: Actor, row: FindingRow): Promise<boolean> {
  const { cityCode } = actor;
  const keys = await evidenceSteps(deps.db.app, cityCode, row.finding_id);
  const stepIds = keys.map((key) => key.split('/')[0] ?? '');
  return await isConcerned(deps.db.app, {
    cityCode,
    staff: ownStaff(actor),
    stepIds,
    now: deps.clock.now(),
  });
}
