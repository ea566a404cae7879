import { z } from 'zod';
import { GRADES, IDENTITIES } from '../../kernel/assessment.ts';

export const WHAT_IF_SORTS = ['shift', 'code', 'name', 'before', 'after', 'pay'] as const;
export type WhatIfSort = (typeof WHAT_IF_SORTS)[number];

/** GET /admin/api/scheme/drafts/:id/what-if */
export const whatIfQuerySchema = z.strictObject({
  month: z.string().max(20),
  subject: z.enum(['staff', 'window', 'department']).default('staff'),
  /** the day whose values are tried: the draft's first, unless it holds later ones too */
  on: z.string().max(20).optional(),
  sort: z.enum(WHAT_IF_SORTS).default('shift'),
  order: z.enum(['asc', 'desc']).default('asc'),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type WhatIfQuery = z.infer<typeof whatIfQuerySchema>;

export const whatIfParamsSchema = z.strictObject({ id: z.uuid() });

const points = z.string().regex(/^[+-]?\d+\.\d{2}$/);

const sideSchema = z.object({
  total: points,
  grade: z.enum(GRADES).nullable(),
  veto: z.boolean(),
  /** in fen; null where pay doesn't float */
  pay_fen: z.number().int().nullable(),
});

/** A subject that the draft would move: its points, grade or pay. */
export const whatIfRowSchema = z.object({
  subject_code: z.string(),
  name: z.string(),
  identity: z.enum(IDENTITIES).nullable(),
  department_code: z.string(),
  before: sideSchema,
  after: sideSchema,
  shift: points,
});
export type WhatIfRow = z.infer<typeof whatIfRowSchema>;

export const whatIfSummarySchema = z.object({
  /** subjects of the kind assessed in the month */
  assessed: z.number().int(),
  /** those whose points, grade or pay would change */
  moved: z.number().int(),
  up: z.number().int(),
  down: z.number().int(),
  /** over all assessed */
  mean_shift: points,
  largest_rise: points,
  largest_fall: points,
  grades: z.array(z.object({ from: z.enum(GRADES), to: z.enum(GRADES), count: z.number().int() })),
  grade_changes: z.number().int(),
  pay: z.object({
    people: z.number().int(),
    before_fen: z.number().int(),
    after_fen: z.number().int(),
    difference_fen: z.number().int(),
  }),
});
export type WhatIfSummary = z.infer<typeof whatIfSummarySchema>;

export const whatIfSchema = z.object({
  month: z.string(),
  subject: z.enum(['staff', 'window', 'department']),
  on: z.string(),
  title: z.string(),
  took_ms: z.number().int(),
  summary: whatIfSummarySchema,
  items: z.array(whatIfRowSchema),
});
export type WhatIf = z.infer<typeof whatIfSchema>;
