import { z } from 'zod';
import { type ItemType, isItemType, parseItemCode } from '../../kernel/codes.ts';
import type { ItemCode } from '../../kernel/ids.ts';
import { departmentCodeText } from '../department/index.ts';
import { lineText } from '../region/index.ts';
import { promises } from './contract.ts';

export const itemCodeText = z
  .string()
  .trim()
  .superRefine((text, issues) => {
    const read = parseItemCode(text);
    if (read.kind === 'item') return;
    issues.addIssue({ code: 'custom', params: { code: `field.item_code_${read.reason}` }, continue: false });
  })
  .transform((text) => text as ItemCode);

/** Two digits; a spreadsheet makes 1 of 01. */
const typeText = z
  .string()
  .trim()
  .transform((text) => (/^\d$/.test(text) ? `0${text}` : text))
  .refine(isItemType, { params: { code: 'item.type_unknown' }, abort: true })
  .transform((text) => text as ItemType);

/** A row of the import kind `items` (contract §3). */
export const itemRow = z
  .object({
    code: itemCodeText,
    name: lineText(300),
    department_code: departmentCodeText,
    type: typeText,
    promise: promises,
    promised_days: z
      .string()
      .trim()
      .refine((text) => /^\d{1,4}$/.test(text), { params: { code: 'field.whole_number' }, abort: true })
      .transform(Number)
      .optional(),
  })
  .superRefine((row, issues) => {
    const item = parseItemCode(row.code);
    if (item.kind === 'item' && item.type !== row.type) {
      issues.addIssue({ code: 'custom', path: ['type'], params: { code: 'item.type_mismatch' } });
    }
    if (row.promise === 'instant' && row.promised_days) {
      issues.addIssue({ code: 'custom', path: ['promised_days'], params: { code: 'item.instant_days' } });
    }
  })
  // The first 18 characters of the code name the owner; who handles the item may be another department.
  .transform((row) => ({
    ...row,
    owner_code: row.code.slice(0, 18),
    promised_days: row.promised_days || null,
  }));

export type ItemRow = z.output<typeof itemRow>;
