import { type RawBuilder, sql } from 'kysely';
import { present } from '../../kernel/assert.ts';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Complexity, OrderKind, OrderState } from './order.ts';

export interface OrderRow {
  readonly city_code: string;
  readonly order_id: string;
  readonly number: string;
  readonly kind: OrderKind;
  readonly source_id: string;
  readonly step_id: string | null;
  readonly voice_id: string | null;
  readonly project_no: string | null;
  readonly service_number: number | null;
  readonly concerned_staff: string | null;
  readonly window_code: string | null;
  readonly region_code: string;
  readonly owner_department: string | null;
  readonly handler_id: string | null;
  readonly handler_name: string | null;
  readonly state: OrderState;
  readonly complexity: Complexity;
  readonly opened_at: Date;
  readonly changed_at: Date;
  readonly sign_due_at: Date;
  readonly contact_due_at: Date;
  readonly due_at: Date;
  readonly next_due_at: Date;
  readonly yellow_from: Date | null;
  readonly red_from: Date | null;
  readonly signed_at: Date | null;
  readonly contacted_at: Date | null;
  readonly answered_at: Date | null;
  readonly answered_by: string | null;
  readonly closed_at: Date | null;
  readonly reopened: number;
  readonly extended: number;
  readonly supervised: boolean;
  readonly cause: string | null;
}

const COLUMNS = sql`o.city_code, o.order_id, o.number, o.kind, o.source_id, o.step_id, o.voice_id,
  o.project_no, o.service_number, o.concerned_staff, o.window_code, o.region_code, o.owner_department,
  o.handler_id, o.handler_name,
  o.state, o.complexity, o.opened_at, o.changed_at, o.sign_due_at, o.contact_due_at, o.due_at,
  o.next_due_at, o.yellow_from, o.red_from, o.signed_at, o.contacted_at, o.answered_at, o.answered_by,
  o.closed_at, o.reopened, o.extended, o.supervised, o.cause`;

export type NewOrder = Omit<
  OrderRow,
  | 'city_code'
  | 'changed_at'
  | 'handler_id'
  | 'handler_name'
  | 'signed_at'
  | 'contacted_at'
  | 'answered_at'
  | 'answered_by'
  | 'closed_at'
  | 'reopened'
  | 'extended'
  | 'supervised'
  | 'cause'
>;

/** Adds orders; answers those that were: what has an order already gets no other. */
export async function insertOrders(
  tx: Tx,
  cityCode: string,
  orders: readonly NewOrder[],
  at: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ order_id: string }>`
    INSERT INTO handling.work_order (city_code, order_id, number, kind, source_id, step_id, voice_id,
      project_no, service_number, concerned_staff, window_code, region_code, owner_department, state,
      complexity, opened_at, changed_at, sign_due_at, contact_due_at, due_at, next_due_at, yellow_from,
      red_from)
    SELECT ${cityCode}, order_id, number, kind, source_id, step_id, voice_id, project_no, service_number,
      concerned_staff, window_code, region_code, owner_department, state, complexity, opened_at, ${at},
      sign_due_at, contact_due_at, due_at, next_due_at, yellow_from, red_from
    FROM jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) AS r(order_id uuid, number text, kind text,
      source_id text, step_id bigint, voice_id uuid, project_no text, service_number int,
      concerned_staff text, window_code text, region_code text, owner_department text, state text,
      complexity text, opened_at timestamptz, sign_due_at timestamptz, contact_due_at timestamptz,
      due_at timestamptz, next_due_at timestamptz, yellow_from timestamptz, red_from timestamptz)
    ON CONFLICT (city_code, kind, source_id) DO NOTHING RETURNING order_id`.execute(tx);
  return new Set(rows.map(({ order_id: id }) => id));
}

/** The first lines of stories. */
export async function insertFirstEvents(
  tx: Tx,
  cityCode: string,
  events: readonly (NewEvent & { readonly order_id: string })[],
): Promise<void> {
  await sql`
    INSERT INTO handling.work_order_event (city_code, order_id, event_no, what, by_id, by_name, at, note,
      detail)
    SELECT ${cityCode}, order_id, 1, what, by_id, by_name, at, note, detail
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS r(order_id uuid, what text, by_id text,
      by_name text, at timestamptz, note text, detail jsonb)`.execute(tx);
}

/** Those that answer the sources, by source. */
export async function findBySources(
  reader: Reader,
  cityCode: string,
  { kind, sourceIds }: { kind: OrderKind; sourceIds: readonly string[] },
): Promise<ReadonlyMap<string, OrderRow>> {
  const { rows } = await sql<OrderRow>`
    SELECT ${COLUMNS} FROM handling.work_order o
    WHERE o.city_code = ${cityCode} AND o.kind = ${kind}
      AND o.source_id = ANY(${[...sourceIds]}::text[])`.execute(reader);
  return new Map(rows.map((row) => [row.source_id, row]));
}

