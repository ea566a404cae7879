import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'order.part_lead': {
    status: 409,
    zh: '这个部门就是承办部门，不能再请它协办。请选择其他部门。',
    en: 'That department answers the order itself, so it can’t be asked to join in. Choose another.',
  },
  'order.part_circle': {
    status: 409,
    zh: '这个部门已经写明不属其职责并退回，不能再请它协办。请选择其他部门，或召集会商。',
    en: 'That department has said it isn’t its own matter, so it isn’t asked again. Choose another, or meet.',
  },
  'order.part_open': {
    status: 409,
    zh: '这个部门正在协办这张工单，没有改动。请先收到它的答复，或写明理由免予协办。',
    en: 'That department is at work on its part, so nothing changed. Wait for it, or waive it.',
  },
  'order.part_beyond': {
    status: 422,
    zh: '协办期限不能晚于工单的答复期限 {until}，没有保存。请缩短天数，或先定为会商、申请延期。',
    en: 'A part can’t be due after the whole answer ({until}). Give fewer days, or get the order more time.',
  },
  'order.part_none': {
    status: 409,
    zh: '这个部门没有等待答复的协办事项，没有改动。请刷新后核对。',
    en: 'That department owes no part of this order, so nothing changed. Reload and check.',
  },
  'order.parts_open': {
    status: 409,
    zh: '还有部门的协办答复没有收到：{departments}。请等待答复，或写明理由免予协办；逾期未答的可以直接答复。',
    en:
      'Parts are still out: {departments}. Wait for them, or waive them with a reason; once overdue they ' +
      'no longer stand in the way.',
  },
  'order.no_cause': {
    status: 422,
    zh: '办不成事的工单须选定根本原因，没有提交。请从列表中选择。',
    en: 'A stuck matter is answered with its root cause, so the answer was not taken. Choose one.',
  },
  'order.unknown_cause': {
    status: 422,
    zh: '没有这一项原因，或这类工单不填原因，没有提交。请从列表中选择。',
    en: 'There is no such cause, or this kind of order has none. Choose one of the list.',
  },
  'order.no_minutes': {
    status: 422,
    zh: '没有选定会议纪要，没有保存。请先把纪要上传到这张工单的附件，再选择它。',
    en: 'There are no minutes, so the meeting was not kept. Add them to the files, then choose them.',
  },
  'order.meeting_day': {
    status: 422,
    zh: '会商日期应在受理之日到今天之间，没有保存。请核对日期。',
    en: 'A meeting lies between the day the order was opened and today. Check the date.',
  },
});

const note = (least: number) => z.string().trim().min(least).max(2000);
const department = z.string().length(18);

/** Steps by which several departments answer together. */
export const partForms = {
  'ask-part': z.strictObject({ department, days: z.number().int().min(1).max(60), note: note(4) }),
  'answer-part': z.strictObject({ note: note(4) }),
  'return-part': z.strictObject({ note: note(4) }),
  'waive-part': z.strictObject({ department, note: note(4) }),
  meet: z.strictObject({
    heldOn: z.iso.date(),
    departments: z.array(department).min(1).max(20),
    minutes: z.uuid(),
    note: note(4),
  }),
} as const;

/** GET /admin/api/work-orders/departments: whom an order can be handed to, or be asked to join in. */
export const departmentQuery = z.object({
  q: z.string().trim().max(64).default(''),
  lang: z.string().max(10).optional(),
});
export const departmentChoices = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string() })),
});

/** What another department was asked for, and what it said. */
export const partView = z.object({
  no: z.number().int(),
  department: z.string(),
  departmentName: z.string().nullable(),
  asked: z.string().nullable(),
  state: z.enum(['asked', 'answered', 'returned', 'waived']),
  askedBy: z.string(),
  askedAt: z.string(),
  dueAt: z.string().nullable(),
  card: z.enum(['none', 'yellow', 'red']),
  endedBy: z.string().nullable(),
  endedAt: z.string().nullable(),
  words: z.string().nullable(),
});
export type PartView = z.infer<typeof partView>;

export const meetingView = z.object({
  no: z.number().int(),
  heldOn: z.string(),
  departments: z.array(z.string()),
  outcome: z.string().nullable(),
  minutes: z.string(),
  recordedBy: z.string(),
  recordedAt: z.string(),
});
export type MeetingView = z.infer<typeof meetingView>;
