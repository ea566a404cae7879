import { addDays, type Day, dayOf, startOfDay, timeOn } from './day.ts';

/** The days that are worked, by the State Council's calendar and the operator's corrections. */
export interface WorkingDays {
  isWorkday(day: Day): boolean;
  /** The working day so many after `from`; `from` itself is day 0, also when it is a day off. */
  addWorkdays(from: Day, count: number): Day;
  /** The last working day before `from`. */
  workdayBefore(from: Day): Day;
}

export type Card = 'none' | 'yellow' | 'red';

/** A time limit that runs in working days (domain §4). */
export interface Deadline {
  readonly dueAt: Date;
  readonly dueDay: Day;
  /** First instant of the warning. */
  readonly yellowFrom: Date;
  /** First instant of being overdue in the eyes of the supervisor. */
  readonly redFrom: Date;
}

/**
 * The end of a limit of `days` working days: `officeEnd` ('17:30') of the due day. The day of receipt is
 * day 0, also when it is a day off, so one working day ends on the next working day. A limit of 0 is a duty
 * of the same day: arising after the office's end or on a day off, it is due on the next working day.
 */
export function deadline(from: Date, days: number, officeEnd: string, calendar: WorkingDays): Deadline {
  const received = dayOf(from);
  const inTime = calendar.isWorkday(received) && from <= timeOn(received, officeEnd);
  const count = days === 0 && !inTime ? 1 : days;
  const dueDay = count === 0 ? received : calendar.addWorkdays(received, count);
  return {
    dueAt: timeOn(dueDay, officeEnd),
    dueDay,
    // A limit of one day warns at once: the day before its end is the day of its beginning.
    yellowFrom: days <= 1 ? from : startOfDay(calendar.workdayBefore(dueDay)),
    redFrom: startOfDay(addDays(dueDay, 1)),
  };
}

/** The card that an open limit shows now. */
export function cardAt(limit: Pick<Deadline, 'yellowFrom' | 'redFrom'>, now: Date): Card {
  if (now >= limit.redFrom) return 'red';
  return now >= limit.yellowFrom ? 'yellow' : 'none';
}