export async function findBySource(
  reader: Reader,
  cityCode: string,
  { kind, sourceId }: { kind: OrderKind; sourceId: string },
): Promise<OrderRow | undefined> {
  const { rows } = await sql<OrderRow>`
    SELECT ${COLUMNS} FROM handling.work_order o
    WHERE o.city_code = ${cityCode} AND o.kind = ${kind} AND o.source_id = ${sourceId}`.execute(reader);
  return rows[0];
}

/** The orders that answer the voices. */
export async function findByVoices(
  reader: Reader,
  cityCode: string,
  voiceIds: readonly string[],
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    SELECT ${COLUMNS} FROM handling.work_order o
    WHERE o.city_code = ${cityCode}
      AND o.kind IN ('stuck_matter', 'complaint', 'suggestion', 'contact_request')
      AND o.source_id = ANY(${[...voiceIds]}::text[])`.execute(reader);
  return rows;
}

/** The rows within a data scope: a department's are those it answers for. */
export function withinScope(scope: Scope): RawBuilder<unknown> {
  const department = scope.departmentCode ?? null;
  return sql`starts_with(o.region_code, ${scope.regionPrefix ?? ''})
    AND (${department}::text IS NULL OR o.owner_department = ${department})`;
}

/** The same with the orders that a department has a part of, and has not said not to be its own. */
function withinReach(scope: Scope): RawBuilder<unknown> {
  const department = scope.departmentCode;
  if (department === undefined) return withinScope(scope);
  return sql`(${withinScope(scope)} OR o.order_id IN (SELECT p.order_id FROM handling.order_part p
    WHERE p.city_code = ${scope.cityCode} AND p.department_code = ${department} AND p.state <> 'returned'))`;
}

/** The order, if the condition lets it be seen. */
function orderWhere(scope: Scope, orderId: string, within: RawBuilder<unknown>): RawBuilder<OrderRow> {
  return sql<OrderRow>`
    SELECT ${COLUMNS} FROM handling.work_order o
    WHERE o.city_code = ${scope.cityCode} AND ${within} AND o.order_id = ${orderId}::uuid`;
}

/** An order that the reader answers, or has a part of. */
export async function findReachable(
  reader: Reader,
  scope: Scope,
  orderId: string,
): Promise<OrderRow | undefined> {
  return (await orderWhere(scope, orderId, withinReach(scope)).execute(reader)).rows[0];
}

/** The same held until the transaction ends. */
export async function lockReachable(tx: Tx, scope: Scope, orderId: string): Promise<OrderRow | undefined> {
  return await held(tx, orderWhere(scope, orderId, withinReach(scope)));
}

export async function findOrder(
  reader: Reader,
  scope: Scope,
  orderId: string,
): Promise<OrderRow | undefined> {
  return (await orderWhere(scope, orderId, withinScope(scope)).execute(reader)).rows[0];
}

/** The order held until the transaction ends, so that of two steps at once one comes second. */
export async function lockOrder(tx: Tx, scope: Scope, orderId: string): Promise<OrderRow | undefined> {
  return await held(tx, orderWhere(scope, orderId, withinScope(scope)));
}

async function held(tx: Tx, order: RawBuilder<OrderRow>): Promise<OrderRow | undefined> {
  return (await sql<OrderRow>`${order} FOR UPDATE OF o`.execute(tx)).rows[0];
}

export interface OrderChange {
  readonly state?: OrderState;
  readonly complexity?: Complexity;
  readonly owner_department?: string | null;
  readonly handler_id?: string | null;
  readonly handler_name?: string | null;
  readonly opened_at?: Date;
  readonly sign_due_at?: Date;
  readonly contact_due_at?: Date;
  readonly due_at?: Date;
  readonly signed_at?: Date | null;
  readonly contacted_at?: Date | null;
  readonly answered_at?: Date | null;
  readonly answered_by?: string | null;
  readonly closed_at?: Date | null;
  readonly reopened?: number;
  readonly extended?: number;
  readonly supervised?: boolean;
  readonly cause?: string;
}

/** Columns that steps change; nothing else of an order ever does. */
const CHANGING = [
  'state',
  'complexity',
  'owner_department',
  'handler_id',
  'handler_name',
  'opened_at',
  'sign_due_at',
  'contact_due_at',
  'due_at',
  'signed_at',
  'contacted_at',
  'answered_at',
  'answered_by',
  'closed_at',
  'reopened',
  'extended',
  'supervised',
  'cause',
] as const satisfies readonly (keyof OrderChange)[];

/** Changes a held order, and takes over from the clock which of its limits is the most urgent. */
export async function updateOrder(
  tx: Tx,
  cityCode: string,
  { orderId, at, change }: { orderId: string; at: Date; change: OrderChange },
): Promise<void> {
  const parts = CHANGING.flatMap((name) => {
    const value = change[name];
    return value === undefined ? [] : [sql`${sql.ref(name)} = ${value}`];
  });
  await sql`
    UPDATE handling.work_order o SET ${sql.join([...parts, sql`changed_at = ${at}`])},
      next_due_at = coalesce(d.next_due_at, ${change.due_at ?? null}::timestamptz, o.due_at),
      yellow_from = d.yellow_from, red_from = d.red_from
    FROM (SELECT min(due_at) AS next_due_at, min(yellow_from) AS yellow_from, min(red_from) AS red_from
      FROM handling.duty WHERE city_code = ${cityCode} AND matter_kind = 'work_order'
        AND matter_id = ${orderId} AND done_at IS NULL AND paused_at IS NULL) d
    WHERE o.city_code = ${cityCode} AND o.order_id = ${orderId}::uuid`.execute(tx);
}

export interface EventRow {
  readonly event_no: number;
  readonly what: string;
  readonly by_name: string;
  readonly by_id: string;
  readonly at: Date;
  readonly note: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export type NewEvent = Omit<EventRow, 'event_no'>;

/** Adds to the story of a held order; answers the number of what was added. */
export async function insertEvent(
  tx: Tx,
  cityCode: string,
  orderId: string,
  event: NewEvent,
): Promise<number> {
  const detail = event.detail === null ? null : JSON.stringify(event.detail);
  const { rows } = await sql<{ event_no: number }>`
    WITH touched AS (
      UPDATE handling.work_order SET changed_at = ${event.at}::timestamptz
      WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid AND changed_at < ${event.at}::timestamptz)
    INSERT INTO handling.work_order_event (city_code, order_id, event_no, what, by_id, by_name, at, note,
      detail)
    SELECT ${cityCode}, ${orderId}::uuid, coalesce(max(event_no), 0) + 1, ${event.what}, ${event.by_id},
      ${event.by_name}, ${event.at}::timestamptz, ${event.note}, ${detail}::jsonb
    FROM handling.work_order_event WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid
    RETURNING event_no`.execute(tx);
  return present(rows[0], 'an event was added').event_no;
}

export async function findEvents(reader: Reader, cityCode: string, orderId: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    SELECT event_no, what, by_name, by_id, at, note, detail FROM handling.work_order_event
    WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid ORDER BY event_no`.execute(reader);
  return rows;
}

