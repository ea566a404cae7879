import { z } from 'zod';
import { type Day, parseDay } from '../../kernel/day.ts';
import { parseMonth } from '../../kernel/month.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { CLOCK_RULES } from './judge.ts';
import { MARKS } from './plan.ts';
import { PLACE_KINDS, SHIFT_DAYS } from './shift.ts';

defineRefusals({
  'attendance.unknown_finding': {
    status: 404,
    zh: '没有找到这条考勤认定，或不在您的数据范围内。请从列表中重新打开。',
    en: 'There is no such finding within your data scope. Open it again from the list.',
  },
  'attendance.decided': {
    status: 409,
    zh: '这条考勤认定已经有结论，或因情况变化不再成立。请刷新后查看。',
    en: 'This finding has been decided, or the facts no longer bear it out. Reload to see.',
  },
  'attendance.not_yours': {
    status: 403,
    zh: '只有本人（窗口为联络员或首席代表）可以提出异议。',
    en: 'Only its subject may protest; for a window its liaison or chief representative.',
  },
  'attendance.protested': {
    status: 409,
    zh: '已经提出过异议，正在复核。请等待结论；对结论不服的，公示期可以申诉。',
    en: 'A protest has been made and is looked at. After the decision there is still the appeal.',
  },
  'attendance.protest_late': {
    status: 409,
    zh: '异议期已于 {day} 结束。记分后仍可在公示期申诉。',
    en: 'The time for protest ended on {day}. Once it is posted, an appeal is still open.',
  },
  'attendance.protest_open': {
    status: 409,
    zh: '异议期到 {day} 为止，本人还可以说明，现在不能确认。请在此之后再确认。',
    en: 'Its subject may still protest until {day}. Confirm it after that.',
  },
  'attendance.same_person': {
    status: 409,
    zh: '打卡文件由您导入，不能再由您确认。请由另一人确认。',
    en: 'You brought the punches that it rests on. Let somebody else confirm it.',
  },
  'attendance.own_finding': {
    status: 409,
    zh: '不能确认自己或自己窗口的考勤认定。请由他人办理。',
    en: 'Nobody decides on a finding about themselves or their window. Let others do so.',
  },
  'attendance.days_reversed': {
    status: 422,
    zh: '结束日期早于开始日期。请核对。',
    en: 'The days run backwards. Check them.',
  },
  'attendance.too_many_days': {
    status: 422,
    zh: '一次最多核对 {days} 天。请缩短日期范围。',
    en: 'At most {days} days can be looked at together. Choose fewer.',
  },
  'shift.unknown': {
    status: 404,
    zh: '没有找到这个班次，或不在您的数据范围内。请刷新列表。',
    en: 'There is no such shift within your data scope. Reload the list.',
  },
  'shift.unknown_place': {
    status: 422,
    zh: '名录中没有这个大厅、窗口或人员，或不在您的数据范围内。请核对代码。',
    en: 'There is no such hall, window or person within your data scope. Check the code.',
  },
  'shift.hours': {
    status: 422,
    zh: '时间应如 09:00-17:00 或 09:00-12:00,13:30-17:00，最多两段，依次递增。',
    en: 'Hours must look like 09:00-17:00 or 09:00-12:00,13:30-17:00: two spans at most, running forward.',
  },
  'shift.same_day': {
    status: 409,
    zh: '这里已经有同一天起用、同类日期的班次。请先停用那一个，或改开始日期。',
    en: 'Another shift of this place begins on the same day. End it first, or choose another day.',
  },
  'shift.ended': {
    status: 409,
    zh: '班次已经停用，或停用日期早于起用日期。请核对日期。',
    en: 'The shift has ended, or would end before it begins. Check the day.',
  },
});

const dayText = z
  .string()
  .refine((text) => parseDay(text) !== undefined, { params: { code: 'field.moment' }, abort: true })
  .transform((text) => text as Day);
const half = z.enum(['am', 'pm']);

