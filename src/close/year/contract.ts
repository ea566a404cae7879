import { z } from 'zod';
import { GRADES, IDENTITIES, PERIOD_STATES } from '../../kernel/assessment.ts';

const points = z.string().regex(/^-?\d+\.\d{2}$/);
const subjectKind = z.enum(['staff', 'window', 'department']);

export const YEAR_SORTS = ['mean', 'code', 'name', 'best', 'months'] as const;
export type YearSort = (typeof YEAR_SORTS)[number];

/** GET /admin/api/years/:year */
export const yearQuerySchema = z.strictObject({
  subject: subjectKind.default('staff'),
  sort: z.enum(YEAR_SORTS).default('mean'),
  order: z.enum(['asc', 'desc']).default('desc'),
  /** part of a name or the beginning of a code */
  q: z.string().trim().max(60).optional(),
  identity: z.enum(IDENTITIES).optional(),
  result: z.enum(['excellent', 'not_excellent']).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type YearQuery = z.infer<typeof yearQuerySchema>;

export const yearParamsSchema = z.strictObject({ year: z.string().max(10) });

const quarterSchema = z.object({
  quarter: z.number().int(),
  /** sealed months of the quarter */
  months: z.number().int(),
  mean: points.nullable(),
  grade: z.enum(GRADES).nullable(),
  over_quota: z.boolean(),
  /** false while a month of the quarter may still come or change */
  final: z.boolean(),
});

/** One subject's year: only sealed months count. */
export const yearRowSchema = z.object({
  subject_kind: subjectKind,
  subject_code: z.string(),
  name: z.string(),
  department_code: z.string(),
  identity: z.enum(IDENTITIES).nullable(),
  months: z.array(
    z.object({
      month: z.string(),
      total: points,
      grade: z.enum(GRADES).nullable(),
      veto: z.boolean(),
      /** grade and veto are those without a veto that was taken back after the sealing */
      corrected: z.boolean(),
      state: z.enum(PERIOD_STATES),
    }),
  ),
  counted: z.number().int(),
  mean: points.nullable(),
  grades: z.record(z.enum(GRADES), z.number().int()),
  excellent: z.boolean().nullable(),
  reason: z.enum(['few_months', 'low_grade', 'veto', 'few_best', 'over_quota']).nullable(),
  quarters: z.array(quarterSchema).nullable(),
});
export type YearRow = z.infer<typeof yearRowSchema>;

const frame = {
  year: z.number().int(),
  /** false while a month of the year may still come or change */
  final: z.boolean(),
  months: z.array(z.object({ month: z.string(), state: z.enum(PERIOD_STATES), closed: z.boolean() })),
};

export const yearPageSchema = z.object({
  ...frame,
  /** years with results, the newest first */
  years: z.array(z.number().int()),
  groups: z.array(
    z.object({
      unit_code: z.string(),
      unit_name: z.string(),
      identity: z.enum(IDENTITIES),
      people: z.number().int(),
      places: z.number().int(),
      taken: z.number().int(),
    }),
  ),
  sources: z.object({ quarter: z.string(), year: z.string() }),
  count: z.number().int(),
  items: z.array(yearRowSchema),
  next: z.string().nullable(),
});
export type YearPage = z.infer<typeof yearPageSchema>;

/** GET /admin/api/years/:year/:kind/:code */
export const ownYearSchema = z.object({ ...frame, row: yearRowSchema });
export type OwnYear = z.infer<typeof ownYearSchema>;

export const ownYearParamsSchema = z.strictObject({
  year: z.string().max(10),
  kind: subjectKind,
  code: z.string().max(60),
});
