import type { Day } from '../../kernel/day.ts';

/** Why somebody is called: what an order answers, or the weekly sample. */
export const CALL_SOURCES = [
  'bad_rating',
  'stuck_matter',
  'complaint',
  'suggestion',
  'contact_request',
  'sample',
] as const;
export type CallSource = (typeof CALL_SOURCES)[number];

export const CALL_OUTCOMES = ['reached', 'no_answer', 'refused', 'wrong_number'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** How a call-back ended: by a call, or because the person has said on the page what there was to ask. */
export const CALL_ENDS = [...CALL_OUTCOMES, 'unneeded'] as const;
export type CallEnding = (typeof CALL_ENDS)[number];

export interface AttemptRule {
  /** attempts after which a call-back ends by itself */
  readonly most: number;
  /** days over which they are spread at least */
  readonly days: number;
}

export type Judged =
  | { readonly kind: 'goes_on' }
  | { readonly kind: 'ends' }
  /** the attempts left would no longer reach the days asked for */
  | { readonly kind: 'another_day' };

/** What one more attempt today makes of a call-back with attempts on these days; an answer always ends it. */
export function judgeAttempt(
  outcome: CallOutcome,
  days: readonly string[],
  today: Day,
  rule: AttemptRule,
): Judged {
  if (outcome !== 'no_answer') return { kind: 'ends' };
  const left = rule.most - days.length - 1;
  const spread = new Set([...days, today]).size;
  if (spread + left < rule.days) return { kind: 'another_day' };
  return { kind: left > 0 ? 'goes_on' : 'ends' };
}

/** The number that people know a call-back by, such as HF2026-000001. */
export function callNumber(on: Day, count: number): string {
  return `HF${on.slice(0, 4)}-${String(count).padStart(6, '0')}`;
}
