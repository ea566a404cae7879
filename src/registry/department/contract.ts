import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const departmentRefusals = defineRefusals({
  'department.unknown': {
    status: 422,
    zh: '部门不在名录中。请核对代码，或先导入该部门。',
    en: 'The department is not in the register. Check the code, or import the department first.',
  },
});

export const departmentQuery = z.object({
  q: z.string().trim().max(100).optional(),
  region: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type DepartmentQuery = z.infer<typeof departmentQuery>;

export const departmentView = z.object({
  code: z.string(),
  name: z.string(),
  regionCode: z.string(),
  regionName: z.string(),
  stationed: z.boolean(),
  windows: z.number().int(),
  staff: z.number().int(),
  items: z.number().int(),
});
export type DepartmentView = z.infer<typeof departmentView>;

export const departmentPage = z.object({ items: z.array(departmentView), next: z.string().nullable() });
