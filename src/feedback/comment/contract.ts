import { z } from 'zod';
import { parseDay, parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'comment.unknown_subject': {
    status: 422,
    zh: '名录中没有这个对象，没有保存。请核对类别和编号。',
    en: 'The register has no such subject, so nothing was saved. Check its kind and code.',
  },
  'comment.beyond_scope': {
    status: 403,
    zh: '这个对象不在您的数据范围内，没有保存。请由有权限的人员办理。',
    en: 'This lies outside your data scope, so nothing was saved. Somebody who may see it has to do it.',
  },
  'comment.unknown': {
    status: 404,
    zh: '没有找到这条点评，或它不在您的数据范围内。请返回列表重新选择。',
    en: 'There is no such comment within your data scope. Go back to the list and choose again.',
  },
  'comment.unknown_receipt': {
    status: 404,
    zh: '没有找到这个点评回执。请核对16位编号后重新输入。',
    en: 'There is no comment with this receipt. Check its 16 characters and enter them again.',
  },
  'comment.in_future': {
    status: 422,
    zh: '查访时间晚于现在，没有保存。请核对时间。',
    en: 'The time of the visit lies in the future, so nothing was saved. Check the time.',
  },
  'comment.own_subject': {
    status: 403,
    zh: '这次查评涉及您本人或您派驻的窗口，不能由您登记或复核。请由他人办理。',
    en: 'This inspection is about you or a window you serve at. Somebody else has to record or confirm it.',
  },
  'comment.same_person': {
    status: 403,
    zh: '登记人不能复核自己的查评。请由另一人复核。',
    en: 'Whoever recorded an inspection can’t confirm it. Have somebody else do it.',
  },
  'comment.decided': {
    status: 409,
    zh: '这次查评已经复核，原结论不变。如有异议，请重新登记一次查评。',
    en: 'This inspection has been decided; the decision stands. Record another inspection if it is wrong.',
  },
  'comment.not_recorder': {
    status: 403,
    zh: '只有登记人可以在复核之前添加佐证。请联系登记人。',
    en: 'Only who recorded the inspection adds evidence, and before it is decided. Ask that person.',
  },
  'comment.evidence_missing': {
    status: 422,
    zh: '不满意的查评要有佐证才能确认。请登记人先上传照片或记录。',
    en: 'A bad inspection is confirmed on evidence. Have who recorded it add a picture or notes first.',
  },
  'comment.wait': {
    status: 429,
    zh: '短时间内点评次数过多，这次没有保存。请一小时后再试。',
    en: 'Too many comments in a short time; this one was not saved. Try again in an hour.',
  },
  'comment.range_reversed': {
    status: 422,
    zh: '结束日期早于开始日期。请调整日期范围。',
    en: 'The last day lies before the first. Correct the range of days.',
  },
  'sign.unknown': {
    status: 404,
    zh: '这个二维码不是窗口评价码牌，或没有扫完整。请重新扫描窗口上的码牌，或输入凭条上的评价码。',
    en: 'This is no sign of a window. Scan the sign at the window again, or enter the code on your slip.',
  },
  'sign.replaced': {
    status: 410,
    zh: '这张码牌已经更换，不再使用。请扫描窗口上现在的码牌，或输入凭条上的评价码。',
    en: 'This sign has been replaced. Scan the one at the window now, or enter the code on your slip.',
  },
  'sign.revoked': {
    status: 410,
    zh: '这张码牌已经停用。请到大厅服务台咨询，或输入凭条上的评价码。',
    en: 'This sign is no longer used. Ask at the hall desk, or enter the code on your slip.',
  },
  'sign.no_code': {
    status: 404,
    zh: '这个窗口没有这个评价码。请核对凭条上的6位评价码和窗口编号。',
    en: 'No service at this window has this code. Check the 6 characters and the window on your slip.',
  },
  'sign.no_case': {
    status: 404,
    zh: '没有找到可以评价的办理记录。请核对办件编号后四位和办理时留的手机号；过了评价期限的也查不到。',
    en:
      'No service that can be rated was found. Check the last 4 digits of the case number and the phone ' +
      'that you left; what can no longer be rated isn’t found either.',
  },
  'sign.phone': {
    status: 422,
    zh: '手机号应为11位数字。请重新填写办理时留的手机号。',
    en: 'A mobile number has 11 digits. Enter the one that you left when you applied.',
  },
  'sign.tail': {
    status: 422,
    zh: '请填写办件编号的最后四位。',
    en: 'Enter the last 4 digits of the case number.',
  },
  'sign.tries': {
    status: 429,
    zh: '输错的次数过多，暂时不能再查。请一小时后再试，或请窗口用凭条上的评价码。',
    en: 'There were too many wrong tries. Try again in an hour, or use the code on your slip.',
  },
});

/** public 社会综合点评, inspect 政府监督查评. */
export const COMMENT_MODES = ['public', 'inspect'] as const;
export type CommentMode = (typeof COMMENT_MODES)[number];

