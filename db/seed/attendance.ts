import { addDays, type Day } from '../../src/kernel/day.ts';
import type { Span } from './calendar.ts';
import { type Person, postingOn, type Staffing } from './people.ts';
import type { Random } from './random.ts';

/** The last working days that the machine tells of. */
const DAYS = 5;
const PEOPLE = 40;

/** A file of the clock-in machine at the hall's entrance: the showcase's department and some others. */
export function punchFile({
  chance,
  staffing,
  span,
}: {
  chance: Random;
  staffing: Staffing;
  span: Pick<Span, 'today' | 'isWorkday'>;
}): string {
  const { people, showcase } = staffing;
  const near = people.filter(({ department }) => department === showcase.department);
  const others = people.filter((one) => one.department.region === showcase.department.region);
  const enrolled = [...new Set([...near, ...others])].slice(0, PEOPLE);
  const days = lastWorkdays(span);
  const lines = days.flatMap((day, index) =>
    enrolled
      .filter((person) => postingOn(person, day) !== undefined)
      .flatMap((person) => punches(chance, person, day, person === showcase && index === DAYS - 2)),
  );
  return ['编号,姓名,日期时间,机号', ...lines].join('\n');
}

function lastWorkdays({ today, isWorkday }: Pick<Span, 'today' | 'isWorkday'>): Day[] {
  const days: Day[] = [];
  for (let day = addDays(today, -1); days.length < DAYS; day = addDays(day, -1)) {
    if (isWorkday(day)) days.unshift(day);
  }
  return days;
}

/** The way in before nine and out after five; now and then late, early or forgotten. */
function punches(chance: Random, { staffNo, name }: Person, day: Day, isLate: boolean): string[] {
  const line = (hour: string, minute: number): string =>
    `${staffNo},${name},${day} ${hour}:${String(minute).padStart(2, '0')}:${chance.between(10, 59)},1`;
  const late = isLate || chance.chance(0.03);
  const arrival = late ? line('09', isLate ? 14 : chance.between(6, 28)) : line('08', chance.between(38, 58));
  const early = !isLate && chance.chance(0.02);
  const departure = early ? line('16', chance.between(30, 52)) : line('17', chance.between(0, 24));
  return chance.chance(0.01) ? [arrival] : [arrival, departure];
}
