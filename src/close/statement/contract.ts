import { z } from 'zod';
import {
  ENTRY_KINDS,
  GRADES,
  INDICATORS,
  LINE_KINDS,
  PERIOD_STATES,
  SCORE_FLAGS,
} from '../../kernel/assessment.ts';

export const subjectKindSchema = z.enum(['staff', 'window', 'department']);

/** Points as a decimal text with two digits: '94.71', '-2.00'. */
export const pointsTextSchema = z.string().regex(/^-?\d+\.\d{2}$/);

const indicatorPoints = z.object({
  stationing: pointsTextSchema,
  daily: pointsTextSchema,
  case: pointsTextSchema,
  rating: pointsTextSchema,
  complaint: pointsTextSchema,
} satisfies Record<(typeof INDICATORS)[number], typeof pointsTextSchema>);

export const countsSchema = z.object({
  ratable: z.number().int(),
  rated: z.number().int(),
  good: z.number().int(),
  /** includes bad ratings without a verdict */
  bad: z.number().int(),
});

/** Never without numerator and denominator; null where nothing was counted. */
const rateSchema = z.object({
  value: z.string().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
});

/** One subject's score of a month (contract §3). */
export const scoreSchema = z.object({
  subject_kind: subjectKindSchema,
  subject_code: z.string(),
  name: z.string(),
  month: z.string(),
  base_total: pointsTextSchema,
  bonus_total: pointsTextSchema.nullable(),
  total: pointsTextSchema,
  grade: z.enum(GRADES).nullable(),
  veto: z.boolean(),
  flags: z.array(z.enum(SCORE_FLAGS)),
  indicators: indicatorPoints,
  bonus: z.record(z.string(), pointsTextSchema),
  counts: countsSchema,
  /** services done within the promised working days, of those whose record has a promise */
  on_time: rateSchema,
  /** call-backs of the month whose person was satisfied, of those that reached somebody */
  call_back: rateSchema,
  state: z.enum(PERIOD_STATES),
});
export type Score = z.infer<typeof scoreSchema>;

export const SCORE_SORTS = [
  'total',
  'code',
  'name',
  'base_total',
  'bonus_total',
  ...INDICATORS,
  'bad',
] as const;
export type ScoreSort = (typeof SCORE_SORTS)[number];

/** GET /admin/api/scores */
export const scoreQuerySchema = z.strictObject({
  month: z.string().max(20),
  subject: subjectKindSchema.default('staff'),
  sort: z.enum(SCORE_SORTS).default('total'),
  order: z.enum(['asc', 'desc']).default('desc'),
  /** part of a name or the beginning of a code */
  q: z.string().trim().max(60).optional(),
  grade: z.enum(GRADES).optional(),
  flag: z.enum(SCORE_FLAGS).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().optional(),
});
export type ScoreQuery = z.infer<typeof scoreQuerySchema>;

export const scorePageSchema = z.object({
  month: z.string(),
  state: z.enum(PERIOD_STATES),
  closed_at: z.string(),
  /** how many subjects match, over all pages */
  count: z.number().int(),
  items: z.array(scoreSchema),
  next: z.string().nullable(),
});
export type ScorePage = z.infer<typeof scorePageSchema>;

/** GET /api/v1/scores */
export const publicScoreQuerySchema = z.strictObject({
  month: z.string().max(20),
  subject: subjectKindSchema.default('staff'),
  lang: z.string().optional(),
});

/** The scheme's value that a line rests on: what it is, since when, and which clause says so. */
export const lineRuleSchema = z.object({
  code: z.string(),
  name: z.string(),
  value: z.string(),
  from: z.string(),
  source: z.string(),
  scheme_hash: z.string(),
});

/** Where a ledger entry comes from: the receipt behind the points. Never says who rated. */
export const lineFactSchema = z.object({
  kind: z.enum(['finding', 'merit', 'complaint', 'rating', 'appeal', 'record', 'order']),
  /** finding, merit or complaint id; record number of a rating. Hidden from the rated clerk: null */
  id: z.string().nullable(),
  occurred_on: z.string(),
  project_no: z.string().nullable(),
  evidence: z.string().nullable(),
  recorded_by: z.string().nullable(),
  confirmed_by: z.string().nullable(),
  rating: z
    .object({
      satisfaction: z.number().int(),
      tags: z.array(z.number().int()),
      verdict: z.string().nullable(),
      service_number: z.number().int().nullable(),
    })
    .nullable(),
});

export const lineSchema = z.object({
  no: z.number().int(),
  /** indicator, bonus item or 'total' */
  part: z.string(),
  kind: z.enum(LINE_KINDS),
  points: pointsTextSchema,
  /** what the line says, in the reader's language */
  text: z.string(),
  rule: lineRuleSchema.nullable(),
  entry_id: z.string().nullable(),
  entry_kind: z.enum(ENTRY_KINDS).nullable(),
  quantity: z.number().int().nullable(),
  recorded_at: z.string().nullable(),
  fact: lineFactSchema.nullable(),
  /** the entry that this line speaks of or gives way to */
  other_entry_id: z.string().nullable(),
  /** names the line also after the month is closed anew; null for what isn't counted yet */
  key: z.string().nullable(),
  /** whether the reader could appeal against it now */
  may_appeal: z.boolean(),
  /** the appeal that stands against it */
  appeal: z.object({ id: z.string(), number: z.string(), state: z.string() }).nullable(),
});
export type StatementLine = z.infer<typeof lineSchema>;

export const partSchema = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['indicator', 'bonus']),
  points: pointsTextSchema,
  highest: pointsTextSchema,
});

/** What decides between equal totals: what it is, and what the subject has of it; null where it has none. */
export const tieBreakerSchema = z.object({
  code: z.string(),
  name: z.string(),
  value: z.string().nullable(),
});
export type TieBreaker = z.infer<typeof tieBreakerSchema>;

/** The complete derivation of one total: the points of `lines` add up to `total`. */
export const derivationSchema = scoreSchema.extend({
  closed_at: z.string(),
  scheme_hash: z.string(),
  scheme_name: z.string(),
  excluded: z.number().int(),
  /** last instant at which lines can be appealed; null while no limit runs yet */
  appeal_until: z.string().nullable(),
  /** why the public notice was cut short: printed on every statement of the month */
  waived_reason: z.string().nullable(),
  parts: z.array(partSchema),
  /** in the scheme's order; none for windows and departments, which aren't graded */
  tie_breakers: z.array(tieBreakerSchema),
  lines: z.array(lineSchema),
  /** deductions that wait for a verdict: shown, not counted */
  pending: z.array(lineSchema),
});
export type Derivation = z.infer<typeof derivationSchema>;

/** GET /admin/api/scores/:month/:kind/:code */
export const derivationParamsSchema = z.strictObject({
  month: z.string().max(20),
  kind: subjectKindSchema,
  code: z.string().max(60),
});

export const langQuerySchema = z.strictObject({ lang: z.string().optional() });
