import { addDays, dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { readCalendar, type WorkCalendar } from '../../registry/calendar/index.ts';
import { EXPORT_ROWS, exported, inReach } from '../../registry/region/index.ts';
import { staffByNo } from '../../registry/staff/index.ts';
import { isForward, type LeaveSpan, overlap, workHalves } from './leave.ts';
import type { LeaveDecision, LeaveForm, LeaveLine, LeaveQuery } from './leave-contract.ts';
import {
  type ActiveLeave,
  dropLeave,
  findColleagues,
  findLeaves,
  insertLeave,
  type LeaveReader,
  type LeaveRow,
  leaveStands,
  listLeaves,
  lockLeave,
  lockPerson,
  settleLeave,
} from './leave-store.ts';
import { reviewDays } from './review-actions.ts';
import { attendanceLimits } from './rules.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST_DAYS = 366;

/** A person of the hall. @throws Refusal `access.permission_denied` for keys and machines */
export function personOf(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  return actor;
}

/** @throws Refusal `access.permission_denied` for whoever may read no leave at all */
function readerOf(actor: Actor): LeaveReader {
  const whole = actor.permissions.has('leave.read');
  const staffNo = (actor.kind === 'user' ? actor.staffNo : undefined) ?? null;
  if (!whole && !actor.permissions.has('leave.ask')) throw new Refusal('access.permission_denied');
  return { scope: { ...actor.scope, cityCode: actor.cityCode }, staffNo, whole };
}

/** Leave in reach: the own, that of the windows one leads, and of the data scope. */
export async function leavePageFor(deps: Deps, actor: Actor, query: Omit<LeaveQuery, 'format' | 'lang'>) {
  const reader = readerOf(actor);
  const calendar = await readCalendar(deps.db.read);
  const after = decodeMomentCursor(query.cursor, UUID);
  const filter = { ...query, own: query.own === '1', after, limit: query.limit + 1 };
  const rows = await listLeaves(deps.db.read, reader, filter);
  const today = dayOf(deps.clock.now());
  return pageOf(
    rows,
    query.limit,
    (row) => lineOf(row, { actor, calendar, today }),
    (row) => [row.requested_at.toISOString(), row.leave_id],
  );
}

/** The same as a table; without the reasons, which may tell of illness. */
export async function leaveTable(deps: Deps, actor: Actor, query: LeaveQuery): Promise<OutTable> {
  const { format: _, lang: __, cursor: ___, ...filter } = query;
  const { items } = await leavePageFor(deps, actor, { ...filter, limit: EXPORT_ROWS });
  return await exported(deps, actor, 'leaves', {
    columns: [
      ...['staff_no', 'name', 'department', 'kind', 'from', 'from_half', 'to', 'to_half', 'half_days'],
      ...['cover', 'state', 'on_paper', 'requested_by', 'decided_by'],
    ],
    rows: items.map((row) => [
      ...[row.staffNo, row.staffName, row.departmentName, row.kind, row.fromDate, row.fromHalf],
      ...[row.toDate, row.toHalf, row.halves, row.coverStaff, row.state, row.onPaper],
      ...[row.requestedBy, row.decidedBy],
    ]),
  });
}

interface Sight {
  readonly actor: Actor;
  readonly calendar: WorkCalendar;
  readonly today: string;
}

function lineOf(row: LeaveRow, { actor, calendar, today }: Sight): LeaveLine {
  const mayDecide = row.state === 'requested' && actor.kind === 'user' && barrier(row, actor) === undefined;
  return {
    id: row.leave_id,
    staffNo: row.staff_no,
    staffName: row.staff_name,
    departmentName: row.department_name,
    kind: row.kind,
    fromDate: row.from_date,
    fromHalf: row.from_half,
    toDate: row.to_date,
    toHalf: row.to_half,
    halves: workHalves(spanOf(row), calendar.isWorkday),
    reason: row.reason,
    coverStaff: row.cover_staff,
    coverName: row.cover_name,
    onPaper: row.on_paper,
    state: row.state,
    requestedBy: row.requested_name,
    requestedAt: isoMoment(row.requested_at),
    decidedBy: row.decided_name,
    note: row.decision_note,
    withdrawnBy: row.withdrawn_name,
    withdrawalReason: row.withdrawal_reason,
    mayDecide,
    mayWithdraw: actor.kind === 'user' && withdrawalBarrier(row, actor, today) === undefined,
  };
}

export function spanOf(row: Pick<ActiveLeave, 'from_date' | 'from_half' | 'to_date' | 'to_half'>): LeaveSpan {
  return { fromDate: row.from_date, fromHalf: row.from_half, toDate: row.to_date, toHalf: row.to_half };
}

/** Whether the person's department lies in the data scope of an actor who holds the permission. */
function inCharge(row: LeaveRow, actor: UserActor, permission: 'leave.decide' | 'leave.enter'): boolean {
  const place = { regionCode: row.region_code, departmentCode: row.department_code };
  return actor.permissions.has(permission) && inReach(actor.scope, place);
}

/** Why somebody may not decide: nobody decides on the own leave or on what they have asked for. */
function barrier(row: LeaveRow, actor: UserActor): string | undefined {
  const own = actor.staffNo;
  if (own !== undefined && own === row.staff_no) return 'leave.own_leave';
  const asked = row.requested_by === actor.id || (own !== undefined && own === row.requested_staff);
  if (asked) return 'leave.same_person';
  return row.leads || inCharge(row, actor, 'leave.decide') ? undefined : 'access.permission_denied';
}

/** The own leave until it begins; whoever decides or enters leave, at any time and not for themselves. */
function withdrawalBarrier(row: LeaveRow, actor: UserActor, today: string): string | undefined {
  if (row.state === 'refused' || row.state === 'withdrawn') return 'leave.decided';
  if (actor.staffNo !== undefined && actor.staffNo === row.staff_no) {
    return row.state === 'requested' || today < row.from_date ? undefined : 'leave.begun';
  }
  const may = row.leads || inCharge(row, actor, 'leave.decide') || inCharge(row, actor, 'leave.enter');
  return may ? undefined : 'access.permission_denied';
}

/**
 * Asks for leave: one's own, or what somebody has asked for on paper. The same form again changes nothing.
 * @throws Refusal `leave.…`, `access.permission_denied`
 */
export async function askForLeave(deps: Deps, actor: Actor, form: LeaveForm): Promise<void> {
  const person = personOf(actor);
  const onPaper = form.staffNo !== undefined && form.staffNo !== person.staffNo;
  requirePermission(person, onPaper ? 'leave.enter' : 'leave.ask');
  const staffNo = form.staffNo ?? person.staffNo;
  if (staffNo === undefined) throw new Refusal('leave.no_staff_number');
  if (!isForward(form)) throw new Refusal('leave.reversed', {}, { field: 'toDate' });
  if (addDays(form.fromDate, LONGEST_DAYS) < form.toDate) {
    throw new Refusal('leave.too_long', {}, { field: 'toDate' });
  }
  const { cityCode } = person;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await lockPerson(tx, cityCode, staffNo);
    if (await leaveStands(tx, cityCode, form.id)) return;
    await checkPeople(tx, person, { staffNo, cover: form.coverStaff ?? null, onPaper });
    if (!onPaper) await checkInTime(tx, deps, form);
    await checkApart(tx, cityCode, { staffNo, form });
    await insertLeave(tx, cityCode, {
      leave_id: form.id,
      staff_no: staffNo,
      kind: form.kind,
      from_date: form.fromDate,
      from_half: form.fromHalf,
      to_date: form.toDate,
      to_half: form.toHalf,
      reason: form.reason,
      cover_staff: form.coverStaff ?? null,
      on_paper: onPaper,
      requested_by: person.id,
      requested_name: person.name,
      requested_staff: person.staffNo ?? null,
      requested_at: at,
    });
    await audit(tx, {
      actor,
      action: 'leave.requested',
      subjectKind: 'leave',
      subjectId: form.id,
      detail: { staff_no: staffNo, kind: form.kind, from: form.fromDate, to: form.toDate, on_paper: onPaper },
      cityCode,
      at,
    });
  });
}

