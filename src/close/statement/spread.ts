import type { Centi } from '../../kernel/points.ts';

/** From how many people on a group has a distribution, and how coarse it is. */
export interface SpreadRules {
  readonly smallestGroup: number;
  readonly smallestCell: number;
  /** width of a bar before bars are joined */
  readonly widthCenti: Centi;
  /** clause of the smallest group */
  readonly source: string;
}

/** People whose total lies from `from` up to, and not including, `to`. */
export interface Bar {
  readonly from: Centi;
  readonly to: Centi;
  readonly people: number;
}

/**
 * How the totals of a group lie, told without telling anybody's: bars that each hold enough people, joined
 * with their neighbours where they would not; nothing at all of a group that is too small.
 */
export function spreadOf(totals: readonly Centi[], rules: SpreadRules): Bar[] | null {
  const { smallestGroup, smallestCell, widthCenti: width } = rules;
  if (totals.length < smallestGroup) return null;
  const counts = new Map<number, number>();
  for (const total of totals) {
    const from = total - (((total % width) + width) % width);
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  const bars: Bar[] = [];
  let open: Bar | undefined;
  for (const [from, people] of [...counts].sort(([one], [other]) => one - other)) {
    open = { from: open?.from ?? from, to: from + width, people: (open?.people ?? 0) + people };
    if (open.people < smallestCell) continue;
    bars.push(open);
    open = undefined;
  }
  const last = bars.pop();
  if (last === undefined) return null;
  // What is left at the top is too few people for a bar of its own.
  const joined =
    open === undefined ? last : { from: last.from, to: open.to, people: last.people + open.people };
  return [...bars, joined];
}
