import { type Day, dayOf, isoMoment, parseDay } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import { postedOn } from '../../registry/staff/index.ts';
import { takeFindings } from '../inspection/index.ts';
import type { ClockFinding, FindingDecision, FindingQuery } from './contract.ts';
import {
  type FindingReader,
  type FindingRow,
  listFindings,
  lockFindings,
  noteProtest,
  settleFindings,
} from './finding-store.ts';
import { personOf } from './leave-actions.ts';

/** @throws Refusal `access.permission_denied` for whoever may read no findings at all */
function readerOf(actor: Actor): FindingReader {
  const whole = actor.permissions.has('attendance.read');
  if (!whole && !actor.permissions.has('attendance.own')) throw new Refusal('access.permission_denied');
  const staffNo = (actor.kind === 'user' ? actor.staffNo : undefined) ?? null;
  return { scope: { ...actor.scope, cityCode: actor.cityCode }, staffNo, whole };
}

/** Findings in reach, the latest day first; a clerk's own ones only. */
export async function findingPageFor(deps: Deps, actor: Actor, query: Omit<FindingQuery, 'format' | 'lang'>) {
  const reader = readerOf(actor);
  const after = query.cursor === undefined ? undefined : dayAndId(query.cursor);
  const { cursor: _, ...filter } = query;
  const rows = await listFindings(deps.db.read, reader, { ...filter, after, limit: query.limit + 1 });
  const today = dayOf(deps.clock.now());
  return pageOf(
    rows,
    query.limit,
    (row) => lineOf(row, actor, today),
    (row) => [row.day, row.finding_id],
  );
}

function dayAndId(cursor: string): [string, string] {
  const [day = '', id = ''] = decodeCursor(cursor, 2);
  if (parseDay(day) === undefined) throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  return [day, id];
}

export async function findingTable(deps: Deps, actor: Actor, query: FindingQuery): Promise<OutTable> {
  const { format: _, lang: __, cursor: ___, ...filter } = query;
  const { items } = await findingPageFor(deps, actor, { ...filter, limit: EXPORT_ROWS });
  return await exported(deps, actor, 'attendance', {
    columns: [
      ...['finding_id', 'day', 'half', 'subject_kind', 'subject_code', 'subject_name', 'department'],
      ...['rule', 'minutes', 'evidence', 'state', 'protest', 'decided_by', 'note'],
    ],
    rows: items.map((row) => [
      ...[row.id, row.day, row.half, row.subjectKind, row.subjectCode, row.subjectName],
      ...[row.departmentName, row.rule, row.minutes, row.evidence, row.state, row.protest],
      ...[row.decidedBy, row.note],
    ]),
  });
}

function lineOf(row: FindingRow, actor: Actor, today: Day): ClockFinding {
  const user = actor.kind === 'user' ? actor : undefined;
  const mayDecide =
    isOpen(row) && user !== undefined && actor.permissions.has('attendance.confirm') && !barrier(row, user);
  return {
    id: row.finding_id,
    day: row.day,
    half: row.half,
    subjectKind: row.subject_kind,
    subjectCode: row.subject_code,
    subjectName: row.subject_name,
    departmentName: row.department_name,
    rule: row.rule,
    minutes: row.minutes,
    evidence: row.evidence,
    state: row.state,
    recordedBy: row.recorded_by,
    proposedAt: isoMoment(row.proposed_at),
    protestUntil: row.protest_until,
    protest: row.protest,
    protestedBy: row.protested_name,
    decidedBy: row.decided_name,
    note: row.decision_note,
    overtaken: row.overtaken_at !== null,
    mayProtest: user !== undefined && protestBarrier(row, user, today) === undefined,
    mayConfirm: mayDecide && mayBeConfirmed(row, today),
    mayWithdraw: mayDecide,
  };
}

function isOpen({ state }: Pick<FindingRow, 'state'>): boolean {
  return state === 'proposed' || state === 'protested';
}

/** Once a protest is in, or the time for one is over. */
function mayBeConfirmed(row: FindingRow, today: Day): boolean {
  return row.state === 'protested' || today > row.protest_until;
}

/** Why somebody is no second person (recorded by ≠ confirmed by ≠ subject, domain §5). */
function barrier(row: FindingRow, actor: UserActor): string | undefined {
  const own = actor.staffNo;
  if (own !== undefined && row.subject_kind === 'staff' && own === row.subject_code) {
    return 'attendance.own_finding';
  }
  const same = row.recorded_by === actor.username || (own !== undefined && own === row.recorded_staff);
  return same ? 'attendance.same_person' : undefined;
}

