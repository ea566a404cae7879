import { z } from 'zod';
import { parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'complaint.differs': {
    status: 409,
    zh: '编号为 {id} 的投诉已经存在，内容与这一行不同，原记录未改动。请更换编号，或改回原来的内容。',
    en:
      'The complaint {id} exists with other content and stands as it is. Use another number or ' +
      'the same content.',
  },
  'complaint.in_future': {
    status: 422,
    zh: '收到时间晚于现在。请核对时间。',
    en: 'The time of receipt lies in the future. Check it.',
  },
  'complaint.unknown_subject': {
    status: 422,
    zh: '名录中没有这个被投诉的人员、窗口或部门。请核对代码，或先导入。',
    en: 'The register has no such member of staff, window or department. Check the code or import it first.',
  },
  'complaint.unknown_case': {
    status: 422,
    zh: '没有这个办件编号的办理记录。请核对 projectNo，不清楚时留空。',
    en: 'No service record has this case number. Check projectNo, or leave it empty.',
  },
  'complaint.own_complaint': {
    status: 422,
    zh: '被投诉的本人不能确认投诉结论。请由他人确认。',
    en: 'The person complained about may not confirm the outcome. Let somebody else confirm it.',
  },
  'complaint.open_confirmed': {
    status: 422,
    zh: '结论为 open 的投诉不能有确认人。请先写明 at_fault 或 not_at_fault。',
    en: 'An open complaint has nobody who confirmed it. Give the outcome at_fault or not_at_fault first.',
  },
});

export const OUTCOMES = ['open', 'at_fault', 'not_at_fault'] as const;

/** How a complaint comes in (contract §4). */
export const COMPLAINT_CHANNELS = ['12345', 'phone', 'letter', 'box', 'web', 'desk'] as const;
type ComplaintChannel = (typeof COMPLAINT_CHANNELS)[number];

/** What the registers of halls write for them. */
const CHANNEL_WORDS: Readonly<Record<string, ComplaintChannel>> = {
  '12345热线': '12345',
  热线: '12345',
  hotline: '12345',
  电话: 'phone',
  来电: 'phone',
  来信: 'letter',
  信件: 'letter',
  意见箱: 'box',
  网上: 'web',
  网站: 'web',
  窗口: 'desk',
  现场: 'desk',
  服务台: 'desk',
};

/** A rule about several cells holds whatever else is wrong with the row. */
const ALSO_BESIDE_FAULTS = () => true;

/** A row of the import `complaints` (contract §3), texts in, checked values out. */
export const complaintRowSchema = z
  .object({
    complaint_id: z.string().trim().min(1).max(60),
    received_at: z
      .string()
      .refine((text) => parseMoment(text) !== undefined, { params: { code: 'field.moment' } }),
    channel: z
      .string()
      .trim()
      .transform((text) => CHANNEL_WORDS[text] ?? text.toLowerCase())
      .pipe(z.enum(COMPLAINT_CHANNELS)),
    subject_kind: z.enum(['staff', 'window', 'department']),
    subject_code: z.string().trim().min(1).max(60),
    projectNo: z.string().trim().max(60).optional(),
    text: z.string().trim().min(1).max(5000),
    outcome: z.enum(OUTCOMES),
    confirmed_by: z.string().trim().max(60).optional(),
  })
  .refine((row) => !row.confirmed_by || row.outcome !== 'open', {
    path: ['confirmed_by'],
    params: { code: 'complaint.open_confirmed' },
    when: ALSO_BESIDE_FAULTS,
  })
  .refine(
    (row) => !row.confirmed_by || row.subject_kind !== 'staff' || row.confirmed_by !== row.subject_code,
    {
      path: ['confirmed_by'],
      params: { code: 'complaint.own_complaint' },
      when: ALSO_BESIDE_FAULTS,
    },
  );
export type ComplaintRow = z.infer<typeof complaintRowSchema>;
