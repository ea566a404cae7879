import { randomUUID } from 'node:crypto';
import { present } from '../../kernel/assert.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { type DutyOwner, openDuty } from '../duty/index.ts';
import { KIND, orderMoved, orderOpened, TOLD } from './fact.ts';
import { type Limits, type OrderKind, TERMS } from './order.ts';
import { findBySource, insertEvent, insertOrder, type OrderRow, updateOrder } from './store.ts';

/** The limits that hold for a city at an instant; `app/` brings them from the scheme in force. */
export type LimitsOf = (reader: Reader, cityCode: string, now: Date) => Promise<Limits>;

export interface OpenedOrder {
  readonly kind: OrderKind;
  /** what it answers; there is one order for each */
  readonly sourceId: string;
  /** the number that people know it by, or how to draw one */
  readonly number: string | (() => Promise<string>);
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
  { limits, at }: { limits: Limits; at: Date },
): Promise<{ order: OrderRow; isNew: boolean }> {
  const { cityCode } = actor;
  const { kind, sourceId, from, ownerDepartment } = given;
  const standing = await findBySource(tx, cityCode, { kind, sourceId });
  if (standing !== undefined) return { order: standing, isNew: false };
  const number = typeof given.number === 'string' ? given.number : await given.number();
  const orderId = randomUUID();
  const terms = TERMS[kind];
  const usual = present(terms.answer[terms.usual], 'a kind of order knows its usual limit');
  const duty = async (step: string, days: number): Promise<Date> => {
    const matter = { kind: KIND, id: orderId, number };
    const owner = ownerOf(cityCode, ownerDepartment);
    const { officeEnd } = limits;
    return (await openDuty(tx, { cityCode, matter, step, owner, from, days, officeEnd })).dueAt;
  };
  const order = {
    order_id: orderId,
    number,
    kind,
    source_id: sourceId,
    step_id: given.stepId ?? null,
    voice_id: given.voiceId ?? null,
    project_no: given.projectNo ?? null,
    service_number: given.serviceNumber ?? null,
    concerned_staff: given.concernedStaff ?? null,
    window_code: given.windowCode ?? null,
    region_code: given.regionCode,
    owner_department: ownerDepartment,
    state: ownerDepartment === null ? ('unassigned' as const) : ('unsigned' as const),
    complexity: terms.usual,
    opened_at: from,
    sign_due_at: await duty('sign', limits.days(terms.sign)),
    contact_due_at: await duty('contact', limits.days(terms.contact)),
    due_at: await duty('answer', limits.days(usual)),
  };
  const added = await insertOrder(tx, cityCode, order, at);
  if (added) {
    await updateOrder(tx, cityCode, { orderId, at, change: {} });
    await tell(tx, actor, {
      orderId,
      number,
      what: 'opened',
      at,
      detail: { kind, department: ownerDepartment },
    });
    await emit(tx, orderOpened, { cityCode, orderId });
  }
  const row = await findBySource(tx, cityCode, { kind, sourceId });
  return { order: present(row, 'the order was just added, or stood already'), isNew: added };
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
  const byId = actor.kind === 'user' || actor.kind === 'key' ? actor.id : actor.kind;
  const eventNo = await insertEvent(tx, cityCode, orderId, {
    what,
    by_id: byId,
    by_name: name,
    at,
    note,
    detail,
  });
  if (TOLD.has(what)) await emit(tx, orderMoved, { cityCode, orderId, what, eventNo, by: byId });
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
