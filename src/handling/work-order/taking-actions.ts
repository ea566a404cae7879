import { Refusal } from '../../kernel/refusal.ts';
import {
  type Actor,
  isConcerned,
  isSelf,
  type Permission,
  requirePermission,
  systemActor,
  type UserActor,
} from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Step, StepForm } from './contract.ts';
import { KIND } from './fact.ts';
import { type LimitsOf, tell } from './open-actions.ts';
import type { PartRow } from './part-store.ts';
import type { Rule } from './rule-actions.ts';
import { RULES } from './step-actions.ts';
import { findEvents, lockOrder, lockReachable, type OrderRow, updateOrder } from './store.ts';

/**
 * Takes a step of an order. Of two at once the second is told how the order stands meanwhile.
 *
 * @throws Refusal `order.unknown`, `order.wrong_state`, `order.not_owner`, `order.own_matter` and what the
 * step itself refuses
 */
export async function takeStep<S extends Step>(
  deps: Deps,
  actor: Actor,
  { orderId, step, form, limitsOf }: { orderId: string; step: S; form: StepForm<S>; limitsOf: LimitsOf },
): Promise<void> {
  const rule: Rule<S> = RULES[step];
  requirePermission(actor, rule.permission);
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const at = deps.clock.now();
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const order = await lockReachable(tx, actor.scope, orderId);
    if (order === undefined) throw new Refusal('order.unknown');
    const barred = barrier(actor, order, rule);
    if (barred !== undefined) {
      throw new Refusal(barred, barred === 'order.wrong_state' ? { state: order.state } : {});
    }
    const limits = await limitsOf(tx, cityCode, at);
    const {
      change = {},
      note,
      detail,
      what = step,
    } = await rule.take({ tx, actor, order, at, limits }, form);
    await updateOrder(tx, cityCode, { orderId, at, change });
    await tell(tx, actor, {
      orderId,
      number: order.number,
      what,
      at,
      note: note ?? null,
      detail: detail ?? null,
    });
  });
}

type AnyRule = Pick<Rule<Step>, 'permission' | 'from' | 'owner' | 'part'>;

/** Why somebody can't take a step of the order as it stands; undefined when nothing is in the way. */
function barrier(actor: UserActor, order: OrderRow, rule: AnyRule): string | undefined {
  if (isConcerned(actor, order.concerned_staff)) return 'order.own_matter';
  const { departmentCode } = actor.scope;
  const elsewhere = departmentCode !== order.owner_department;
  // Whoever has a part sees the whole, and takes no step of it.
  if ((rule.owner || (departmentCode !== undefined && !rule.part)) && elsewhere) return 'order.not_owner';
  return rule.from.includes(order.state) ? undefined : 'order.wrong_state';
}

/**
 * Notes that a step of an order is overdue and puts the order under supervision; other matters are left
 * alone, and a repeat notes nothing more.
 */
export async function escalateOrder(
  deps: Deps,
  told: { cityCode: string; matterKind: string; matterId: string; step: string },
): Promise<void> {
  if (told.matterKind !== KIND) return;
  const { cityCode, matterId: orderId, step } = told;
  const at = deps.clock.now();
  const actor = systemActor(cityCode, 'clock');
  await inTx(deps.db, async (tx) => {
    const order = await lockOrder(tx, actor.scope, orderId);
    const events = await findEvents(tx, cityCode, orderId);
    // What was given more time meanwhile is another matter: it may be overdue again, and is told again.
    const since = events.findLast(({ detail }) => detail?.dueAt !== undefined)?.event_no ?? 0;
    const known = events.some(
      ({ event_no: no, what, detail }) => no > since && what === 'overdue' && detail?.step === step,
    );
    if (order === undefined || known) return;
    await updateOrder(tx, cityCode, { orderId, at, change: { supervised: true } });
    await tell(tx, actor, { orderId, number: order.number, what: 'overdue', at, detail: { step } });
  });
}

/** What of an order's story decides which steps are open. */
interface Standing {
  readonly extensionAsked: boolean;
  readonly parts: readonly PartRow[];
  readonly appealable: boolean;
}

/** The steps that somebody could take now, for the screen to offer. */
export function stepsOpenTo(
  actor: Actor,
  order: OrderRow,
  { extensionAsked, parts, appealable }: Standing,
): Step[] {
  if (actor.kind !== 'user') return [];
  const asked = parts.filter(({ state }) => state === 'asked');
  const own = asked.some(({ department_code: code }) => code === actor.scope.departmentCode);
  const idle: ReadonlySet<Step> = new Set([
    ...(own ? [] : (['answer-part', 'return-part'] as const)),
    ...(asked.length > 0 ? [] : (['waive-part'] as const)),
    ...(appealable ? [] : (['appeal-closing'] as const)),
    ...(extensionAsked ? [] : (['decide-extension'] as const)),
    ...(extensionAsked || order.extended > 0 ? (['ask-extension'] as const) : []),
    ...(isSelf(actor, order.answered_by) ? (['approve'] as const) : []),
    ...(order.supervised ? (['supervise'] as const) : []),
  ]);
  return (Object.keys(RULES) as Step[]).filter((step) => {
    const rule: AnyRule = RULES[step];
    const open = actor.permissions.has(rule.permission) && !idle.has(step);
    return open && barrier(actor, order, rule) === undefined;
  });
}

/** What a step asks of whoever takes it. */
export function permissionOf(step: Step): Permission {
  return RULES[step].permission;
}
