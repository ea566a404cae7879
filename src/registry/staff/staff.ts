import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { departmentCodeText } from '../department/index.ts';
import { lineText, ownCode } from '../region/index.ts';
import { identities, postingRoles } from './contract.ts';

/** A row of the import kind `staff` (contract §3). */
export const staffRow = z.object({
  staff_no: ownCode(),
  name: lineText(60),
  identity: identities,
  department_code: departmentCodeText,
});

export type StaffRow = z.output<typeof staffRow>;

const dayText = z
  .string()
  .trim()
  .transform((text) => text.replaceAll('/', '-').replace(/-(\d)(?=-|$)/g, '-0$1'))
  .refine((text) => parseDay(text) !== undefined, { params: { code: 'posting.day' }, abort: true });

/** A row of the import kind `postings` (contract §3): both days belong to it. */
export const postingRow = z
  .object({
    staff_no: ownCode(),
    window_code: ownCode(),
    from_date: dayText,
    to_date: dayText.optional(),
    role: postingRoles,
  })
  .refine((row) => row.to_date === undefined || row.to_date >= row.from_date, {
    path: ['to_date'],
    params: { code: 'posting.days_reversed' },
  });

export type PostingRow = z.output<typeof postingRow>;
