import { z } from 'zod';
import { schemeLineSchema, schemeValueSchema } from './contract.ts';

export const DRAFT_STATES = ['draft', 'proposed', 'in_force', 'rejected', 'withdrawn'] as const;
export const draftStateSchema = z.enum(DRAFT_STATES);
export type DraftState = z.infer<typeof draftStateSchema>;

const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One dated value that a draft adds. */
export const draftChangeSchema = z.strictObject({
  /** name of the value in the scheme's document */
  key: z.string().min(1).max(100),
  from: daySchema,
  /** as a rule file says it: '-2.00', '5', '17:30' */
  value: z.string().trim().min(1).max(20),
  /** the clause */
  source: z.string().trim().min(1).max(200),
});
export type DraftChangeInput = z.infer<typeof draftChangeSchema>;

const content = {
  title: z.string().trim().min(2).max(100),
  reason: z.string().trim().max(1000).optional(),
  effectiveFrom: daySchema,
  changes: z.array(draftChangeSchema).max(300),
};

/** POST /admin/api/scheme/drafts */
export const newDraftSchema = z.strictObject(content);
export type NewDraft = z.infer<typeof newDraftSchema>;

/** POST /admin/api/scheme/drafts/:id */
export const editDraftSchema = z.strictObject({
  ...content,
  /** the revision that was opened */
  revision: z.number().int().min(1),
});
export type EditDraft = z.infer<typeof editDraftSchema>;

/** POST /admin/api/scheme/drafts/:id/propose, …/withdraw, …/rebase */
export const draftStepSchema = z.strictObject({ revision: z.number().int().min(1) });

/** POST /admin/api/scheme/drafts/:id/decision */
export const draftDecisionSchema = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  note: z.string().trim().max(500).optional(),
  revision: z.number().int().min(1),
});
export type DraftDecision = z.infer<typeof draftDecisionSchema>;

export const draftParamsSchema = z.strictObject({ id: z.uuid() });
export const draftLangSchema = z.strictObject({ lang: z.string().max(10).optional() });

/** One value as it is and as it would be. */
export const differenceSchema = z.object({
  key: z.string(),
  section: schemeLineSchema.shape.section,
  part: z.string().nullable(),
  name: z.string(),
  from: z.string(),
  /** what holds on that day without the draft */
  before: schemeValueSchema.nullable(),
  /** with its unit; as it was written where it can't be read */
  after: z.string(),
  source: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const draftRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: draftStateSchema,
  effective_from: z.string(),
  changes: z.number().int(),
  changed_by: z.string(),
  changed_at: z.string(),
  proposed_by: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
});
export type DraftRow = z.infer<typeof draftRowSchema>;

/** A version in force, with who put it there. */
export const versionSchema = z.object({
  effective_from: z.string(),
  hash: z.string(),
  name: z.string(),
  proposed_by: z.string(),
  approved_by: z.string().nullable(),
  recorded_at: z.string(),
});
export type SchemeVersion = z.infer<typeof versionSchema>;

/** GET /admin/api/scheme/drafts: newest first */
export const draftListSchema = z.object({
  items: z.array(draftRowSchema),
  versions: z.array(versionSchema),
});

/** GET /admin/api/scheme/drafts/:id */
export const draftSchema = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string().nullable(),
  state: draftStateSchema,
  revision: z.number().int(),
  effective_from: z.string(),
  changes: z.array(draftChangeSchema),
  base: z.object({ hash: z.string(), effective_from: z.string() }),
  /** another version was put into force after the draft was begun */
  stale: z.boolean(),
  /** SHA-256 of the scheme that comes of it; null while that can't be read */
  hash: z.string().nullable(),
  differences: z.array(differenceSchema),
  faults: z.array(z.object({ key: z.string().nullable(), from: z.string().nullable(), text: z.string() })),
  /** every value of the version that it changes, for the form */
  lines: z.array(schemeLineSchema),
  drafted_by: z.string(),
  drafted_at: z.string(),
  changed_by: z.string(),
  changed_at: z.string(),
  proposed_by: z.string().nullable(),
  proposed_at: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
  decision_note: z.string().nullable(),
  /** what the reader may do with it now */
  may: z.object({ edit: z.boolean(), propose: z.boolean(), withdraw: z.boolean(), decide: z.boolean() }),
});
export type Draft = z.infer<typeof draftSchema>;
