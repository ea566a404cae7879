import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { EXPORT_ROWS, exported, inReach } from '../../registry/region/index.ts';
import { placesOfSubjects } from '../../registry/staff/index.ts';
import type { VisitForm, VisitLine, VisitQuery, VisitState } from './visit-contract.ts';
import { insertVisit, listVisits, lockVisit, stepVisit, type VisitRecord } from './visit-store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who may plan visits sees them all; for the others they are a secret until confirmed. */
function reachOf(actor: Actor) {
  return { ...actor.scope, cityCode: actor.cityCode, secrets: actor.permissions.has('visit.plan') };
}

function planner(actor: Actor): UserActor {
  requirePermission(actor, 'visit.plan');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  return actor;
}

/**
 * Plans a mystery visit (暗访), in secret; the same again changes nothing.
 * @throws Refusal `visit.days`, `finding.unknown_window`
 */
export async function planVisit(deps: Deps, actor: Actor, form: VisitForm): Promise<void> {
  const by = planner(actor);
  const at = deps.clock.now();
  if (form.to < form.from) throw new Refusal('visit.days', {}, { field: 'to' });
  await inTx(deps.db, async (tx) => {
    const [place] = await placesOfSubjects(tx, by.cityCode, [{ kind: 'window', code: form.windowCode }]);
    const found = place && { regionCode: place.region_code, departmentCode: place.department_code };
    if (place === undefined || found === undefined || !inReach(by.scope, found)) {
      throw new Refusal('finding.unknown_window', {}, { field: 'windowCode' });
    }
    const row = {
      visit_id: form.id,
      window_code: form.windowCode,
      region_code: place.region_code,
      department_code: place.department_code,
      from_date: form.from,
      to_date: form.to,
      purpose: form.purpose,
      visitor: form.visitor,
      planned_by: by.username,
      planned_id: by.id,
    };
    if (await insertVisit(tx, by.cityCode, row, at))
      await note(tx, by, { action: 'planned', id: form.id, at });
  });
}

/**
 * Reports what a visit has shown, also when all was well. @throws Refusal `visit.unknown`, `visit.over`
 */
export async function reportVisit(
  deps: Deps,
  actor: Actor,
  { id, report }: { id: string; report: string },
): Promise<void> {
  const by = planner(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await requirePlanned(tx, by, id);
    const who = { by: by.username, byId: by.id, byStaff: by.staffNo ?? null };
    await stepVisit(tx, by.cityCode, id, { name: 'report', report, ...who, at });
    await note(tx, by, { action: 'reported', id, at });
  });
}

/** Gives a planned visit up. @throws Refusal `visit.unknown`, `visit.over` */
export async function cancelVisit(deps: Deps, actor: Actor, id: string): Promise<void> {
  const by = planner(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await requirePlanned(tx, by, id);
    await stepVisit(tx, by.cityCode, id, { name: 'cancel', by: by.username, at });
    await note(tx, by, { action: 'cancelled', id, at });
  });
}

/**
 * Confirms a report: from then on the hall may read it.
 * @throws Refusal `visit.unknown`, `visit.not_reported`, `visit.second_person`
 */
export async function confirmVisit(deps: Deps, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'inspect.confirm');
  const by = planner(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await lockVisit(tx, reachOf(by), id);
    if (row === undefined) throw new Refusal('visit.unknown');
    if (isReporter(row, by)) throw new Refusal('visit.second_person');
    if (stateOf(row) !== 'reported') throw new Refusal('visit.not_reported');
    await stepVisit(tx, by.cityCode, id, { name: 'confirm', by: by.username, at });
    await note(tx, by, { action: 'confirmed', id, at });
  });
}

async function requirePlanned(tx: Tx, by: UserActor, id: string): Promise<void> {
  const row = await lockVisit(tx, reachOf(by), id);
  if (row === undefined) throw new Refusal('visit.unknown');
  if (stateOf(row) !== 'planned') throw new Refusal('visit.over');
}

