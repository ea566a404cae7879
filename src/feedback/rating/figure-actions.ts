import { recordsKept } from '../../intake/case/index.ts';
import { stepCorrected } from '../../intake/correction/index.ts';
import { type Day, day, dayOf, endOfDay, startOfDay } from '../../kernel/day.ts';
import { firstDay, lastDay, type Month, monthOf } from '../../kernel/month.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { waitingFacts } from '../../platform/facts.ts';
import type { StatsBy, StatsLine } from './contract.ts';
import { ratingRecorded, ratingVerified } from './fact.ts';
import { type DayRange, type Split, splitRange, splitWithin } from './figure.ts';
import {
  cleanSpans,
  countFigures,
  countMonths,
  daysOf,
  type FigureRow,
  markDirty,
  rollDays,
  rollMonth,
  takeDirtyDays,
  takeDirtyMonth,
} from './figure-store.ts';
import { reach } from './list-actions.ts';
import type { Reach } from './list-store.ts';
import { nationalRules } from './rule-actions.ts';

/** Days rolled up in one transaction: whoever marks one of them anew waits for it. */
const DAYS_AT_ONCE = 5;

export interface StatsQuery {
  /** days of the service, both included */
  from: string;
  to: string;
  by: StatsBy;
}

/**
 * The public figures of services in a range of days, by what they are asked for (GB/T 39735). A service
 * belongs to its own day and month, whenever it was rated; what a verdict has excluded leaves rated, good
 * and bad and stays in ratable. By channel, services without a rating have no channel: they stand in a line
 * of their own, and a rating rate has no meaning there.
 * @throws Refusal `rating.range_reversed`
 */
export async function stats(
  reader: Reader,
  cityCode: string,
  query: StatsQuery,
  within: Omit<Reach, 'cityCode'> = {},
): Promise<StatsLine[]> {
  const range = rangeOf(query);
  const rows = await figures(reader, { ...within, cityCode }, { ...range, by: [query.by] });
  return rows.map(statsLineOf);
}

/** The figures within an actor's reach. */
export async function statsFor(deps: Deps, actor: Actor, query: StatsQuery): Promise<StatsLine[]> {
  const { cityCode, ...within } = reach(actor);
  return stats(deps.db.read, cityCode, query, within);
}

function rangeOf(query: { from: string; to: string }): DayRange {
  const range = { from: day(query.from), to: day(query.to) };
  if (range.to < range.from) throw new Refusal('rating.range_reversed', {}, { field: 'to' });
  return range;
}

function statsLineOf(row: FigureRow): StatsLine {
  const { by, ratable, rated, good, bad, excluded } = row;
  const ofRated = by === 'channel' || by === 'source';
  return {
    by,
    code: row.code ?? '',
    name: by === 'channel' ? channelName(row.code) : (row.name ?? row.task_name ?? ''),
    ratable,
    rated,
    unrated: ratable - rated - excluded,
    good,
    bad,
    excluded,
    active_good_rate: rate(good, rated),
    active_rating_rate: ofRated ? rate(0, 0) : rate(rated, ratable),
  };
}

function channelName(code: string | null): string {
  if (code === null) return '未评价';
  return nationalRules().channels.get(Number(code))?.words['zh-CN'] ?? code;
}

/**
 * What is rolled up is read from there; every other day, and every day that something has changed in which
 * isn't rolled up yet, is counted row by row. So the figures are those of the moment of asking, however far
 * the worker has come: the order of the three readings makes sure of it (ADR 0041).
 */
async function figures(
  reader: Reader,
  within: Reach,
  query: DayRange & { by: readonly StatsBy[] },
): Promise<FigureRow[]> {
  const split =
    within.onlyStaff === undefined ? await splitNow(reader, within.cityCode, query) : allLive(query);
  return count(reader, within, query.by, split);
}

function count(reader: Reader, within: Reach, by: readonly StatsBy[], split: Split): Promise<FigureRow[]> {
  const { months, days, gaps } = split;
  return countFigures(reader, {
    ...within,
    ...{ by, months, days },
    gaps: gaps.map(({ from, to }) => ({ from: startOfDay(from), to: endOfDay(to) })),
    fromMonth: gaps[0] && firstDay(monthOf(gaps[0].from)),
    toMonth: gaps[0] && firstDay(monthOf(gaps.at(-1)?.to ?? gaps[0].to)),
  });
}