/** The person; for a window whoever is in charge of its department. Its chief is asked for separately. */
function protestBarrier(row: FindingRow, actor: UserActor, today: Day): string | undefined {
  const own = row.subject_kind === 'staff' && actor.staffNo === row.subject_code;
  const liaison = row.subject_kind === 'window' && actor.scope.departmentCode === row.department_code;
  if (!actor.permissions.has('attendance.protest') || !(own || liaison)) return 'attendance.not_yours';
  if (row.state === 'protested') return 'attendance.protested';
  if (row.state !== 'proposed') return 'attendance.decided';
  return today > row.protest_until ? 'attendance.protest_late' : undefined;
}

/**
 * The subject says what speaks against a finding, within the days of the rule; before that it isn't posted.
 * @throws Refusal `attendance.unknown_finding`, `attendance.not_yours`, `attendance.protest_late` …
 */
export async function protestFinding(
  deps: Deps,
  actor: Actor,
  { id, text }: { id: string; text: string },
): Promise<void> {
  requirePermission(actor, 'attendance.protest');
  const person = personOf(actor);
  const { cityCode } = person;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const [row] = await lockFindings(tx, readerOf(person), [id]);
    if (row === undefined) throw new Refusal('attendance.unknown_finding');
    const barred = protestBarrier(row, person, dayOf(at));
    if (barred !== undefined) throw new Refusal(barred, { day: row.protest_until });
    await noteProtest(tx, cityCode, { id, text, by: person.id, name: person.name, at });
    await audit(tx, {
      actor,
      action: 'attendance.protested',
      subjectKind: 'attendance',
      subjectId: id,
      detail: { rule: row.rule, day: row.day },
      cityCode,
      at,
    });
  });
}

/**
 * Confirms findings, which then enter the book as the month's gate allows, or withdraws them. Those that
 * can't be decided are answered with the reason, the others are done.
 * @throws Refusal `attendance.unknown_finding` when none of them is in reach
 */
export async function decideFindings(
  deps: Deps,
  actor: Actor,
  { decision, lang }: { decision: FindingDecision; lang: Lang },
) {
  requirePermission(actor, 'attendance.confirm');
  const person = personOf(actor);
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const rows = await lockFindings(tx, readerOf(person), decision.ids);
    if (rows.length === 0) throw new Refusal('attendance.unknown_finding');
    const left = [];
    const ready: FindingRow[] = [];
    for (const row of rows) {
      const code = await decisionBarrier(tx, row, { person, confirm: decision.confirm, today: dayOf(at) });
      if (code === undefined) ready.push(row);
      else left.push({ id: row.finding_id, code, detail: sentence(code, lang, { day: row.protest_until }) });
    }
    if (ready.length > 0) await settle(tx, person, { rows: ready, decision, at });
    return { done: ready.length, left };
  });
}

async function decisionBarrier(
  reader: Reader,
  row: FindingRow,
  { person, confirm, today }: { person: UserActor; confirm: boolean; today: Day },
): Promise<string | undefined> {
  if (!isOpen(row)) return 'attendance.decided';
  const barred = barrier(row, person);
  if (barred !== undefined) return barred;
  if (row.subject_kind === 'window' && person.staffNo !== undefined) {
    const sought = { staffNo: person.staffNo, windowCode: row.subject_code, days: [row.day] };
    if (await postedOn(reader, person.cityCode, sought)) return 'attendance.own_finding';
  }
  return confirm && !mayBeConfirmed(row, today) ? 'attendance.protest_open' : undefined;
}

async function settle(
  tx: Tx,
  person: UserActor,
  { rows, decision, at }: { rows: readonly FindingRow[]; decision: FindingDecision; at: Date },
): Promise<void> {
  const { cityCode, username, name } = person;
  const { confirm, note } = decision;
  const ids = rows.map(({ finding_id: id }) => id);
  await settleFindings(tx, cityCode, { ids, confirm, by: username, name, at, note });
  if (confirm) {
    const findings = rows.map((row) => ({
      id: row.finding_id,
      occurredOn: row.day,
      subjectKind: row.subject_kind,
      subjectCode: row.subject_code,
      rule: row.rule,
      evidence: row.evidence,
      recordedBy: row.recorded_by,
      confirmedBy: username,
    }));
    await takeFindings(tx, { cityCode, now: at, findings });
  }
  for (const row of rows) {
    await audit(tx, {
      actor: person,
      action: confirm ? 'attendance.confirmed' : 'attendance.withdrawn',
      subjectKind: 'attendance',
      subjectId: row.finding_id,
      ...(note === '' ? {} : { reason: note }),
      detail: { rule: row.rule, day: row.day, subject: row.subject_code },
      cityCode,
      at,
    });
  }
}
