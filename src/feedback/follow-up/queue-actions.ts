import { dayOf, formatSecond, isoMoment } from '../../kernel/day.ts';
import { cardAt } from '../../kernel/deadline.ts';
import { firstDay, lastDay, monthOf } from '../../kernel/month.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, ratedAs, requirePermission } from '../../oversight/access/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { CallOutcome } from './call.ts';
import type { CallAnswers, CallDetail, CallFigures, CallLine, CallQuery } from './contract.ts';
import { callRules } from './rules.ts';
import {
  type CallRow,
  countCalls,
  type FigureRow,
  findAttempts,
  findCall,
  isConcerned,
  listCalls,
} from './store.ts';

const UUID = /^[0-9a-f-]{36}$/;

/** Call-backs by due time, without those that concern the reader or the own window. */
export async function callPageFor(
  deps: Deps,
  actor: Actor,
  { cursor, limit, lang: _, ...filter }: CallQuery,
): Promise<{ items: CallLine[]; next: string | null }> {
  requirePermission(actor, 'call.read');
  const now = deps.clock.now();
  const after = decodeMomentCursor(cursor, UUID);
  const notStaff = ratedAs(actor);
  const scope = { ...actor.scope, cityCode: actor.cityCode };
  const rows = await listCalls(deps.db.read, scope, { ...filter, notStaff, after, now, limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    (row) => lineOf(row, now),
    (row) => [isoMoment(row.due_at), row.call_id],
  );
}

/**
 * The call-back within reach that doesn't concern the reader.
 * @throws Refusal `call.unknown`, `call.own_window`
 */
export async function reachableCall(reader: Reader, actor: Actor, callId: string): Promise<CallRow> {
  const { cityCode } = actor;
  const row = await findCall(reader, { ...actor.scope, cityCode }, callId);
  if (row === undefined) throw new Refusal('call.unknown');
  const staffNo = ratedAs(actor);
  if (staffNo !== undefined && (await isConcerned(reader, cityCode, { callId, staffNo }))) {
    throw new Refusal('call.own_window');
  }
  return row;
}

/** One call-back with its attempts and what was said. @throws Refusal `call.unknown`, `call.own_window` */
export async function readCall(deps: Deps, actor: Actor, callId: string): Promise<CallDetail> {
  requirePermission(actor, 'call.read');
  const row = await reachableCall(deps.db.app, actor, callId);
  const now = deps.clock.now();
  const tries = await findAttempts(deps.db.app, actor.cityCode, callId);
  const makes = row.closed_at === null && actor.permissions.has('call.make');
  const { most, days } = callRules(dayOf(now)).attempts;
  return {
    ...lineOf(row, now),
    stepId: row.step_id,
    staffNo: row.staff_no,
    openedAt: isoMoment(row.opened_at),
    caller: row.caller,
    most,
    days,
    tries: tries.map(({ outcome, called_at: at, caller, note }) => ({
      outcome,
      calledAt: isoMoment(at),
      caller,
      note,
    })),
    answers: answersOf(row),
    may: [
      ...(makes && actor.permissions.has('record.identity') ? (['phone'] as const) : []),
      ...(makes ? (['attempt'] as const) : []),
    ],
  };
}

/** What somebody said; null when nobody was reached. */
export function answersOf(row: CallRow): CallAnswers | null {
  if (row.satisfied === null) return null;
  return {
    satisfied: row.satisfied,
    attitude: row.attitude,
    efficiency: row.efficiency,
    toldOnce: row.told_once,
    oneGo: row.one_go,
    onTime: row.on_time,
    askedMoney: row.asked_money,
    rated: row.rated,
    praised: row.praised ?? false,
    remark: row.remark ?? '',
  };
}

function lineOf(row: CallRow, now: Date): CallLine {
  const limit = { yellowFrom: row.yellow_from, redFrom: row.red_from };
  return {
    id: row.call_id,
    number: row.number,
    source: row.source,
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    taskName: row.task_name,
    windowCode: row.window_code,
    windowName: row.window_name,
    servedOn: row.served_on,
    dueAt: isoMoment(row.due_at),
    card: row.closed_at === null ? cardAt(limit, now) : 'none',
    attempts: row.attempts,
    outcome: row.outcome,
    closedAt: row.closed_at === null ? null : isoMoment(row.closed_at),
    satisfied: row.satisfied,
  };
}

/** Rates of the call-backs that ended on these days, else in the present month, each with its parts. */
export async function callFiguresOf(
  deps: Deps,
  actor: Actor,
  asked: { from?: string | undefined; to?: string | undefined },
): Promise<CallFigures> {
  requirePermission(actor, 'call.read');
  const month = monthOf(dayOf(deps.clock.now()));
  const span = { from: asked.from ?? firstDay(month), to: asked.to ?? lastDay(month) };
  const rows = await countCalls(deps.db.read, { ...actor.scope, cityCode: actor.cityCode }, span);
  return {
    ...span,
    all: figuresOf(rows),
    bySource: rows.map((row) => ({ source: row.source, ...figuresOf([row]) })),
  };
}

function figuresOf(rows: readonly FigureRow[]) {
  const sum = (part: Exclude<keyof FigureRow, 'source'>) => rows.reduce((total, row) => total + row[part], 0);
  const [closed, reached, satisfied] = [sum('closed'), sum('reached'), sum('satisfied')];
  return {
    closed,
    noAnswer: sum('no_answer'),
    refused: sum('refused'),
    wrongNumber: sum('wrong_number'),
    reached: rate(reached, closed),
    dissatisfied: rate(reached - satisfied, reached),
    satisfied: rate(satisfied, reached),
  };
}

/** A call-back that has ended, as those downstream need it. */
export interface FinishedCall {
  readonly id: string;
  readonly number: string;
  readonly source: CallRow['source'];
  readonly orderId: string | null;
  readonly step: { readonly id: string; readonly month: string } | null;
  readonly projectNo: string | null;
  readonly windowCode: string | null;
  readonly staffNo: string | null;
  readonly departmentCode: string | null;
  readonly outcome: CallOutcome;
  readonly closedAt: Date;
  readonly closedAtText: string;
  readonly caller: string;
  readonly callerStaff: string | null;
  readonly answers: CallAnswers | null;
}

/** A call-back once it has ended; undefined while it is open. */
export async function finishedCall(
  reader: Reader,
  { cityCode, callId }: { cityCode: string; callId: string },
): Promise<FinishedCall | undefined> {
  const row = await findCall(reader, { cityCode }, callId);
  if (row === undefined || row.outcome === null || row.closed_at === null) return undefined;
  if (row.outcome === 'unneeded') return undefined;
  return {
    id: row.call_id,
    number: row.number,
    source: row.source,
    orderId: row.order_id,
    step:
      row.step_id === null || row.service_month === null
        ? null
        : { id: row.step_id, month: row.service_month },
    projectNo: row.project_no,
    windowCode: row.window_code,
    staffNo: row.staff_no,
    departmentCode: row.department_code,
    outcome: row.outcome,
    closedAt: row.closed_at,
    closedAtText: formatSecond(row.closed_at),
    caller: row.caller ?? '',
    callerStaff: row.caller_staff,
    answers: answersOf(row),
  };
}
