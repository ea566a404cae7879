import type { OrderKind, OrderState } from './order.ts';

/**
 * What two people, or a verdict, have found about the matter that an order answers; shared: something else
 * has been found about the same event, and a close counts the heaviest of them.
 */
export type Found = 'charged' | 'shared' | 'charged_before' | 'cleared' | 'open';

/** What an order that has ended means for the book: a charge, or the reason why there is none. */
export const ACCOUNTS = [
  'suggestion_free',
  'contact_free',
  'rating_posted',
  'rating_void',
  'rating_pending',
  'fault_charged',
  'one_event',
  'fault_charged_before',
  'not_at_fault',
  'fault_open',
  'unanswered',
  'to_discipline',
] as const;
export type Account = (typeof ACCOUNTS)[number];

/**
 * Every path of an order ends in the book or in a stated reason why not (domain §5): suggestions and wishes
 * to be called charge nobody; a bad rating charges by its verdict, a complaint or stuck matter by what two
 * people decide, and until then nobody.
 */
export function accountOf(
  { kind, state }: { readonly kind: OrderKind; readonly state: OrderState },
  { found, toDiscipline }: { readonly found: Found; readonly toDiscipline: boolean },
): Account {
  if (kind === 'suggestion') return 'suggestion_free';
  if (kind === 'contact_request') return 'contact_free';
  if (found === 'shared') return 'one_event';
  if (kind === 'rectification') {
    if (found === 'open') return 'rating_pending';
    return found === 'cleared' ? 'rating_void' : 'rating_posted';
  }
  if (found === 'charged') return 'fault_charged';
  if (found === 'charged_before') return 'fault_charged_before';
  if (found === 'cleared') return 'not_at_fault';
  if (toDiscipline) return 'to_discipline';
  return state === 'withdrawn' ? 'unanswered' : 'fault_open';
}