/** The figures of each of these months, which follow each other, as `stats` has them by city. */
export async function statsByMonth(
  reader: Reader,
  cityCode: string,
  months: readonly Month[],
  within: Omit<Reach, 'cityCode'> = {},
): Promise<Map<Month, StatsLine>> {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const range = { from: firstDay(first), to: lastDay(last) };
  const split = await splitNow(reader, cityCode, range);
  const reach = { ...within, cityCode };
  const rolled = new Set(split.months);
  const parts = await Promise.all([
    countMonths(reader, reach, split.months),
    ...months
      .filter((month) => !rolled.has(firstDay(month)))
      .map(async (month) => {
        const of = { from: firstDay(month), to: lastDay(month) };
        const rows = await count(reader, reach, ['city'], splitWithin(split, of));
        return rows.map((row) => ({ ...row, month: firstDay(month) }));
      }),
  ]);
  return new Map(parts.flat().map((row) => [monthOf(row.month), statsLineOf(row)]));
}

/** Clerks are not told apart in the figures. */
function allLive({ from, to }: DayRange): Split {
  return { months: [], days: [], gaps: [{ from, to }] };
}

/** The split of a range at this moment, and how often each of its spans was rolled up. */
async function splitNow(
  reader: Reader,
  cityCode: string,
  range: DayRange,
): Promise<Split & { rolls: ReadonlyMap<string, number> }> {
  const changed = new Set(await changedDays(reader, cityCode));
  const changedMonths = new Set([...changed].map((one) => firstDay(monthOf(one))));
  const since = { from: firstDay(monthOf(range.from)), to: range.to };
  const spans = (await cleanSpans(reader, cityCode, since)).filter((one) =>
    one.span === 'day' ? !changed.has(one.starts_on) : !changedMonths.has(one.starts_on),
  );
  const of = (span: 'day' | 'month'): Day[] =>
    spans.flatMap((one) => (one.span === span ? [one.starts_on] : []));
  const split = splitRange(range, { days: of('day'), months: new Set(of('month')) });
  return { ...split, rolls: new Map(spans.map((one) => [`${one.span} ${one.starts_on}`, one.rolls])) };
}

/** Reads figures for many readers. */
export interface FigureReader {
  /**
   * The same as `stats`, by several groupings at once; the very same list as long as nothing has changed.
   * @throws Refusal `rating.range_reversed`
   */
  lines(query: { from: string; to: string; by: readonly StatsBy[] }): Promise<StatsLine[]>;
  /** The same as `statsByMonth`. */
  byMonth(months: readonly Month[]): Promise<Map<Month, StatsLine>>;
}

/** Parts kept at most; each may be of some thousand lines. */
const KEPT_PARTS = 100;
/** The last days change all the time. */
const LAST_DAYS = 2;

/**
 * Reads figures of a city again and again: what was rolled up long ago is kept as long as it isn't rolled up
 * anew; the last days, and what isn't rolled up, are read each time.
 */
export function figureReader(reader: Reader, cityCode: string): FigureReader {
  const parts = keptByKey<FigureRow[]>();
  const wholes = keptByKey<StatsLine[]>();
  const part = (of: Split, by: readonly StatsBy[], rolls: ReadonlyMap<string, number>) =>
    parts(keyOf(of, by, rolls), () => count(reader, { cityCode }, by, of));
  const add = async (split: Split, by: readonly StatsBy[], rolls: ReadonlyMap<string, number>) => {
    const { months, days, gaps } = split;
    const [long, last] = [days.slice(0, -LAST_DAYS), days.slice(-LAST_DAYS)];
    const rows = await Promise.all([
      months.length > 0 ? part({ months, days: [], gaps: [] }, by, rolls) : [],
      long.length > 0 ? part({ months: [], days: long, gaps: [] }, by, rolls) : [],
      last.length + gaps.length > 0 ? count(reader, { cityCode }, by, { months: [], days: last, gaps }) : [],
    ]);
    return addUp(rows.flat()).map(statsLineOf);
  };
  return {
    async lines({ by, ...given }) {
      const { rolls, ...split } = await splitNow(reader, cityCode, rangeOf(given));
      const made = (): Promise<StatsLine[]> => add(split, by, rolls);
      // What is counted row by row may have changed since.
      return split.gaps.length > 0 ? await made() : await wholes(keyOf(split, by, rolls), made);
    },
    async byMonth(months) {
      const [first, last] = [months[0], months.at(-1)];
      if (first === undefined || last === undefined) return new Map();
      const range = { from: firstDay(first), to: lastDay(last) };
      const { rolls, ...split } = await splitNow(reader, cityCode, range);
      const lines = await Promise.all(
        months.map(async (month) => {
          const own = splitWithin(split, { from: firstDay(month), to: lastDay(month) });
          return (await add(own, ['city'], rolls)).map((line) => [month, line] as const);
        }),
      );
      return new Map(lines.flat());
    },
  };
}

