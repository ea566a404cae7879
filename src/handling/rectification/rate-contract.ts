import { z } from 'zod';

export const RATES_BY = ['city', 'department', 'window'] as const;
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** GET /api/v1/rectification-rates: bad ratings of these days, both included, by when they were given. */
export const ratesQuery = z.object({
  from: day,
  to: day,
  by: z.enum(RATES_BY).default('city'),
  lang: z.string().max(10).optional(),
});
export type RatesQuery = z.output<typeof ratesQuery>;

const rate = z.object({
  value: z.string().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
});

export const rateLine = z.object({
  by: z.enum(RATES_BY),
  code: z.string(),
  name: z.string(),
  /** 差评回复率: answered in time, of valid bad ratings */
  answered_rate: rate,
  /** 回访整改率: answered and called back, of valid bad ratings */
  called_back_rate: rate,
  /** 回访整改满意率: satisfied, of those reached; a second rating is the last word */
  satisfaction_rate: rate,
});
export type RateLine = z.infer<typeof rateLine>;
export const rateLines = z.array(rateLine);
