import { z } from 'zod';
import { GRADES, PERIOD_STATES } from '../../kernel/assessment.ts';

/** One person's line of the pay sheet (contract §3). */
export const payLineSchema = z.object({
  staff_no: z.string(),
  name: z.string(),
  month: z.string(),
  grade: z.enum(GRADES).nullable(),
  amount_fen: z.number().int(),
  /** held back while an appeal of the month is open */
  held: z.boolean(),
  reason: z.string(),
  state: z.enum(PERIOD_STATES),
});

export type PayLine = z.infer<typeof payLineSchema>;
