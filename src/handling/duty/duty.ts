import type { Card } from '../../kernel/deadline.ts';
import { cardAt } from '../../kernel/deadline.ts';

/** Who owes a step: a department, the assessment office, or one person's account. */
export type DutyOwner =
  | { readonly kind: 'department'; readonly code: string }
  | { readonly kind: 'office'; readonly code: string }
  | { readonly kind: 'account'; readonly code: string };

/** What a step belongs to. */
export interface Matter {
  readonly kind: string;
  readonly id: string;
  /** the number under which people know it */
  readonly number: string;
}

/** One step of a matter with its limit. */
export interface Duty {
  readonly matter: Matter;
  readonly step: string;
  readonly owner: DutyOwner;
  /** working days of the limit */
  readonly days: number;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly yellowFrom: Date;
  readonly redFrom: Date;
  readonly doneAt: Date | null;
  /** since when its clock stands still */
  readonly pausedAt: Date | null;
}

/** The card that a duty shows: none once it is done in time, red for ever when it was done too late. */
export function dutyCard(duty: Pick<Duty, 'yellowFrom' | 'redFrom' | 'doneAt'>, now: Date): Card {
  if (duty.doneAt !== null) return duty.doneAt >= duty.redFrom ? 'red' : 'none';
  return cardAt(duty, now);
}
