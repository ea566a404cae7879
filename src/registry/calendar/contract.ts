import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const calendarRefusals = defineRefusals({
  'calendar.day': {
    status: 422,
    zh: '不是有效的日期，应如 2026-10-01。',
    en: 'This is not a real day such as 2026-10-01.',
  },
});

export const dayKinds = z.enum(['holiday', 'workday']);
export type DayKind = z.infer<typeof dayKinds>;

export const calendarQuery = z.object({
  year: z
    .string()
    .regex(/^(?:19|2\d)\d{2}$/)
    .optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type CalendarQuery = z.infer<typeof calendarQuery>;

/** A day that differs from the usual week. */
export const calendarDay = z.object({ day: z.string(), kind: dayKinds, name: z.string() });
export type CalendarDay = z.infer<typeof calendarDay>;

export const calendarPage = z.object({ items: z.array(calendarDay), next: z.string().nullable() });
