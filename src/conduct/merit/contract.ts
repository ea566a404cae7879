import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'merit.differs': {
    status: 409,
    zh: '编号为 {id} 的加分事项已经存在，内容与这一行不同，原记录未改动。请更换编号，或改回原来的内容。',
    en:
      'The merit {id} exists with other content and stands as it is. Use another number or the ' +
      'same content.',
  },
  'merit.day': {
    status: 422,
    zh: '发生日期不是真实的日期。请写成 2026-06-01 这样。',
    en: 'The day is not a real one. Write it like 2026-06-01.',
  },
  'merit.in_future': {
    status: 422,
    zh: '发生日期晚于今天。请核对日期。',
    en: 'The day lies in the future. Check it.',
  },
  'merit.unknown_rule': {
    status: 422,
    zh: '不认识这个规则代码，可填：{values}。',
    en: 'This rule code is not known. There are: {values}.',
  },
  'merit.quantity': {
    status: 422,
    zh: '次数应为 1 到 1000 的整数。请改正。',
    en: 'The quantity must be a whole number from 1 to 1000. Correct it.',
  },
  'merit.unknown_staff': {
    status: 422,
    zh: '名录中没有这名工作人员。请核对工号，或先导入。',
    en: 'The register has no such member of staff. Check the number or import it first.',
  },
  'merit.own_merit': {
    status: 422,
    zh: '本人不能确认自己的加分事项。请由他人确认。',
    en: 'Nobody may confirm an own merit. Let somebody else confirm it.',
  },
  'merit.unknown': {
    status: 404,
    zh: '没有这个加分事项，或它不在您的数据范围内。请从列表重新打开。',
    en: 'There is no such merit within your data scope. Open it from the list.',
  },
  'merit.decided': {
    status: 409,
    zh: '这个加分事项已经确认或退回，没有改动。请刷新列表。',
    en: 'This merit was confirmed or turned down already, so nothing changed. Refresh the list.',
  },
  'merit.same_person': {
    status: 403,
    zh: '登记人不能确认自己登记的加分事项，须由另一人确认。请交给其他有确认权限的人。',
    en: 'Whoever recorded the merit may not confirm it; a second person does. Leave it to somebody else.',
  },
});

/** What a member of staff may be credited with. A scheme gives each of these its points and caps. */
export const MERIT_RULES = [
  'bonus.innovation',
  'bonus.proactive_service',
  'bonus.honour_city',
  'bonus.honour_province',
  'bonus.honour_nation',
  'bonus.public_praise',
  'bonus.once_done',
  'bonus.publicity',
  'bonus.skill_contest',
] as const;
export type MeritRule = (typeof MERIT_RULES)[number];

const HIGHEST_QUANTITY = 1000;

/** A row of the import `merits` (contract §3), texts in, checked values out. */
export const meritRowSchema = z
  .object({
    merit_id: z.string().trim().min(1).max(60),
    occurred_on: z
      .string()
      .trim()
      .refine((text) => parseDay(text) !== undefined, { params: { code: 'merit.day' } }),
    staff_no: z.string().trim().min(1).max(60),
    rule: z
      .string()
      .trim()
      .refine((text) => MERIT_RULES.some((rule) => rule === text), {
        params: { code: 'merit.unknown_rule', values: MERIT_RULES.join(', ') },
      }),
    quantity: z
      .string()
      .trim()
      .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= HIGHEST_QUANTITY, {
        params: { code: 'merit.quantity' },
      })
      .transform(Number),
    evidence: z.string().trim().min(1).max(2000),
    confirmed_by: z.string().trim().max(60).optional(),
  })
  .refine((row) => !row.confirmed_by || row.confirmed_by !== row.staff_no, {
    path: ['confirmed_by'],
    params: { code: 'merit.own_merit' },
    // Also when something else is wrong with the row.
    when: () => true,
  });
export type MeritRow = z.infer<typeof meritRowSchema>;

export const meritParams = z.object({ id: z.string().min(1).max(60) });
export const meritQuery = z.object({
  state: z.enum(['open', 'confirmed', 'rejected']).optional(),
  rule: z.enum(MERIT_RULES).optional(),
  staff: z.string().trim().max(40).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type MeritQuery = z.output<typeof meritQuery>;

export const meritLine = z.object({
  id: z.string(),
  occurredOn: z.string(),
  staffNo: z.string(),
  staffName: z.string().nullable(),
  rule: z.enum(MERIT_RULES),
  quantity: z.number().int(),
  evidence: z.string(),
  state: z.enum(['open', 'confirmed', 'rejected']),
  recordedBy: z.string(),
  recordedAt: z.string(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  claimed: z.boolean(),
  /** of the department, on a claim */
  opinion: z.enum(['support', 'object']).nullable(),
  opinionBy: z.string().nullable(),
  opinionNote: z.string().nullable(),
  publishedOn: z.string().nullable(),
  /** whether the reader may speak for the department, or add proof, now */
  mayOpine: z.boolean(),
  mayProve: z.boolean(),
  /** whether the reader may decide on it now */
  mayDecide: z.boolean(),
});
export type MeritLine = z.infer<typeof meritLine>;
export const meritPage = z.object({ items: z.array(meritLine), next: z.string().nullable() });

/** POST /admin/api/merits/:id/decision */
export const meritDecision = z
  .strictObject({ confirm: z.boolean(), note: z.string().trim().max(500).default('') })
  .refine(({ confirm, note }) => confirm || note.length >= 2, { path: ['note'] });
export type MeritDecision = z.output<typeof meritDecision>;
