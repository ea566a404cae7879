import { describe, expect, it } from 'vitest';
import { ACCOUNTS, accountOf, type Found } from './account.ts';
import { ORDER_KINDS, type OrderKind } from './order.ts';

const FOUND: readonly Found[] = ['charged', 'shared', 'charged_before', 'cleared', 'open'];
const ENDS = [
  { state: 'closed', toDiscipline: false },
  { state: 'withdrawn', toDiscipline: false },
  { state: 'withdrawn', toDiscipline: true },
] as const;

/** What stands for every way in which an order of the kind can end, by what was found. */
const EXPECTED: Readonly<Record<OrderKind, Readonly<Record<Found, readonly string[]>>>> = {
  rectification: {
    charged: ['rating_posted', 'rating_posted', 'rating_posted'],
    shared: ['one_event', 'one_event', 'one_event'],
    charged_before: ['rating_posted', 'rating_posted', 'rating_posted'],
    cleared: ['rating_void', 'rating_void', 'rating_void'],
    open: ['rating_pending', 'rating_pending', 'rating_pending'],
  },
  stuck_matter: judged(),
  complaint: judged(),
  suggestion: always('suggestion_free'),
  contact_request: always('contact_free'),
};

function judged(): Record<Found, readonly string[]> {
  return {
    charged: ['fault_charged', 'fault_charged', 'fault_charged'],
    shared: ['one_event', 'one_event', 'one_event'],
    charged_before: ['fault_charged_before', 'fault_charged_before', 'fault_charged_before'],
    cleared: ['not_at_fault', 'not_at_fault', 'not_at_fault'],
    open: ['fault_open', 'unanswered', 'to_discipline'],
  };
}

function always(account: string): Record<Found, readonly string[]> {
  const all = ENDS.map(() => account);
  return { charged: all, shared: all, charged_before: all, cleared: all, open: all };
}

describe('an order that has ended', () => {
  it.each(ORDER_KINDS)('of kind %s charges, or says why not, whatever its end', (kind) => {
    for (const found of FOUND) {
      const stated = ENDS.map(({ state, toDiscipline }) =>
        accountOf({ kind, state }, { found, toDiscipline }),
      );
      expect([found, stated]).toEqual([found, EXPECTED[kind][found]]);
    }
  });

  it('uses every account that there is', () => {
    const used = Object.values(EXPECTED).flatMap((one) => Object.values(one).flat());
    expect(new Set(used)).toEqual(new Set(ACCOUNTS));
  });
});
