import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';
import { ACCOUNTS } from './account.ts';
import { COMPLEXITIES, ORDER_KINDS, ORDER_STATES } from './order.ts';
import { meetingView, partForms, partView } from './part-contract.ts';

export { ACCOUNTS, COMPLEXITIES, ORDER_KINDS, ORDER_STATES };

defineRefusals({
  'order.unknown': {
    status: 404,
    zh: '没有这张工单，或它不在您的数据范围内。请核对编号，或从工单列表重新打开。',
    en: 'There is no such order, or it lies outside your data scope. Open it from the list.',
  },
  'order.wrong_state': {
    status: 409,
    zh: '工单现在的状态是“{state}”，不能办理这一步，没有改动。请刷新后按当前状态办理。',
    en:
      'The order stands at “{state}”, where this step is not possible. Nothing changed; reload and go ' +
      'on from there.',
  },
  'order.not_owner': {
    status: 403,
    zh: '这张工单由其他部门承办，没有改动。需要转办的，请退回并写明理由。',
    en: 'Another department answers this order, so nothing changed. It may return it with a reason.',
  },
  'order.own_matter': {
    status: 403,
    zh: '这张工单涉及您本人，您不能办理；如有不同意见，可以申诉。请交由他人办理。',
    en: 'The order concerns you, so you cannot handle it; you may appeal. Leave it to somebody else.',
  },
  'order.same_person': {
    status: 403,
    zh: '答复是您提交的，须由另一人审批，没有改动。请交给其他有审批权限的人。',
    en: 'You handed in the answer, and somebody else approves it. Leave it to another approver.',
  },
  'order.no_evidence': {
    status: 422,
    zh: '还没有上传整改或办理的证据，不能提交。请先上传照片或文件，再提交答复。',
    en: 'There is no evidence yet, so the answer was not taken. Attach a picture or document first.',
  },
  'order.not_contacted': {
    status: 422,
    zh: '还没有联系群众的记录，不能提交。请先联系并记下结果，再提交答复。',
    en: 'Nobody has contacted the person yet, so the answer was not taken. Do so and note the result first.',
  },
  'order.unknown_department': {
    status: 422,
    zh: '名录中没有这个部门，工单没有转办。请核对部门代码。',
    en: 'The register has no such department, so the order stays where it is. Check the code.',
  },
  'order.unknown_handler': {
    status: 422,
    zh: '承办部门没有这个可办理工单的账号，没有交办。请从列表中选择。',
    en: 'The department has no such account that handles orders, so nothing changed. Choose from the list.',
  },
  'order.handler_concerned': {
    status: 422,
    zh: '这张工单涉及该人员本人，不能交其办理。请选择其他人。',
    en: 'The order concerns this very person, who cannot handle it. Choose somebody else.',
  },
  'order.circle': {
    status: 409,
    zh: '这个部门已经把工单退回过，不能再转给它。请转给其他部门，或召集会商。',
    en:
      'That department has returned the order before, so it cannot get it again. Choose another, or have ' +
      'them meet.',
  },
  'order.return_late': {
    status: 409,
    zh: '退回期限已于 {until} 届满，不能再退回。请继续办理；确需其他部门配合的，请申请会商。',
    en: 'The time to return it ended at {until}. Go on with it, or ask for other departments to join in.',
  },
  'order.expired': {
    status: 409,
    zh: '办理期限已于 {until} 届满，不能再申请或批准延期。请尽快答复，并向群众说明。',
    en: 'Its time ended at {until}, so it can no longer be extended. Answer soon and tell the person why.',
  },
  'order.extended_before': {
    status: 409,
    zh: '工单已经延期过一次，不能再延。请在 {until} 前答复。',
    en: 'The order was extended before, and once is all. Answer it by {until}.',
  },
  'order.no_extension': {
    status: 409,
    zh: '没有等待批准的延期申请。请先由承办部门申请延期。',
    en: 'No extension waits for approval. The department that answers asks for it first.',
  },
  'order.wrong_complexity': {
    status: 422,
    zh: '这类工单没有“{complexity}”这一档。可选：{values}。',
    en: 'This kind of order has no “{complexity}” limit. Choose one of {values}.',
  },
});

const note = (least: number) => z.string().trim().min(least).max(2000);
const card = z.enum(['none', 'yellow', 'red']);

export const CALL_BACK_OUTCOMES = [
  'satisfied',
  'dissatisfied',
  'no_answer',
  'refused',
  'wrong_number',
] as const;

