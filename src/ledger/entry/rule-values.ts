import type { Day } from '../../kernel/day.ts';
import type { Dated } from '../../kernel/history.ts';
import type { SchemeInForce } from '../scheme/index.ts';

/**
 * A rule's value with the days on which it holds: what a fact of one of those days is charged or credited.
 */
export interface RuleValue {
  readonly rule: string;
  readonly part: string;
  /** level of a bad rating that the rule charges */
  readonly satisfaction: number | null;
  readonly veto: boolean;
  readonly from_day: Day;
  /** first day on which it holds no more; null while it lasts */
  readonly until_day: Day | null;
  readonly points_centi: number;
  readonly value_from: Day;
  readonly source: string;
  readonly scheme_hash: string;
}

/** Whom a bad rating charges by its tags, with the days on which that holds. */
export interface AttributionValue {
  readonly from_day: Day;
  readonly until_day: Day | null;
  readonly person: readonly number[];
  readonly process: readonly number[];
  readonly charges: 'window' | 'item_owner';
}

/**
 * The values of all rules of all versions in force, each from the first to the last day on which it holds.
 */
export function ruleValues(inForce: readonly SchemeInForce[]): RuleValue[] {
  return inForce.flatMap((version, at) => {
    const until = inForce[at + 1]?.effectiveFrom ?? null;
    return version.scheme.rules.flatMap((rule) =>
      spans(rule.values, version.effectiveFrom, until).map(({ value, from, start, end }) => ({
        rule: rule.code,
        part: rule.part,
        satisfaction: rule.satisfaction,
        veto: rule.veto,
        from_day: start,
        until_day: end,
        points_centi: value.amount,
        value_from: from,
        source: value.source,
        scheme_hash: version.hash,
      })),
    );
  });
}

/** The attribution of all versions in force, each with its days. */
export function attributionValues(inForce: readonly SchemeInForce[]): AttributionValue[] {
  return inForce.flatMap((version, at) => {
    const until = inForce[at + 1]?.effectiveFrom ?? null;
    const { attribution, processFaultCharges } = version.scheme;
    return spans(processFaultCharges, version.effectiveFrom, until).map(({ value, start, end }) => ({
      from_day: start,
      until_day: end,
      person: attribution.person,
      process: attribution.process,
      charges: value.subject,
    }));
  });
}

/** How ratings of some days are attributed, by the first day of each change within them. */
export function attributionWithin(
  values: readonly AttributionValue[],
  { from, until }: { from: string; until: string },
): { readonly start: string; readonly how: string }[] {
  return values
    .filter(({ from_day, until_day }) => from_day < until && (until_day === null || until_day > from))
    .sort((one, other) => (one.from_day < other.from_day ? -1 : 1))
    .map(({ from_day, person, process, charges }) => ({
      start: from_day < from ? from : from_day,
      how: JSON.stringify([person, process, charges]),
    }))
    .filter(({ how }, at, all) => all[at - 1]?.how !== how);
}

interface Span<T> extends Dated<T> {
  readonly start: Day;
  readonly end: Day | null;
}

/** A history's values cut to the days of its version: from `first` until before `until`. */
function spans<T>(history: readonly Dated<T>[], first: Day, until: Day | null): Span<T>[] {
  return history.flatMap((dated, at) => {
    const next = history[at + 1]?.from ?? null;
    const start = dated.from < first ? first : dated.from;
    const end = next === null || (until !== null && until < next) ? until : next;
    return end !== null && end <= start ? [] : [{ ...dated, start, end }];
  });
}
