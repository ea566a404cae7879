import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const approvalRefusals = defineRefusals({
  'approval.not_yours': {
    status: 403,
    zh: '这个环节由其他部门的后台审批，没有保存。请由该部门的人员办理。',
    en: 'This step belongs to the back office of another department, so nothing was saved.',
  },
  'approval.two_people': {
    status: 403,
    zh: '这个事项实行审办分离，您办理过前面的环节，不能再审批。请由他人审批。',
    en: 'This item takes two people, and you have handled a step of it already. Somebody else has to decide.',
  },
  'approval.step_over': {
    status: 409,
    zh: '这个环节已经办理或还没有轮到，没有保存。请刷新后再看。',
    en: 'This step has been decided or is not open yet, so nothing was saved. Look at it again.',
  },
  'approval.papers_missing': {
    status: 409,
    zh: '容缺的材料还没有补齐，不能办结。请先接收材料。',
    en: 'Papers that were to follow are still missing, so it cannot be concluded. Take the papers first.',
  },
  'approval.first_step': {
    status: 409,
    zh: '这是第一个环节，没有可以退回的环节。',
    en: 'This is the first step, so there is none to return it to.',
  },
  'approval.extended': {
    status: 409,
    zh: '已经延期 {times} 次，不能再延期。请在期限内办结。',
    en: 'It has been extended {times} times already and cannot be again. Conclude it in time.',
  },
  'approval.too_long': {
    status: 422,
    zh: '一次最多延期 {days} 个工作日。请减少天数。',
    en: 'One extension is {days} working days at most. Choose fewer.',
  },
  'approval.issue_window': {
    status: 409,
    zh: '结果由统一出件窗口发放，没有保存。请在出件窗口办理。',
    en: 'Results are handed out at the issuing window of the hall, so nothing was saved. Do it there.',
  },
});

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text));
const blank = (value: unknown): unknown => (value === '' || value === null ? undefined : value);

/** What becomes of a step. */
export const OUTCOMES = ['pass', 'reject', 'return'] as const;

/** POST /admin/api/approvals/{projectNo}/decision */
export const decisionForm = z.strictObject({
  step: z.number().int().min(1).max(99),
  outcome: z.enum(OUTCOMES),
  opinion: line(300),
});
export type DecisionForm = z.output<typeof decisionForm>;

/** Why the promise clock stands still: what the law does not count (《行政许可法》第四十五条). */
export const PAUSES = ['hearing', 'inspection', 'test', 'appraisal', 'expert_review', 'publication'] as const;

/** POST /admin/api/approvals/{projectNo}/pause */
export const pauseForm = z.strictObject({
  why: z.enum(PAUSES),
  remark: z.preprocess(blank, line(300).optional()),
});
export type PauseForm = z.output<typeof pauseForm>;

/** POST /admin/api/approvals/{projectNo}/resume */
export const resumeForm = z.strictObject({ remark: z.preprocess(blank, line(300).optional()) });

/** POST /admin/api/approvals/{projectNo}/extend */
export const extendForm = z.strictObject({ days: z.number().int().min(1).max(99), reason: line(300) });
export type ExtendForm = z.output<typeof extendForm>;

/** POST /admin/api/results/{projectNo}/hand-out */
export const handOutForm = z.strictObject({
  window: z.string().trim().min(1).max(32),
  way: z.enum(['counter', 'mail']),
  /** Number of the parcel. */
  parcel: z.preprocess(blank, line(60).optional()),
});
export type HandOutForm = z.output<typeof handOutForm>;

export const approvalParams = z.object({ projectNo: z.string().max(64) });

const stepState = z.enum(['waiting', 'open', 'passed', 'rejected']);

export const stepView = z.object({
  step: z.number().int(),
  name: z.string(),
  departmentCode: z.string(),
  departmentName: z.string().nullable(),
  twoPerson: z.boolean(),
  state: stepState,
  assignedTo: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  opinion: z.string().nullable(),
});
export type StepView = z.output<typeof stepView>;

/** What came of an action, and the steps as they stand. */
export const approvalView = z.object({
  projectNo: z.string(),
  itemName: z.string(),
  state: z.string(),
  dueDay: z.string().nullable(),
  overdue: z.boolean(),
  yearMissing: z.string().nullable(),
  lackingUntil: z.string().nullable(),
  steps: z.array(stepView),
});
export type ApprovalView = z.output<typeof approvalView>;

/** An open step as the back office's list shows it. */
export const openStep = z.object({
  projectNo: z.string(),
  itemName: z.string(),
  step: z.number().int(),
  stepName: z.string(),
  steps: z.number().int(),
  windowCode: z.string(),
  state: z.string(),
  receivedAt: z.string(),
  dueDay: z.string().nullable(),
  overdue: z.boolean(),
  yearMissing: z.string().nullable(),
  lackingUntil: z.string().nullable(),
  mine: z.boolean(),
  assignedTo: z.string().nullable(),
});
export type OpenStep = z.output<typeof openStep>;
export const openSteps = z.object({ items: z.array(openStep) });

/** A result that waits to be handed out. */
export const waitingResult = z.object({
  projectNo: z.string(),
  itemName: z.string(),
  departmentName: z.string().nullable(),
  state: z.string(),
  decidedAt: z.string().nullable(),
});
export type WaitingResult = z.output<typeof waitingResult>;
export const waitingResults = z.object({ items: z.array(waitingResult) });
export const resultQuery = z.object({ q: z.string().trim().max(64).optional() });