async function checkPeople(
  tx: Tx,
  actor: UserActor,
  { staffNo, cover, onPaper }: { staffNo: string; cover: string | null; onPaper: boolean },
): Promise<void> {
  if (cover === staffNo) throw new Refusal('leave.own_cover', {}, { field: 'coverStaff' });
  const found = await staffByNo(tx, actor.cityCode, cover === null ? [staffNo] : [staffNo, cover]);
  const person = found.get(staffNo);
  const place = person && { regionCode: person.region_code, departmentCode: person.department_code };
  if (place === undefined || (onPaper && !inReach(actor.scope, place))) {
    throw new Refusal('leave.unknown_staff', {}, { field: 'staffNo' });
  }
  if (cover !== null && !found.has(cover)) {
    throw new Refusal('leave.unknown_staff', {}, { field: 'coverStaff' });
  }
}

/** One's own request comes in time, by the rule of the day. */
async function checkInTime(tx: Tx, deps: Deps, form: LeaveForm): Promise<void> {
  const today = dayOf(deps.clock.now());
  const { lateRequest: days } = attendanceLimits(today);
  const calendar = await readCalendar(tx);
  if (calendar.addWorkdays(form.fromDate, days) < today) {
    throw new Refusal('leave.too_late', { days }, { field: 'fromDate' });
  }
}

