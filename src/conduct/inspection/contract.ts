import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'finding.differs': {
    status: 409,
    zh: '编号为 {id} 的检查记录已经存在，内容与这一行不同，原记录未改动。请更换编号，或改回原来的内容。',
    en:
      'The finding {id} exists with other content and stands as it is. Use another number or the ' +
      'same content.',
  },
  'finding.day': {
    status: 422,
    zh: '发生日期不是真实的日期。请写成 2026-06-01 这样。',
    en: 'The day is not a real one. Write it like 2026-06-01.',
  },
  'finding.in_future': {
    status: 422,
    zh: '发生日期晚于今天。请核对日期。',
    en: 'The day lies in the future. Check it.',
  },
  'finding.unknown_rule': {
    status: 422,
    zh: '不认识这个规则代码，可填：{values}。',
    en: 'This rule code is not known. There are: {values}.',
  },
  'finding.quantity': {
    status: 422,
    zh: '次数应为 1 到 1000 的整数。请改正。',
    en: 'The quantity must be a whole number from 1 to 1000. Correct it.',
  },
  'finding.unknown_subject': {
    status: 422,
    zh: '名录中没有这个被记分的人员、窗口或部门。请核对代码，或先导入。',
    en: 'The register has no such member of staff, window or department. Check the code or import it first.',
  },
  'finding.same_person': {
    status: 422,
    zh: '记录人和确认人不能是同一个人。请由另一人确认。',
    en: 'Whoever recorded it may not confirm it. Let somebody else confirm it.',
  },
  'finding.own_finding': {
    status: 422,
    zh: '被记分的本人不能记录或确认自己的检查记录。请由他人办理。',
    en: 'The person concerned may neither record nor confirm it. Let others do so.',
  },
});

/** What an inspection may find. A scheme gives each of these its points. */
export const FINDING_RULES = [
  'stationing.item_outside',
  'stationing.running_outside',
  'stationing.authority_missing',
  'stationing.chief_absent',
  'daily.late',
  'daily.early_leave',
  'daily.absent_half_day',
  'daily.forged_leave',
  'daily.window_unmanned',
  'daily.dress',
  'daily.unrelated_activity',
  'daily.uncivil',
  'daily.refuse_answer',
  'daily.quarrel',
  'case.over_promise',
  'case.incomplete_notice',
  'case.not_accepted',
  'case.result_error',
  'case.illegal_fee',
  'case.false_data',
  'case.reform_task_missed',
  'conduct.media_exposure',
  'conduct.induced_rating',
  'conduct.political_discipline',
  'conduct.mass_line',
  'conduct.window_image',
  'conduct.taking_advantage',
  'conduct.disciplinary_offence',
  'conduct.data_leak',
  'conduct.retaliation',
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

const HIGHEST_QUANTITY = 1000;

/** A rule about several cells holds whatever else is wrong with the row. */
const ALSO_BESIDE_FAULTS = () => true;

/** A row of the import `findings` (contract §3), texts in, checked values out. */
export const findingRowSchema = z
  .object({
    finding_id: z.string().trim().min(1).max(60),
    occurred_on: z
      .string()
      .trim()
      .refine((text) => parseDay(text) !== undefined, { params: { code: 'finding.day' } }),
    subject_kind: z.enum(['staff', 'window', 'department']),
    subject_code: z.string().trim().min(1).max(60),
    rule: z
      .string()
      .trim()
      .refine((text) => FINDING_RULES.some((rule) => rule === text), {
        params: { code: 'finding.unknown_rule', values: FINDING_RULES.join(', ') },
      }),
    quantity: z
      .string()
      .trim()
      .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= HIGHEST_QUANTITY, {
        params: { code: 'finding.quantity' },
      })
      .transform(Number),
    projectNo: z.string().trim().max(60).optional(),
    evidence: z.string().trim().min(1).max(2000),
    recorded_by: z.string().trim().min(1).max(60),
    confirmed_by: z.string().trim().max(60).optional(),
  })
  .refine((row) => !row.confirmed_by || row.confirmed_by !== row.recorded_by, {
    path: ['confirmed_by'],
    params: { code: 'finding.same_person' },
    when: ALSO_BESIDE_FAULTS,
  })
  .refine((row) => !isOwn(row, row.recorded_by), {
    path: ['recorded_by'],
    params: { code: 'finding.own_finding' },
    when: ALSO_BESIDE_FAULTS,
  })
  .refine((row) => !isOwn(row, row.confirmed_by), {
    path: ['confirmed_by'],
    params: { code: 'finding.own_finding' },
    when: ALSO_BESIDE_FAULTS,
  });

function isOwn(row: { subject_kind: string; subject_code: string }, by: string | undefined): boolean {
  return row.subject_kind === 'staff' && by !== undefined && by === row.subject_code;
}

export type FindingRow = z.infer<typeof findingRowSchema>;
