import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const regionRefusals = defineRefusals({
  'region.unknown': {
    status: 422,
    zh: '行政区划代码不在名录中。请核对代码，或先导入该区划。',
    en: 'The region is not in the register. Check the code, or import the region first.',
  },
  'region.other_city': {
    status: 422,
    zh: '这个区划不属于本系统的城市，不能导入。请核对代码。',
    en: 'This region lies outside the city of this system and cannot be imported. Check the code.',
  },
  'region.level_mismatch': {
    status: 422,
    zh: '级别与区划代码不符，请核对 level 和 code。',
    en: 'The level does not fit the code. Check level and code.',
  },
  'region.parent_required': {
    status: 422,
    zh: '省级以外的区划须填写上级代码 parent_code，省级不填。',
    en: 'A region needs parent_code, unless it is a province, which has none.',
  },
  'region.parent_mismatch': {
    status: 422,
    zh: '上级区划与代码不符，请核对 parent_code。',
    en: 'The code does not lie within its parent. Check parent_code.',
  },
});

export const regionLevels = z.enum(['province', 'city', 'county', 'township']);

/** What every list of the registers takes: search, page, form. */
export const regionQuery = z.object({
  q: z.string().trim().max(100).optional(),
  level: regionLevels.optional(),
  parent: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type RegionQuery = z.infer<typeof regionQuery>;

export const regionView = z.object({
  code: z.string(),
  name: z.string(),
  level: regionLevels,
  parentCode: z.string().nullable(),
  parentName: z.string().nullable(),
});
export type RegionView = z.infer<typeof regionView>;

export const regionPage = z.object({ items: z.array(regionView), next: z.string().nullable() });
