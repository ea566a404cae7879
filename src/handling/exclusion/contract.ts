import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'exclusion.unknown': {
    status: 404,
    zh: '没有这条排除提议，或它不在您的数据范围内。请从列表重新打开。',
    en: 'There is no such proposal within your data scope. Open it from the list.',
  },
  'exclusion.pending': {
    status: 409,
    zh: '这条评价已有一条等待决定的排除提议。请先对那一条作出决定，或由提议人撤回。',
    en: 'A proposal about this rating waits for a decision already. Decide or withdraw that one first.',
  },
  'exclusion.decided': {
    status: 409,
    zh: '这条排除提议已经办结，没有改动。请刷新列表查看结果。',
    en: 'This proposal has been settled already, so nothing changed. Refresh the list to see how.',
  },
  'exclusion.same_person': {
    status: 403,
    zh: '提议人不能对自己的提议作决定，须由另一人决定。请交给其他有决定权限的人。',
    en: 'Whoever proposed it may not decide it; a second person does. Leave it to somebody else.',
  },
  'exclusion.not_proposer': {
    status: 403,
    zh: '只有提议人可以补充证据或撤回。如不同意，请予以驳回。',
    en: 'Only its proposer adds evidence or withdraws it. Reject it if you disagree.',
  },
  'exclusion.own_matter': {
    status: 403,
    zh: '这条评价涉及您本人或您派驻过的窗口，您不能核实、提议或决定。请交由他人办理。',
    en:
      'The rating concerns you or a window at which you were posted, so you may neither verify nor decide. ' +
      'Leave it to others.',
  },
  'exclusion.differs': {
    status: 409,
    zh: '这个编号的提议已经存在，内容不同，原提议未改动。请换一个编号。',
    en: 'A proposal with this id exists with other content and stands as it is. Use another id.',
  },
  'verification.only_bad': {
    status: 422,
    zh: '好评不需要认定属实，没有改动。如果它是误评或虚假评价，请提议排除。',
    en: 'A good rating needs no verdict, so nothing changed. Propose to exclude it if it is not genuine.',
  },
  'verification.tags_decide': {
    status: 422,
    zh: '评价人所选标签已说明是人还是流程，归属按标签确定，不能另行指定。请去掉归属。',
    en: 'The tags say whom the rating charges, so nobody else decides it. Leave the attribution out.',
  },
  'verification.nobody_there': {
    status: 422,
    zh: '这条服务记录没有登记对应的人员或窗口，不能归到那里。请选择其他归属，或先更正记录。',
    en: 'The record names no such person or window. Choose another attribution, or correct the record first.',
  },
});

const exclusionVerdict = z.enum(['mistaken', 'malicious']);
const exclusionState = z.enum(['proposed', 'approved', 'rejected', 'withdrawn']);
const attribution = z.enum(['staff', 'window', 'department']);
const stepId = z.string().regex(/^[1-8]?\d{1,18}$/);
const assessNumber = z.coerce.number().int().min(1).max(2);
const words = (least: number) => z.string().trim().min(least).max(2000);

export const ratingParams = z.object({ stepId, assessNumber });
export const exclusionParams = z.object({ id: z.uuid() });
export const exclusionFileParams = z.object({ id: z.uuid(), fileId: z.uuid() });

/** POST /admin/api/exclusions: the same id again is the same proposal. */
export const exclusionProposal = z.strictObject({
  id: z.uuid().optional(),
  stepId,
  assessNumber: z.number().int().min(1).max(2).default(1),
  verdict: exclusionVerdict,
  reason: words(4),
  evidence: words(4),
});
export type ExclusionProposal = z.output<typeof exclusionProposal>;

/** POST /admin/api/exclusions/:id/decision */
export const exclusionDecision = z.strictObject({ approve: z.boolean(), note: words(4) });
export type ExclusionDecision = z.output<typeof exclusionDecision>;

/** POST /admin/api/exclusions/:id/withdraw */
export const exclusionWithdrawal = z.strictObject({ note: words(2) });

/** POST /admin/api/ratings/:stepId/:assessNumber/upheld */
export const upheldForm = z.strictObject({
  /** where no tag says it: whom the rating charges; the window when nobody says */
  attribution: attribution.nullish(),
  note: words(4),
});
export type UpheldForm = z.output<typeof upheldForm>;

export const ratedView = z.object({
  stepId: z.string(),
  assessNumber: z.number().int(),
  projectNo: z.string(),
  serviceNumber: z.number().int(),
  taskName: z.string(),
  serviceTime: z.string(),
  assessedAt: z.string(),
  windowCode: z.string().nullable(),
  staffNo: z.string().nullable(),
  deptCode: z.string(),
  satisfaction: z.number().int(),
  tags: z.array(z.number().int()),
  channel: z.number().int(),
  source: z.string(),
  hasText: z.boolean(),
});
export type RatedView = z.infer<typeof ratedView>;

export const exclusionRow = z.object({
  id: z.string(),
  rating: ratedView,
  verdict: exclusionVerdict,
  reason: z.string(),
  state: exclusionState,
  findingId: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
});
export type ExclusionRowView = z.infer<typeof exclusionRow>;
export const exclusionPage = z.object({ items: z.array(exclusionRow), next: z.string().nullable() });

const rateView = z.object({
  value: z.string().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
});
const fileView = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  uploadedBy: z.string(),
  uploadedAt: z.string(),
});
export const exclusionFileView = fileView;

/** GET /admin/api/exclusions/:id */
export const exclusionView = exclusionRow.extend({
  evidence: z.string(),
  /** why the proposer appealed, and what was decided before */
  appeal: z
    .object({
      note: z.string(),
      at: z.string(),
      firstDecidedBy: z.string(),
      firstNote: z.string().nullable(),
    })
    .nullable(),
  files: z.array(fileView),
  /** the month's good rate of clerk and window, with the rating and without it */
  effect: z.object({
    month: z.string(),
    lines: z.array(
      z.object({
        kind: z.enum(['staff', 'window']),
        code: z.string(),
        before: rateView,
        after: rateView,
        excludedBefore: z.number().int(),
        excludedAfter: z.number().int(),
      }),
    ),
  }),
  /** what the reader can do now */
  may: z.array(z.enum(['decide', 'withdraw', 'attach', 'appeal'])),
});
export type ExclusionView = z.infer<typeof exclusionView>;

export const exclusionQuery = z.object({
  state: exclusionState.optional(),
  verdict: exclusionVerdict.optional(),
  q: z.string().trim().max(64).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type ExclusionQuery = z.output<typeof exclusionQuery>;

/** GET /admin/api/unverified-ratings: bad ratings without a verdict, of the last months. */
export const unverifiedQuery = exclusionQuery.pick({ q: true, cursor: true, limit: true, lang: true });
export type UnverifiedQuery = z.output<typeof unverifiedQuery>;
export const unverifiedRow = ratedView.extend({
  /** a proposal to exclude it waits */
  proposed: z.boolean(),
  /** no tag says whom it charges: the verifier decides */
  open: z.boolean(),
});
export type UnverifiedRowView = z.infer<typeof unverifiedRow>;
export const unverifiedPage = z.object({ items: z.array(unverifiedRow), next: z.string().nullable() });
/** What stands after a verdict. */
export const upheldAnswer = z.object({ verdict: z.literal('upheld'), attribution: attribution.nullable() });
