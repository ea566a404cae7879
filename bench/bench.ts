import type { Day } from '../src/kernel/day.ts';
import { dayOf } from '../src/kernel/day.ts';
import { firstDay, lastDay, type Month, monthOf, previousMonth } from '../src/kernel/month.ts';
import type { Deps } from '../src/platform/deps.ts';
import { addRatings, addRecords, BIG, type Hall, type Records, SMALL } from './hall.ts';
import type { Instance } from './instance.ts';

/** What a benchmark is given: an instance with halls and staff, and how much time it may take. */
export interface Bench {
  quick: boolean;
  instance: Instance;
  deps: Deps;
  months: Months;
}

/** One benchmark: prints its figures. */
export type Measure = (bench: Bench) => Promise<void>;

/** Finished months, made when they are first asked for. */
export interface Months {
  big(): Promise<Records>;
  small(): Promise<Records>;
}

const SIZES = {
  quick: { records: 200_000, ratings: 70_000 },
  whole: { records: 1_000_000, ratings: 350_000 },
  small: { records: 20_000, ratings: 7_000 },
};

/** The last finished month is the big one, the one before it the small one. */
export function monthsOf(deps: Deps, quick: boolean): Months & { since: Day } {
  const last = previousMonth(monthOf(dayOf(deps.clock.now())));
  const made = new Map<Month, Promise<Records>>();
  const month = (of: Month, hall: Hall, size: { records: number; ratings: number }): Promise<Records> => {
    const known = made.get(of) ?? makeMonth(deps, of, hall, size);
    made.set(of, known);
    return known;
  };
  return {
    big: () => month(last, BIG, quick ? SIZES.quick : SIZES.whole),
    small: () => month(previousMonth(last), SMALL, SIZES.small),
    since: firstDay(last),
  };
}

async function makeMonth(
  deps: Deps,
  of: Month,
  hall: Hall,
  size: { records: number; ratings: number },
): Promise<Records> {
  const from = new Date(`${firstDay(of)}T09:00:00+08:00`);
  const to = new Date(`${lastDay(of)}T17:00:00+08:00`);
  const ratableUntil = new Date(to.getTime() + 7 * 86_400_000);
  const records = await addRecords(deps, hall, size.records, { from, to, ratableUntil });
  await addRatings(deps, records, size.ratings);
  return records;
}
