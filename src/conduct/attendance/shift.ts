import type { Day } from '../../kernel/day.ts';

export const PLACE_KINDS = ['hall', 'window', 'staff'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];
export const SHIFT_DAYS = ['workdays', 'days_off', 'every_day'] as const;
export type ShiftDays = (typeof SHIFT_DAYS)[number];

/** Working hours of a hall, a window or a person, from a day on. */
export interface Shift {
  readonly placeKind: PlaceKind;
  readonly placeCode: string;
  readonly days: ShiftDays;
  readonly spans: string;
  readonly noonPunch: boolean;
  readonly from: string;
  readonly to: string | null;
}

/** Where somebody is posted on a day. */
export interface Post {
  readonly windowCode: string;
  readonly regionCode: string;
}

/**
 * The shift that holds for a person on a day: the own one before the window's, the window's before the
 * hall's; none on a day without work. A township's window without hours of its own has its county hall's.
 */
export function shiftOn<S extends Shift>(
  shifts: readonly S[],
  wanted: { day: Day; isWorkday: boolean; staffNo: string; posts: readonly Post[] },
): S | undefined {
  const { day, isWorkday, staffNo, posts } = wanted;
  const inForce = shifts.filter(
    (one) => one.from <= day && (one.to === null || one.to >= day) && holdsOn(one.days, isWorkday),
  );
  const places: (readonly [PlaceKind, readonly string[]])[] = [
    ['staff', [staffNo]],
    ['window', posts.map(({ windowCode }) => windowCode)],
    ['hall', posts.map(({ regionCode }) => regionCode)],
    ['hall', posts.map(({ regionCode }) => hallOf(regionCode))],
  ];
  for (const [kind, codes] of places) {
    const found = inForce.filter((one) => one.placeKind === kind && codes.includes(one.placeCode));
    // The newest first; of two windows the smaller code.
    found.sort((a, b) => b.from.localeCompare(a.from) || (a.placeCode < b.placeCode ? -1 : 1));
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

/** The hall under which a region's windows stand: its county's, or the city's own. */
function hallOf(regionCode: string): string {
  return `${regionCode.slice(0, 6)}000000`;
}

function holdsOn(days: ShiftDays, isWorkday: boolean): boolean {
  return days === 'every_day' || (days === 'workdays') === isWorkday;
}

/** Whether two shifts of one place begin together on a kind of day: neither would be the newer one. */
export function collides(one: Omit<Shift, 'spans'>, other: Omit<Shift, 'spans'>): boolean {
  const samePlace = one.placeKind === other.placeKind && one.placeCode === other.placeCode;
  const sameDays = one.days === other.days || one.days === 'every_day' || other.days === 'every_day';
  return samePlace && sameDays && one.from === other.from;
}
