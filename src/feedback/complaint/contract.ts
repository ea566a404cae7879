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

/** A row of the import `complaints` (contract §3), texts in, checked values out. */
export const complaintRowSchema = z
  .object({
    complaint_id: z.string().trim().min(1).max(60),
    received_at: z
      .string()
      .refine((text) => parseMoment(text) !== undefined, { params: { code: 'field.moment' } }),
    channel: z.string().trim().min(1).max(40),
    subject_kind: z.enum(['staff', 'window', 'department']),
    subject_code: z.string().trim().min(1).max(60),
    projectNo: z.string().trim().max(60).optional(),
    text: z.string().trim().min(1).max(5000),
    outcome: z.enum(OUTCOMES),
    confirmed_by: z.string().trim().max(60).optional(),
  })
  .superRefine((row, context) => {
    if (!row.confirmed_by) return;
    const own = row.subject_kind === 'staff' && row.confirmed_by === row.subject_code;
    if (own || row.outcome === 'open') {
      const code = own ? 'complaint.own_complaint' : 'complaint.open_confirmed';
      context.addIssue({ code: 'custom', path: ['confirmed_by'], params: { code } });
    }
  });
export type ComplaintRow = z.infer<typeof complaintRowSchema>;
