import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const windowRefusals = defineRefusals({
  'window.unknown': {
    status: 422,
    zh: '窗口不在名录中。请核对编号，或先导入该窗口。',
    en: 'The window is not in the register. Check its code, or import the window first.',
  },
  'window.hours': {
    status: 422,
    zh: '开放时间应如 09:00-17:00 或 09:00-12:00,13:30-17:00，并依次递增。',
    en:
      'Opening hours must look like 09:00-17:00 or 09:00-12:00,13:30-17:00, each time later than the ' +
      'one before.',
  },
});

export const windowKinds = z.enum(['general', 'issue', 'department', 'stuck_matter']);
export type WindowKind = z.infer<typeof windowKinds>;

export const windowQuery = z.object({
  q: z.string().trim().max(100).optional(),
  department: z.string().max(18).optional(),
  region: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  kind: windowKinds.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type WindowQuery = z.infer<typeof windowQuery>;

export const windowView = z.object({
  code: z.string(),
  name: z.string(),
  departmentCode: z.string(),
  departmentName: z.string(),
  regionCode: z.string(),
  regionName: z.string(),
  kind: windowKinds,
  floor: z.string().nullable(),
  hours: z.string().nullable(),
});
export type WindowView = z.infer<typeof windowView>;

export const windowPage = z.object({ items: z.array(windowView), next: z.string().nullable() });
