import { z } from 'zod';
import { departmentCodeText } from '../department/index.ts';
import { lineText, ownCode, regionCodeText } from '../region/index.ts';
import { windowKinds } from './contract.ts';

/**
 * Opening hours in one form: '9:00-12:00、13:30-17:00' → '09:00-12:00,13:30-17:00'; undefined when they are
 * none or don't run forward.
 */
export function parseHours(text: string): string | undefined {
  const spans = text
    .replaceAll('：', ':')
    .replaceAll(/[—–~～至]/g, '-')
    .split(/[,，、;；\s]+/)
    .filter((part) => part !== '');
  const times: string[] = [];
  for (const span of spans) {
    const match = /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/.exec(span);
    if (match === null) return undefined;
    times.push(...match.slice(1).map((time) => time.padStart(5, '0')));
  }
  const real = times.every((time) => time <= '24:00' && time.slice(3) < '60');
  const forward = times.every((time, at) => at === 0 || (times[at - 1] ?? '') < time);
  if (times.length === 0 || times.length > 8 || !real || !forward) return undefined;
  return times
    .map((time, at) => time + (at % 2 === 0 ? '-' : ','))
    .join('')
    .slice(0, -1);
}

const hoursText = z
  .string()
  .refine((text) => parseHours(text) !== undefined, { params: { code: 'window.hours' }, abort: true })
  .transform((text) => parseHours(text) ?? text);

/** A row of the import kind `windows` (contract §3). */
export const windowRow = z.object({
  code: ownCode(),
  name: lineText(100),
  department_code: departmentCodeText,
  region_code: regionCodeText,
  kind: windowKinds,
  floor: lineText(40).optional(),
  hours: hoursText.optional(),
});

export type WindowRow = z.output<typeof windowRow>;
