import {
  BONUS_ITEMS,
  type BonusItem,
  INDICATORS,
  type Indicator,
  type LineKind,
  type Part,
  type ScoreFlag,
} from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Amounts, Scheme } from '../scheme/index.ts';

/** An entry of the book that counts in the month, as the formulas see it. */
export interface ScoredEntry {
  readonly entryId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectCode: string;
  readonly rule: string;
  readonly part: Indicator | BonusItem;
  /** the rule's single value: a deduction ≤ 0, a bonus unit ≥ 0, a reversal the opposite */
  readonly pointsCenti: Centi;
  /** occurrences, 1 or more */
  readonly quantity: number;
  readonly occurredOn: Day;
  /** orders facts of one day */
  readonly factId: string;
  /** facts of one case that charge one subject are one event */
  readonly projectNo: string | null;
  readonly veto: boolean;
  /** the entry that this one takes back */
  readonly reverses: string | null;
  /** the line that an upheld appeal gives these points back for; only entries of appeals have it */
  readonly redresses?: RedressedLine | null;
}

/** A line that an appeal spoke of: its kind, and the entry that it follows from ('' where it has none). */
export interface RedressedLine {
  readonly kind: string;
  readonly entryId: string;
}

/**
 * Services and ratings of a subject in the month; exclusions are out of rated, good and bad, not of ratable.
 * Promised are services whose record says until when they were to be done, kept those done by then.
 */
export interface Counts {
  readonly ratable: number;
  readonly rated: number;
  readonly good: number;
  readonly bad: number;
  readonly excluded: number;
  readonly promised: number;
  readonly kept: number;
}

export const NO_COUNTS: Counts = {
  ratable: 0,
  rated: 0,
  good: 0,
  bad: 0,
  excluded: 0,
  promised: 0,
  kept: 0,
};

export function plusCounts(one: Counts, other: Counts): Counts {
  return {
    ratable: one.ratable + other.ratable,
    rated: one.rated + other.rated,
    good: one.good + other.good,
    bad: one.bad + other.bad,
    excluded: one.excluded + other.excluded,
    promised: one.promised + other.promised,
    kept: one.kept + other.kept,
  };
}

/** What a line speaks of besides points: counts, days, occurrences; whole numbers and codes only. */
export type About = Readonly<Record<string, number | string>>;

/** One line of a statement. The points of a subject's lines add up to its total. */
export interface Line {
  readonly part: Part;
  readonly kind: LineKind;
  readonly pointsCenti: Centi;
  /** the scheme's value that the line rests on, by its name in the scheme's document */
  readonly key: string;
  readonly entryId: string | null;
  readonly otherEntryId: string | null;
  readonly about: About;
}

/** A subject's points of the month with every line that makes them. */
export interface Score {
  readonly indicators: Readonly<Record<Indicator, Centi>>;
  /** points by bonus item after its own cap; all 0 for windows and departments */
  readonly bonus: Readonly<Record<BonusItem, Centi>>;
  readonly baseCenti: Centi;
  /** after the cap of all items together */
  readonly bonusCenti: Centi;
  readonly totalCenti: Centi;
  readonly veto: boolean;
  /** what was taken away before floors, and what stationing lacks of its maximum: the first tie-breaker */
  readonly deductedCenti: Centi;
  readonly flags: readonly ScoreFlag[];
  readonly lines: readonly Line[];
}

/** The numbers of a scheme that hold for a whole month: those in force on its first day. */
export interface MonthValues {
  /** the month's first day */
  readonly from: Day;
  readonly totalHighest: Centi;
  readonly bonusHighest: Centi;
  readonly repeatFrom: number;
  readonly repeatFactor: number;
  /** hundredths of a percent */
  readonly chiefShare: number;
  readonly indicators: Readonly<Record<Indicator, { readonly max: Centi; readonly base: Centi }>>;
  readonly bonus: Readonly<Record<BonusItem, { readonly cap: Centi; readonly highestOnly: boolean }>>;
  readonly goodRate: {
    readonly highest: Centi;
    /** rates and span in hundredths of a percent */
    readonly fromRate: number;
    readonly span: number;
    readonly priorRatings: number;
    readonly priorRate: number;
    readonly fewestRatings: number;
  };
}

/**
 * The scheme's numbers for a month.
 *
 * @throws Refusal `history.no_value_yet` when the scheme starts after the month's first day
 */
export function monthValues(scheme: Scheme, month: Month): MonthValues {
  const on = firstDay(month);
  const amount = (history: Amounts): number => valueOn(history, on).value.amount;
  const { goodRate } = scheme;
  return {
    from: on,
    totalHighest: amount(scheme.total.highest),
    bonusHighest: amount(scheme.total.bonusHighest),
    repeatFrom: amount(scheme.repeat.fromOccurrence),
    repeatFactor: amount(scheme.repeat.factor),
    chiefShare: amount(scheme.chiefShare),
    indicators: record(INDICATORS, (code) => ({
      max: amount(scheme.indicators[code].max),
      base: amount(scheme.indicators[code].base),
    })),
    bonus: record(BONUS_ITEMS, (item) => ({
      cap: amount(scheme.bonus[item].cap),
      highestOnly: scheme.bonus[item].highestOnly,
    })),
    goodRate: {
      highest: amount(goodRate.highest),
      fromRate: amount(goodRate.fromRate),
      span: amount(goodRate.span),
      priorRatings: amount(goodRate.priorRatings),
      priorRate: amount(goodRate.priorRate),
      fewestRatings: amount(goodRate.fewestRatings),
    },
  };
}

/** A line without the fields that it does not need. */
export function line(
  part: Part,
  kind: LineKind,
  pointsCenti: Centi,
  more: Partial<Pick<Line, 'entryId' | 'otherEntryId' | 'about'>> & { key: string },
): Line {
  const { key, entryId = null, otherEntryId = null, about = {} } = more;
  return { part, kind, pointsCenti, key, entryId, otherEntryId, about };
}

export function sumOf(lines: readonly Line[]): Centi {
  return lines.reduce((sum, { pointsCenti }) => sum + pointsCenti, 0);
}

export function record<const K extends string, T>(names: readonly K[], make: (name: K) => T): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, T>;
}
