import { randomUUID } from 'node:crypto';
import { recordDecided } from '../../feedback/complaint/index.ts';
import { type ListedVoice, voiceFor } from '../../feedback/voice/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { firstDay, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import {
  type Actor,
  isSamePerson,
  ownStaff,
  requireOneself,
  requirePermission,
  signatureOf,
  systemActor,
  type UserActor,
} from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { placesOfSubjects, postedOn } from '../../registry/staff/index.ts';
import { holdOrderOf } from '../work-order/index.ts';
import { accountOrder } from './account-actions.ts';
import {
  type DecisionRow,
  endDecision,
  findBadRatings,
  findDecisions,
  insertDecision,
} from './decision-store.ts';
import type { FaultDecision, FaultProposal } from './desk-contract.ts';
import { faultProposed } from './fact.ts';

/**
 * Proposes whether a complaint or a stuck matter is at fault and whose fault it is (domain §5). Nothing
 * counts before a second person agrees.
 * @throws Refusal `voice.*`, `fault.*`
 */
export async function proposeFault(deps: Deps, actor: Actor, id: string, form: FaultProposal): Promise<void> {
  const person = personOf(actor);
  requireOneself(person);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const voice = await complaintFor(tx, person, id);
    const subject = { kind: form.subjectKind, code: form.subjectCode };
    if ((await placesOfSubjects(tx, person.cityCode, [subject])).length === 0) {
      throw new Refusal('fault.unknown_subject', {}, { field: 'subjectCode' });
    }
    await refuseConcerned(tx, person, { subject, days: [voice.received_at, at] });
    const decisionId = randomUUID();
    const added = await insertDecision(tx, person.cityCode, {
      decision_id: decisionId,
      voice_id: id,
      outcome: form.outcome,
      subject_kind: form.subjectKind,
      subject_code: form.subjectCode,
      reason: form.reason,
      proposed_by: person.id,
      proposed_name: person.username,
      proposed_staff: person.staffNo ?? null,
      proposed_at: at,
    });
    if (!added) throw new Refusal('fault.pending');
    const { cityCode, id: by } = person;
    const subjects = [subject, { kind: voice.subject_kind, code: voice.subject_code }];
    const concerned = subjects.flatMap(({ kind, code }) => (kind === 'staff' && code ? [code] : []));
    const fact = { cityCode, voiceId: id, number: voice.number, decisionId, by, concerned };
    await emit(tx, faultProposed, fact);
    await note(tx, person, { action: 'complaint.fault_proposed', voice, at, outcome: form.outcome });
  });
}

/**
 * A second person agrees, and the complaint or stuck matter counts as proposed, or turns the proposal down.
 * What has charged the same event in another month is named, and nothing is charged a second time.
 * @throws Refusal `voice.*`, `fault.*`
 */
export async function decideFault(
  deps: Deps,
  actor: Actor,
  id: string,
  { approve, note: said }: FaultDecision,
): Promise<void> {
  const person = personOf(actor);
  const { cityCode } = person;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const voice = await complaintFor(tx, person, id);
    const waiting = waitingIn(await findDecisions(tx, cityCode, id));
    if (waiting === undefined) throw new Refusal('fault.none_waiting');
    if (isSamePerson(person, waiting)) throw new Refusal('fault.same_person');
    const subject = { kind: waiting.subject_kind, code: waiting.subject_code };
    await refuseConcerned(tx, person, { subject, days: [voice.received_at, at] });
    const chargedWith = approve
      ? await record(tx, { voice, waiting, decidedBy: signatureOf(person), at })
      : null;
    const ended = await endDecision(tx, cityCode, {
      id: waiting.decision_id,
      state: approve ? 'approved' : 'rejected',
      by: { id: person.id, name: signatureOf(person) },
      at,
      note: said,
      chargedWith,
    });
    // Of two at once the second finds nothing left to decide.
    if (!ended) throw new Refusal('fault.none_waiting');
    const action = approve ? 'complaint.fault_approved' : 'complaint.fault_rejected';
    await note(tx, person, { action, voice, at, outcome: waiting.outcome });
    if (approve) await account(tx, voice, at);
  });
}

/** An order that ended before it was decided says now whom it charges. */
async function account(tx: Tx, { city_code: cityCode, kind, voice_id: sourceId }: ListedVoice, at: Date) {
  if (kind === 'praise') return;
  const held = await holdOrderOf(tx, systemActor(cityCode, 'desk'), { kind, sourceId });
  if (held !== undefined) await accountOrder(tx, held, at);
}

