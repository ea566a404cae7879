import { z } from 'zod';
import { IDENTITIES, PERIOD_STATES } from '../../kernel/assessment.ts';

const points = z.string().regex(/^-?\d+\.\d{2}$/);

/** GET /admin/api/months/:month/spread/:staffNo: the anonymous distribution of the identity group */
export const spreadSchema = z.object({
  month: z.string(),
  state: z.enum(PERIOD_STATES),
  identity: z.enum(IDENTITIES),
  /** how many people; null where the group is too small to say anything */
  people: z.number().int().nullable(),
  smallest_group: z.number().int(),
  /** clause of the smallest group */
  source: z.string(),
  mean: points.nullable(),
  /** the subject's own */
  total: points,
  bars: z.array(z.object({ from: points, to: points, people: z.number().int(), own: z.boolean() })),
});
export type Spread = z.infer<typeof spreadSchema>;

export const spreadParamsSchema = z.strictObject({
  month: z.string().max(20),
  staffNo: z.string().max(60),
});
