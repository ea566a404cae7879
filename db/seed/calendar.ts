import { addDays, type Day, weekday } from '../../src/kernel/day.ts';

/** The running time of the demo: nothing happens after `until`, 'YYYY-MM-DD HH:mm:ss' in China. */
export interface Span {
  readonly from: Day;
  readonly today: Day;
  readonly until: string;
  readonly isWorkday: (day: Day) => boolean;
}

/** Statutory days off with a fixed date; the rest of the State Council's calendar comes with the options. */
const FIXED_HOLIDAYS = /-(?:01-01|05-0[1-3]|10-0[1-7])$/;

export function usualWorkday(day: Day): boolean {
  return weekday(day) <= 5 && !FIXED_HOLIDAYS.test(day);
}

/** The same calendar, asked once a day. */
export function remembered(isWorkday: (day: Day) => boolean): (day: Day) => boolean {
  const known = new Map<Day, boolean>();
  return (day) => {
    const answer = known.get(day) ?? isWorkday(day);
    known.set(day, answer);
    return answer;
  };
}

/** The day that is so many working days later; 0 is the day itself. */
export function addWorkdays(span: Span, from: Day, count: number): Day {
  let reached = from;
  for (let left = count; left > 0; ) {
    reached = addDays(reached, 1);
    if (span.isWorkday(reached)) left -= 1;
  }
  return reached;
}

/** 'YYYY-MM-DD HH:mm:ss' for seconds after midnight; seconds beyond the day go on into the next ones. */
export function moment(on: Day, seconds: number): string {
  const day = seconds < 86_400 ? on : addDays(on, Math.floor(seconds / 86_400));
  const rest = seconds % 86_400;
  const parts = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60];
  return `${day} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}