async function record(
  tx: Tx,
  given: { voice: ListedVoice; waiting: DecisionRow; decidedBy: string; at: Date },
): Promise<string | null> {
  const { voice, waiting, decidedBy, at } = given;
  const subject = { kind: waiting.subject_kind, code: waiting.subject_code };
  const atFault = waiting.outcome === 'at_fault';
  return await recordDecided(
    tx,
    voice.city_code,
    {
      kind: voice.kind === 'stuck_matter' ? 'stuck_matter' : 'complaint',
      number: voice.number,
      receivedAt: voice.received_at,
      channel: voice.channel,
      subject,
      projectNo: voice.project_no,
      atFault,
      chargedWith: atFault ? await ratedBefore(tx, voice, subject) : null,
      proposedBy: waiting.proposed_name,
      decidedBy,
    },
    at,
  );
}

/**
 * The bad rating of another month that charges the same event: the same case at the same window or by the
 * same person. One that nobody has judged yet is judged first, so that what happened once is charged once.
 * Those of the own month stand beside it in the book, and the close counts the heaviest (domain §5).
 */
async function ratedBefore(
  tx: Tx,
  { city_code: cityCode, project_no: projectNo, received_at: receivedAt }: ListedVoice,
  subject: { kind: string; code: string },
): Promise<string | null> {
  if (projectNo === null) return null;
  const own = firstDay(monthOf(dayOf(receivedAt)));
  const ratings = await findBadRatings(tx, cityCode, { projectNo, subject });
  const [rated, ...others] = ratings.filter(({ service_month: month }) => month !== own);
  if (rated === undefined) return null;
  const upheld = [rated, ...others].find(({ verdict }) => verdict === 'upheld');
  if (upheld === undefined) throw new Refusal('fault.rating_waiting');
  return `${projectNo}-${upheld.service_number}`;
}

/** Whether the actor could propose, for the screen to offer. */
export function mayPropose(actor: Actor, voice: ListedVoice, decisions: readonly DecisionRow[]): boolean {
  if (actor.kind !== 'user' || !actor.permissions.has('voice.decide')) return false;
  return (
    actor.onBehalfOf === undefined && isJudged(voice) && decisions.every(({ state }) => state === 'rejected')
  );
}

/** Whether the actor could decide what waits. */
export function mayDecide(actor: Actor, decisions: readonly DecisionRow[]): boolean {
  const waiting = waitingIn(decisions);
  if (actor.kind !== 'user' || waiting === undefined) return false;
  return actor.permissions.has('voice.decide') && !isSamePerson(actor, waiting);
}

function waitingIn(decisions: readonly DecisionRow[]): DecisionRow | undefined {
  return decisions.find(({ state }) => state === 'proposed');
}

function personOf(actor: Actor): UserActor {
  requirePermission(actor, 'voice.decide');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  return actor;
}

async function complaintFor(tx: Tx, person: UserActor, id: string): Promise<ListedVoice> {
  const voice = await voiceFor(tx, person, id);
  if (voice.discipline_at !== null) throw new Refusal('voice.discipline');
  if (!isJudged(voice)) throw new Refusal('fault.not_a_complaint');
  return voice;
}

/** A complaint, or a stuck matter that the desk took up. */
function isJudged({ kind, exclusion }: ListedVoice): boolean {
  return kind === 'complaint' || (kind === 'stuck_matter' && exclusion === null);
}

/** Who is found at fault, serves at that window, or belongs to that department, has no part in it. */
async function refuseConcerned(
  reader: Reader,
  person: UserActor,
  { subject, days }: { subject: { kind: string; code: string }; days: readonly Date[] },
): Promise<void> {
  const { kind, code } = subject;
  const { cityCode, scope, onBehalfOf } = person;
  const staff = ownStaff(person);
  const posted = async () => {
    const asked = { windowCode: code, days: days.map(dayOf) };
    const served = staff.map((staffNo) => postedOn(reader, cityCode, { staffNo, ...asked }));
    return (await Promise.all(served)).includes(true);
  };
  const own =
    (kind === 'staff' && staff.includes(code)) ||
    (kind === 'department' && [scope.departmentCode, onBehalfOf?.deputyDepartment].includes(code)) ||
    (kind === 'window' && (await posted()));
  if (own) throw new Refusal('fault.own_matter');
}

async function note(
  tx: Tx,
  actor: UserActor,
  { action, voice, at, outcome }: { action: string; voice: ListedVoice; at: Date; outcome: string },
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'voice',
    subjectId: voice.number,
    detail: { outcome },
    cityCode: actor.cityCode,
    at,
  });
}