/** POST /admin/api/work-orders/:id/<step> */
export const stepForms = {
  sign: z.strictObject({}),
  contact: z.strictObject({
    outcome: z.enum(['reached', 'no_answer', 'refused', 'wrong_number']),
    note: note(2),
  }),
  assign: z.strictObject({ department: z.string().length(18), note: note(2) }),
  entrust: z.strictObject({ handler: z.string().min(1).max(60), note: note(2) }),
  return: z.strictObject({ note: note(4) }),
  classify: z.strictObject({ complexity: z.enum(COMPLEXITIES), note: note(2) }),
  pause: z.strictObject({ note: note(4) }),
  resume: z.strictObject({}),
  'ask-extension': z.strictObject({ note: note(4) }),
  'decide-extension': z.strictObject({ approve: z.boolean(), note: note(2) }),
  /** of a stuck matter also what it was due to */
  answer: z.strictObject({ note: note(4), cause: z.string().max(40).optional() }),
  approve: z.strictObject({ approve: z.boolean(), note: note(2) }),
  'call-back': z.strictObject({ outcome: z.enum(CALL_BACK_OUTCOMES), note: note(2) }),
  supervise: z.strictObject({ note: note(4) }),
  withdraw: z.strictObject({ note: note(4) }),
  ...partForms,
  'appeal-closing': z.strictObject({ note: note(4) }),
} as const;
export type Step = keyof typeof stepForms;
export type StepForm<S extends Step> = z.output<(typeof stepForms)[S]>;

/** GET /api/v1/work-orders (contract §4). */
export const orderItem = z.object({
  number: z.string(),
  kind: z.enum(ORDER_KINDS),
  state: z.enum(ORDER_STATES),
  projectNo: z.string().optional(),
  serviceNumber: z.number().int().optional(),
  /** the sender's own id of the voice that it answers */
  voice: z.string().optional(),
  /** empty while nobody answers it yet */
  ownerDepartment: z.string(),
  signDueAt: z.string(),
  contactDueAt: z.string(),
  dueAt: z.string(),
  card,
});
export type OrderItem = z.infer<typeof orderItem>;
export const orderItems = z.object({ items: z.array(orderItem), next: z.string().nullable() });

export const orderQuery = z.object({
  kind: z.enum(ORDER_KINDS).optional(),
  state: z.enum(['open', ...ORDER_STATES]).optional(),
  card: z.enum(['yellow', 'red']).optional(),
  department: z.string().max(18).optional(),
  supervised: z.enum(['true']).optional(),
  /** those that the reader has in hand */
  mine: z.enum(['true']).optional(),
  /** service record of the bad rating that it answers */
  step: z
    .string()
    .regex(/^[1-8]?\d{1,18}$/)
    .optional(),
  q: z.string().trim().max(64).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type OrderQuery = z.output<typeof orderQuery>;
/** GET /admin/api/work-orders, also as a table to hand out. */
export const orderListQuery = orderQuery.extend({
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});

/** A row of the office's list. */
export const orderRowView = orderItem.extend({
  id: z.string(),
  ownerName: z.string().nullable(),
  /** the person of the department who has it in hand */
  handlerName: z.string().nullable(),
  windowCode: z.string().nullable(),
  stepId: z.string().nullable(),
  complexity: z.enum(COMPLEXITIES),
  openedAt: z.string(),
  nextDueAt: z.string(),
  supervised: z.boolean(),
});
export type OrderRowView = z.infer<typeof orderRowView>;
export const orderRows = z.object({ items: z.array(orderRowView), next: z.string().nullable() });

/** GET /admin/api/work-orders/:id/handlers */
export const handlerList = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), username: z.string() })),
});

export const orderParams = z.strictObject({ id: z.uuid() });
export const orderFileParams = z.strictObject({ id: z.uuid(), fileId: z.uuid() });

const fileView = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  uploadedBy: z.string(),
  uploadedAt: z.string(),
});
export const orderFileView = fileView;

/** GET /admin/api/work-orders/:id */
export const orderView = orderRowView.extend({
  /** what was said; never by whom */
  said: z.string().nullable(),
  channel: z.string().nullable(),
  /** a name or phone can be opened for a reason */
  named: z.boolean(),
  reopened: z.boolean(),
  extended: z.boolean(),
  extensionAsked: z.boolean(),
  closedAt: z.string().nullable(),
  duties: z.array(
    z.object({
      step: z.string(),
      days: z.number().int(),
      openedAt: z.string(),
      dueAt: z.string(),
      doneAt: z.string().nullable(),
      paused: z.boolean(),
      card,
    }),
  ),
  events: z.array(
    z.object({
      what: z.string(),
      by: z.string(),
      at: z.string(),
      note: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  files: z.array(fileView),
  /** files that came with what was said */
  saidFiles: z.array(fileView),
  /** what a stuck matter was due to */
  cause: z.string().nullable(),
  /** to choose from when it is answered */
  causes: z.array(z.object({ code: z.string(), name: z.string() })),
  parts: z.array(partView),
  meetings: z.array(meetingView),
  /** steps that the reader can take now */
  may: z.array(z.string()),
});
export type OrderView = z.infer<typeof orderView>;

/** POST /admin/api/work-orders/:id/speaker */
export const speakerRequest = z.strictObject({ reason: z.string().trim().min(4).max(500) });
export const speakerView = z.object({ name: z.string().nullable(), phone: z.string().nullable() });
