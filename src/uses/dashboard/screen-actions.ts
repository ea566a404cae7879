import { type FigureReader, stats } from '../../feedback/rating/index.ts';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { addMonths, monthOf, monthsBetween } from '../../kernel/month.ts';
import { type Rate, rate } from '../../kernel/rate.ts';
import type { Deps } from '../../platform/deps.ts';
import type { PublicFigures, PublicLine, Publisher } from '../publication/index.ts';
import { named, spanOf } from './board-actions.ts';
import type { Screen, ScreenPlace } from './contract.ts';
import { countCauses, countOrders, type RegionRow, regionsOf } from './store.ts';

/** As many causes as are read from the back of a hall. */
const CAUSES = 5;
const TREND_MONTHS = 12;

/**
 * What the big screen shows: the public figures of the last thirty days, how orders stand, and how many
 * services and ratings there are today. Numbers of a few are left out as on the public pages.
 */
export async function screenOf(deps: Deps, desk: Publisher, reading: FigureReader): Promise<Screen> {
  const { cityCode } = deps.config;
  const reader = deps.db.read;
  const now = deps.clock.now();
  const today = dayOf(now);
  const trend = monthsBetween(addMonths(monthOf(today), -TREND_MONTHS), addMonths(monthOf(today), -1));
  const [figures, handling] = await Promise.all([desk.figures(), desk.handling()]);
  const { from, to } = figures.period;
  const [regions, months, [line], orders, causes] = await Promise.all([
    regionsOf(reader, cityCode),
    reading.byMonth(trend),
    stats(reader, cityCode, { from: today, to: today, by: 'city' }),
    countOrders(reader, { cityCode }, now),
    countCauses(reader, { cityCode }, spanOf(from as typeof today, to as typeof today)),
  ]);
  const least = figures.leastPeople;
  const few = (count: number): number | null => (count > 0 && count < least ? null : count);
  const { total } = figures;
  return {
    cityName: figures.cityName,
    asOf: isoMoment(now),
    period: { from, to },
    leastPeople: least,
    good_rate: total.active_good_rate,
    good_rate_interval: total.good_rate_interval,
    rating_rate: total.active_rating_rate,
    today: { ratable: few(line?.ratable ?? 0), rated: few(line?.rated ?? 0) },
    orders: { open: few(orders.open), yellow: few(orders.yellow), red: few(orders.red) },
    answered_rate: handling.total.bad_answered_rate,
    satisfaction_rate: handling.total.call_back_satisfaction_rate,
    causes: named(causes.filter(({ count }) => count >= least)).slice(0, CAUSES),
    trend: trend.map((month) => {
      const { good = 0, rated = 0, ratable = 0 } = months.get(month) ?? {};
      const small = few(rated) === null || few(ratable) === null;
      return { month, good_rate: small ? null : rate(good, rated) };
    }),
    counties: countiesOf(regions, figures),
  };
}

/** The counties with their townships, and the city's own hall as one of them. */
function countiesOf(regions: readonly RegionRow[], figures: PublicFigures): Screen['counties'] {
  const of = (by: 'county' | 'township') =>
    new Map((figures.lists[by]?.lines ?? []).map((line) => [line.code, line]));
  const [counties, townships] = [of('county'), of('township')];
  const wholly = figures.total.withheld;
  return regions
    .filter(({ level }) => level !== 'township')
    .map((county) => ({
      ...placeOf(county, counties.get(county.code), wholly),
      townships: regions
        .filter(({ level, code }) => level === 'township' && code.startsWith(county.code.slice(0, 6)))
        .map((township) => placeOf(township, townships.get(township.code), wholly)),
    }));
}

function placeOf({ code, name }: RegionRow, line: PublicLine | undefined, wholly: boolean): ScreenPlace {
  const good: Rate | null = line?.active_good_rate ?? null;
  if (wholly || line?.withheld) return { code, name, state: 'withheld', good_rate: null };
  if (good === null || good.denominator === 0) return { code, name, state: 'none', good_rate: null };
  return { code, name, state: 'shown', good_rate: good };
}
