import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const staffRefusals = defineRefusals({
  'staff.unknown': {
    status: 422,
    zh: '工作人员不在名录中。请核对工号，或先导入该人员。',
    en: 'This member of staff is not in the register. Check the number, or import the person first.',
  },
  'staff.not_found': {
    status: 404,
    zh: '没有找到这名工作人员，或不在您的数据范围内。请从名录中重新查找。',
    en: 'There is no such member of staff within your data scope. Look again in the register.',
  },
  'posting.day': {
    status: 422,
    zh: '不是有效的日期，应如 2026-06-01。',
    en: 'This is not a real day such as 2026-06-01.',
  },
  'posting.days_reversed': {
    status: 422,
    zh: '结束日期早于开始日期，请核对 from_date 和 to_date。',
    en: 'The posting ends before it begins. Check from_date and to_date.',
  },
  'posting.overlap': {
    status: 422,
    zh: '与同一人在同一窗口、同一岗位的另一段派岗（自 {from} 起）时间重叠。请先填写前一段的结束日期。',
    en:
      'This overlaps another posting (from {from}) of the same person, window and role. End the ' +
      'earlier one first.',
  },
});

export const identities = z.enum(['civil_servant', 'stationed', 'purchased']);
export type Identity = z.infer<typeof identities>;

export const postingRoles = z.enum(['clerk', 'chief_representative', 'supervisor']);
export type PostingRole = z.infer<typeof postingRoles>;

export const staffQuery = z.object({
  q: z.string().trim().max(100).optional(),
  department: z.string().max(18).optional(),
  window: z.string().max(32).optional(),
  identity: identities.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type StaffQuery = z.infer<typeof staffQuery>;

export const staffView = z.object({
  staffNo: z.string(),
  name: z.string(),
  identity: identities,
  departmentCode: z.string(),
  departmentName: z.string(),
  /** Windows of today's postings. */
  windows: z.array(z.object({ code: z.string(), name: z.string(), role: postingRoles })),
});
export type StaffView = z.infer<typeof staffView>;

export const staffPage = z.object({ items: z.array(staffView), next: z.string().nullable() });

export const postingView = z.object({
  windowCode: z.string(),
  windowName: z.string(),
  role: postingRoles,
  fromDate: z.string(),
  /** Last day; null while it lasts. */
  toDate: z.string().nullable(),
});
export type PostingView = z.infer<typeof postingView>;

export const staffDetail = staffView.extend({ postings: z.array(postingView) });
export type StaffDetail = z.infer<typeof staffDetail>;

export const postingQuery = z.object({
  staff: z.string().max(32).optional(),
  window: z.string().max(32).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type PostingQuery = z.infer<typeof postingQuery>;

export const postingListView = postingView.extend({ staffNo: z.string(), staffName: z.string() });
export type PostingListView = z.infer<typeof postingListView>;

export const postingPage = z.object({ items: z.array(postingListView), next: z.string().nullable() });
