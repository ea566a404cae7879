import { z } from 'zod';
import { addDays, type Day, parseDay, weekday } from '../../kernel/day.ts';
import { lineText } from '../region/index.ts';
import { type DayKind, dayKinds } from './contract.ts';

/** A row of the import kind `calendar` (contract §3). */
export const calendarRow = z.object({
  day: z
    .string()
    .trim()
    .transform((text) => text.replaceAll('/', '-').replace(/-(\d)(?=-|$)/g, '-0$1'))
    .refine((text) => parseDay(text) !== undefined, { params: { code: 'calendar.day' }, abort: true })
    .transform((text) => text as Day),
  kind: dayKinds,
  name: lineText(40),
});

export type CalendarRow = z.output<typeof calendarRow>;

/** The State Council's calendar, with the operator's corrections: which days are worked. */
export interface WorkCalendar {
  isWorkday(day: Day): boolean;
  /** The working day so many after `from`, which itself is day 0, also when it is a day off (domain §4). */
  addWorkdays(from: Day, count: number): Day;
  /** The last working day before `from`. */
  workdayBefore(from: Day): Day;
  /** Whether the holidays of the day's year are in; otherwise only weekends are known to be off. */
  knowsYearOf(day: Day): boolean;
}

/** @param exceptions days that differ from the usual week of five working days */
export function workCalendar(exceptions: ReadonlyMap<string, DayKind>): WorkCalendar {
  const isWorkday = (day: Day): boolean => {
    const kind = exceptions.get(day);
    return kind === undefined ? weekday(day) <= 5 : kind === 'workday';
  };
  const nearest = (from: Day, step: 1 | -1): Day => {
    let day = addDays(from, step);
    while (!isWorkday(day)) day = addDays(day, step);
    return day;
  };
  const years = new Set<string>();
  for (const [day, kind] of exceptions) if (kind === 'holiday') years.add(day.slice(0, 4));
  return {
    isWorkday,
    knowsYearOf: (day) => years.has(day.slice(0, 4)),
    addWorkdays(from, count) {
      let day = from;
      for (let left = count; left > 0; left -= 1) day = nearest(day, 1);
      return day;
    },
    workdayBefore: (from) => nearest(from, -1),
  };
}