/**
 * Holds the visit that a finding comes from.
 * @throws Refusal `visit.needed`, `visit.unknown`, `visit.over`
 */
export async function requireOpenVisit(tx: Tx, actor: Actor, id: string | undefined): Promise<void> {
  if (id === undefined) throw new Refusal('visit.needed', {}, { field: 'visitId' });
  await requirePlanned(tx, planner(actor), id);
}

function isReporter(row: VisitRecord, { id, staffNo }: UserActor): boolean {
  return row.reported_id === id || (staffNo !== undefined && staffNo === row.reported_staff);
}

function stateOf(row: VisitRecord): VisitState {
  if (row.cancelled_by !== null) return 'cancelled';
  if (row.confirmed_by !== null) return 'confirmed';
  return row.report === null ? 'planned' : 'reported';
}

/** Visits within reach, the latest planned first. */
export async function visits(
  deps: Deps,
  actor: Actor,
  query: Omit<VisitQuery, 'format' | 'lang'>,
): Promise<{ items: VisitLine[]; next: string | null }> {
  requirePermission(actor, 'finding.read');
  const { cursor, limit, state } = query;
  const after = decodeMomentCursor(cursor, UUID);
  const rows = await listVisits(deps.db.read, reachOf(actor), { state, after, limit: limit + 1 });
  const line = (row: VisitRecord) => lineOf(row, actor);
  return pageOf(rows, limit, line, (row) => [isoMoment(row.planned_at), row.visit_id]);
}

/** The same as a table. */
export async function visitTable(deps: Deps, actor: Actor, state: VisitState | undefined): Promise<OutTable> {
  const { items } = await visits(deps, actor, { state, limit: EXPORT_ROWS });
  return await exported(deps, actor, 'visits', {
    columns: [
      'window',
      'from',
      'to',
      'state',
      'purpose',
      'report',
      'findings',
      'reported_by',
      'confirmed_by',
    ],
    rows: items.map((row) => [
      ...[row.windowCode, row.from, row.to, row.state, row.purpose, row.report, row.findings],
      ...[row.reportedBy, row.confirmedBy],
    ]),
  });
}

/** Planned visits for the phone of who may go on them. */
export async function openVisits(
  deps: Deps,
  actor: Actor,
): Promise<{ id: string; windowCode: string; purpose: string }[]> {
  if (!actor.permissions.has('visit.plan')) return [];
  const rows = await listVisits(deps.db.read, reachOf(actor), { state: 'planned', limit: EXPORT_ROWS });
  return rows.map((row) => ({ id: row.visit_id, windowCode: row.window_code, purpose: row.purpose }));
}

function lineOf(row: VisitRecord, actor: Actor): VisitLine {
  const state = stateOf(row);
  const plans = actor.kind === 'user' && actor.permissions.has('visit.plan');
  const confirms = plans && actor.permissions.has('inspect.confirm') && !isReporter(row, actor);
  return {
    id: row.visit_id,
    state,
    windowCode: row.window_code,
    windowName: row.window_name,
    from: row.from_date,
    to: row.to_date,
    purpose: row.purpose,
    // Who went unknown stays unknown to the hall.
    visitor: plans ? row.visitor : null,
    report: row.report,
    findings: row.findings,
    plannedAt: isoMoment(row.planned_at),
    reportedBy: row.reported_by,
    confirmedBy: row.confirmed_by,
    may: [
      ...(plans && state === 'planned' ? (['report', 'cancel'] as const) : []),
      ...(confirms && state === 'reported' ? (['confirm'] as const) : []),
    ],
  };
}

async function note(
  tx: Tx,
  actor: UserActor,
  { action, id, at }: { action: string; id: string; at: Date },
): Promise<void> {
  await audit(tx, {
    actor,
    action: `visit.${action}`,
    subjectKind: 'visit',
    subjectId: id,
    detail: {},
    cityCode: actor.cityCode,
    at,
  });
}
