import { clamp, ratioCenti } from '../../kernel/points.ts';
import { type Counts, type Line, line, type MonthValues } from './scoring.ts';

/** Hundredths of a percent in the whole. */
const WHOLE = 10_000n;

export interface GoodRateTerm {
  readonly line: Line;
  readonly smallSample: boolean;
}

/**
 * highest × (shrunk − from) / span, between 0 and highest, where shrunk = (good + prior ratings × prior
 * rate) / (rated + prior ratings). One rounding, from the exact quotient. Below the fewest ratings there is
 * no term.
 */
export function goodRateTerm(counts: Counts, values: MonthValues): GoodRateTerm {
  const { highest, fewestRatings } = values.goodRate;
  const about = { good: counts.good, rated: counts.rated };
  if (counts.rated < fewestRatings) {
    const key = 'rating.good_rate.fewest_ratings';
    const small = { ...about, fewest: fewestRatings };
    return { line: line('rating', 'good_rate', 0, { key, about: small }), smallSample: true };
  }
  const term = clamp(exactTerm(counts, values.goodRate), 0, highest);
  const key = 'rating.good_rate.highest_points';
  return { line: line('rating', 'good_rate', term, { key, about }), smallSample: false };
}

/** `ratioCenti` counts its quotient in points and answers hundredths; `highest` already is hundredths. */
function exactTerm({ good, rated }: Counts, rate: MonthValues['goodRate']): number {
  const [prior, all] = [BigInt(rate.priorRatings), BigInt(rated + rate.priorRatings)];
  const above = WHOLE * BigInt(good) + prior * BigInt(rate.priorRate) - BigInt(rate.fromRate) * all;
  return ratioCenti(BigInt(rate.highest) * above, 100n * BigInt(rate.span) * all);
}
