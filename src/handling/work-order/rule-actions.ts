import type { Actor, Permission, UserActor } from '../../oversight/access/index.ts';
import type { Tx } from '../../platform/db.ts';
import type { Step, StepForm } from './contract.ts';
import { KIND } from './fact.ts';
import type { Limits, OrderState } from './order.ts';
import type { OrderChange, OrderRow } from './store.ts';

/** What a step works with: the held order, who takes it, when, and the limits that hold. */
export interface At {
  readonly tx: Tx;
  readonly actor: UserActor;
  readonly order: OrderRow;
  readonly at: Date;
  readonly limits: Limits;
}

/** What whoever spoke may do as well, without an account. */
export type ByAnybody = Omit<At, 'actor'> & { readonly actor: Actor };

export interface Done {
  readonly change?: OrderChange;
  readonly note?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** what the story calls it, where the step's own name doesn't say it */
  readonly what?: string;
}

export interface Rule<S extends Step> {
  readonly permission: Permission;
  readonly from: readonly OrderState[];
  /** only the department that answers */
  readonly owner?: boolean;
  /** only a department that is asked for its part, which answers nothing else of the order */
  readonly part?: boolean;
  take(at: At, form: StepForm<S>): Promise<Done> | Done;
}

export const matterOf = (order: OrderRow) => ({ kind: KIND, id: order.order_id, number: order.number });
