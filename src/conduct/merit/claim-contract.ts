import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { parseMonth } from '../../kernel/month.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { MERIT_RULES } from './contract.ts';

defineRefusals({
  'merit.not_yours': {
    status: 403,
    zh: '只能为本人申报，或由本部门联络员为本部门人员申报。请由本人或联络员办理。',
    en: 'A merit is claimed by the person, or by the liaison of the department. Leave it to them.',
  },
  'merit.rule_not_in_force': {
    status: 422,
    zh: '{day} 施行的考核办法没有这项加分，没有保存。请选择当日有效的事项。',
    en: 'The scheme in force on {day} has no such bonus, so nothing was saved. Choose one that holds then.',
  },
  'merit.not_claimant': {
    status: 403,
    zh: '只有申报人可以在审批之前添加证明材料。请联系申报人。',
    en: 'Only who claimed the merit adds proof, and before it is decided. Ask that person.',
  },
  'merit.no_claim': {
    status: 409,
    zh: '这不是申报的加分事项，或部门已提出意见，没有改动。请刷新列表。',
    en: 'This is no claim, or the department has given its opinion, so nothing changed. Refresh the list.',
  },
  'merit.opinion_missing': {
    status: 409,
    zh: '部门还没有提出意见，暂不能确认。请等部门联络员提出意见，或退回。',
    en: 'The department has not given its opinion yet, so it can’t be confirmed.',
  },
  'merit.proof_missing': {
    status: 409,
    zh: '还没有证明材料，不能确认。请申报人先上传，或退回。',
    en: 'There is no proof yet, so it can’t be confirmed. Have the claimant add some, or turn it down.',
  },
});

const day = z.string().refine((text) => parseDay(text) !== undefined, { params: { code: 'merit.day' } });
const lang = z.string().max(10).optional();

/** POST /admin/api/merits. `id` is the form's own random number: the same again changes nothing. */
export const meritClaim = z.strictObject({
  id: z.uuid(),
  /** whom it credits; the claimant, unless a liaison claims for somebody else */
  staffNo: z.string().trim().max(40).nullish(),
  occurredOn: day,
  rule: z.enum(MERIT_RULES),
  quantity: z.number().int().min(1).max(20).default(1),
  evidence: z.string().trim().min(4).max(1000),
});
export type MeritClaim = z.output<typeof meritClaim>;
export const meritClaimed = z.object({ id: z.string() });

/** POST /admin/api/merits/:id/opinion */
export const meritOpinion = z
  .strictObject({ opinion: z.enum(['support', 'object']), note: z.string().trim().max(500).default('') })
  .refine(({ opinion, note }) => opinion === 'support' || note.length >= 2, { path: ['note'] });
export type MeritOpinion = z.output<typeof meritOpinion>;

export const meritFileParams = z.object({ id: z.string().min(1).max(60), fileId: z.uuid() });
export const meritFiles = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), size: z.number().int() })),
});
export type MeritFiles = z.infer<typeof meritFiles>;

export const allowanceQuery = z.object({
  staff: z.string().trim().max(40).optional(),
  on: day.optional(),
  lang,
});
const words = z.object({ zh: z.string(), en: z.string() });
/** GET /admin/api/merits/allowance: the seven items, their caps, and what is used of them. */
export const meritAllowance = z.object({
  staffNo: z.string(),
  on: z.string(),
  totalCap: z.string(),
  items: z.array(
    z.object({
      item: z.string(),
      name: words,
      cap: z.string(),
      rules: z.array(z.object({ code: z.enum(MERIT_RULES), name: words, points: z.string() })),
      /** confirmed in the month of the day */
      month: z.string(),
      /** waiting in that month: what they would give if all were confirmed */
      waiting: z.string(),
      /** confirmed in the year, month by month */
      year: z.string(),
    }),
  ),
});
export type MeritAllowance = z.infer<typeof meritAllowance>;

const monthText = z
  .string()
  .refine((text) => parseMonth(text) !== undefined, { params: { code: 'merit.day' } });
/** POST /admin/api/merit-notices: publishes the confirmed merits of a month. */
export const meritPublish = z.strictObject({ month: monthText });
export const meritPublished = z.object({ published: z.number().int() });
export const noticeQuery = z.object({ month: monthText.optional(), lang });
/** GET /admin/api/merit-notices: the published list; names masked, no evidence (domain §7). */
export const meritNotice = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      departmentName: z.string(),
      rule: z.enum(MERIT_RULES),
      quantity: z.number().int(),
      occurredOn: z.string(),
      publishedOn: z.string(),
    }),
  ),
});
export type MeritNotice = z.infer<typeof meritNotice>;
