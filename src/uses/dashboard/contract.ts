import { z } from 'zod';

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });
export type BoardRate = z.infer<typeof rate>;
const interval = z.object({ low: z.string(), high: z.string() }).nullable();
const count = z.number().int();

/** Counts of the services of some days with both rates, never one without the other. */
const counts = z.object({
  from: z.string(),
  to: z.string(),
  good_rate: rate,
  good_rate_interval: interval,
  rating_rate: rate,
  bad: count,
  excluded: count,
});
export type BoardCounts = z.infer<typeof counts>;

export const DECISIONS = ['exclusion', 'review', 'order', 'appeal', 'draft'] as const;

/** GET /admin/api/dashboard: one minute's reading, within the reader's scope. */
export const boardView = z.object({
  asOf: z.string(),
  today: counts,
  month: counts,
  before: counts,
  orders: z.object({ open: count, yellow: count, red: count, supervised: count }),
  /** of the bad ratings given this month */
  answered_rate: rate,
  satisfaction_rate: rate,
  /** tags of this month's bad ratings, the commonest first */
  causes: z.array(z.object({ code: count, zh: z.string(), en: z.string(), count })),
  decisions: z.array(z.object({ kind: z.enum(DECISIONS), count })),
  /** months that are over and not sealed, the oldest first */
  months: z.array(z.object({ month: z.string(), state: z.enum(['open', 'provisional', 'objection']) })),
  /** the last twelve months, the oldest first */
  trend: z.array(z.object({ month: z.string(), good_rate: rate, rating_rate: rate })),
});
export type Board = z.infer<typeof boardView>;

/** A number on the screen; null where it is of a few and would tell of somebody. */
const shown = count.nullable();
const place = z.object({
  code: z.string(),
  name: z.string(),
  /** nobody has rated, or so few have that nothing is told */
  state: z.enum(['shown', 'none', 'withheld']),
  good_rate: rate.nullable(),
});
export type ScreenPlace = z.infer<typeof place>;

/** GET /public/screen.json, and each word of /public/screen/events. */
export const screenView = z.object({
  cityName: z.string(),
  asOf: z.string(),
  /** days of service that the rates are of */
  period: z.object({ from: z.string(), to: z.string() }),
  leastPeople: z.number(),
  good_rate: rate.nullable(),
  good_rate_interval: interval,
  rating_rate: rate.nullable(),
  today: z.object({ ratable: shown, rated: shown }),
  orders: z.object({ open: shown, yellow: shown, red: shown }),
  answered_rate: rate.nullable(),
  satisfaction_rate: rate.nullable(),
  causes: z.array(z.object({ code: count, zh: z.string(), en: z.string(), count })),
  trend: z.array(z.object({ month: z.string(), good_rate: rate.nullable() })),
  counties: z.array(place.extend({ townships: z.array(place) })),
});
export type Screen = z.infer<typeof screenView>;
