import {
  type FigureReader,
  nationalRules,
  type StatsLine,
  stats,
  statsByMonth,
} from '../../feedback/rating/index.ts';
import { badRatingsHandled } from '../../handling/rectification/index.ts';
import { addDays, type Day, dayOf, endOfDay, isoMoment, startOfDay } from '../../kernel/day.ts';
import {
  addMonths,
  firstDay,
  type Month,
  monthOf,
  monthsBetween,
  previousMonth,
} from '../../kernel/month.ts';
import { rate } from '../../kernel/rate.ts';
import { wilson } from '../../kernel/wilson.ts';
import { type Actor, requirePermission, type Scope } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Board, BoardCounts } from './contract.ts';
import { countCauses, countInBook, countOrders, countWaiting, type Span, unsealedMonths } from './store.ts';

/** Causes that fit on one page. */
const CAUSES = 5;
const TREND_MONTHS = 12;

/**
 * The month so far, today in it, and what waits, within the actor's scope. The book's own decisions are the
 * whole city's, and are told to whoever sees the whole city.
 * @param figures of the actor's city
 * @throws Refusal `access.permission_denied`
 */
export async function boardFor(deps: Deps, figures: FigureReader, actor: Actor): Promise<Board> {
  requirePermission(actor, 'dashboard.read');
  const { scope } = actor;
  const reader = deps.db.read;
  const now = deps.clock.now();
  const today = dayOf(now);
  const first = firstDay(monthOf(today));
  const last = previousMonth(monthOf(today));
  const trend = monthsBetween(addMonths(monthOf(today), 1 - TREND_MONTHS), monthOf(today));
  const { cityCode, regionPrefix = '', departmentCode } = scope;
  const whole =
    cityCode === deps.config.cityCode && departmentCode === undefined && cityCode.startsWith(regionPrefix);
  const [of, months, orders, handled, causes, waiting, book, unsealed] = await Promise.all([
    countsWithin(deps, scope, { from: today, to: today }),
    whole ? figures.byMonth(trend) : statsByMonth(reader, cityCode, trend, scope),
    countOrders(reader, scope, now),
    badRatingsHandled(reader, scope, { from: first, to: today }),
    countCauses(reader, scope, spanOf(first, today)),
    countWaiting(reader, scope),
    whole ? countInBook(reader, cityCode) : { appeals: 0, drafts: 0 },
    whole ? unsealedMonths(reader, cityCode) : [],
  ]);
  const lineOf = (month: Month): StatsLine | undefined => months.get(month);
  return {
    asOf: isoMoment(now),
    today: of,
    month: countsOf(lineOf(monthOf(today)), { from: first, to: today }),
    before: countsOf(lineOf(last), { from: firstDay(last), to: addDays(first, -1) }),
    orders,
    answered_rate: rate(handled.answered, handled.valid),
    satisfaction_rate: rate(handled.satisfied, handled.reached),
    causes: named(causes).slice(0, CAUSES),
    decisions: [
      ...waiting,
      { kind: 'appeal' as const, count: book.appeals },
      { kind: 'draft' as const, count: book.drafts },
    ].filter(({ count }) => count > 0),
    months: unsealed
      .filter(({ month }) => month < first)
      .map(({ month, state }) => ({ month: month.slice(0, 7), state })),
    trend: trend.map((month) => {
      const { good_rate, rating_rate } = countsOf(lineOf(month), { from: firstDay(month), to: today });
      return { month, good_rate, rating_rate };
    }),
  };
}

/** Days of service as the tables know them. */
export function spanOf(from: Day, to: Day): Span {
  return {
    from: startOfDay(from),
    until: endOfDay(to),
    fromMonth: firstDay(monthOf(from)),
    toMonth: firstDay(monthOf(to)),
  };
}

/** Tags with their national words. */
export function named(causes: readonly { code: number; count: number }[]): Board['causes'] {
  const { tags } = nationalRules();
  return causes.map(({ code, count }) => {
    const words = tags.get(code)?.words;
    return { code, count, zh: words?.['zh-CN'] ?? String(code), en: words?.en ?? String(code) };
  });
}

async function countsWithin(deps: Deps, scope: Scope, span: { from: Day; to: Day }): Promise<BoardCounts> {
  const [line] = await stats(deps.db.read, scope.cityCode, { ...span, by: 'city' }, scope);
  return countsOf(line, span);
}

function countsOf(line: StatsLine | undefined, { from, to }: { from: Day; to: Day }): BoardCounts {
  const { ratable = 0, rated = 0, good = 0, bad = 0, excluded = 0 } = line ?? {};
  return {
    ...{ from, to, bad, excluded },
    good_rate: rate(good, rated),
    good_rate_interval: wilson(good, rated),
    rating_rate: rate(rated, ratable),
  };
}
