import { z } from 'zod';
import { type Day, parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { LEAVE_KINDS, LEAVE_STATES } from './leave.ts';

defineRefusals({
  'leave.unknown': {
    status: 404,
    zh: '没有找到这份假条，或不在您的数据范围内。请从列表中重新打开。',
    en: 'There is no such leave within your data scope. Open it again from the list.',
  },
  'leave.unknown_staff': {
    status: 422,
    zh: '名录中没有这个工号。请核对工号，或先在名录中导入该人员。',
    en: 'The register has no such staff number. Check it, or import the person first.',
  },
  'leave.no_staff_number': {
    status: 422,
    zh: '您的账号没有工号，不能为自己请假。请安全管理员补上工号。',
    en: 'Your account has no staff number, so it can ask for no leave. Let the administrator add it.',
  },
  'leave.reversed': {
    status: 422,
    zh: '结束早于开始。请核对日期和上、下午。',
    en: 'It ends before it begins. Check days and halves.',
  },
  'leave.too_long': {
    status: 422,
    zh: '一份假条最长一年。请分开填写。',
    en: 'One leave lasts a year at most. Part it.',
  },
  'leave.overlap': {
    status: 409,
    zh: '与 {from} 至 {to} 的另一份假条重叠。请先撤回那一份，或改日期。',
    en: 'It overlaps another one from {from} to {to}. Withdraw that one first, or change the days.',
  },
  'leave.too_late': {
    status: 409,
    zh: '假期开始已超过 {days} 个工作日，不能再自行补假。请把纸质假条交考核办录入。',
    en: 'It began more than {days} working days ago. Hand it in on paper and let the office enter it.',
  },
  'leave.own_cover': {
    status: 422,
    zh: '不能由本人顶自己的岗。请另选一位同事。',
    en: 'Nobody covers for themselves. Choose a colleague.',
  },
  'leave.cover_away': {
    status: 409,
    zh: '顶岗的人那几天也请假或公出。请另选一位同事。',
    en: 'Whoever should cover is away on these days too. Choose another colleague.',
  },
  'leave.same_person': {
    status: 409,
    zh: '申请或录入的人不能审批这份假条。请由另一人审批。',
    en: 'Whoever asked for it or entered it may not decide on it. Let somebody else do so.',
  },
  'leave.own_leave': {
    status: 409,
    zh: '不能审批自己的假条。请由他人审批。',
    en: 'Nobody decides on their own leave. Let somebody else do so.',
  },
  'leave.decided': {
    status: 409,
    zh: '这份假条已经审批或撤回。请刷新后查看。',
    en: 'It has been decided or withdrawn. Reload to see how.',
  },
  'leave.begun': {
    status: 409,
    zh: '假期已经开始，不能自行撤回。请联络员或考核办撤回，并写明原因。',
    en: 'It has begun. Let the liaison or the office withdraw it and say why.',
  },
});

export { LEAVE_KINDS, LEAVE_STATES };

const dayText = z
  .string()
  .refine((text) => parseDay(text) !== undefined, { params: { code: 'field.moment' }, abort: true })
  .transform((text) => text as Day);
const half = z.enum(['am', 'pm']);
const kind = z.enum(LEAVE_KINDS);
const state = z.enum(LEAVE_STATES);

/** POST /admin/api/leaves: the own leave, or with `staffNo` somebody's who asked on paper. */
export const leaveForm = z.strictObject({
  id: z.uuid(),
  staffNo: z.string().trim().min(1).max(40).optional(),
  kind,
  fromDate: dayText,
  fromHalf: half,
  toDate: dayText,
  toHalf: half,
  reason: z.string().trim().min(2).max(300),
  coverStaff: z.string().trim().min(1).max(40).nullish(),
});
export type LeaveForm = z.output<typeof leaveForm>;

/** POST /admin/api/leaves/:id/decision */
export const leaveDecision = z
  .strictObject({ approve: z.boolean(), note: z.string().trim().max(300).default('') })
  .refine(({ approve, note }) => approve || note.length >= 2, { path: ['note'] });
export type LeaveDecision = z.output<typeof leaveDecision>;

/** POST /admin/api/leaves/:id/withdraw */
export const leaveWithdrawal = z.strictObject({ reason: z.string().trim().min(2).max(300) });

export const leaveQuery = z.object({
  state: state.optional(),
  kind: kind.optional(),
  staff: z.string().trim().max(60).optional(),
  department: z.string().max(18).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
  /** only the reader's own */
  own: z.enum(['0', '1']).default('0'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type LeaveQuery = z.output<typeof leaveQuery>;

export const leaveLine = z.object({
  id: z.string(),
  staffNo: z.string(),
  staffName: z.string(),
  departmentName: z.string(),
  kind,
  fromDate: z.string(),
  fromHalf: half,
  toDate: z.string(),
  toHalf: half,
  /** half days of work */
  halves: z.number().int(),
  reason: z.string(),
  coverStaff: z.string().nullable(),
  coverName: z.string().nullable(),
  onPaper: z.boolean(),
  state,
  requestedBy: z.string(),
  requestedAt: z.string(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
  withdrawalReason: z.string().nullable(),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type LeaveLine = z.infer<typeof leaveLine>;
export const leavePage = z.object({ items: z.array(leaveLine), next: z.string().nullable() });

/** GET /admin/api/leaves/colleagues: who may cover for the reader. */
export const colleagueList = z.object({
  items: z.array(z.object({ staffNo: z.string(), name: z.string() })),
});
