import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'rectification.none': {
    status: 409,
    zh: '这张工单不是差评整改，没有可以预审的评价。请按诉求内容办理。',
    en: 'This order answers no bad rating, so there is nothing to review. Answer what was said.',
  },
  'rectification.no_evidence': {
    status: 422,
    zh: '认定误评或恶意评价须写明证据，没有提交。请补充证据说明。',
    en: 'To call a rating mistaken or malicious takes evidence, so nothing was handed in. Add it.',
  },
});

export const REVIEW_FINDINGS = ['upheld', 'reasonable', 'mistaken', 'malicious'] as const;
const attribution = z.enum(['staff', 'window', 'department']);
const words = z.string().trim().min(4).max(2000);

/** POST /admin/api/work-orders/:id/review: what the pre-review (预审) finds of the bad rating. */
export const reviewForm = z.strictObject({
  finding: z.enum(REVIEW_FINDINGS),
  /** where no tag says it: whom an upheld rating charges */
  attribution: attribution.nullish(),
  note: words,
  /** for a mistaken or malicious one */
  evidence: words.optional(),
});
export type ReviewForm = z.output<typeof reviewForm>;

/** GET /admin/api/work-orders/:id/rectification */
export const rectificationView = z.object({
  verdict: z.enum(['upheld', 'mistaken', 'malicious']).nullable(),
  attribution: attribution.nullable(),
  verifiedBy: z.string().nullable(),
  /** a tag says whom the rating charges */
  tagged: z.boolean(),
  exclusion: z
    .object({
      id: z.string(),
      state: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']),
      verdict: z.enum(['mistaken', 'malicious']),
    })
    .nullable(),
  charges: z.array(
    z.object({
      rule: z.enum(['rating.not_rectified', 'rating.follow_up_dissatisfied', 'complaint.hotline_overdue']),
      subjectKind: z.enum(['window', 'department']).nullable(),
      subjectCode: z.string().nullable(),
      on: z.string(),
      waived: z.enum(['excluded', 'unassigned']).nullable(),
    }),
  ),
  /** the second rating that the answer led to; its link only for whoever calls the person back */
  second: z
    .object({ url: z.string().nullable(), until: z.string(), satisfaction: z.number().int().nullable() })
    .nullable(),
  mayReview: z.boolean(),
});
export type RectificationView = z.infer<typeof rectificationView>;
