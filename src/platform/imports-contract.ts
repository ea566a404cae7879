import { z } from 'zod';

/** One thing wrong with one row, as a sentence; the cell's content is never repeated. */
export const importProblem = z.object({
  line: z.number().int(),
  column: z.string().nullable(),
  code: z.string(),
  detail: z.string(),
});

/**
 * What an import did, or would do: `loaded` stands, `refused` left nothing behind and counts nothing,
 * `tried` was a dry run and counts the good rows (with `badRows` it would be refused, unless partial).
 */
export const importAnswer = z.object({
  kind: z.string(),
  outcome: z.enum(['loaded', 'tried', 'refused']),
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Rows with a problem; in a partial import they are left out. */
  badRows: z.number().int(),
  problemCount: z.number().int(),
  /** The first of them, by line. */
  problems: z.array(importProblem),
});

export type ImportAnswer = z.infer<typeof importAnswer>;

export const importQuery = z.object({
  dryRun: z.enum(['0', '1']).default('0'),
  partial: z.enum(['0', '1']).default('0'),
  lang: z.string().max(10).optional(),
});

/** The kinds and columns of contract §3, for the page that uploads. */
export const importKinds = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      columns: z.array(z.object({ name: z.string(), required: z.boolean() })),
    }),
  ),
});
