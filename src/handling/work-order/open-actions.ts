import { randomUUID } from 'node:crypto';
import { present } from '../../kernel/assert.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit, auditAll } from '../../oversight/audit/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { emit, emitAll } from '../../platform/facts.ts';
import { type Duty, type DutyOwner, draftDuties, type NewDuty, openDuties } from '../duty/index.ts';
import { KIND, orderMoved, orderOpened, TOLD } from './fact.ts';
import { type Limits, type OrderKind, TERMS } from './order.ts';
import {
  findBySource,
  findBySources,
  insertEvent,
  insertFirstEvents,
  insertOrders,
  type NewOrder,
  type OrderRow,
} from './store.ts';

/** The limits that hold for a city at an instant; `app/` brings them from the scheme in force. */
export type LimitsOf = (reader: Reader, cityCode: string, now: Date) => Promise<Limits>;

export interface OpenedOrder {
  readonly kind: OrderKind;
  /** what it answers; there is one order for each */
  readonly sourceId: string;
  /** the number that people know it by */
  readonly number: string;
  readonly stepId?: string | null;
  readonly voiceId?: string | null;
  readonly projectNo?: string | null;
  readonly serviceNumber?: number | null;
  readonly concernedStaff?: string | null;
  readonly windowCode?: string | null;
  readonly regionCode: string;
  readonly ownerDepartment: string | null;
  /** day 0 of its limits */
  readonly from: Date;
}

/** Who owes the steps of an order: its department, or the office while nobody answers it. */
export function ownerOf(cityCode: string, department: string | null): DutyOwner {
  return department === null ? { kind: 'office', code: cityCode } : { kind: 'department', code: department };
}

/** Opens the order that answers something, with its limits; the same again answers the one that stands. */
export async function openOrder(
  tx: Tx,
  actor: Actor,
  given: OpenedOrder,
  now: { limits: Limits; at: Date },
): Promise<{ order: OrderRow; isNew: boolean }> {
  const { kind, sourceId, number } = given;
  const opened = await openOrders(tx, actor, { kind, asked: [given], numbers: async () => [number], ...now });
  const row = await findBySource(tx, actor.cityCode, { kind, sourceId });
  return { order: present(row, 'the order was just added, or stood already'), isNew: opened === 1 };
}

/** Orders of one kind that are opened together. */
interface OpenedTogether {
  readonly kind: OrderKind;
  readonly asked: readonly Omit<OpenedOrder, 'kind' | 'number'>[];
  /** draws so many numbers, once it is known how many are needed */
  readonly numbers: (count: number) => Promise<readonly string[]>;
  readonly limits: Limits;
  readonly at: Date;
}

/**
 * Opens the orders that answer these, in as many statements as one would take; what has its order keeps it.
 * Answers how many were opened.
 */
export async function openOrders(tx: Tx, actor: Actor, given: OpenedTogether): Promise<number> {
  const { cityCode } = actor;
  const { kind, at } = given;
  const sourceIds = given.asked.map(({ sourceId }) => sourceId);
  const standing = await findBySources(tx, cityCode, { kind, sourceIds });
  const asked = given.asked.filter(({ sourceId }) => !standing.has(sourceId));
  if (asked.length === 0) return 0;
  const numbers = await given.numbers(asked.length);
  const drafts = asked.map((one, index) => ({
    ...one,
    orderId: randomUUID(),
    number: present(numbers[index], 'as many numbers were drawn as orders are opened'),
  }));
  const duties = await draftDuties(
    tx,
    drafts.flatMap((draft) => firstDuties(cityCode, draft, given)),
  );
  const rows = drafts.map((draft, index) => newRow(kind, draft, duties.slice(3 * index, 3 * index + 3)));
  const added = await insertOrders(tx, cityCode, rows, at);
  const opened = rows.filter(({ order_id: id }) => added.has(id));
  if (opened.length === 0) return 0;
  await openDuties(
    tx,
    cityCode,
    duties.filter(({ matter }) => added.has(matter.id)),
  );
  await tellOpened(tx, actor, opened, at);
  return opened.length;
}

type Draft = Omit<OpenedOrder, 'kind' | 'number'> & { readonly orderId: string; readonly number: string };

