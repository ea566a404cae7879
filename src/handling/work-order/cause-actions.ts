import { deskRules, type Listed } from '../../feedback/stuck-matter/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { OrderKind } from './order.ts';

/** Whether an order of the kind is answered with what it was due to (domain §4: root-cause summary). */
function hasCause(kind: OrderKind): boolean {
  return kind === 'stuck_matter';
}

/** The causes to choose from on the day; none for other kinds of order. */
export function causesOf(kind: OrderKind, at: Date): readonly Listed[] {
  return hasCause(kind) ? deskRules(dayOf(at)).causes : [];
}

/** @throws Refusal `order.no_cause`, `order.unknown_cause` */
export function requireCause(kind: OrderKind, cause: string | undefined, at: Date): void {
  const field = { field: 'cause' };
  if (hasCause(kind) && cause === undefined) throw new Refusal('order.no_cause', {}, field);
  if (cause === undefined) return;
  if (!causesOf(kind, at).some(({ code }) => code === cause)) {
    throw new Refusal('order.unknown_cause', {}, field);
  }
}
