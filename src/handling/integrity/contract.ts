import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { DETECTORS, SUBJECT_KINDS } from './detector.ts';

export { DETECTORS };

defineRefusals({
  'integrity.unknown': {
    status: 404,
    zh: '没有这条线索，或它不在您的数据范围内。请从列表重新打开。',
    en: 'There is no such finding within your data scope. Open it from the list.',
  },
  'integrity.running': {
    status: 409,
    zh: '另一次探测正在进行，这次没有开始。请稍后再试。',
    en: 'Another run is under way, so this one did not begin. Try again in a while.',
  },
  'integrity.range': {
    status: 422,
    zh: '日期范围不对：结束不能早于开始，最多 {days} 天，且不能晚于今天。请调整后再探测。',
    en: 'The range of days is not usable: not reversed, at most {days} days, none in the future. Correct it.',
  },
  'integrity.pending': {
    status: 409,
    zh: '这条线索已有一个等待决定的结论。请先对它作出决定，或由提议人撤回。',
    en: 'A verdict on this finding waits for a decision already. Decide or withdraw that one first.',
  },
  'integrity.decided': {
    status: 409,
    zh: '这条线索没有等待决定的结论，没有改动。请刷新查看。',
    en: 'No verdict on this finding waits for a decision, so nothing changed. Refresh it.',
  },
  'integrity.closed': {
    status: 409,
    zh: '这条线索已有结论，不能再提。请刷新查看。',
    en: 'This finding has its verdict, so nothing more is proposed. Refresh it.',
  },
  'integrity.same_person': {
    status: 403,
    zh: '提议人不能对自己的结论作决定，须由另一人决定。请交给其他有决定权限的人。',
    en: 'Whoever proposed the verdict may not decide it; a second person does. Leave it to somebody else.',
  },
  'integrity.not_proposer': {
    status: 403,
    zh: '只有提议人可以撤回。如不同意，请予以驳回。',
    en: 'Only its proposer withdraws it. Reject it if you disagree.',
  },
  'integrity.own_matter': {
    status: 403,
    zh: '这条线索涉及您本人或您派驻过的窗口，您不能提议或决定。请交由他人办理。',
    en: 'The finding concerns you or a window at which you were posted. Leave it to others.',
  },
  'integrity.not_evidence': {
    status: 422,
    zh: '要排除的评价不在这条线索的证据里。请只选证据中的评价。',
    en: 'A rating to be excluded is not among the evidence of this finding. Choose among the evidence only.',
  },
  'integrity.nothing_to_exclude': {
    status: 422,
    zh: '结论为“无问题”时不能排除评价。请去掉所选评价，或改选结论。',
    en: 'Without fault there is nothing to exclude. Leave the ratings out, or choose another verdict.',
  },
});

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);
const detector = z.enum(DETECTORS);
const state = z.enum(['open', 'proposed', 'no_fault', 'induced', 'faked']);
const verdict = z.enum(['no_fault', 'induced', 'faked']);
const words = (least: number) => z.string().trim().min(least).max(2000);
const wording = z.object({ 'zh-CN': z.string(), en: z.string() });
const ratingKey = z.string().regex(/^[1-8]?\d{1,18}\/[12]$/);

export const findingParams = z.object({ id: z.uuid() });

/** POST /admin/api/integrity/runs: days, both included */
export const runRequest = z.strictObject({ from: day, to: day });
export const runAnswer = z.object({ found: z.number().int(), opened: z.number().int() });
export type RunAnswer = z.infer<typeof runAnswer>;

export const findingQuery = z.object({
  detector: detector.optional(),
  state: z.enum(['undecided', ...state.options]).optional(),
  subject: z.string().trim().max(40).optional(),
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type FindingQuery = z.output<typeof findingQuery>;

export const findingRow = z.object({
  id: z.string(),
  detector,
  subjectKind: z.enum(SUBJECT_KINDS),
  subjectCode: z.string(),
  period: z.string(),
  fromAt: z.string(),
  toAt: z.string(),
  ratings: z.number().int(),
  state,
  explanation: wording,
});
export type FindingView = z.infer<typeof findingRow>;
export const findingPage = z.object({ items: z.array(findingRow), next: z.string().nullable() });

/** GET /admin/api/integrity/findings/:id */
export const findingDetail = findingRow.extend({
  foundAt: z.string(),
  rule: z.object({ from: z.string(), source: z.string() }),
  evidence: z.array(
    z.object({
      key: z.string(),
      stepId: z.string(),
      assessNumber: z.number().int(),
      projectNo: z.string(),
      serviceNumber: z.number().int(),
      taskName: z.string(),
      serviceTime: z.string(),
      assessedAt: z.string(),
      windowCode: z.string().nullable(),
      staffNo: z.string().nullable(),
      satisfaction: z.number().int(),
      tags: z.array(z.number().int()),
      channel: z.number().int(),
      source: z.string(),
      verdict: z.enum(['upheld', 'mistaken', 'malicious']).nullable(),
    }),
  ),
  reviews: z.array(
    z.object({
      id: z.string(),
      verdict,
      reason: z.string(),
      excludes: z.array(z.string()),
      state: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']),
      proposedBy: z.string(),
      proposedAt: z.string(),
      decidedBy: z.string().nullable(),
      decidedAt: z.string().nullable(),
      note: z.string().nullable(),
      excluded: z.number().int().nullable(),
    }),
  ),
  may: z.array(z.enum(['propose', 'decide', 'withdraw'])),
});
export type FindingDetail = z.infer<typeof findingDetail>;

/** POST /admin/api/integrity/findings/:id/proposal */
export const reviewProposal = z.strictObject({
  verdict,
  reason: words(4),
  /** ratings of the evidence to be taken out with it, as step/number */
  exclude: z.array(ratingKey).max(500).default([]),
});
export type ReviewProposal = z.output<typeof reviewProposal>;
/** POST /admin/api/integrity/findings/:id/decision */
export const reviewDecision = z.strictObject({ approve: z.boolean(), note: words(4) });
export type ReviewDecision = z.output<typeof reviewDecision>;
/** POST /admin/api/integrity/findings/:id/withdraw */
export const reviewWithdrawal = z.strictObject({ note: words(2) });
