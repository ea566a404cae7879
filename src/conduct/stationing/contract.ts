import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'stationing.day': {
    status: 422,
    zh: '日期不是真实的日期。请写成 2026-06-01 这样。',
    en: 'The day is not a real one. Write it like 2026-06-01.',
  },
  'stationing.days': {
    status: 422,
    zh: '终止日期早于起始日期。请改正日期。',
    en: 'The last day lies before the first. Correct the days.',
  },
  'stationing.unknown_department': {
    status: 422,
    zh: '名录中没有这个部门，或它不在您的数据范围内。请核对统一社会信用代码。',
    en: 'There is no such department within your data scope. Check its code.',
  },
  'stationing.unknown_item': {
    status: 422,
    zh: '该部门没有这个事项。请核对事项编码，或先导入事项。',
    en: 'The department has no such item. Check the code or import the item first.',
  },
  'stationing.unknown_chief': {
    status: 422,
    zh: '名录中没有这名首席代表。请核对工号。',
    en: 'The register has no such chief representative. Check the staff number.',
  },
  'stationing.authority': {
    status: 422,
    zh: '授权情况可填：{values}。',
    en: 'Authority is one of: {values}.',
  },
});

export const AUTHORITIES = ['granted', 'partly', 'missing'] as const;
export const STATIONING_STATES = ['met', 'unserved', 'missing'] as const;
export type StationingState = (typeof STATIONING_STATES)[number];
export const STATIONING_SIGNS = [
  'stationing.item_outside',
  'stationing.running_outside',
  'stationing.authority_missing',
  'stationing.chief_absent',
] as const;
export type StationingSign = (typeof STATIONING_SIGNS)[number];

const day = z
  .string()
  .trim()
  .refine((text) => parseDay(text) !== undefined, { params: { code: 'stationing.day' } });
const inOrder = (row: { from_date: string; to_date?: string | undefined }) =>
  !row.to_date || row.to_date >= row.from_date;

/** A row of the import `stationing`; without an item the department as a whole must be in the hall. */
export const dutyRow = z
  .object({
    department_code: z.string().trim().min(1).max(60),
    item_code: z.string().trim().max(60).optional(),
    from_date: day,
    to_date: day.optional(),
    clause: z.string().trim().min(1).max(200),
    authority: z
      .string()
      .trim()
      .refine((text) => AUTHORITIES.some((one) => one === text), {
        params: { code: 'stationing.authority', values: AUTHORITIES.join(', ') },
      })
      .optional(),
    chief_staff_no: z.string().trim().max(40).optional(),
  })
  .refine(inOrder, { path: ['to_date'], params: { code: 'stationing.days' } });
export type DutyRow = z.infer<typeof dutyRow>;

/** POST /admin/api/stationing: adds a duty, or changes that of the same department, item and first day. */
export const dutyForm = z
  .strictObject({
    departmentCode: z.string().trim().min(1).max(60),
    itemCode: z.string().trim().max(60).default(''),
    from: day,
    to: day.nullish(),
    clause: z.string().trim().min(1).max(200),
    authority: z.enum(AUTHORITIES).default('granted'),
    chiefStaffNo: z.string().trim().max(40).nullish(),
  })
  .refine(({ from, to }) => !to || to >= from, { path: ['to'], params: { code: 'stationing.days' } });
export type DutyForm = z.output<typeof dutyForm>;

export const stationingQuery = z.object({
  on: day.optional(),
  department: z.string().trim().max(60).optional(),
  state: z.enum(STATIONING_STATES).optional(),
  sign: z.enum(STATIONING_SIGNS).optional(),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
  lang: z.string().max(10).optional(),
});
export type StationingQuery = z.output<typeof stationingQuery>;

export const dutyLine = z.object({
  key: z.string(),
  departmentCode: z.string(),
  departmentName: z.string(),
  itemCode: z.string().nullable(),
  itemName: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable(),
  clause: z.string(),
  authority: z.enum(AUTHORITIES),
  chiefStaffNo: z.string().nullable(),
  chiefName: z.string().nullable(),
  state: z.enum(STATIONING_STATES),
  signs: z.array(z.enum(STATIONING_SIGNS)),
  windows: z.number().int(),
  served: z.number().int(),
  outside: z.number().int(),
});
export type DutyLine = z.infer<typeof dutyLine>;
export const dutyPage = z.object({
  items: z.array(dutyLine),
  next: z.string().nullable(),
  count: z.number().int(),
});

export const coverageQuery = z.object({ on: day.optional(), lang: z.string().max(10).optional() });
const rate = z.object({
  value: z.string().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
});
const level = z.enum(['city', 'county', 'township']);
/** GET /admin/api/stationing/coverage: by level, and county by county with its townships. */
export const coverage = z.object({
  on: z.string(),
  levels: z.array(
    z.object({
      level,
      /** regions of the level with at least one window, of all */
      halls: rate,
      /** duties that are met, of all in force */
      duties: rate,
    }),
  ),
  counties: z.array(
    z.object({ code: z.string(), name: z.string(), hall: z.boolean(), townships: rate, duties: rate }),
  ),
});
export type Coverage = z.infer<typeof coverage>;
