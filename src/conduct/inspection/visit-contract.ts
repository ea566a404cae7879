import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'visit.unknown': {
    status: 404,
    zh: '没有找到这次暗访，或它不在您的数据范围内。请从列表重新打开。',
    en: 'There is no such visit within your data scope. Open it from the list.',
  },
  'visit.days': {
    status: 422,
    zh: '结束日期早于开始日期。请调整暗访的日期范围。',
    en: 'The last day lies before the first. Correct the days of the visit.',
  },
  'visit.over': {
    status: 409,
    zh: '这次暗访已经报告或取消，没有改动。请刷新列表。',
    en: 'This visit has been reported or cancelled already, so nothing changed. Refresh the list.',
  },
  'visit.not_reported': {
    status: 409,
    zh: '这次暗访还没有报告，或已经复核，不能复核。请刷新列表。',
    en: 'This visit isn’t reported yet or was confirmed before, so it can’t be confirmed. Refresh the list.',
  },
  'visit.second_person': {
    status: 403,
    zh: '报告人不能复核自己的暗访报告，须由另一人复核。',
    en: 'Whoever reported a visit may not confirm it; a second person does.',
  },
  'visit.needed': {
    status: 422,
    zh: '暗访发现须挂在一次计划中的暗访下。请先制定暗访计划，或改为日常巡查。',
    en: 'A mystery finding belongs to a planned visit. Plan the visit first, or record an ordinary patrol.',
  },
});

const dayText = z.string().refine((text) => parseDay(text) !== undefined, {
  params: { code: 'finding.day' },
});

export const VISIT_STATES = ['planned', 'reported', 'confirmed', 'cancelled'] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** POST /admin/api/visits; the same id again changes nothing. */
export const visitForm = z.strictObject({
  id: z.uuid(),
  windowCode: z.string().trim().min(1).max(60),
  from: dayText,
  to: dayText,
  purpose: z.string().trim().min(4).max(500),
  visitor: z.string().trim().min(1).max(60),
});
export type VisitForm = z.output<typeof visitForm>;

export const visitParams = z.object({ id: z.uuid() });
/** POST /admin/api/visits/:id/report */
export const visitReport = z.strictObject({ report: z.string().trim().min(4).max(2000) });

export const visitQuery = z.object({
  state: z.enum(VISIT_STATES).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type VisitQuery = z.output<typeof visitQuery>;

export const visitLine = z.object({
  id: z.string(),
  state: z.enum(VISIT_STATES),
  windowCode: z.string(),
  windowName: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  purpose: z.string(),
  visitor: z.string().nullable(),
  report: z.string().nullable(),
  findings: z.number().int(),
  plannedAt: z.string(),
  reportedBy: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  may: z.array(z.enum(['report', 'confirm', 'cancel'])),
});
export type VisitLine = z.infer<typeof visitLine>;
export const visitPage = z.object({ items: z.array(visitLine), next: z.string().nullable() });
