import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const correctionRefusals = defineRefusals({
  'correction.same': {
    status: 422,
    zh: '更正后的内容与现在相同，无需更正。',
    en: 'The corrected value equals the present one; nothing needs correcting.',
  },
  'correction.unknown_value': {
    status: 422,
    zh: '更正后的人员或窗口不在名录中。请核对编号，或先导入名录。',
    en: 'The corrected clerk or window is not in the register. Check the code, or import it first.',
  },
  'correction.pending': {
    status: 409,
    zh: '同一项目已有一条待审核的更正。请先审核那一条。',
    en: 'A correction of this field is already waiting for approval. Decide that one first.',
  },
  'correction.unknown': {
    status: 404,
    zh: '没有找到这条更正。请刷新列表后重试。',
    en: 'There is no such correction. Refresh the list and try again.',
  },
  'correction.decided': {
    status: 409,
    zh: '这条更正已经审核过了。请刷新列表查看结果。',
    en: 'This correction has been decided already. Refresh the list to see the result.',
  },
  'correction.same_person': {
    status: 403,
    zh: '提出更正的人和更正所涉及的工作人员不能审核，须由另一人审核。',
    en: 'Neither the proposer nor a clerk concerned may decide a correction; a second person must.',
  },
});

export const correctionField = z.enum(['staff', 'window', 'mobile']);

export type CorrectionField = z.output<typeof correctionField>;

export const correctionProposal = z.strictObject({
  field: correctionField,
  /** New staff number, window code or phone; an empty text takes the present value away. */
  value: z.string().trim().max(32),
  reason: z.string().trim().min(4).max(500),
});

export type CorrectionProposal = z.output<typeof correctionProposal>;

export const correctionDecision = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  note: z.string().trim().max(500).optional(),
});

export type CorrectionDecision = z.output<typeof correctionDecision>;

/** A correction as the office sees it; phones are masked. */
export const correctionView = z.object({
  id: z.string(),
  stepId: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  taskName: z.string(),
  field: correctionField,
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string(),
  state: z.enum(['proposed', 'approved', 'rejected']),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
});

export type CorrectionView = z.output<typeof correctionView>;

export const correctionQuery = z.object({
  state: z.enum(['proposed', 'approved', 'rejected']).optional(),
  stepId: z
    .string()
    .regex(/^[1-8]?\d{1,18}$/)
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});

export const correctionPage = z.object({ items: z.array(correctionView), next: z.string().nullable() });
