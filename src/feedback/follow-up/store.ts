import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { CallEnding, CallOutcome, CallSource } from './call.ts';

type Grade = 'good' | 'fair' | 'poor';

/** What somebody said; null where it wasn't asked. */
export interface AnswerColumns {
  readonly satisfied: boolean | null;
  readonly attitude: Grade | null;
  readonly efficiency: Grade | null;
  readonly told_once: boolean | null;
  readonly one_go: boolean | null;
  readonly on_time: boolean | null;
  readonly asked_money: boolean | null;
  readonly rated: boolean | null;
  readonly praised: boolean | null;
  readonly remark: string | null;
}

export interface NewCall {
  readonly call_id: string;
  readonly number: string;
  readonly source: CallSource;
  readonly source_key: string;
  readonly week: string | null;
  readonly order_id: string | null;
  readonly step_id: string | null;
  readonly service_month: string | null;
  readonly voice_id: string | null;
  readonly project_no: string | null;
  readonly service_number: number | null;
  readonly window_code: string | null;
  readonly staff_no: string | null;
  readonly region_code: string;
  readonly department_code: string | null;
  readonly served_on: string;
  readonly opened_at: Date;
  readonly due_at: Date;
  readonly yellow_from: Date;
  readonly red_from: Date;
}

export interface CallRow extends NewCall, AnswerColumns {
  readonly city_code: string;
  readonly attempts: number;
  readonly outcome: CallEnding | null;
  readonly closed_at: Date | null;
  readonly closed_on: string | null;
  readonly caller: string | null;
  readonly caller_staff: string | null;
  readonly task_name: string | null;
  readonly window_name: string | null;
}

const COLUMNS = sql`c.city_code, c.call_id, c.number, c.source, c.source_key, c.week, c.order_id, c.step_id,
  c.service_month, c.voice_id, c.project_no, c.service_number, c.window_code, c.staff_no, c.region_code,
  c.department_code, c.served_on, c.opened_at, c.due_at, c.yellow_from, c.red_from, c.attempts, c.outcome,
  c.closed_at, c.closed_on, c.caller, c.caller_staff, c.satisfied, c.attitude, c.efficiency, c.told_once,
  c.one_go, c.on_time, c.asked_money, c.rated, c.praised, c.remark, s.task_name, w.name AS window_name`;

function joined(cityCode: string): RawBuilder<unknown> {
  return sql`feedback.call_back c
    LEFT JOIN intake.ratable_step s ON s.city_code = ${cityCode} AND s.step_id = c.step_id
      AND s.service_month = c.service_month
    LEFT JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = c.window_code`;
}

function within(scope: Scope): RawBuilder<unknown> {
  const department = scope.departmentCode ?? null;
  return sql`starts_with(c.region_code, ${scope.regionPrefix ?? ''})
    AND (${department}::text IS NULL OR c.department_code = ${department})`;
}

/** Concerns somebody: their own service, or a window where they were posted since. */
function concerning(cityCode: string, staffNo: string): RawBuilder<unknown> {
  return sql`(c.staff_no IS NOT DISTINCT FROM ${staffNo} OR EXISTS (SELECT FROM registry.v_posting p
    WHERE p.city_code = ${cityCode} AND p.staff_no = ${staffNo} AND p.window_code = c.window_code
      AND (p.to_date IS NULL OR p.to_date >= c.served_on)))`;
}

/** Numbers for call-backs of a year; those that are rolled back fall away. Answers the first of them. */
export async function reserveNumbers(
  tx: Tx,
  cityCode: string,
  { year, count }: { year: number; count: number },
): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    INSERT INTO feedback.call_counter (city_code, year, next) VALUES (${cityCode}, ${year}, ${count})
    ON CONFLICT (city_code, year) DO UPDATE SET next = call_counter.next + ${count}
    RETURNING next`.execute(tx);
  return (rows[0]?.next ?? count) - count + 1;
}

export async function insertCalls(tx: Tx, cityCode: string, rows: readonly NewCall[]): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO feedback.call_back (city_code, call_id, number, source, source_key, week, order_id, step_id,
      service_month, voice_id, project_no, service_number, window_code, staff_no, region_code,
      department_code, served_on, opened_at, due_at, yellow_from, red_from)
    SELECT ${cityCode}, r.call_id, r.number, r.source, r.source_key, r.week, r.order_id, r.step_id,
      r.service_month, r.voice_id, r.project_no, r.service_number, r.window_code, r.staff_no, r.region_code,
      r.department_code, r.served_on, r.opened_at, r.due_at, r.yellow_from, r.red_from
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(call_id uuid, number text, source text,
      source_key text, week date, order_id uuid, step_id bigint, service_month date, voice_id uuid,
      project_no text, service_number int, window_code text, staff_no text, region_code text,
      department_code text, served_on date, opened_at timestamptz, due_at timestamptz,
      yellow_from timestamptz, red_from timestamptz)
    ON CONFLICT (city_code, source, source_key) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function isKnown(
  reader: Reader,
  cityCode: string,
  { source, sourceKey }: { source: CallSource; sourceKey: string },
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.call_back
    WHERE city_code = ${cityCode} AND source = ${source} AND source_key = ${sourceKey}`.execute(reader);
  return rows.length > 0;
}

