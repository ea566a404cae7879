import { FINDING_RULES, type RulesInForce } from '../conduct/inspection/index.ts';
import type { BonusInForce } from '../conduct/merit/index.ts';
import { BONUS_ITEMS, isBonusItem } from '../kernel/assessment.ts';
import { findOn, valueOn } from '../kernel/history.ts';
import { formatSigned } from '../kernel/points.ts';
import { schemeOn, schemesInForce } from '../ledger/scheme/index.ts';

/**
 * The rules for findings by the scheme in force on the day: patrols lie upstream of the book, so they are
 * handed what it would charge.
 */
export const findingRules: RulesInForce = async (reader, cityCode, on) => {
  const { scheme } = schemeOn(await schemesInForce(reader, cityCode), on);
  const recorded: ReadonlySet<string> = new Set(FINDING_RULES);
  return scheme.rules.flatMap(({ code, part, name, nameEn, veto, values }) => {
    const value = findOn(values, on);
    if (value === undefined || isBonusItem(part) || !recorded.has(code)) return [];
    const indicator = scheme.indicators[part];
    return [
      {
        code,
        part,
        partName: { zh: indicator.name, en: indicator.nameEn },
        name: { zh: name, en: nameEn },
        points: formatSigned(value.value.amount),
        veto,
      },
    ];
  });
};

/** The seven bonus items by the scheme in force on the day, with their caps and units. */
export const bonusItems: BonusInForce = async (reader, cityCode, on) => {
  const { scheme } = schemeOn(await schemesInForce(reader, cityCode), on);
  return {
    totalCap: valueOn(scheme.total.bonusHighest, on).value.amount,
    items: BONUS_ITEMS.map((item) => {
      const { name, nameEn, cap, highestOnly } = scheme.bonus[item];
      const rules = scheme.rules.flatMap((rule) => {
        const value = findOn(rule.values, on);
        if (rule.part !== item || value === undefined) return [];
        const words = { zh: rule.name, en: rule.nameEn };
        return [{ code: rule.code, name: words, unit: value.value.amount }];
      });
      return {
        item,
        name: { zh: name, en: nameEn },
        cap: valueOn(cap, on).value.amount,
        highestOnly,
        rules,
      };
    }),
  };
};
