import type { StatsLine } from '../../feedback/rating/index.ts';
import { addDays, type Day, parseDay } from '../../kernel/day.ts';
import { FIRST_MONTH, firstDay, lastDay, type Month, monthOf, parseMonth } from '../../kernel/month.ts';

/** What can be chosen: a month, a year, or the thirty days before today. */
export interface Period {
  /** '2026-05', '2026' or 'last30' */
  readonly code: string;
  readonly from: Day;
  readonly to: Day;
}

export const LAST_DAYS = 'last30';
const DAYS = 30;

/**
 * The part of a period that is told on a day: up to the day before. Figures that moved with each rating would
 * tell a clerk, who knows whom they have just served, what that person said.
 */
export function toldOf({ from, to }: Period, today: Day): { from: Day; to: Day } | undefined {
  const yesterday = addDays(today, -1);
  if (yesterday < from) return undefined;
  return { from, to: to < yesterday ? to : yesterday };
}

/** The period of a code on a day; undefined when it is none, or hasn't begun. */
export function periodOf(code: string, today: Day): Period | undefined {
  if (code === LAST_DAYS) return { code, from: addDays(today, -DAYS), to: addDays(today, -1) };
  const month = parseMonth(code);
  if (month !== undefined) return begun({ code, from: firstDay(month), to: lastDay(month) }, today);
  const first = /^\d{4}$/.test(code) ? parseDay(`${code}-01-01`) : undefined;
  return first && begun({ code, from: first, to: `${code}-12-31` as Day }, today);
}

function begun(period: Period, today: Day): Period | undefined {
  return period.from <= today && monthOf(period.from) >= FIRST_MONTH ? period : undefined;
}

/** The months of the last year, the present one first, for a choice. */
export function recentMonths(today: Day): Month[] {
  const months: Month[] = [];
  for (let month = monthOf(today); months.length < 12 && month >= FIRST_MONTH; ) {
    months.push(month);
    month = monthOf(addDays(firstDay(month), -1));
  }
  return months;
}

/** A list of lines as it may be shown. */
export interface Shown<L> {
  /** so few people that no line may be shown */
  readonly whole: boolean;
  readonly lines: readonly (L & { readonly withheld: boolean })[];
}

type Counts = Pick<StatsLine, 'code' | 'ratable' | 'rated'>;

/** Of fewer people than may be shown; nobody at all tells of nobody. */
function isSmall({ ratable, rated }: Counts, least: number): boolean {
  return (ratable > 0 && ratable < least) || (rated > 0 && rated < least);
}

/** What the sums of a list's lines are known of. */
export interface Nesting<L> {
  /** the county of a township, the department of a window; else the whole list is one group */
  readonly groupOf?: (line: L) => string;
  /** groups whose own sum is withheld already */
  readonly hidden?: ReadonlySet<string>;
  /** what the sum of a group holds besides its lines, such as a department's services without a window */
  readonly rest?: ReadonlyMap<string, Counts>;
}

/**
 * Which lines of a list are withheld. Its sum is known to everybody, so a small line that alone was left out
 * could be worked out: the smallest of the others go with it, until one of them is big enough by itself
 * and all of them together leave more than one possibility. Where that can't be, all are withheld.
 */
export function withhold<L extends Counts>(
  lines: readonly L[],
  least: number,
  { groupOf = () => '', hidden = new Set(), rest = new Map() }: Nesting<L> = {},
): Shown<L> {
  const withheld = new Set<Counts>();
  for (const [group, members] of Map.groupBy(lines, groupOf)) {
    const left = rest.get(group);
    const all = left && isSmall(left, least) ? [...members, left] : members;
    for (const line of hidden.has(group) ? members : withheldOf<Counts>(all, least)) withheld.add(line);
  }
  const marked = lines.map((line) => ({ ...line, withheld: withheld.has(line) }));
  return { whole: lines.length > 0 && marked.every((line) => line.withheld), lines: marked };
}

/**
 * Items add up to the department that owns them, whose code theirs begins with, where it serves all of them
 * and nothing else. Where its sum is published they are a group of their own; all others are one, whose sum
 * follows from the whole.
 */
export function itemNesting<L extends Counts>(
  items: readonly L[],
  departments: readonly Counts[],
  hidden: ReadonlySet<string>,
): Nesting<L> {
  const sums = new Map(departments.map((line) => [line.code, line]));
  const groups = Map.groupBy(items, ({ code }) => code.slice(0, USCC_LENGTH));
  const nested = new Set<string>();
  for (const [owner, lines] of groups) {
    const sum = sums.get(owner);
    const adds = (name: 'ratable' | 'rated'): boolean =>
      sum?.[name] === lines.reduce((all, line) => all + line[name], 0);
    if (!hidden.has(owner) && adds('ratable') && adds('rated')) nested.add(owner);
  }
  return {
    groupOf({ code }) {
      const owner = code.slice(0, USCC_LENGTH);
      return nested.has(owner) ? owner : '';
    },
  };
}

const USCC_LENGTH = 18;

function withheldOf<L extends Counts>(members: readonly L[], least: number): readonly L[] {
  const small = members.filter((line) => isSmall(line, least));
  if (small.length === 0) return [];
  const others = members
    .filter((line) => line.rated >= least && !isSmall(line, least))
    .sort((one, other) => one.rated - other.rated || (one.code < other.code ? -1 : 1));
  const withheld = [...small];
  let people = small.reduce((sum, line) => sum + line.rated, 0);
  for (const line of others) {
    withheld.push(line);
    people += line.rated;
    if (people >= 2 * least) return withheld;
  }
  return members;
}