/** Nobody is away twice, and whoever covers is there. */
async function checkApart(
  tx: Tx,
  cityCode: string,
  { staffNo, form }: { staffNo: string; form: LeaveSpan & { coverStaff?: string | null | undefined } },
): Promise<void> {
  const span = { from: form.fromDate, to: form.toDate };
  const own = await findLeaves(tx, cityCode, { ...span, staff: [staffNo], requested: true });
  const other = own.find((one) => overlap(spanOf(one), form));
  if (other !== undefined) {
    throw new Refusal('leave.overlap', { from: other.from_date, to: other.to_date }, { field: 'fromDate' });
  }
  if (form.coverStaff) await checkCover(tx, cityCode, form.coverStaff, form);
}

async function checkCover(tx: Tx, cityCode: string, cover: string, span: LeaveSpan): Promise<void> {
  const wanted = { from: span.fromDate, to: span.toDate, staff: [cover], requested: false };
  const away = await findLeaves(tx, cityCode, wanted);
  if (away.some((one) => overlap(spanOf(one), span))) {
    throw new Refusal('leave.cover_away', {}, { field: 'coverStaff' });
  }
}

/**
 * Approves a leave or refuses it; what the clock had proposed for its days is looked at anew.
 * @throws Refusal `leave.unknown`, `leave.decided`, `leave.own_leave`, `leave.same_person`
 */
export async function decideLeave(
  deps: Deps,
  actor: Actor,
  { id, decision }: { id: string; decision: LeaveDecision },
): Promise<void> {
  const person = personOf(actor);
  const { cityCode } = person;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await lockLeave(tx, readerOf(person), id);
    if (row === undefined) throw new Refusal('leave.unknown');
    const barred = barrier(row, person);
    if (barred !== undefined) throw new Refusal(barred);
    if (row.state !== 'requested') throw new Refusal('leave.decided');
    const { approve, note } = decision;
    if (approve && row.cover_staff !== null) await checkCover(tx, cityCode, row.cover_staff, spanOf(row));
    await settleLeave(tx, cityCode, { id, approve, by: person.id, name: person.name, at, note });
    await audit(tx, {
      actor,
      action: approve ? 'leave.approved' : 'leave.refused',
      subjectKind: 'leave',
      subjectId: id,
      ...(note === '' ? {} : { reason: note }),
      detail: { staff_no: row.staff_no, kind: row.kind },
      cityCode,
      at,
    });
    if (approve) await reviewDays(tx, { cityCode, from: row.from_date, to: row.to_date, now: at });
  });
}

/**
 * Takes a leave back; days that are past are judged without it.
 * @throws Refusal `leave.unknown`, `leave.decided`, `leave.begun`
 */
export async function withdrawLeave(
  deps: Deps,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const person = personOf(actor);
  const { cityCode } = person;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await lockLeave(tx, readerOf(person), id);
    if (row === undefined) throw new Refusal('leave.unknown');
    const barred = withdrawalBarrier(row, person, dayOf(at));
    if (barred !== undefined) throw new Refusal(barred);
    await dropLeave(tx, cityCode, { id, by: person.id, name: person.name, at, reason });
    await audit(tx, {
      actor,
      action: 'leave.withdrawn',
      subjectKind: 'leave',
      subjectId: id,
      reason,
      detail: { staff_no: row.staff_no, kind: row.kind },
      cityCode,
      at,
    });
    if (row.state === 'approved') {
      await reviewDays(tx, { cityCode, from: row.from_date, to: row.to_date, now: at });
    }
  });
}

/** Who may cover for the reader, or for whom the office enters a leave. */
export async function colleaguesOf(deps: Deps, actor: Actor) {
  const reader = readerOf(actor);
  if (reader.staffNo === null) return { items: [] };
  return { items: await findColleagues(deps.db.read, actor.cityCode, reader.staffNo) };
}
