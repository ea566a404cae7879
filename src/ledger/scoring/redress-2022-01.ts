import type { SubjectKind } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import { isLate } from './deductions-2022-01.ts';
import { type MonthInput, type ScoredSubject, scoreMonth } from './score-2022-01.ts';
import { type Line, line, type MonthValues, type ScoredEntry, sumOf } from './scoring.ts';

/** What a sealed month owes a subject altogether, by everything that was decided of it since. */
export interface Owed {
  readonly kind: SubjectKind;
  readonly code: string;
  /** the sealed total, and what it would be; redress of still earlier months left out of both */
  readonly sealedCenti: Centi;
  readonly rescoredCenti: Centi;
  /** ≥ 0 */
  readonly owedCenti: Centi;
}

/** What of it is to be given in a month, after what months sealed before have given. */
export interface Due extends Owed {
  /** the sealed month */
  readonly of: Month;
  readonly givenCenti: Centi;
}

/**
 * Scores a sealed month once more from what it was scored from, without the entries that were taken back
 * since and with those that appeals have added to it. What a subject lost by them is what the sealed total
 * lacks: the doubling, the place of a heavier fact, the floor, a chief's half, what windows inherit and
 * means pass on. The order in which it was decided doesn't matter.
 */
export function owedBy(
  input: MonthInput,
  values: MonthValues,
  since: {
    readonly decided: readonly ScoredEntry[];
    readonly sealed: (kind: SubjectKind, code: string) => Centi | undefined;
  },
): Owed[] {
  const taken = new Set(since.decided.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])));
  const added = since.decided.filter(({ reverses }) => reverses === null);
  const entries = [...input.entries.filter(({ entryId }) => !taken.has(entryId)), ...added];
  return scoreMonth({ ...input, entries }, values).flatMap(({ kind, code, score }) => {
    const sealedCenti = since.sealed(kind, code);
    if (sealedCenti === undefined) return [];
    const rescoredCenti = score.totalCenti;
    return [{ kind, code, sealedCenti, rescoredCenti, owedCenti: Math.max(0, rescoredCenti - sealedCenti) }];
  });
}

/** A subject as it stands with what earlier months owe it, on the total and within its bounds. */
export function withRedress(
  scored: ScoredSubject,
  given: {
    readonly entries: readonly ScoredEntry[];
    readonly dues: readonly Due[];
    /** the sealed month that an entry speaks of */
    readonly monthOf: (entry: ScoredEntry) => Month;
  },
  values: MonthValues,
): ScoredSubject {
  const ids = new Set(given.entries.map(({ entryId }) => entryId));
  const late = given.entries.filter((entry) => isLate(entry, ids, values.from));
  if (late.length === 0 && given.dues.length === 0) return scored;
  const months = [...new Set([...late.map(given.monthOf), ...given.dues.map(({ of }) => of)])].sort();
  const { score } = scored;
  const lines: Line[] = [];
  for (const of of months) {
    const total = score.totalCenti + sumOf(lines);
    const own = late.filter((entry) => given.monthOf(entry) === of).map((entry) => redressLine(entry, of));
    const due = given.dues.find((one) => one.of === of);
    const wanted = (due?.owedCenti ?? 0) - (due?.givenCenti ?? 0);
    const fits = Math.max(-total, Math.min(wanted, values.totalHighest - total));
    lines.push(...own);
    if (fits === sumOf(own) && fits === wanted) continue;
    const about = {
      month: of,
      sealed: due?.sealedCenti ?? 0,
      rescored: due?.rescoredCenti ?? 0,
      before: due?.givenCenti ?? 0,
      due: wanted,
      given: fits,
    };
    lines.push(line('total', 'rescored', fits - sumOf(own), { key: 'total.highest', about }));
  }
  const totalCenti = score.totalCenti + sumOf(lines);
  return { ...scored, score: { ...score, totalCenti, lines: [...score.lines, ...lines] } };
}

function redressLine(entry: ScoredEntry, of: Month): Line {
  const { entryId, reverses, part, rule, pointsCenti, quantity } = entry;
  const about = { part, quantity, month: of };
  const more = { key: `rules.${rule}`, entryId, otherEntryId: reverses, about };
  return line('total', 'redress', pointsCenti * quantity, more);
}

/** What the lines give of what is due for a sealed month. */
export function givenFor(of: Month, lines: readonly Line[]): Centi {
  return sumOf(lines.filter(({ kind, about }) => isGiving(kind) && about.month === of));
}

/** Lines that give back what an earlier month took. */
export function isGiving(kind: string): boolean {
  return kind === 'redress' || kind === 'rescored';
}
