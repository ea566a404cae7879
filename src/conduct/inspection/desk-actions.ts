import { present } from '../../kernel/assert.ts';
import { type Day, day, dayOf, parseMoment } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { inReach } from '../../registry/region/index.ts';
import { placesOfSubjects, postedOn } from '../../registry/staff/index.ts';
import type { FindingDecision, FindingForm } from './desk-contract.ts';
import {
  type DeskFinding,
  decideOnFinding,
  type FindingReach,
  type FindingRecord,
  findFinding,
  insertDeskFinding,
  lockFinding,
} from './desk-store.ts';
import { findingConfirmed } from './fact.ts';
import { believableDay, findingNumber, fits, isAbout, isRecorder, stateOf } from './finding.ts';
import { patrolRules } from './rules.ts';
import { tellSubjects } from './telling-actions.ts';
import { requireOpenVisit } from './visit-actions.ts';

/** A rule of the scheme in force, as a patrol chooses it. */
export interface RuleInForce {
  readonly code: string;
  readonly part: string;
  readonly partName: { readonly zh: string; readonly en: string };
  readonly name: { readonly zh: string; readonly en: string };
  /** signed points of one occurrence */
  readonly points: string;
  readonly veto: boolean;
}

/** Rules for findings in force on a day: the scheme lies downstream, so `app/` hands them over. */
export type RulesInForce = (reader: Reader, cityCode: string, on: Day) => Promise<readonly RuleInForce[]>;

/** What findings belong to as files. */
const FINDING_FILES = 'finding';

export function filesOwner(cityCode: string, id: string) {
  return { cityCode, kind: FINDING_FILES, id };
}

/** What the actor may see of findings. */
export function reachOf(actor: Actor): FindingReach {
  return { ...actor.scope, cityCode: actor.cityCode, secrets: actor.permissions.has('visit.plan') };
}

/**
 * Records what somebody on patrol has seen; it waits for a second person (domain §5, fairness). Its day is
 * that of its arrival by the server's clock; the phone's time is kept as a claim. The same form again
 * changes nothing.
 * @returns the number of the finding
 * @throws Refusal `finding.unknown_window`, `finding.unknown_subject`, `finding.rule_not_in_force`,
 *   `finding.rule_subject`, `finding.concerned`, `finding.photo_count`, `finding.differs`, `visit.*`
 */
