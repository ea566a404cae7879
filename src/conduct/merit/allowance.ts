import type { BonusItem } from '../../kernel/assessment.ts';
import type { Centi } from '../../kernel/points.ts';

/** A bonus item of the scheme on a day, with what one occurrence of each rule is worth. */
export interface BonusOffer {
  readonly item: BonusItem;
  readonly name: { readonly zh: string; readonly en: string };
  readonly cap: Centi;
  /** only the highest single unit counts (honours) */
  readonly highestOnly: boolean;
  readonly rules: readonly {
    readonly code: string;
    readonly name: { readonly zh: string; readonly en: string };
    readonly unit: Centi;
  }[];
}

interface Credited {
  readonly rule: string;
  readonly quantity: number;
}

/**
 * Points that merits of one month give in an item: quantity × unit, then the item's cap; of honours the
 * highest only, quantity ignored (domain §5). The cap of all items together is not applied here.
 */
export function pointsIn(offer: BonusOffer, merits: readonly Credited[]): Centi {
  const units = new Map(offer.rules.map(({ code, unit }) => [code, unit]));
  const own = merits.filter(({ rule }) => units.has(rule));
  const single = own.map(({ rule, quantity }) => ({ unit: units.get(rule) ?? 0, quantity }));
  const sum = offer.highestOnly
    ? Math.max(0, ...single.map(({ unit }) => unit))
    : single.reduce((all, { unit, quantity }) => all + unit * quantity, 0);
  return Math.min(sum, offer.cap);
}