/** What the public may comment on; a person is only ever the subject of an inspection. */
export const PUBLIC_SUBJECTS = ['item', 'department', 'window', 'platform'] as const;
export const COMMENT_SUBJECTS = [...PUBLIC_SUBJECTS, 'staff'] as const;
export type CommentSubject = (typeof COMMENT_SUBJECTS)[number];

/** Ways to the services as such, whichever window or department stands behind them. */
export const PLATFORMS = ['hall', 'portal', 'app', 'self_service', 'hotline'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Where an inspection stands; a public comment is decided by nobody. */
export const INSPECTION_STATES = ['waiting', 'confirmed', 'rejected'] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

const level = z.number().int().min(1).max(5);
const day = z.iso.date().refine((text) => parseDay(text) !== undefined);
const badMoment = { params: { code: 'field.moment' } };
const momentText = z.string().refine((text) => parseMoment(text) !== undefined, badMoment);

/** POST /admin/api/inspections. `id` is the form's own: the same again is the same inspection. */
export const inspectionForm = z.strictObject({
  id: z.uuid(),
  subjectKind: z.enum(COMMENT_SUBJECTS),
  subjectCode: z.string().trim().min(1).max(60),
  visitedAt: momentText,
  satisfaction: level,
  tags: z.array(z.string().max(20)).max(20).default([]),
  text: z.string().max(5000).default(''),
});
export type InspectionForm = z.output<typeof inspectionForm>;

/** POST /admin/api/inspections/:id/decision. */
export const inspectionDecision = z.strictObject({
  outcome: z.enum(['confirmed', 'rejected']),
  note: z.string().trim().max(500).optional(),
});
export type InspectionDecision = z.output<typeof inspectionDecision>;

/** GET /admin/api/comments: days on which it was given or visited, both included. */
export const commentFilter = z.object({
  mode: z.enum(COMMENT_MODES).optional(),
  kind: z.enum(COMMENT_SUBJECTS).optional(),
  code: z.string().trim().max(60).optional(),
  level: z.coerce.number().int().min(1).max(5).optional(),
  state: z.enum(INSPECTION_STATES).optional(),
  window: z.string().trim().max(32).optional(),
  department: z.string().trim().max(18).optional(),
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type CommentFilter = z.output<typeof commentFilter>;

export const commentRow = z.object({
  id: z.string(),
  mode: z.enum(COMMENT_MODES),
  subjectKind: z.enum(COMMENT_SUBJECTS),
  subjectCode: z.string(),
  subjectName: z.string().nullable(),
  departmentCode: z.string().nullable(),
  departmentName: z.string().nullable(),
  windowCode: z.string().nullable(),
  satisfaction: z.number(),
  tags: z.array(z.number()),
  hasText: z.boolean(),
  occurredAt: z.string(),
  receivedAt: z.string(),
  /** of an inspection */
  state: z.enum(INSPECTION_STATES).nullable(),
});
export type CommentRow = z.output<typeof commentRow>;

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });

/** Figures of one mode: never mixed with each other or with those of ratings. */
export const commentCount = z.object({
  mode: z.enum(COMMENT_MODES),
  count: z.number(),
  good: z.number(),
  bad: z.number(),
  goodRate: rate,
});
export type CommentCount = z.output<typeof commentCount>;

export const commentPage = z.object({
  items: z.array(commentRow),
  next: z.string().nullable(),
  /** of everything that the days and the scope cover, whatever else is filtered */
  counts: z.array(commentCount),
});

export const commentFile = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  uploadedAt: z.string(),
});

/** GET /admin/api/comments/:id. */
export const commentDetail = commentRow.extend({
  regionCode: z.string(),
  channel: z.number(),
  receipt: z.string(),
  /** null when nothing was written or it has been erased */
  text: z.string().nullable(),
  /** of an inspection */
  recordedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  files: z.array(commentFile),
  may: z.object({ attach: z.boolean(), decide: z.boolean() }),
});
export type CommentDetail = z.output<typeof commentDetail>;

export const commentParams = z.object({ id: z.uuid() });
export const commentFileParams = z.object({ id: z.uuid(), fileId: z.uuid() });

/** The public form: the names of the rating form. */
export const commentForm = z.strictObject({
  kind: z.string().max(20).optional(),
  code: z.string().max(60).optional(),
  satisfaction: z.string().max(10).optional(),
  evalDetail: z.union([z.string().max(400), z.array(z.string().max(400)).max(40)]).optional(),
  writingEvaluation: z.string().max(5000).optional(),
  id: z.string().max(64).optional(),
});
export type CommentForm = z.output<typeof commentForm>;

/** POST /w/{signCode}: a short code, or the end of a case number with a phone. */
export const findForm = z.strictObject({
  code: z.string().max(40).optional(),
  tail: z.string().max(40).optional(),
  phone: z.string().max(40).optional(),
});
