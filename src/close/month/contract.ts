import { z } from 'zod';
import { PERIOD_STATES } from '../../kernel/assessment.ts';

export const monthSchema = z.string().regex(/^\d{4}-\d{2}$/);

export const monthParamsSchema = z.strictObject({ month: z.string().max(20) });

/** One month on the month desk. */
export const monthRowSchema = z.object({
  month: monthSchema,
  state: z.enum(PERIOD_STATES),
  /** the last close; null while the month has never been closed */
  closed_at: z.string().nullable(),
  closed_by: z.string().nullable(),
  scheme_hash: z.string().nullable(),
  /** assessed subjects of the last close */
  staff: z.number().int(),
  windows: z.number().int(),
  departments: z.number().int(),
  ratable: z.number().int(),
  rated: z.number().int(),
  good: z.number().int(),
  bad: z.number().int(),
  /** bad ratings of the month that still wait for a verdict */
  pending: z.number().int(),
});
export type MonthRow = z.infer<typeof monthRowSchema>;

/** How far a month's end has come: what `publish` and `seal` answer. */
export const monthEndSchema = z.object({
  month: monthSchema,
  /** the only hall that is meant; null for all of the city */
  unit: z.string().nullable(),
  state: z.enum(PERIOD_STATES),
  published_at: z.string().nullable(),
  notice_until: z.string().nullable(),
  sealed_at: z.string().nullable(),
  waived_reason: z.string().nullable(),
});
export type MonthEnd = z.infer<typeof monthEndSchema>;

/** The hall that is meant, by its region; all of the city, unless given. */
export const unitQuerySchema = z.strictObject({ unit: z.string().max(20).optional() });

/** POST /admin/api/months/:month/seal */
export const sealSchema = z.strictObject({
  waiveNotice: z.string().max(1000).optional(),
  /** why open appeals are carried over */
  carryAppeals: z.string().max(1000).optional(),
});

/** GET /admin/api/months: newest first */
export const monthListSchema = z.object({ items: z.array(monthRowSchema) });

/** POST /admin/api/months/:month/close, and what `yiping close` prints */
export const closedMonthSchema = monthRowSchema.extend({
  /** the only hall that was closed; null for all of the city */
  unit: z.string().nullable(),
  /** entries that this close posted into the ledger; 0 when nothing was missing */
  entries_posted: z.number().int(),
  took_ms: z.number().int(),
});
export type ClosedMonth = z.infer<typeof closedMonthSchema>;
