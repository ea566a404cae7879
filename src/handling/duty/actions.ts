import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { present } from '../../kernel/assert.ts';
import { addDays, type Day, day, dayOf, isoMoment } from '../../kernel/day.ts';
import { deadline, type WorkingDays } from '../../kernel/deadline.ts';
import type { Actor, Permission } from '../../oversight/access/index.ts';
import { type AuditEntry, auditAll } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineFact, emitAll } from '../../platform/facts.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import type { DutyList } from './contract.ts';
import { type Duty, type DutyOwner, dutyCard, type Matter } from './duty.ts';
import {
  type DutyRow,
  endDuties,
  findDuties,
  findOwed,
  insertDuties,
  markTurned,
  pause,
  reopen,
  updateLimit,
  updateOwner,
} from './store.ts';

const dutySchema = z.object({
  cityCode: z.string(),
  matterKind: z.string(),
  matterId: z.string(),
  step: z.string(),
  ownerKind: z.enum(['department', 'office', 'account']),
  ownerCode: z.string(),
});

/** The last working day before a duty's end has begun: its owner is reminded. */
export const dutyReminded = defineFact('duty.reminded', dutySchema);
/** A duty's last day is over and it isn't done. */
export const dutyOverdue = defineFact('duty.overdue', dutySchema);

/** Most duties of one person that one look answers. */
const OWED = 200;

/** Later than any limit begins. */
const LAST_DAY = day('2099-12-31');
/** Days before a limit begins that its reckoning may look at: longer than any holiday. */
const LOOK_BACK = 40;
/** Duties that one transaction of the clock tells of. */
const TOLD_AT_ONCE = 1000;

export interface NewDuty {
  readonly cityCode: string;
  readonly matter: Matter;
  readonly step: string;
  readonly owner: DutyOwner;
  /** the limit runs from this instant, whose day is day 0 */
  readonly from: Date;
  /** working days and the end of office, by the rules of the room that opens it */
  readonly days: number;
  readonly officeEnd: string;
}

/** Opens a step of a matter with its limit in working days; the same step again changes nothing. */
export async function openDuty(tx: Tx, given: NewDuty): Promise<Duty> {
  const [duty] = await draftDuties(tx, [given]);
  const opened = present(duty, 'one duty was drafted');
  await openDuties(tx, given.cityCode, [opened]);
  return opened;
}

/** The duties with their limits, as they would be opened. */
export async function draftDuties(tx: Tx, given: readonly NewDuty[]): Promise<Duty[]> {
  const [first = LAST_DAY] = given.map(({ from }) => dayOf(from)).sort();
  const calendar = await readCalendar(tx, addDays(first, -LOOK_BACK));
  return given.map(({ matter, step, owner, from, days, officeEnd }) => {
    const { dueAt, yellowFrom, redFrom } = deadline(from, days, officeEnd, calendar);
    const clock = { openedAt: from, dueAt, yellowFrom, redFrom, doneAt: null, pausedAt: null };
    return { matter, step, owner, days, ...clock };
  });
}

/** Opens duties as they were drafted, all in one statement. */
export async function openDuties(tx: Tx, cityCode: string, duties: readonly Duty[]): Promise<void> {
  await insertDuties(
    tx,
    cityCode,
    duties.map((duty) => ({ ...duty, id: randomUUID() })),
  );
}

/** The step is done; without a step, whatever the matter still owed falls away. */
export async function finishDuty(
  tx: Tx,
  given: { cityCode: string; matter: Pick<Matter, 'kind' | 'id'>; step?: string; at: Date; by: string },
): Promise<void> {
  const { cityCode, matter, step = null, at, by } = given;
  await endDuties(tx, cityCode, { kind: matter.kind, id: matter.id, step, at, by });
}

/** The open step goes to another owner; its limit stays as it was. */
export async function handOver(
  tx: Tx,
  given: { cityCode: string; matter: Pick<Matter, 'kind' | 'id'>; step: string; owner: DutyOwner },
): Promise<void> {
  const { cityCode, matter, step, owner } = given;
  await updateOwner(tx, cityCode, { kind: matter.kind, id: matter.id, step, owner });
}

/** The clocks of whatever the matter owes stand still. */
export async function pauseDuties(
  tx: Tx,
  given: { cityCode: string; matter: Pick<Matter, 'kind' | 'id'>; at: Date },
): Promise<void> {
  const { cityCode, matter, at } = given;
  await pause(tx, cityCode, { kind: matter.kind, id: matter.id, at });
}

/**
 * The clocks run on: each limit is longer by the working days on which it stood still. Answers the new ends
 * by step.
 */
export async function resumeDuties(
  tx: Tx,
  given: { cityCode: string; matter: Pick<Matter, 'kind' | 'id'>; at: Date; officeEnd: string },
): Promise<ReadonlyMap<string, Date>> {
  const { cityCode, matter, at, officeEnd } = given;
  const calendar = await readCalendar(tx);
  const due = new Map<string, Date>();
  for (const row of await findDuties(tx, cityCode, { kind: matter.kind, ids: [matter.id] })) {
    if (row.done_at !== null || row.paused_at === null) continue;
    const days = row.days + workdaysAfter(dayOf(row.paused_at), dayOf(at), calendar);
    const limit = { step: row.step, days, from: row.opened_at };
    const { dueAt, yellowFrom, redFrom } = deadline(row.opened_at, days, officeEnd, calendar);
    await updateLimit(tx, cityCode, { ...matter, limit: { ...limit, dueAt, yellowFrom, redFrom } });
    due.set(row.step, dueAt);
  }
  return due;
}

