import { z } from 'zod';
import { lineText, ownCode, regionCodeText } from '../../registry/region/index.ts';

/** A row of the import kind `ticket_groups`. */
export const groupRow = z.object({
  code: ownCode(),
  name: lineText(60),
  region_code: regionCodeText,
  prefix: z
    .string()
    .trim()
    .refine((text) => /^[A-Z]$/.test(text), { params: { code: 'ticket_group.prefix' }, abort: true }),
  windows: z
    .string()
    .trim()
    .transform((text) => text.split(/[\s,，;；、]+/u).filter((one) => one !== '')),
});
export type GroupRow = z.output<typeof groupRow>;

const DIGITS = 3;

/** What is called: the letter of the group and a number of the day. */
export function ticketNo(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(DIGITS, '0')}`;
}
