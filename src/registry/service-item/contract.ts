import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const itemRefusals = defineRefusals({
  'item.unknown': {
    status: 422,
    zh: '事项不在名录中。请核对事项编码，或先导入该事项。',
    en: 'The service item is not in the register. Check its code, or import the item first.',
  },
  'item.type_unknown': {
    status: 422,
    zh: '事项类型不在国家目录中，应为两位数字，如 01 行政许可、20 公共服务。',
    en:
      'This item type is not in the national list; it has two digits, such as 01 licence or 20 public ' +
      'service.',
  },
  'item.type_mismatch': {
    status: 422,
    zh: '事项类型与事项编码第22、23位不符，请核对 type 和 code。',
    en: 'The type differs from digits 22 and 23 of the item code. Check type and code.',
  },
  'item.no_window': {
    status: 422,
    zh: '窗口不在名录中。请核对窗口编号，或联系考核办维护岗位。',
    en: 'The window is not in the register. Check its code, or have the office put the posting right.',
  },
  'item.instant_days': {
    status: 422,
    zh: '即办件不填承诺办结时限。请核对 promise 和 promised_days。',
    en: 'What is settled at once has no promised days. Check promise and promised_days.',
  },
});

export const promises = z.enum(['instant', 'promised']);
export type Promised = z.infer<typeof promises>;

export const itemQuery = z.object({
  q: z.string().trim().max(100).optional(),
  department: z.string().max(18).optional(),
  type: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  promise: promises.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type ItemQuery = z.infer<typeof itemQuery>;

export const itemView = z.object({
  code: z.string(),
  name: z.string(),
  departmentCode: z.string(),
  departmentName: z.string(),
  /** The code names another department as its owner. */
  otherOwner: z.boolean(),
  type: z.string(),
  ratable: z.boolean(),
  promise: promises,
  /** Working days. */
  promisedDays: z.number().int().nullable(),
});
export type ItemView = z.infer<typeof itemView>;

export const itemPage = z.object({ items: z.array(itemView), next: z.string().nullable() });

/** An item as it is found while it is typed. */
export const foundItem = z.object({
  code: z.string(),
  name: z.string(),
  departmentCode: z.string(),
  departmentName: z.string(),
  promise: promises,
  promisedDays: z.number().int().nullable(),
});
export type FoundItem = z.infer<typeof foundItem>;

export const foundItems = z.object({ items: z.array(foundItem) });

/** GET /admin/api/registry/items/found: what is typed at a window. */
export const soughtItem = z.object({ q: z.string().trim().max(60), window: z.string().max(32) });

/** Whom a paper is asked of. */
export const APPLICANTS = ['any', 'person', 'company'] as const;
/** In which form it is asked for. */
export const MATERIAL_FORMS = ['original', 'copy', 'electronic'] as const;

export const tableQuery = z.object({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  lang: z.string().max(10).optional(),
});
