import { LISTS, type PublicFigures, type PublicLine } from './contract.ts';

const COUNTS = ['ratable', 'rated', 'good', 'bad', 'excluded'] as const;
export type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

/** A line that is otherwise than it was published. */
export interface Correction {
  readonly by: PublicLine['by'];
  readonly code: string;
  readonly name: string;
  /** both null where so few people are concerned that the difference would tell what they said */
  readonly was: Counts | null;
  readonly now: Counts | null;
}

/**
 * What has changed since a month was published. Lines that were withheld, or are now, say nothing. Whoever
 * came or went among a few is not told of either; a verdict, which moves a rating to the excluded ones, is
 * listed as ever.
 */
export function correctionsOf(then: PublicFigures, now: PublicFigures): Correction[] {
  const least = Math.max(then.leastPeople, now.leastPeople);
  const present = new Map(linesOf(now).map((line) => [`${line.by} ${line.code}`, line]));
  return linesOf(then).flatMap((line): Correction[] => {
    const before = countsOf(line);
    const after = countsOf(present.get(`${line.by} ${line.code}`));
    if (before === null || after === null) return [];
    if (COUNTS.every((name) => before[name] === after[name])) return [];
    const { by, code, name } = line;
    const moved = Math.max(
      Math.abs(after.ratable - before.ratable),
      Math.abs(after.rated + after.excluded - before.rated - before.excluded),
    );
    const told = moved === 0 || moved >= least;
    return [{ by, code, name, was: told ? before : null, now: told ? after : null }];
  });
}

function linesOf({ total, lists }: PublicFigures): readonly PublicLine[] {
  return [total, ...LISTS.flatMap((by) => lists[by]?.lines ?? [])];
}

function countsOf(line: PublicLine | undefined): Counts | null {
  if (line === undefined || line.withheld) return null;
  const { ratable, rated, good, bad, excluded } = line;
  return {
    ratable: ratable ?? 0,
    rated: rated ?? 0,
    good: good ?? 0,
    bad: bad ?? 0,
    excluded: excluded ?? 0,
  };
}
