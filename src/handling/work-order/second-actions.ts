import { Refusal } from '../../kernel/refusal.ts';
import { isSelf } from '../../oversight/access/index.ts';
import { finishDuty, secondLookUntil } from '../duty/index.ts';
import type { StepForm } from './contract.ts';
import './second-contract.ts';
import { type At, type Done, matterOf, type Rule } from './rule-actions.ts';
import { type EventRow, findEvents } from './store.ts';

/** A closing that was sent back is heard once more, by the supervisor, if its department appeals. */
export const SECOND_RULES: { readonly 'appeal-closing': Rule<'appeal-closing'> } = {
  'appeal-closing': { permission: 'order.handle', from: ['handling'], owner: true, take: appealClosing },
};

type Told = Pick<EventRow, 'what'>;

/** Whether the last word about an answer is that it was sent back, and nobody has appealed before. */
export function mayAppeal(events: readonly Told[]): boolean {
  const words = events.filter(({ what }) => ['answered', 'sent_back', 'approved'].includes(what));
  return words.at(-1)?.what === 'sent_back' && !events.some(({ what }) => what === 'closing_appealed');
}

async function appealClosing(given: At, { note }: StepForm<'appeal-closing'>): Promise<Done> {
  const { tx, actor, order, at } = given;
  const { cityCode } = actor;
  const events = await findEvents(tx, cityCode, order.order_id);
  if (events.some(({ what }) => what === 'closing_appealed')) throw new Refusal('order.appealed_before');
  const back = events.findLast(({ what }) => what === 'sent_back');
  const answer = events.findLast(({ what }) => what === 'answered');
  if (back === undefined || answer === undefined || !mayAppeal(events)) {
    throw new Refusal('order.not_sent_back');
  }
  const { last, late } = secondLookUntil(back.at);
  if (at >= late) throw new Refusal('order.appeal_late', { until: last });
  await finishDuty(tx, { cityCode, matter: matterOf(order), step: 'answer', at, by: actor.name });
  const change = { state: 'approval', answered_at: answer.at, answered_by: answer.by_id } as const;
  return { change, note, what: 'closing_appealed' };
}

/**
 * What was appealed is heard by the supervisor, and by nobody who sent it back or appealed.
 * @throws Refusal `order.supervisor_only`, `order.took_part`
 */
export async function refuseSecond({ tx, actor, order }: At): Promise<void> {
  const events = await findEvents(tx, actor.cityCode, order.order_id);
  const words = events.filter(({ what }) => ['answered', 'closing_appealed'].includes(what));
  if (words.at(-1)?.what !== 'closing_appealed') return;
  if (!actor.permissions.has('order.assign')) throw new Refusal('order.supervisor_only');
  const took = events.filter(({ what }) => ['sent_back', 'closing_appealed'].includes(what));
  if (took.some(({ by_id: id }) => isSelf(actor, id))) throw new Refusal('order.took_part');
}
