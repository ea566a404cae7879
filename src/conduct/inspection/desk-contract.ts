import { z } from 'zod';
import { parseDay, parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { FINDING_RULES } from './contract.ts';

defineRefusals({
  'finding.unknown': {
    status: 404,
    zh: '没有找到这条检查记录，或它不在您的数据范围内。请从列表重新打开。',
    en: 'There is no such finding within your data scope. Open it from the list.',
  },
  'finding.unknown_window': {
    status: 422,
    zh: '名录中没有这个窗口，或它不在您的数据范围内，没有保存。请核对窗口编号。',
    en: 'There is no such window within your data scope, so nothing was saved. Check its code.',
  },
  'finding.rule_not_in_force': {
    status: 422,
    zh: '{day} 施行的考核办法没有这条规则，没有保存。请选择当日有效的规则。',
    en: 'The scheme in force on {day} has no such rule, so nothing was saved. Choose one that holds then.',
  },
  'finding.rule_subject': {
    status: 422,
    zh: '部门进驻的规则只记到窗口或部门，不记到个人。请改选对象。',
    en: 'Rules of stationing charge a window or a department, never a person. Choose another subject.',
  },
  'finding.decided': {
    status: 409,
    zh: '这条检查记录已经复核，原结论不变。请刷新列表。',
    en: 'This finding has been decided and stands as it is. Refresh the list.',
  },
  'finding.second_person': {
    status: 403,
    zh: '记录人不能复核自己的记录，须由另一人复核。请交给其他有复核权限的人。',
    en: 'Whoever recorded a finding may not decide it; a second person does. Leave it to somebody else.',
  },
  'finding.concerned': {
    status: 403,
    zh: '这条记录涉及您本人或您派驻的窗口，不能由您记录或复核。请由他人办理。',
    en: 'This is about you or a window you serve at. Somebody else has to record or decide it.',
  },
  'finding.photos_missing': {
    status: 409,
    zh: '还有 {missing} 张照片没有上传完，暂不能确认。请等记录人的手机联网，或退回。',
    en:
      '{missing} photos are still on their way, so it can’t be confirmed yet. Wait for the phone, or turn ' +
      'it down.',
  },
  'finding.not_recorder': {
    status: 403,
    zh: '只有记录人可以在复核之前上传照片。请联系记录人。',
    en: 'Only who recorded the finding adds photos, and before it is decided. Ask that person.',
  },
  'finding.not_a_photo': {
    status: 422,
    zh: '“{name}”不是完整的 JPG 或 PNG 照片，按内容判断，没有保存。请重新拍摄。',
    en: '“{name}” is no whole JPG or PNG photo, by its content, and was not kept. Take it again.',
  },
  'finding.photo_place': {
    status: 422,
    zh: '“{name}”带有拍摄信息（可能含位置），没有保存。请用巡查页面拍摄，它会去掉这些信息。',
    en: '“{name}” carries camera data, perhaps a place, and was not kept. Take it on the patrol page.',
  },
  'finding.photo_large': {
    status: 413,
    zh: '“{name}”超过 {limit} KB，没有保存。请用巡查页面拍摄，它会压缩照片。',
    en: '“{name}” is larger than {limit} KB and was not kept. Take it on the patrol page.',
  },
  'finding.photo_count': {
    status: 409,
    zh: '照片数超过记录时登记的张数，没有保存。请另记一条。',
    en: 'There are more photos than the record announced, so this one was not kept. Record another finding.',
  },
  'finding.day_claimed': {
    status: 422,
    zh: '手机声称的时间不在可采信的范围内，只能按到达服务器的日期确认。',
    en: 'What the phone claims can’t be believed by the rules; only the day of arrival can be confirmed.',
  },
});

/** How a finding of the desk came about. */
export const FINDING_WAYS = ['patrol', 'mystery', 'case_file', 'stationing', 'attendance'] as const;
export type FindingWay = (typeof FINDING_WAYS)[number];
export const FINDING_STATES = ['open', 'confirmed', 'rejected'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

const moment = z.string().refine((text) => parseMoment(text) !== undefined, {
  params: { code: 'field.moment' },
});
const dayText = z.string().refine((text) => parseDay(text) !== undefined, {
  params: { code: 'finding.day' },
});
const subjectKind = z.enum(['staff', 'window', 'department']);
const code = z.string().trim().min(1).max(60);

/** POST /admin/api/findings. `id` is the form's own random number: the same again changes nothing. */
export const findingForm = z.strictObject({
  id: z.uuid(),
  way: z.enum(['patrol', 'mystery', 'stationing']).default('patrol'),
  windowCode: code.nullish(),
  subjectKind,
  subjectCode: code,
  rule: z.enum(FINDING_RULES),
  quantity: z.number().int().min(1).max(20).default(1),
  projectNo: z.string().trim().max(60).nullish(),
  evidence: z.string().trim().min(2).max(1000),
  /** by the phone's clock; a claim only */
  claimedAt: moment,
  /** how many photos will follow */
  photos: z.number().int().min(0).max(20).default(0),
  visitId: z.uuid().nullish(),
});
export type FindingForm = z.output<typeof findingForm>;

export const findingParams = z.object({ id: z.string().min(1).max(60) });
export const findingFileParams = findingParams.extend({ fileId: z.uuid() });

export const findingQuery = z.object({
  state: z.enum(FINDING_STATES).optional(),
  way: z.enum(FINDING_WAYS).optional(),
  rule: z.enum(FINDING_RULES).optional(),
  kind: subjectKind.optional(),
  /** number of a person or window, USCC of a department */
  subject: z.string().trim().max(60).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type FindingQuery = z.output<typeof findingQuery>;

export const findingLine = z.object({
  id: z.string(),
  way: z.enum(FINDING_WAYS).nullable(),
  state: z.enum(FINDING_STATES),
  occurredOn: z.string(),
  subjectKind,
  subjectCode: z.string(),
  subjectName: z.string().nullable(),
  departmentName: z.string().nullable(),
  windowCode: z.string().nullable(),
  rule: z.string(),
  /** by the scheme in force now */
  ruleName: z.object({ zh: z.string(), en: z.string() }).nullable(),
  quantity: z.number().int(),
  projectNo: z.string().nullable(),
  evidence: z.string(),
  recordedBy: z.string(),
  recordedAt: z.string(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type FindingLine = z.infer<typeof findingLine>;
export const findingPage = z.object({ items: z.array(findingLine), next: z.string().nullable() });

export const findingDetail = findingLine.extend({
  claimedAt: z.string().nullable(),
  /** the day that the phone claims, where the second person may believe it */
  claimedDay: z.string().nullable(),
  photos: z.number().int(),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number().int() })),
  may: z.object({ decide: z.boolean() }),
});
export type FindingDetail = z.infer<typeof findingDetail>;

/** POST /admin/api/findings/:id/decision */
export const findingDecision = z
  .strictObject({
    outcome: z.enum(['confirmed', 'rejected']),
    /** which day it happened on: that of its arrival, or the one the phone claims */
    day: z.enum(['arrival', 'claim']).default('arrival'),
    note: z.string().trim().max(500).default(''),
  })
  .refine(({ outcome, note }) => outcome === 'confirmed' || note.length >= 2, { path: ['note'] });
export type FindingDecision = z.output<typeof findingDecision>;

/** GET /admin/api/patrol: what a phone needs to go on without a line. */
export const patrolKit = z.object({
  on: z.string(),
  photo: z.object({ edge: z.number().int(), kilobytes: z.number().int(), most: z.number().int() }),
  /** rules of the scheme in force, in its order */
  rules: z.array(
    z.object({
      code: z.string(),
      part: z.string(),
      partName: z.object({ zh: z.string(), en: z.string() }),
      name: z.object({ zh: z.string(), en: z.string() }),
      points: z.string(),
      veto: z.boolean(),
    }),
  ),
  windows: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      departmentCode: z.string(),
      departmentName: z.string(),
      staff: z.array(z.object({ no: z.string(), name: z.string() })),
    }),
  ),
  /** planned visits that the reader may go on */
  visits: z.array(z.object({ id: z.string(), windowCode: z.string(), purpose: z.string() })),
});
export type PatrolKit = z.infer<typeof patrolKit>;