export interface OrderFilter {
  readonly kind?: OrderKind | undefined;
  readonly state?: OrderState | 'open' | undefined;
  readonly card?: 'yellow' | 'red' | undefined;
  readonly department?: string | undefined;
  readonly supervised?: boolean | undefined;
  /** account that has them in hand */
  readonly handler?: string | undefined;
  /** service record of the bad rating that it answers */
  readonly step?: string | undefined;
  readonly q?: string | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly now: Date;
  readonly limit: number;
}

const OPEN = sql`o.state NOT IN ('closed', 'withdrawn')`;

/** Open orders by their most urgent limit; otherwise by when they were opened. */
export async function listOrders(reader: Reader, scope: Scope, filter: OrderFilter): Promise<OrderRow[]> {
  const { kind, state, card, department, supervised, handler, step, q, after, now, limit } = filter;
  const open = state === 'open' || card !== undefined;
  const key = open ? sql`o.next_due_at` : sql`o.opened_at`;
  const conditions = [
    withinReach(scope),
    ...(kind === undefined ? [] : [sql`o.kind = ${kind}`]),
    ...(open ? [OPEN] : []),
    ...(state === undefined || state === 'open' ? [] : [sql`o.state = ${state}`]),
    ...(card === 'red' ? [sql`o.red_from <= ${now}`] : []),
    ...(card === 'yellow' ? [sql`o.yellow_from <= ${now} AND o.red_from > ${now}`] : []),
    ...(department === undefined ? [] : [sql`o.owner_department = ${department}`]),
    ...(supervised === true ? [sql`o.supervised`] : []),
    ...(handler === undefined ? [] : [sql`o.handler_id = ${handler}`]),
    ...(step === undefined ? [] : [sql`o.kind = 'rectification' AND o.step_id = ${step}::bigint`]),
    ...(q === undefined || q === '' ? [] : [sql`(o.number = upper(${q}) OR o.project_no = ${q})`]),
    ...(after === undefined
      ? []
      : [sql`(${key}, o.order_id) > (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<OrderRow>`
    SELECT ${COLUMNS} FROM handling.work_order o
    WHERE o.city_code = ${scope.cityCode} AND ${sql.join(conditions, sql` AND `)}
    ORDER BY ${key}, o.order_id LIMIT ${limit}`.execute(reader);
  return rows;
}