/** What an order owes at first: to be signed for, the person to be contacted, and an answer. */
function firstDuties(cityCode: string, draft: Draft, { kind, limits }: OpenedTogether): NewDuty[] {
  const { sign, contact, answer, usual } = TERMS[kind];
  const longest = present(answer[usual], 'a kind of order knows its usual limit');
  const matter = { kind: KIND, id: draft.orderId, number: draft.number };
  const owner = ownerOf(cityCode, draft.ownerDepartment);
  return (
    [
      ['sign', sign],
      ['contact', contact],
      ['answer', longest],
    ] as const
  ).map(([step, name]) => ({
    ...{ cityCode, matter, step, owner, from: draft.from },
    ...{ days: limits.days(name), officeEnd: limits.officeEnd },
  }));
}

function newRow(kind: OrderKind, draft: Draft, duties: readonly Duty[]): NewOrder {
  const [sign, contact, answer] = duties.map(({ dueAt }) => dueAt);
  const first = (dates: readonly Date[]) => new Date(Math.min(...dates.map((date) => date.getTime())));
  const { ownerDepartment } = draft;
  return {
    order_id: draft.orderId,
    number: draft.number,
    kind,
    source_id: draft.sourceId,
    step_id: draft.stepId ?? null,
    voice_id: draft.voiceId ?? null,
    project_no: draft.projectNo ?? null,
    service_number: draft.serviceNumber ?? null,
    concerned_staff: draft.concernedStaff ?? null,
    window_code: draft.windowCode ?? null,
    region_code: draft.regionCode,
    owner_department: ownerDepartment,
    state: ownerDepartment === null ? 'unassigned' : 'unsigned',
    complexity: TERMS[kind].usual,
    opened_at: draft.from,
    sign_due_at: present(sign, 'signing is a duty'),
    contact_due_at: present(contact, 'contacting is a duty'),
    due_at: present(answer, 'an answer is a duty'),
    next_due_at: first(duties.map(({ dueAt }) => dueAt)),
    yellow_from: first(duties.map(({ yellowFrom }) => yellowFrom)),
    red_from: first(duties.map(({ redFrom }) => redFrom)),
  };
}

/** The first line of each story, its line in the audit, and the fact. */
async function tellOpened(tx: Tx, actor: Actor, orders: readonly NewOrder[], at: Date): Promise<void> {
  const { cityCode, name } = actor;
  const events = orders.map(({ order_id, kind, owner_department: department }) => {
    const detail = { kind, department };
    return { order_id, what: 'opened', by_id: idOf(actor), by_name: name, at, note: null, detail };
  });
  await insertFirstEvents(tx, cityCode, events);
  await auditAll(
    tx,
    orders.map(({ kind, number, owner_department: department }) => ({
      ...{ actor, action: 'order.opened', subjectKind: KIND, subjectId: number },
      ...{ detail: { kind, department }, cityCode, at },
    })),
  );
  await emitAll(
    tx,
    orderOpened,
    orders.map(({ order_id: orderId }) => ({ cityCode, orderId })),
  );
}

/** How a story names who did something. */
function idOf(actor: Actor): string {
  return actor.kind === 'user' || actor.kind === 'key' ? actor.id : actor.kind;
}

/** Adds to the order's story, and to the audit what of it is no citizen's word. */
export async function tell(
  tx: Tx,
  actor: Actor,
  event: {
    readonly orderId: string;
    readonly number: string;
    readonly what: string;
    readonly at: Date;
    readonly note?: string | null;
    readonly detail?: Readonly<Record<string, unknown>> | null;
  },
): Promise<void> {
  const { orderId, number, what, at, note = null, detail = null } = event;
  const { cityCode, name } = actor;
  const by = idOf(actor);
  const line = { what, by_id: by, by_name: name, at, note, detail };
  const eventNo = await insertEvent(tx, cityCode, orderId, line);
  if (TOLD.has(what)) await emit(tx, orderMoved, { cityCode, orderId, what, eventNo, by });
  await audit(tx, {
    actor,
    action: `order.${what}`,
    subjectKind: KIND,
    subjectId: number,
    detail: detail ?? {},
    cityCode,
    at,
  });
}
