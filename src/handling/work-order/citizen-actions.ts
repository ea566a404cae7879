import { addDays, dayOf, startOfDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { publicActor } from '../../oversight/access/index.ts';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import './citizen-contract.ts';
import { type LimitsOf, tell } from './open-actions.ts';
import type { OrderKind, OrderState } from './order.ts';
import type { Done } from './rule-actions.ts';
import { callBack } from './step-actions.ts';
import { type EventRow, findBySource, findEvents, lockOrder, type OrderRow, updateOrder } from './store.ts';

/** What somebody thinks of an answer. */
export type Word = 'satisfied' | 'dissatisfied';

/** How a voice is answered, as whoever spoke may read it: no names, no notes among ourselves. */
export interface Story {
  readonly state: OrderState;
  readonly ownerDepartment: string | null;
  readonly openedAt: Date;
  readonly contactDueAt: Date;
  readonly dueAt: Date;
  readonly signedAt: Date | null;
  readonly contactedAt: Date | null;
  /** since it was given more time */
  readonly extendedAt: Date | null;
  /** the answer as it was approved */
  readonly answer: { readonly text: string; readonly at: Date } | null;
  readonly word: Word | null;
  readonly reopened: boolean;
  readonly closedAt: Date | null;
  /** it ended without a call, since nobody may be called */
  readonly uncalled: boolean;
}

interface Source {
  readonly cityCode: string;
  readonly kind: OrderKind;
  readonly sourceId: string;
}

/** The story of the order that answers something; undefined where nothing has to be answered. */
export async function storyOf(reader: Reader, source: Source): Promise<Story | undefined> {
  const order = await findBySource(reader, source.cityCode, source);
  if (order === undefined) return undefined;
  const events = await findEvents(reader, source.cityCode, order.order_id);
  return {
    state: order.state,
    ownerDepartment: order.owner_department,
    openedAt: order.opened_at,
    contactDueAt: order.contact_due_at,
    dueAt: order.due_at,
    signedAt: order.signed_at,
    contactedAt: order.contacted_at,
    extendedAt: events.findLast(({ what }) => what === 'extension_approved')?.at ?? null,
    answer: answerIn(events),
    word: wordIn(events),
    reopened: order.reopened > 0,
    closedAt: order.closed_at,
    uncalled: order.state === 'closed' && events.some(({ what }) => what === 'closed_uncalled'),
  };
}

/** The last answer that was approved, in the words that were. */
function answerIn(events: readonly EventRow[]): { text: string; at: Date } | null {
  const approved = events.findLast(({ what }) => what === 'approved');
  if (approved === undefined) return null;
  const given = events.findLast(({ what, event_no: no }) => what === 'answered' && no < approved.event_no);
  return given?.note ? { text: given.note, at: approved.at } : null;
}

/** What was said of the last answer, on the page or at the call. */
function wordIn(events: readonly EventRow[]): Word | null {
  const approved = events.findLast(({ what }) => what === 'approved')?.event_no ?? 0;
  const said = events.find(({ event_no: no, detail }) => no > approved && isWord(detail?.outcome));
  return (said?.detail?.outcome as Word | undefined) ?? null;
}

function isWord(outcome: unknown): outcome is Word {
  return outcome === 'satisfied' || outcome === 'dissatisfied';
}

/** The instant after which a word comes too late. */
export function wordUntil(answeredAt: Date, days: number): Date {
  return startOfDay(addDays(dayOf(answeredAt), days + 1));
}

/**
 * Takes what the person thinks of the answer: satisfied ends the order, dissatisfied has it handled once
 * more, also where the call reached nobody meanwhile.
 *
 * @throws Refusal `word.withdrawn`, `word.not_answered`, `word.given`, `word.too_late`
 */
export async function takeWord(
  deps: Deps,
  source: Source,
  given: { word: Word; note: string; days: number; limitsOf: LimitsOf },
): Promise<void> {
  const { cityCode } = source;
  const at = deps.clock.now();
  const actor = publicActor(cityCode);
  await inTx(deps.db, async (tx) => {
    const found = await findBySource(tx, cityCode, source);
    const order = found && (await lockOrder(tx, actor.scope, found.order_id));
    if (order === undefined) throw new Refusal('word.not_answered');
    const events = await findEvents(tx, cityCode, order.order_id);
    refuseWord(order, events, { at, days: given.days });
    const limits = await given.limitsOf(tx, cityCode, at);
    const { word: outcome, note } = given;
    // Closed by a call that reached nobody: only a complaint about the answer changes that, once.
    const noted = order.state === 'closed' && (outcome === 'satisfied' || order.reopened > 0);
    const done: Done = noted
      ? { what: 'called_back', detail: { outcome } }
      : await callBack({ tx, actor, order, at, limits }, { outcome, note });
    await updateOrder(tx, cityCode, { orderId: order.order_id, at, change: done.change ?? {} });
    await tell(tx, actor, {
      orderId: order.order_id,
      number: order.number,
      what: done.what ?? 'called_back',
      at,
      note: note === '' ? null : note,
      detail: { ...done.detail, by: 'citizen' },
    });
  });
}

function refuseWord(
  order: OrderRow,
  events: readonly EventRow[],
  { at, days }: { at: Date; days: number },
): void {
  if (order.state === 'withdrawn') throw new Refusal('word.withdrawn');
  const answer = answerIn(events);
  const answered = order.state === 'call_back' || order.state === 'closed';
  if (answer === null || !answered) throw new Refusal('word.not_answered');
  if (wordIn(events) !== null) throw new Refusal('word.given');
  const until = wordUntil(answer.at, days);
  if (at >= until) throw new Refusal('word.too_late', { until: addDays(dayOf(until), -1) });
}