/** Names what a part is made of: spans, and how often each was rolled up. */
function keyOf({ months, days }: Split, by: readonly StatsBy[], rolls: ReadonlyMap<string, number>): string {
  const spans = [...months.map((one) => `month ${one}`), ...days.map((one) => `day ${one}`)];
  return [...by, ...spans.map((span) => `${span} ${rolls.get(span)}`)].join();
}

/** Keeps what was made for a key; at most so many. */
function keptByKey<T>() {
  const kept = new Map<string, Promise<T>>();
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= KEPT_PARTS) kept.clear();
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
}

/** One row for each grouping and code, in the order of the codes. */
function addUp(rows: readonly FigureRow[]): FigureRow[] {
  const sums = new Map<string, FigureRow>();
  for (const row of rows) {
    const key = `${row.by} ${row.code ?? '~'}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { ...row });
    else {
      for (const name of ['ratable', 'rated', 'good', 'bad', 'excluded'] as const) sum[name] += row[name];
      if ((row.task_name ?? '') > (sum.task_name ?? '')) sum.task_name = row.task_name;
    }
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** Days in which something has changed that nobody has marked yet: the queue knows it. */
async function changedDays(reader: Reader, cityCode: string): Promise<Day[]> {
  const facts = [ratingRecorded, ratingVerified, stepCorrected, recordsKept];
  const batchIds: string[] = [];
  const stepIds: string[] = [];
  const days: Day[] = [];
  for (const { type, payload } of await waitingFacts(reader, facts)) {
    if ((payload as { cityCode: string }).cityCode !== cityCode) continue;
    if (type === ratingRecorded.type) {
      const told = ratingRecorded.schema.parse(payload);
      if (told.days === undefined) batchIds.push(told.batchId);
      else days.push(...told.days.map(day));
    } else if (type === ratingVerified.type) stepIds.push(...ratingVerified.schema.parse(payload).stepIds);
    else if (type === stepCorrected.type) stepIds.push(stepCorrected.schema.parse(payload).stepId);
    else days.push(...recordsKept.schema.parse(payload).days.map(day));
  }
  return [...days, ...(await daysOf(reader, cityCode, { batchIds, stepIds }))];
}

/** Consumer of what changes figures: marks the days, so that they are rolled up anew. */
export async function markDays(
  deps: Deps,
  { cityCode, days }: { cityCode: string; days: readonly string[] },
): Promise<void> {
  if (days.length === 0) return;
  await markDirty(deps.db.app, cityCode, { days, at: deps.clock.now() });
}

/** The same for the days of a batch of ratings. */
export async function markBatch(
  deps: Deps,
  { cityCode, batchId, days }: { cityCode: string; batchId: string; days?: readonly string[] | undefined },
): Promise<void> {
  const marked = days ?? (await daysOf(deps.db.app, cityCode, { batchIds: [batchId], stepIds: [] }));
  await markDays(deps, { cityCode, days: marked });
}

/** The same for the days of steps. */
export async function markSteps(
  deps: Deps,
  { cityCode, stepIds }: { cityCode: string; stepIds: readonly string[] },
): Promise<void> {
  const days = await daysOf(deps.db.app, cityCode, { batchIds: [], stepIds });
  await markDays(deps, { cityCode, days });
}

/** Rolls up what is marked, days first, then the finished months whose days all are; answers how many. */
export async function rollFigures(deps: Deps, cityCode: string): Promise<{ days: number; months: number }> {
  const thisMonth = firstDay(monthOf(dayOf(deps.clock.now())));
  const rolled = { days: 0, months: 0 };
  for (let left = true; left; ) {
    const days = await inTx(deps.db, (tx) => rollSomeDays(tx, cityCode));
    rolled.days += days;
    left = days > 0;
  }
  for (let left = true; left; ) {
    left = await inTx(deps.db, async (tx) => {
      const month = await takeDirtyMonth(tx, cityCode, thisMonth);
      if (month !== undefined) await rollMonth(tx, cityCode, month);
      return month !== undefined;
    });
    if (left) rolled.months += 1;
  }
  return rolled;
}

async function rollSomeDays(tx: Tx, cityCode: string): Promise<number> {
  const days = await takeDirtyDays(tx, cityCode, DAYS_AT_ONCE);
  const [last, first] = [days[0], days.at(-1)];
  if (last === undefined || first === undefined) return 0;
  await rollDays(tx, cityCode, {
    days,
    spans: days.map((one) => ({ from: startOfDay(one), to: endOfDay(one) })),
    fromMonth: firstDay(monthOf(first)),
    toMonth: firstDay(monthOf(last)),
  });
  return days.length;
}
