import { z } from 'zod';
import { usccFault } from '../../kernel/codes.ts';
import type { DepartmentCode } from '../../kernel/ids.ts';
import { lineText, regionCodeText } from '../region/index.ts';

/** A unified social credit code with a right check character (GB 32100). */
export const departmentCodeText = z
  .string()
  .trim()
  .superRefine((text, issues) => {
    const fault = usccFault(text);
    if (fault) issues.addIssue({ code: 'custom', params: { code: `field.uscc_${fault}` }, continue: false });
  })
  .transform((text) => text as DepartmentCode);

/** true or false as people and spreadsheets write them. */
const yesNo = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', '是', '否']))
  .transform((text) => text === 'true' || text === '1' || text === '是');

/** A row of the import kind `departments` (contract §3). */
export const departmentRow = z.object({
  code: departmentCodeText,
  name: lineText(100),
  region_code: regionCodeText,
  stationed: yesNo,
});

export type DepartmentRow = z.output<typeof departmentRow>;