export const FINDING_STATES = ['proposed', 'protested', 'confirmed', 'withdrawn', 'lapsed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];
export { CLOCK_RULES, MARKS, PLACE_KINDS, SHIFT_DAYS };

export const findingQuery = z.object({
  state: z.enum(FINDING_STATES).optional(),
  rule: z.enum(CLOCK_RULES).optional(),
  subject: z.string().trim().max(60).optional(),
  department: z.string().max(18).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type FindingQuery = z.output<typeof findingQuery>;

export const clockFinding = z.object({
  id: z.string(),
  day: z.string(),
  half,
  subjectKind: z.enum(['staff', 'window']),
  subjectCode: z.string(),
  subjectName: z.string().nullable(),
  departmentName: z.string().nullable(),
  rule: z.enum(CLOCK_RULES),
  minutes: z.number().int(),
  evidence: z.string(),
  state: z.enum(FINDING_STATES),
  recordedBy: z.string(),
  proposedAt: z.string(),
  protestUntil: z.string(),
  protest: z.string().nullable(),
  protestedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  /** confirmed, and later facts such as leave no longer bear it out */
  overtaken: z.boolean(),
  mayProtest: z.boolean(),
  mayConfirm: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type ClockFinding = z.infer<typeof clockFinding>;
export const findingPage = z.object({ items: z.array(clockFinding), next: z.string().nullable() });

/** POST /admin/api/attendance/findings/:id/protest */
export const protestForm = z.strictObject({ text: z.string().trim().min(4).max(1000) });
export const findingParams = z.object({ id: z.string().min(1).max(80) });

/** POST /admin/api/attendance/decisions: many at once; to withdraw one takes a reason. */
export const findingDecision = z
  .strictObject({
    ids: z.array(z.string().min(1).max(80)).min(1).max(200),
    confirm: z.boolean(),
    note: z.string().trim().max(500).default(''),
  })
  .refine(({ confirm, note }) => confirm || note.length >= 2, { path: ['note'] });
export type FindingDecision = z.output<typeof findingDecision>;
/** Which of them are done, and why the others aren't. */
export const findingDecided = z.object({
  done: z.number().int(),
  left: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
});

/** POST /admin/api/attendance/runs: looks at days anew. */
export const runForm = z.strictObject({ from: dayText, to: dayText });
export const runAnswer = z.object({ proposed: z.number().int(), lapsed: z.number().int() });

export const shiftForm = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(60),
  placeKind: z.enum(PLACE_KINDS),
  placeCode: z.string().trim().min(1).max(40),
  days: z.enum(SHIFT_DAYS),
  spans: z.string().trim().min(1).max(60),
  noonPunch: z.boolean(),
  from: dayText,
  to: dayText.nullish(),
});
export type ShiftForm = z.output<typeof shiftForm>;
export const shiftEnd = z.strictObject({ on: dayText });
export const shiftLine = z.object({
  id: z.string(),
  name: z.string(),
  placeKind: z.enum(PLACE_KINDS),
  placeCode: z.string(),
  placeName: z.string().nullable(),
  days: z.enum(SHIFT_DAYS),
  spans: z.string(),
  noonPunch: z.boolean(),
  from: z.string(),
  to: z.string().nullable(),
});
export type ShiftLine = z.infer<typeof shiftLine>;
export const shiftList = z.object({ items: z.array(shiftLine) });

export const monthParams = z.object({
  month: z.string().refine((text) => parseMonth(text) !== undefined, { params: { code: 'field.month' } }),
});
export const gridQuery = z.object({
  q: z.string().trim().max(60).optional(),
  department: z.string().max(18).optional(),
  window: z.string().max(32).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type GridQuery = z.output<typeof gridQuery>;

/** How one person's month looks: two marks a day, and how often each occurs. */
export const gridLine = z.object({
  staffNo: z.string(),
  name: z.string(),
  departmentName: z.string(),
  days: z.array(z.object({ am: z.enum(MARKS), pm: z.enum(MARKS) })),
  counts: z.partialRecord(z.enum(MARKS), z.number().int()),
});
export type GridLine = z.infer<typeof gridLine>;
export const grid = z.object({
  days: z.array(z.object({ day: z.string(), isWorkday: z.boolean() })),
  items: z.array(gridLine),
  next: z.string().nullable(),
});
export type Grid = z.infer<typeof grid>;