/** Working days after the one day, up to the other. */
function workdaysAfter(from: Day, to: Day, calendar: WorkingDays): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (calendar.isWorkday(day)) count += 1;
  return count;
}

/**
 * Another limit for a step of the matter, open or done before: it runs from the instant given. Answers when
 * it ends.
 */
export async function renewDuty(tx: Tx, given: Omit<NewDuty, 'owner'>): Promise<Date> {
  const { cityCode, matter, step, from, days, officeEnd } = given;
  const { dueAt, yellowFrom, redFrom } = deadline(from, days, officeEnd, await readCalendar(tx));
  await reopen(tx, cityCode, { ...matter, step });
  await updateLimit(tx, cityCode, { ...matter, limit: { step, days, from, dueAt, yellowFrom, redFrom } });
  return dueAt;
}

/** A step that was done is owed again, by the limit that it had. */
export async function reviveDuty(
  tx: Tx,
  given: { cityCode: string; matter: Pick<Matter, 'kind' | 'id'>; step: string },
): Promise<void> {
  const { cityCode, matter, step } = given;
  await reopen(tx, cityCode, { kind: matter.kind, id: matter.id, step });
}

/** The duties of matters of one kind, by the matter's id, each in the order in which they began. */
export async function dutiesOf(
  reader: Reader,
  cityCode: string,
  wanted: { kind: string; ids: readonly string[] },
): Promise<ReadonlyMap<string, Duty[]>> {
  const found = new Map<string, Duty[]>();
  for (const row of await findDuties(reader, cityCode, wanted)) {
    const before = found.get(row.matter_id);
    if (before === undefined) found.set(row.matter_id, [dutyOf(row)]);
    else before.push(dutyOf(row));
  }
  return found;
}

function dutyOf(row: DutyRow): Duty {
  return {
    matter: { kind: row.matter_kind, id: row.matter_id, number: row.matter_number },
    step: row.step,
    owner: { kind: row.owner_kind, code: row.owner_code },
    days: row.days,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    yellowFrom: row.yellow_from,
    redFrom: row.red_from,
    doneAt: row.done_at,
    pausedAt: row.paused_at,
  };
}

/** What the reader owes: the own department's, the office's and the own, the most urgent first. */
export async function owedBy(deps: Deps, actor: Actor): Promise<DutyList> {
  const owners = ownersOf(actor);
  if (owners.length === 0) return { items: [] };
  const now = deps.clock.now();
  const rows = await findOwed(deps.db.read, actor.cityCode, { owners, limit: OWED });
  return {
    items: rows.map((row) => ({
      matterKind: row.matter_kind,
      matterId: row.matter_id,
      matterNumber: row.matter_number,
      step: row.step,
      dueAt: isoMoment(row.due_at),
      days: row.days,
      card: dutyCard(dutyOf(row), now),
    })),
  };
}

function ownersOf(actor: Actor): DutyOwner[] {
  if (actor.kind !== 'user') return [];
  const { departmentCode, regionPrefix, cityCode } = actor.scope;
  const whole = departmentCode === undefined && regionPrefix === undefined;
  const has = (...any: Permission[]): boolean => any.some((one) => actor.permissions.has(one));
  return [
    { kind: 'account', code: actor.id },
    ...(has('appeal.opinion', 'order.handle') && departmentCode !== undefined
      ? [{ kind: 'department' as const, code: departmentCode }]
      : []),
    ...(has('appeal.appoint', 'order.assign') && whole ? [{ kind: 'office' as const, code: cityCode }] : []),
  ];
}

/**
 * Tells of every duty that has turned yellow or red since the last look, each once. It goes on by the
 * thousand: whatever interrupts it, what has been told stays told, and the next look tells the rest.
 */
export async function lookAtDuties(deps: Deps, cityCode: string): Promise<number> {
  let told = 0;
  for (const card of ['red', 'yellow'] as const) {
    for (;;) {
      const count = await tellTurned(deps, cityCode, card);
      told += count;
      if (count < TOLD_AT_ONCE) break;
    }
  }
  return told;
}

async function tellTurned(deps: Deps, cityCode: string, card: 'red' | 'yellow'): Promise<number> {
  const now = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const rows = await markTurned(tx, cityCode, { card, now, limit: TOLD_AT_ONCE });
    const facts = rows.map((row) => factOf(cityCode, row));
    if (card === 'yellow') await emitAll(tx, dutyReminded, facts);
    else {
      await emitAll(tx, dutyOverdue, facts);
      await auditAll(
        tx,
        rows.map((row) => overdueLine(cityCode, row, now)),
      );
    }
    return rows.length;
  });
}

function overdueLine(cityCode: string, row: DutyRow, at: Date): AuditEntry {
  return {
    actor: { kind: 'system', name: 'clock' },
    action: 'duty.overdue',
    subjectKind: row.matter_kind,
    subjectId: row.matter_number,
    detail: { step: row.step, owner: row.owner_kind, due: isoMoment(row.due_at) },
    cityCode,
    at,
  };
}

function factOf(cityCode: string, row: DutyRow): z.infer<typeof dutySchema> {
  return {
    cityCode,
    matterKind: row.matter_kind,
    matterId: row.matter_id,
    step: row.step,
    ownerKind: row.owner_kind,
    ownerCode: row.owner_code,
  };
}
