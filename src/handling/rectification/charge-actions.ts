import { voicesById } from '../../feedback/voice/index.ts';
import { type Day, day, dayOf } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { dutiesOf } from '../duty/index.ts';
import { type HeldOrder, holdOrder, isOver, KIND, tell } from '../work-order/index.ts';
import { type ChargeRow, type ChargeRule, insertCharge } from './charge-store.ts';
import { orderCharged } from './fact.ts';

const NAMES: Readonly<Record<ChargeRule, string>> = {
  'rating.not_rectified': 'late',
  'rating.follow_up_dissatisfied': 'call-back',
  'complaint.hotline_overdue': 'hotline-late',
};

/** What ends without an answer in time: a bad rating, or an order of the hotline, whatever it is about. */
async function lateRule(tx: Tx, { order }: HeldOrder): Promise<ChargeRule | undefined> {
  if (order.kind === 'rectification') return 'rating.not_rectified';
  if (order.voice_id === null) return undefined;
  const voice = (await voicesById(tx, order.city_code, [order.voice_id])).get(order.voice_id);
  return voice?.channel === '12345' ? 'complaint.hotline_overdue' : undefined;
}

interface About {
  readonly cityCode: string;
  readonly orderId: string;
}

/**
 * The answer to a bad rating, or to an order of the hotline, is overdue and isn't there: it charges from that
 * day on, whenever it is closed.
 */
export async function chargeOverdue(
  deps: Deps,
  told: { cityCode: string; matterKind: string; matterId: string; step: string },
): Promise<void> {
  const { cityCode, matterId: orderId, step } = told;
  if (told.matterKind !== KIND || step !== 'answer') return;
  const now = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const duties = (await dutiesOf(tx, cityCode, { kind: KIND, ids: [orderId] })).get(orderId) ?? [];
    const owed = duties.find((duty) => duty.step === 'answer');
    // It may have been given another limit meanwhile, or been answered; a late answer is told by itself.
    if (owed === undefined || owed.doneAt !== null || owed.redFrom > now) return;
    await charge(tx, { cityCode, orderId }, { rule: 'late', on: dayOf(owed.redFrom), now });
  });
}

/** It was answered after its time. */
export async function chargeLate(deps: Deps, { on, ...about }: About & { on: string }): Promise<void> {
  const now = deps.clock.now();
  await inTx(deps.db, (tx) => charge(tx, about, { rule: 'late', on: day(on), now }));
}

/** Whoever gave the bad rating isn't satisfied with the answer either: that charges once a rating. */
export async function chargeDissatisfied(
  deps: Deps,
  { outcome, ...about }: About & { outcome: string },
): Promise<void> {
  if (outcome !== 'dissatisfied') return;
  const now = deps.clock.now();
  await inTx(deps.db, (tx) =>
    charge(tx, about, { rule: 'rating.follow_up_dissatisfied', on: dayOf(now), now }),
  );
}

async function charge(
  tx: Tx,
  { cityCode, orderId }: About,
  { rule: asked, on, now }: { rule: 'late' | 'rating.follow_up_dissatisfied'; on: Day; now: Date },
): Promise<void> {
  const actor = systemActor(cityCode, 'rectification');
  const held = await holdOrder(tx, actor, orderId);
  if (held === undefined) return;
  const late = await lateRule(tx, held);
  const rule = asked === 'late' ? late : asked;
  if (rule === undefined || (rule !== late && late !== 'rating.not_rectified')) return;
  // An order that ended by an exclusion charges nobody; one that ended otherwise still does.
  if (isOver(held.order.state) && held.events.some(({ what }) => what === 'excluded')) return;
  const { number, project_no } = held.order;
  const subject = await subjectOf(tx, cityCode, held);
  const row: ChargeRow = {
    order_id: orderId,
    rule,
    charge_id: `${number}/${NAMES[rule]}`,
    project_no,
    subject_kind: subject?.kind ?? null,
    subject_code: subject?.code ?? null,
    occurred_on: on,
    recorded_at: now,
    waived: subject === null ? 'unassigned' : null,
  };
  if (!(await insertCharge(tx, cityCode, row))) return;
  const detail = { rule, subject: subject?.code ?? null, on };
  await tell(tx, actor, {
    orderId,
    number,
    what: subject === null ? 'not_charged' : 'charged',
    at: now,
    detail,
  });
  if (subject !== null) await emit(tx, orderCharged, { cityCode, months: [monthOf(on)] });
}

/**
 * Whom it charges: the window that served, as long as its own department answers for it; else the department
 * that does. Nobody while no department has the order.
 */
async function subjectOf(
  tx: Tx,
  cityCode: string,
  { order: { owner_department: owner, window_code: window } }: HeldOrder,
): Promise<{ kind: 'window' | 'department'; code: string } | null> {
  if (owner === null) return null;
  const known = window === null ? undefined : (await windowsByCode(tx, cityCode, [window])).get(window);
  if (known !== undefined && known.department_code === owner) return { kind: 'window', code: known.code };
  return { kind: 'department', code: owner };
}
