import { type Indicator, isIndicator } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import type { Centi } from '../../kernel/points.ts';
import { type Line, line, type MonthValues, type ScoredEntry, sumOf } from './scoring.ts';

/** What an entry takes away in the end: 0 when a heavier one stands for its event, more from the sixth on. */
export interface Effect {
  readonly entry: ScoredEntry;
  readonly part: Indicator;
  /** ≤ 0 */
  readonly pointsCenti: Centi;
}

export interface Deductions {
  /** one line an entry, then what one-event and repetition make of them */
  readonly lines: readonly Line[];
  readonly effects: readonly Effect[];
}

/**
 * One subject's deductions of a month. One event is one deduction: of the facts that name the same case the
 * heaviest counts, at equal weight the earliest, the others stand with 0. From the scheme's n-th occurrence
 * of one rule on, each counts the scheme's factor; occurrences run by day, then id. A reversed entry and
 * its reversal take no part. What is decided of an earlier month that is sealed takes no part either: what
 * it gives back follows from that month.
 */
export function deductionsOf(entries: readonly ScoredEntry[], values: MonthValues): Deductions {
  const own = withoutLate(entries, values)
    .filter(({ part }) => isIndicator(part))
    .sort(byOccurrence);
  const lines = own.map((entry) =>
    line(entry.part, 'entry', entry.pointsCenti * entry.quantity, {
      key: `rules.${entry.rule}`,
      entryId: entry.entryId,
      otherEntryId: entry.reverses,
      about: { quantity: entry.quantity },
    }),
  );
  const standing = withoutReversed(own).filter(({ pointsCenti }) => pointsCenti < 0);
  const events = oneEvent(standing);
  const counting = standing.filter(({ entryId }) => !events.absorbed.has(entryId));
  const repeats = repeated(counting, values);
  const extra = new Map(repeats.map(({ entryId, pointsCenti }) => [entryId, pointsCenti]));
  const effects = counting.flatMap((entry) => {
    if (!isIndicator(entry.part)) return [];
    const pointsCenti = entry.pointsCenti * entry.quantity + (extra.get(entry.entryId) ?? 0);
    return [{ entry, part: entry.part, pointsCenti }];
  });
  const overtaken = superseded(own, 'repeat', repeats);
  return { lines: [...lines, ...events.lines, ...repeats, ...overtaken], effects };
}

/**
 * What an upheld appeal gives back for a line is at most what the line still takes: it may be smaller by now,
 * or gone, since the entry that it follows from was taken back.
 */
export function superseded(
  entries: readonly ScoredEntry[],
  kind: 'repeat' | 'chief_half',
  taking: readonly Line[],
): Line[] {
  const inOrder = [...entries].sort(byOccurrence);
  return inOrder.flatMap(({ entryId, part, rule, redresses, pointsCenti }) => {
    if (redresses?.kind !== kind) return [];
    const taken = taking.filter((one) => one.part === part && one.entryId === redresses.entryId);
    const tooMuch = pointsCenti + Math.min(0, sumOf(taken));
    if (tooMuch <= 0) return [];
    const about = { given: pointsCenti, taken: -sumOf(taken) };
    return [line(part, 'superseded', -tooMuch, { key: `rules.${rule}`, entryId, about })];
  });
}

/** Entries that take part in the month's own score: all but those that speak of an earlier, sealed one. */
export function withoutLate(entries: readonly ScoredEntry[], { from }: MonthValues): ScoredEntry[] {
  const ids = new Set(entries.map(({ entryId }) => entryId));
  return entries.filter((entry) => !isLate(entry, ids, from));
}

/** Points come back for a day before the month, and not for an entry that counts in the month itself. */
export function isLate(entry: ScoredEntry, ids: ReadonlySet<string>, from: Day): boolean {
  const { pointsCenti, occurredOn, reverses, redresses = null, part } = entry;
  if (pointsCenti <= 0 || occurredOn >= from) return false;
  return reverses === null ? redresses !== null || isIndicator(part) : !ids.has(reverses);
}

/** Entries in the order in which occurrences are counted: by day, then id. */
export function byOccurrence(one: ScoredEntry, other: ScoredEntry): number {
  return (
    compare(one.occurredOn, other.occurredOn) ||
    compare(one.factId, other.factId) ||
    compare(one.entryId, other.entryId)
  );
}

/** The entries without those that are taken back in the same month, and without what takes them back. */
export function withoutReversed(entries: readonly ScoredEntry[]): ScoredEntry[] {
  const ids = new Set(entries.map(({ entryId }) => entryId));
  const reversed = new Set(entries.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])));
  return entries.filter(
    ({ entryId, reverses }) => !reversed.has(entryId) && (reverses === null || !ids.has(reverses)),
  );
}

function oneEvent(entries: readonly ScoredEntry[]): { lines: Line[]; absorbed: Set<string> } {
  const lines: Line[] = [];
  const absorbed = new Set<string>();
  for (const [projectNo, facts] of groups(entries)) {
    const [heaviest, ...others] = [...facts].sort(
      (one, other) => weight(one) - weight(other) || byOccurrence(one, other),
    );
    if (heaviest === undefined) continue;
    for (const entry of others.sort(byOccurrence)) {
      absorbed.add(entry.entryId);
      lines.push(
        line(entry.part, 'one_event', -weight(entry), {
          key: `rules.${entry.rule}`,
          entryId: entry.entryId,
          otherEntryId: heaviest.entryId,
          about: { project_no: projectNo },
        }),
      );
    }
  }
  return { lines, absorbed };
}

/** The more negative, the heavier. */
function weight(entry: ScoredEntry): Centi {
  return entry.pointsCenti * entry.quantity;
}

function groups(entries: readonly ScoredEntry[]): [string, ScoredEntry[]][] {
  const made = new Map<string, ScoredEntry[]>();
  for (const entry of entries) {
    if (entry.projectNo === null) continue;
    const facts = made.get(entry.projectNo);
    if (facts === undefined) made.set(entry.projectNo, [entry]);
    else facts.push(entry);
  }
  return [...made].filter(([, facts]) => facts.length > 1);
}

function repeated(entries: readonly ScoredEntry[], values: MonthValues): Line[] {
  const before = new Map<string, number>();
  return entries.flatMap((entry) => {
    const first = (before.get(entry.rule) ?? 0) + 1;
    const last = first + entry.quantity - 1;
    before.set(entry.rule, last);
    const times = last - Math.max(first, values.repeatFrom) + 1;
    if (times <= 0) return [];
    const pointsCenti = entry.pointsCenti * (values.repeatFactor - 1) * times;
    const about = { first, last, times, from_occurrence: values.repeatFrom };
    return [line(entry.part, 'repeat', pointsCenti, { key: 'repeat.factor', entryId: entry.entryId, about })];
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
