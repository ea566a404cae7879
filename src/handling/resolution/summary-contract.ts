import { z } from 'zod';
import { parseMonth } from '../../kernel/month.ts';

const month = z
  .string()
  .refine((text) => parseMonth(text) !== undefined)
  .optional();
const lang = z.string().max(10).optional();

/** GET /admin/api/stuck-summary */
export const summaryQuery = z.object({
  month,
  lang,
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});
/** GET /admin/api/stuck-summary/report: a page to print, or docx */
export const reportQuery = z.object({ month, lang, format: z.enum(['html', 'docx']).default('html') });

const counts = z.array(
  z.object({
    /** empty where nobody has said */
    code: z.string(),
    name: z.string(),
    count: z.number().int(),
    onTime: z.number().int(),
    overdue: z.number().int(),
  }),
);

/** The stuck matters received in a month: what they were, what they were due to, what was done. */
export const summaryView = z.object({
  month: z.string(),
  received: z.number().int(),
  /** told the remedy at once */
  told: z.number().int(),
  handled: z.number().int(),
  ended: z.number().int(),
  withdrawn: z.number().int(),
  onTime: z.number().int(),
  overdue: z.number().int(),
  reopened: z.number().int(),
  extended: z.number().int(),
  joint: z.number().int(),
  meetings: z.number().int(),
  groups: z.object({
    category: counts,
    cause: counts,
    department: counts,
    window: counts,
    item: counts,
  }),
  repeated: z.array(
    z.object({
      cause: z.string(),
      departmentName: z.string(),
      matters: z.array(z.object({ number: z.string(), done: z.string().nullable() })),
    }),
  ),
});
export type SummaryView = z.infer<typeof summaryView>;
