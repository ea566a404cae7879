import { z } from 'zod';
import { PERIOD_STATES } from '../../kernel/assessment.ts';
import { monthRowSchema } from './contract.ts';

/** The steps of a month's end, in their order (domain §5: the calendar of a month). */
export const DESK_STEPS = ['collect', 'check', 'close', 'notice', 'seal'] as const;

/** What a month's end may still wait for. */
export const MISSING = [
  'unverified_ratings',
  'open_corrections',
  'open_complaints',
  'unconfirmed_findings',
  'unconfirmed_merits',
  'services_without_clerk',
  'clerks_without_posting',
  'open_appeals',
] as const;

/**
 * GET /admin/api/months/:month/desk: how far the month's end is, what is missing, who does what until when
 */
export const deskSchema = z.object({
  month: monthRowSchema,
  /** the only hall that is shown; null for all of the city */
  unit: z.string().nullable(),
  /** the halls that the month's last close found, and how far each has come */
  units: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      state: z.enum(PERIOD_STATES),
      staff: z.number().int(),
      windows: z.number().int(),
      departments: z.number().int(),
      closed_at: z.string().nullable(),
      notice_until: z.string().nullable(),
      sealed_at: z.string().nullable(),
    }),
  ),
  /** the month is not over: it can be closed to see where it stands, and no more */
  running: z.boolean(),
  steps: z.array(
    z.object({
      step: z.enum(DESK_STEPS),
      state: z.enum(['done', 'current', 'later']),
      done_at: z.string().nullable(),
      done_by: z.string().nullable(),
      /** end of the limit; null where it depends on a step that is not done */
      until: z.string().nullable(),
      late: z.boolean(),
      /** where the limit stands in the rules */
      source: z.string().nullable(),
    }),
  ),
  missing: z.array(
    z.object({
      kind: z.enum(MISSING),
      count: z.number().int(),
      /** the month can't be sealed while there is one, except with a reason */
      holds: z.boolean(),
    }),
  ),
  /** why the notice was cut short */
  waived_reason: z.string().nullable(),
  /** whether sealing now needs a reason: the notice has not run its time */
  needs_waiver: z.boolean(),
  /** the days from the month's end to the end of the notice */
  days: z.array(z.object({ day: z.string(), work: z.boolean() })),
});
export type Desk = z.infer<typeof deskSchema>;
