import { z } from 'zod';
import { ORDER_KINDS, ORDER_STATES } from './order.ts';

/** GET /admin/api/work-orders/overview: how the open orders within the reader's scope stand. */
export const overviewQuery = z.object({
  kind: z.enum(ORDER_KINDS).optional(),
  lang: z.string().max(10).optional(),
});
export type OverviewQuery = z.output<typeof overviewQuery>;

const count = z.number().int();
const cards = z.object({ open: count, yellow: count, red: count });

export const overviewView = cards.extend({
  supervised: count,
  states: z.array(z.object({ state: z.enum(ORDER_STATES), open: count })),
  /** by days since the opening, both ends included; the last has no end */
  ages: z.array(cards.extend({ from: count, to: count.nullable() })),
  /** the most overdue first; the code is empty while nobody answers them */
  departments: z.array(cards.extend({ code: z.string(), name: z.string().nullable(), oldestAt: z.string() })),
});
export type OrderOverview = z.infer<typeof overviewView>;
