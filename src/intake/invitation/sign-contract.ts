import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'sign.unknown_window': {
    status: 422,
    zh: '窗口 {window} 不在名录中，或不在您的数据范围内，没有办理。请核对窗口编号。',
    en: 'Window {window} is not in the register or not in your data scope. Check the numbers of the windows.',
  },
  'sign.no_windows': {
    status: 422,
    zh: '没有选中任何窗口。请先选择窗口，或调整筛选条件。',
    en: 'No window was chosen. Choose windows first, or change the filters.',
  },
  'sign.too_many': {
    status: 422,
    zh: '一次最多办理 {limit} 个窗口。请按部门或大厅分批办理。',
    en: 'At most {limit} windows go at once. Do it by department or hall.',
  },
  'sign.none': {
    status: 404,
    zh: '所选窗口都没有可用的码牌。请先制作码牌，再打印。',
    en: 'None of these windows has a sign that holds. Make the signs first, then print them.',
  },
});

/** Where a sign stands: it holds, or another took its place, or it was taken away. */
export const SIGN_STATES = ['live', 'replaced', 'revoked'] as const;
export type SignState = (typeof SIGN_STATES)[number];

/** Sheets that a sign is printed on: A4, A5, or a card that stands on the table, folded from A4. */
export const SIGN_SIZES = ['a4', 'a5', 'card'] as const;
export type SignSize = (typeof SIGN_SIZES)[number];

const windowFilter = {
  /** part of the window's name or number */
  q: z.string().trim().max(100).optional(),
  department: z.string().trim().max(18).optional(),
  /** the hall: a region and all below it */
  region: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** whether the window has a sign that holds */
  held: z.enum(['true', 'false']).optional(),
};

/** GET /admin/api/signs. */
export const signQuery = z.object({
  ...windowFilter,
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type SignQuery = z.output<typeof signQuery>;

/** A window with the sign that holds for it, or held last. */
export const signView = z.object({
  windowCode: z.string(),
  windowName: z.string(),
  departmentCode: z.string(),
  departmentName: z.string(),
  regionCode: z.string(),
  regionName: z.string(),
  signCode: z.string().nullable(),
  state: z.enum(SIGN_STATES).nullable(),
  url: z.string().nullable(),
  issuedAt: z.string().nullable(),
  issuedBy: z.string().nullable(),
  endedAt: z.string().nullable(),
  reason: z.string().nullable(),
});
export type SignView = z.output<typeof signView>;

export const signPage = z.object({ items: z.array(signView), next: z.string().nullable() });

const windows = z.array(z.string().trim().min(1).max(32)).max(500);

/** POST /admin/api/signs: makes signs for these windows, or for all that the filter covers. */
export const signIssue = z.strictObject({
  ...windowFilter,
  windows: windows.optional(),
});
export type SignIssue = z.output<typeof signIssue>;

/** POST /admin/api/signs/replace and /revoke. */
export const signEnding = z.strictObject({
  windows: windows.min(1),
  reason: z.string().trim().min(2).max(200),
});
export type SignEnding = z.output<typeof signEnding>;

/** What came of it: made anew, and left as it was. */
export const signAnswer = z.object({ done: z.number(), unchanged: z.number() });

/** GET /admin/api/signs/print: the windows by their numbers, or all that the filter covers. */
export const signPrintQuery = z.object({
  ...windowFilter,
  windows: z.string().max(20_000).optional(),
  size: z.enum(SIGN_SIZES).default('a4'),
  lang: z.string().max(10).optional(),
});
export type SignPrintQuery = z.output<typeof signPrintQuery>;