export async function recordFinding(
  deps: Deps,
  actor: Actor,
  { form, rulesInForce }: { form: FindingForm; rulesInForce: RulesInForce },
): Promise<string> {
  requirePermission(actor, 'inspect.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const now = deps.clock.now();
  const row = rowOf(form, actor, dayOf(now));
  await inTx(deps.db, async (tx) => {
    if (form.photos > patrolRules(dayOf(now)).photo.most) throw new Refusal('finding.photo_count');
    await requireSubject(tx, actor, form);
    if (!fits(form.rule, { kind: form.subjectKind, code: form.subjectCode })) {
      throw new Refusal('finding.rule_subject', {}, { field: 'subjectKind' });
    }
    await requireStranger(tx, actor, { row, days: [dayOf(now)] });
    const known = await findFinding(tx, { cityCode: actor.cityCode, secrets: true }, row.finding_id);
    if (known !== undefined) return requireSame(known, row);
    await requireInForce(tx, rulesInForce, { cityCode: actor.cityCode, rule: form.rule, on: dayOf(now) });
    if (form.way === 'mystery') await requireOpenVisit(tx, actor, form.visitId ?? undefined);
    // A twin that came at the same moment has written it.
    if (!(await insertDeskFinding(tx, actor.cityCode, row, now))) return;
    await note(tx, actor, {
      action: 'finding.recorded',
      id: row.finding_id,
      at: now,
      detail: { way: row.way, rule: row.rule, subject_kind: row.subject_kind, subject: row.subject_code },
    });
  });
  return row.finding_id;
}

function rowOf(form: FindingForm, actor: UserActor, today: Day): DeskFinding {
  return {
    finding_id: findingNumber(form.way, form.id),
    occurred_on: today,
    subject_kind: form.subjectKind,
    subject_code: form.subjectCode,
    rule: form.rule,
    quantity: form.quantity,
    project_no: form.projectNo || null,
    evidence: form.evidence,
    recorded_by: actor.username,
    confirmed_by: null,
    way: form.way,
    window_code: form.windowCode || null,
    recorded_id: actor.id,
    recorded_staff: actor.staffNo ?? null,
    claimed_at: present(parseMoment(form.claimedAt), 'the form has checked the moment'),
    photos: form.photos,
    visit_id: form.way === 'mystery' ? (form.visitId ?? null) : null,
  };
}

async function requireSubject(tx: Tx, actor: UserActor, form: FindingForm): Promise<void> {
  const wanted = [{ kind: form.subjectKind, code: form.subjectCode }];
  const window = form.windowCode ? ({ kind: 'window', code: form.windowCode } as const) : undefined;
  const places = await placesOfSubjects(tx, actor.cityCode, window ? [...wanted, window] : wanted);
  const reached = (kind: string, code: string) =>
    places.some(
      (place) =>
        place.kind === kind &&
        place.code === code &&
        inReach(actor.scope, { regionCode: place.region_code, departmentCode: place.department_code }),
    );
  if (window && !reached('window', window.code)) {
    throw new Refusal('finding.unknown_window', {}, { field: 'windowCode' });
  }
  if (!reached(form.subjectKind, form.subjectCode)) {
    throw new Refusal('finding.unknown_subject', {}, { field: 'subjectCode' });
  }
}

/** What was sent again has to be what was sent before. */
function requireSame(known: FindingRecord, row: DeskFinding): void {
  const names = ['subject_kind', 'subject_code', 'rule', 'quantity', 'project_no', 'evidence'] as const;
  const same = names.every((name) => known[name] === row[name]) && known.recorded_id === row.recorded_id;
  if (!same) throw new Refusal('finding.differs', { id: row.finding_id });
}

async function requireInForce(
  tx: Tx,
  rulesInForce: RulesInForce,
  { cityCode, rule, on }: { cityCode: string; rule: string; on: Day },
): Promise<void> {
  const rules = await rulesInForce(tx, cityCode, on);
  if (!rules.some(({ code }) => code === rule)) {
    throw new Refusal('finding.rule_not_in_force', { day: on }, { field: 'rule' });
  }
}

/** Nobody records or decides what is about them, or about a window they serve at. */
async function requireStranger(
  reader: Reader,
  actor: UserActor,
  { row, days }: { row: Pick<FindingRecord, 'subject_kind' | 'subject_code'>; days: readonly Day[] },
): Promise<void> {
  const { staffNo, cityCode } = actor;
  const subject = { kind: row.subject_kind as 'staff' | 'window' | 'department', code: row.subject_code };
  const own =
    isAbout(subject, actor) ||
    (staffNo !== undefined &&
      subject.kind === 'window' &&
      (await postedOn(reader, cityCode, { staffNo, windowCode: subject.code, days })));
  if (own) throw new Refusal('finding.concerned');
}

/**
 * Confirms a finding, which then counts, or turns it down: once, and by a second person.
 * @throws Refusal `finding.unknown`, `finding.decided`, `finding.second_person`, `finding.concerned`,
 *   `finding.photos_missing`, `finding.day_claimed`, `finding.rule_not_in_force`
 */
export async function decideFinding(
  deps: Deps,
  actor: Actor,
  given: { id: string; decision: FindingDecision; rulesInForce: RulesInForce },
): Promise<void> {
  requirePermission(actor, 'inspect.confirm');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { id, decision, rulesInForce } = given;
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await lockFinding(tx, reachOf(actor), id);
    if (row === undefined) throw new Refusal('finding.unknown');
    if (isRecorder(row, actor)) throw new Refusal('finding.second_person');
    const happened = day(row.occurred_on);
    await requireStranger(tx, actor, { row, days: [happened, dayOf(at)] });
    if (stateOf(row) !== 'open') throw new Refusal('finding.decided');
    const confirmed = decision.outcome === 'confirmed';
    const occurredOn = confirmed ? dayDecided(row, decision) : happened;
    if (confirmed) {
      const missing = row.photos - (await filesOf(tx, filesOwner(cityCode, id))).length;
      if (missing > 0) throw new Refusal('finding.photos_missing', { missing });
      if (row.way !== null) {
        await requireInForce(tx, rulesInForce, { cityCode, rule: row.rule, on: occurredOn });
      }
    }
    const by = actor.username;
    await decideOnFinding(tx, cityCode, { id, by, at, confirmed, occurredOn, note: decision.note });
    if (confirmed) {
      await emit(tx, findingConfirmed, { cityCode, months: [monthOf(occurredOn)] });
      await tellSubjects(tx, cityCode, [{ ...row, finding_id: id }]);
    }
    await note(tx, actor, {
      action: confirmed ? 'finding.confirmed' : 'finding.rejected',
      id,
      at,
      reason: decision.note,
      detail: { rule: row.rule, subject_kind: row.subject_kind, subject: row.subject_code },
    });
  });
}

function dayDecided(row: FindingRecord, { day: chosen }: FindingDecision): Day {
  if (chosen === 'arrival') return day(row.occurred_on);
  const claimed = claimOf(row);
  if (claimed === undefined) throw new Refusal('finding.day_claimed', {}, { field: 'day' });
  return claimed;
}

/** The day that the phone claims, where the second person may believe it. */
export function claimOf(row: FindingRecord): Day | undefined {
  return believableDay(row.claimed_at, row.recorded_at, patrolRules(dayOf(row.recorded_at)).claimDays);
}

/** Whether the actor could decide, for the screen to offer. */
export function mayDecide(actor: Actor, row: FindingRecord): boolean {
  return (
    actor.kind === 'user' &&
    actor.permissions.has('inspect.confirm') &&
    stateOf(row) === 'open' &&
    !isRecorder(row, actor) &&
    !isAbout({ kind: row.subject_kind as 'staff', code: row.subject_code }, actor)
  );
}

export async function note(
  tx: Tx,
  actor: Actor,
  event: {
    action: string;
    id: string;
    at: Date;
    reason?: string;
    detail: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { action, id, at, reason, detail } = event;
  await audit(tx, {
    actor,
    action,
    subjectKind: 'finding',
    subjectId: id,
    ...(reason ? { reason } : {}),
    detail,
    cityCode: actor.cityCode,
    at,
  });
}
