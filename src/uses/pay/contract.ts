import { z } from 'zod';
import { GRADES, PERIOD_STATES } from '../../kernel/assessment.ts';

/** One person's line of the pay sheet (contract §3). */
const payLineSchema = z.object({
  staff_no: z.string(),
  name: z.string(),
  department_code: z.string(),
  /** its name today; the code itself where the department is no longer in the register */
  department_name: z.string(),
  month: z.string(),
  /** points as decimal texts: the five indicators, the bonus, and both together */
  base_total: z.string(),
  bonus_total: z.string(),
  total: z.string(),
  grade: z.enum(GRADES).nullable(),
  amount_fen: z.number().int(),
  /** what is still to be paid, or back, since a veto was taken back after the sealing; 0 where nothing is */
  correction_fen: z.number().int(),
  /** held back while an appeal of the month is open */
  held: z.boolean(),
  reason: z.string(),
  state: z.enum(PERIOD_STATES),
});

export type PayLine = z.infer<typeof payLineSchema>;

/** A month's sheet: one line a person, by staff number. */
export const payListSchema = z.array(payLineSchema);

/** Which month's pay sheet, and as what. */
export const payQuerySchema = z.strictObject({
  month: z.string(),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.enum(['zh', 'en']).optional(),
});
