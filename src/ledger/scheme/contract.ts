import { z } from 'zod';

/** One dated value as a reader of the scheme sees it. */
export const schemeValueSchema = z.object({
  from: z.string(),
  /** with its unit: '-2.00 points', '40.00 %', '¥300.00', '5 working days' */
  text: z.string(),
  amount: z.union([z.number(), z.string()]),
  unit: z.enum(['points', 'percent', 'yuan', 'count', 'working_days', 'time', 'choice']),
  source: z.string(),
});
export type SchemeValue = z.infer<typeof schemeValueSchema>;

export const schemeLineSchema = z.object({
  /** stable name of the value inside the scheme: 'rules.daily.late', 'indicators.daily.base_points' */
  key: z.string(),
  section: z.enum([
    'total',
    'indicator',
    'deduction',
    'good_rate',
    'bonus',
    'grade',
    'quota',
    'pay',
    'award',
    'deadline',
  ]),
  /** indicator or bonus item that the value belongs to, where it belongs to one */
  part: z.string().nullable(),
  name: z.string(),
  veto: z.boolean(),
  /** the value in force on the day asked for; null when none is yet */
  current: schemeValueSchema.nullable(),
  values: z.array(schemeValueSchema),
});
export type SchemeLine = z.infer<typeof schemeLineSchema>;

/** GET /admin/api/scheme?on=YYYY-MM-DD */
export const schemeQuerySchema = z.strictObject({ on: z.string().optional(), lang: z.string().optional() });

export const schemeDocumentSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** SHA-256 of the canonical content, hex */
  hash: z.string(),
  on: z.string(),
  effective_from: z.string(),
  lines: z.array(schemeLineSchema),
});
export type SchemeDocument = z.infer<typeof schemeDocumentSchema>;