/** Where a step was served and by whom; undefined when nobody wants to be called about it. */
export async function findCallable(
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<{ service_month: string; service_time: Date; staff_no: string | null } | undefined> {
  const { rows } = await sql<{ service_month: string; service_time: Date; staff_no: string | null }>`
    SELECT s.service_month, s.service_time, s.staff_no FROM intake.ratable_step s
    WHERE s.city_code = ${cityCode} AND s.step_id = ${stepId}::bigint AND s.has_mobile
      AND NOT EXISTS (SELECT FROM intake.v_unwilling_step u WHERE u.city_code = ${cityCode}
        AND u.step_id = s.step_id)`.execute(reader);
  return rows[0];
}

export async function findCall(reader: Reader, scope: Scope, callId: string): Promise<CallRow | undefined> {
  const { rows } = await sql<CallRow>`
    SELECT ${COLUMNS} FROM ${joined(scope.cityCode)}
    WHERE c.city_code = ${scope.cityCode} AND ${within(scope)} AND c.call_id = ${callId}::uuid`.execute(
    reader,
  );
  return rows[0];
}

/** Holds a call-back until the transaction ends, so that of two attempts at once one comes second. */
export async function lockCall(tx: Tx, scope: Scope, callId: string): Promise<CallRow | undefined> {
  await sql`SELECT 1 FROM feedback.call_back c WHERE c.city_code = ${scope.cityCode}
    AND c.call_id = ${callId}::uuid FOR UPDATE`.execute(tx);
  return await findCall(tx, scope, callId);
}

/** Whether a call-back concerns somebody. */
export async function isConcerned(
  reader: Reader,
  cityCode: string,
  { callId, staffNo }: { callId: string; staffNo: string },
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.call_back c
    WHERE c.city_code = ${cityCode} AND c.call_id = ${callId}::uuid AND ${concerning(cityCode, staffNo)}
  `.execute(reader);
  return rows.length > 0;
}

export interface CallFilter {
  readonly state?: 'open' | 'closed' | undefined;
  readonly source?: CallSource | undefined;
  readonly card?: 'yellow' | 'red' | undefined;
  readonly outcome?: CallEnding | undefined;
  readonly q?: string | undefined;
  /** nothing that concerns this member of staff */
  readonly notStaff?: string | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly now: Date;
  readonly limit: number;
}

/** Call-backs by due time. */
export async function listCalls(reader: Reader, scope: Scope, filter: CallFilter): Promise<CallRow[]> {
  const { state, source, card, outcome, q, notStaff, after, now, limit } = filter;
  const { cityCode } = scope;
  const open = state === 'open' || card !== undefined;
  const conditions = [
    within(scope),
    ...(open ? [sql`c.closed_at IS NULL`] : []),
    ...(state === 'closed' ? [sql`c.closed_at IS NOT NULL`] : []),
    ...(source === undefined ? [] : [sql`c.source = ${source}`]),
    ...(outcome === undefined ? [] : [sql`c.outcome = ${outcome}`]),
    ...(card === 'red' ? [sql`c.red_from <= ${now}`] : []),
    ...(card === 'yellow' ? [sql`c.yellow_from <= ${now} AND c.red_from > ${now}`] : []),
    ...(q === undefined || q === '' ? [] : [sql`(c.number = upper(${q}) OR c.project_no = ${q})`]),
    ...(notStaff === undefined ? [] : [sql`NOT ${concerning(cityCode, notStaff)}`]),
    ...(after === undefined
      ? []
      : [sql`(c.due_at, c.call_id) > (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<CallRow>`
    SELECT ${COLUMNS} FROM ${joined(cityCode)}
    WHERE c.city_code = ${cityCode} AND ${sql.join(conditions, sql` AND `)}
    ORDER BY c.due_at, c.call_id LIMIT ${limit}`.execute(reader);
  return rows;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly outcome: CallOutcome;
  readonly called_at: Date;
  readonly called_on: string;
  readonly caller_id: string;
  readonly caller: string;
  readonly note: string | null;
}

export async function findAttempts(reader: Reader, cityCode: string, callId: string): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    SELECT attempt, outcome, called_at, called_on, caller_id, caller, note FROM feedback.call_attempt
    WHERE city_code = ${cityCode} AND call_id = ${callId}::uuid ORDER BY attempt`.execute(reader);
  return rows;
}

/** Adds an attempt to a held call-back. */
export async function insertAttempt(
  tx: Tx,
  cityCode: string,
  { callId, ...row }: AttemptRow & { callId: string },
): Promise<void> {
  await sql`
    INSERT INTO feedback.call_attempt (city_code, call_id, attempt, outcome, called_at, called_on, caller_id,
      caller, note)
    VALUES (${cityCode}, ${callId}::uuid, ${row.attempt}, ${row.outcome}, ${row.called_at},
      ${row.called_on}::date, ${row.caller_id}, ${row.caller}, ${row.note})`.execute(tx);
  await sql`
    UPDATE feedback.call_back SET attempts = ${row.attempt}
    WHERE city_code = ${cityCode} AND call_id = ${callId}::uuid`.execute(tx);
}

export interface CallEnd extends AnswerColumns {
  readonly callId: string;
  readonly outcome: CallOutcome;
  readonly at: Date;
  readonly on: string;
  readonly caller: string;
  readonly callerStaff: string | null;
}

export async function closeCall(tx: Tx, cityCode: string, end: CallEnd): Promise<void> {
  await sql`
    UPDATE feedback.call_back SET outcome = ${end.outcome}, closed_at = ${end.at},
      closed_on = ${end.on}::date,
      caller = ${end.caller}, caller_staff = ${end.callerStaff}, satisfied = ${end.satisfied},
      attitude = ${end.attitude}, efficiency = ${end.efficiency}, told_once = ${end.told_once},
      one_go = ${end.one_go}, on_time = ${end.on_time}, asked_money = ${end.asked_money},
      rated = ${end.rated}, praised = ${end.praised}, remark = ${end.remark}
    WHERE city_code = ${cityCode} AND call_id = ${end.callId}::uuid`.execute(tx);
}

/** Ends the open call-backs of an order about which nothing is to be asked any more. */
export async function dropCalls(
  tx: Tx,
  cityCode: string,
  { orderId, at, on }: { orderId: string; at: Date; on: string },
): Promise<void> {
  await sql`
    UPDATE feedback.call_back SET outcome = 'unneeded', closed_at = ${at}, closed_on = ${on}::date
    WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid AND closed_at IS NULL`.execute(tx);
}

export interface FigureRow {
  readonly source: CallSource;
  readonly closed: number;
  readonly reached: number;
  readonly satisfied: number;
  readonly no_answer: number;
  readonly refused: number;
  readonly wrong_number: number;
}

/** What became of the call-backs closed on these days, by why they were made. */
export async function countCalls(
  reader: Reader,
  scope: Scope,
  { from, to }: { from: string; to: string },
): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    SELECT c.source, count(*)::int AS closed, (count(*) FILTER (WHERE c.outcome = 'reached'))::int AS reached,
      (count(*) FILTER (WHERE c.satisfied))::int AS satisfied,
      (count(*) FILTER (WHERE c.outcome = 'no_answer'))::int AS no_answer,
      (count(*) FILTER (WHERE c.outcome = 'refused'))::int AS refused,
      (count(*) FILTER (WHERE c.outcome = 'wrong_number'))::int AS wrong_number
    FROM feedback.call_back c
    WHERE c.city_code = ${scope.cityCode} AND ${within(scope)}
      AND c.closed_on BETWEEN ${from}::date AND ${to}::date AND c.outcome <> 'unneeded'
    GROUP BY c.source ORDER BY c.source`.execute(reader);
  return rows;
}

/** Empties the words and notes of call-backs closed before the instant. */
export async function eraseRemarks(tx: Tx, cityCode: string, before: Date): Promise<number> {
  await sql`
    UPDATE feedback.call_attempt SET note = NULL
    WHERE city_code = ${cityCode} AND called_at < ${before} AND note IS NOT NULL`.execute(tx);
  const { numAffectedRows } = await sql`
    UPDATE feedback.call_back SET remark = NULL
    WHERE city_code = ${cityCode} AND closed_at < ${before} AND remark IS NOT NULL`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
