import { FINDING_RULES, type RulesInForce } from '../conduct/inspection/index.ts';
import { isBonusItem } from '../kernel/assessment.ts';
import { findOn } from '../kernel/history.ts';
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
