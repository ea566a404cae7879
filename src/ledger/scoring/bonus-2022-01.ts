import { BONUS_ITEMS, type BonusItem, isBonusItem } from '../../kernel/assessment.ts';
import type { Centi } from '../../kernel/points.ts';
import { byOccurrence, withoutLate, withoutReversed } from './deductions-2022-01.ts';
import { type Line, line, type MonthValues, record, type ScoredEntry, sumOf } from './scoring.ts';

export interface Bonus {
  readonly items: Readonly<Record<BonusItem, Centi>>;
  readonly totalCenti: Centi;
  readonly lines: readonly Line[];
}

/**
 * Quantity × unit by item, then the item's cap, then the cap of all items together. Of an item that counts
 * the highest only (honours), the highest single unit stands and quantity is ignored; what an upheld appeal
 * adds comes on top of it.
 */
export function bonusOf(entries: readonly ScoredEntry[], values: MonthValues): Bonus {
  const own = withoutLate(entries, values)
    .filter(({ part }) => isBonusItem(part))
    .sort(byOccurrence);
  const lines: Line[] = [];
  const items = record(BONUS_ITEMS, (item) => {
    const made = itemLines(
      item,
      own.filter(({ part }) => part === item),
      values,
    );
    lines.push(...made);
    return sumOf(made);
  });
  const sum = sumOf(lines);
  const totalCenti = Math.min(sum, values.bonusHighest);
  if (totalCenti < sum) {
    lines.push(line('total', 'bonus_cap', totalCenti - sum, { key: 'total.bonus_highest', about: { sum } }));
  }
  return { items, totalCenti, lines };
}

function itemLines(item: BonusItem, entries: readonly ScoredEntry[], values: MonthValues): Line[] {
  const { cap, highestOnly } = values.bonus[item];
  const lines = entries.map((entry) =>
    line(item, 'entry', entry.pointsCenti * entry.quantity, {
      key: `rules.${entry.rule}`,
      entryId: entry.entryId,
      otherEntryId: entry.reverses,
      about: { quantity: entry.quantity },
    }),
  );
  const key = `bonus.${item}.cap`;
  if (highestOnly) {
    const [given, merits] = [entries.filter(isRedress), entries.filter((entry) => !isRedress(entry))];
    const highest = withoutReversed(merits).reduce((most, { pointsCenti }) => Math.max(most, pointsCenti), 0);
    const onTop = given.reduce((sum, { pointsCenti, quantity }) => sum + pointsCenti * quantity, 0);
    const more = highest + onTop - sumOf(lines);
    if (more !== 0) lines.push(line(item, 'highest_only', more, { key, about: { highest } }));
  }
  const sum = sumOf(lines);
  if (sum > cap) lines.push(line(item, 'item_cap', cap - sum, { key, about: { sum, cap } }));
  if (sum < 0) lines.push(line(item, 'floor', -sum, { key, about: { sum } }));
  return lines;
}

/** Added by an upheld appeal: it puts a merit right and is none of its own. */
function isRedress({ redresses = null }: ScoredEntry): boolean {
  return redresses !== null;
}
