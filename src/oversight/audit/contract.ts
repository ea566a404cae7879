import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);

/** GET /admin/api/audit (audit.read). With `format` the same lines come as a file. */
export const auditQuery = z.object({
  /** Username, key name or part of the product, exactly. */
  actor: z.string().trim().max(60).optional(),
  /** The verb or its beginning: `user.` finds all changes of accounts. */
  action: z.string().trim().max(60).optional(),
  subjectKind: z.string().trim().max(40).optional(),
  subject: z.string().trim().max(80).optional(),
  result: z.enum(['ok', 'refused', 'failed']).optional(),
  /** First and last day, both included. */
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['csv', 'xlsx']).optional(),
  lang: z.string().max(20).optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditLineSchema = z.object({
  id: z.string(),
  recordedAt: z.iso.datetime({ offset: true }),
  actorKind: z.enum(['user', 'key', 'cli', 'system', 'public']),
  actor: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subject: z.string(),
  result: z.enum(['ok', 'refused', 'failed']),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditLine = z.infer<typeof auditLineSchema>;

/** Newest first. */
export const auditListSchema = z.object({ items: z.array(auditLineSchema), next: z.string().nullable() });
