import { wilson } from '../../kernel/wilson.ts';

/** Bounds of how many people the common mean may count for, from rules/national/publication.yaml. */
export interface PriorBounds {
  readonly least: number;
  readonly most: number;
}

/** What the lines of a list have in common: their good rate, and how many people it counts for. */
export interface Prior {
  readonly good: number;
  readonly rated: number;
  /** with one decimal */
  readonly people: number;
}

interface Counted {
  readonly code: string;
  readonly good: number;
  readonly rated: number;
}

/** Where a line stands, with what is known of it. */
export interface Ranked {
  readonly code: string;
  /** competition ranking of the shrunk rates: equal ones share a place */
  readonly place: number;
  readonly tied: boolean;
  /** the places that the intervals leave open */
  readonly from: number;
  readonly to: number;
  /** four decimals */
  readonly shrunk: string;
  readonly interval: { readonly low: string; readonly high: string };
}

/**
 * How much the good rates of a list differ from each other beyond chance, told as a number of people: the
 * prior of a beta-binomial model by the method of moments (Kleinman 1973). Where they differ by no more than
 * chance, the mean counts for as many as the rule allows.
 */
export function priorOf(lines: readonly Counted[], { least, most }: PriorBounds): Prior | null {
  const good = lines.reduce((sum, line) => sum + line.good, 0);
  const rated = lines.reduce((sum, line) => sum + line.rated, 0);
  if (rated === 0) return null;
  const mean = good / rated;
  const chance = mean * (1 - mean);
  const apart = lines.length - 1;
  const squares = lines.reduce((sum, line) => sum + line.rated * (line.good / line.rated - mean) ** 2, 0);
  const sizes = lines.reduce((sum, line) => sum + line.rated ** 2, 0);
  const share = (squares - chance * apart) / (chance * (rated - sizes / rated - apart));
  const people = share > 0 ? 1 / share - 1 : most;
  return { good, rated, people: Number(Math.min(most, Math.max(least, people)).toFixed(1)) };
}

/**
 * The lines in their order. Each rate is drawn towards the common one, the more the fewer people have rated:
 * (good + people × mean) / (rated + people). So three happy people don't stand before three thousand. The
 * interval is Wilson's over the same counts; lines whose intervals overlap may stand the other way round.
 * @param lines of one person or more each
 */
export function rank(lines: readonly Counted[], prior: Prior): Ranked[] {
  const mean = prior.good / prior.rated;
  const drawn = lines.map(({ code, good, rated }) => {
    const [of, all] = [good + prior.people * mean, rated + prior.people];
    return {
      code,
      rated,
      shrunk: (of / all).toFixed(4),
      interval: wilson(of, all) ?? { low: '0', high: '1' },
    };
  });
  const sorted = drawn.sort(
    (one, other) => Number(other.shrunk) - Number(one.shrunk) || (one.code < other.code ? -1 : 1),
  );
  const lows = sorted.map(({ interval }) => interval.low).sort();
  const highs = sorted.map(({ interval }) => interval.high).sort();
  const size = Map.groupBy(sorted, ({ shrunk }) => shrunk);
  let place = 0;
  return sorted.map(({ code, shrunk, interval }, at) => {
    if (shrunk !== sorted[at - 1]?.shrunk) place = at + 1;
    return {
      ...{ code, place, shrunk, interval },
      tied: (size.get(shrunk)?.length ?? 1) > 1,
      from: 1 + sorted.length - countUpTo(lows, interval.high),
      to: sorted.length - countBelow(highs, interval.low),
    };
  });
}

/** How many of the sorted texts are at most, or less than, the given one: shares of one length. */
function countUpTo(sorted: readonly string[], most: string): number {
  return search(sorted, (one) => one <= most);
}

function countBelow(sorted: readonly string[], bound: string): number {
  return search(sorted, (one) => one < bound);
}

function search(sorted: readonly string[], holds: (one: string) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
}
