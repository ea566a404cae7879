import { addDays, dayOf, formatTime, startOfDay, timeOn } from '../../kernel/day.ts';
import type { WorkingDays } from '../../kernel/deadline.ts';

/** Hours in which nothing goes out unless it is urgent; they may run over midnight. Equal ends: none. */
export interface Quiet {
  readonly from: string;
  readonly to: string;
  /** days off are quiet from morning to night */
  readonly restDays: boolean;
}

/** The first instant from `now` on that isn't quiet. */
export function wakeAt(now: Date, quiet: Quiet, calendar: WorkingDays): Date {
  let at = now;
  for (;;) {
    const next = quietEnd(at, quiet, calendar);
    if (next === undefined) return at;
    at = next;
  }
}

function quietEnd(at: Date, { from, to, restDays }: Quiet, calendar: WorkingDays): Date | undefined {
  const today = dayOf(at);
  if (restDays && !calendar.isWorkday(today)) return startOfDay(addDays(today, 1));
  const time = formatTime(at);
  if (from < to) return time >= from && time < to ? timeOn(today, to) : undefined;
  if (from === to) return undefined;
  if (time < to) return timeOn(today, to);
  return time >= from ? timeOn(addDays(today, 1), to) : undefined;
}

/** The next digest after `now`; on quiet days off there is none. */
export function nextDigest(
  now: Date,
  time: string,
  { restDays }: Pick<Quiet, 'restDays'>,
  calendar: WorkingDays,
): Date {
  let day = dayOf(now);
  while (timeOn(day, time) <= now || (restDays && !calendar.isWorkday(day))) day = addDays(day, 1);
  return timeOn(day, time);
}
