import { stringify } from 'yaml';
import { BONUS_ITEMS, GRADES, INDICATORS, type Indicator } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import type { Dated, History } from '../../kernel/history.ts';
import { formatHundredths } from '../../kernel/points.ts';
import type { RuleFile } from '../../platform/rules.ts';
import { type Amounts, LIMITS, type Limit, type Scheme, type SchemeRule, WEIGHTS } from './scheme.ts';

/** The folder's name under which a draft's files appear in messages. */
export const DRAFT_FOLDER = 'draft';

/** A scheme as its rule files would say it, by file and field; every leaf is a text. */
export type SchemeTree = { [name: string]: SchemeTree | readonly string[] | string };

/** The rule files that say what the scheme says: the loader makes the same scheme of them again. */
export function schemeFiles(tree: SchemeTree): RuleFile[] {
  return Object.entries(tree).map(([name, content]) => ({
    name: `${DRAFT_FOLDER}/${name}.yaml`,
    // Without the types of YAML every text stays as it is written: 20.00 is no number and 2027-01-01 no date.
    text: stringify(content, { schema: 'failsafe', lineWidth: 0 }),
  }));
}

/** The scheme as the tree of its rule files. */
export function schemeTree(scheme: Scheme): SchemeTree {
  const { total, repeat, grades, quota, pay, awards } = scheme;
  return {
    scheme: {
      scheme: scheme.name,
      scheme_en: scheme.nameEn,
      code: scheme.code,
      total: { highest: hundredths('points', total.highest), bonus_highest: points(total.bonusHighest) },
      repeat: {
        from_occurrence: whole('count', repeat.fromOccurrence),
        factor: whole('count', repeat.factor),
      },
      chief_representative: { share: percent(scheme.chiefShare) },
    },
    ...keyed(INDICATORS, (code) => indicatorTree(scheme, code)),
    bonus: { items: bonusTree(scheme) },
    grades: {
      grades: keyed(GRADES, (grade) => points(grades[grade])),
      quota: {
        best: percent(quota.best),
        yearly_excellent: percent(quota.yearlyExcellent),
        equal_remainders: quota.equalRemainders,
      },
      ties: scheme.ties,
    },
    pay: {
      identity: pay.identity,
      bounds: hundredths('yuan', pay.bounds),
      grades: keyed(GRADES, (grade) => hundredths('yuan', pay.grades[grade])),
    },
    awards: {
      windows: {
        share: percent(awards.windowShare),
        weights: keyed(WEIGHTS, (weight) => percent(awards.weights[weight])),
      },
      persons: { share: percent(awards.personShare), months: whole('count', awards.personMonths) },
    },
    deadlines: {
      office_end: dated(scheme.officeEnd, ({ time, source }) => ({ time, source })),
      limits: keyed(LIMITS, (name) => limitTree(scheme.limits[name])),
    },
  };
}

function indicatorTree(scheme: Scheme, code: Indicator): SchemeTree {
  const { name, nameEn, max, base } = scheme.indicators[code];
  const rules = scheme.rules.filter(({ part }) => part === code);
  return {
    indicator: name,
    indicator_en: nameEn,
    code,
    max_points: points(max),
    base_points: points(base),
    ...(code === 'rating' ? ratingTree(scheme) : {}),
    rules: Object.fromEntries(rules.map((rule) => [rule.code, deductionTree(rule)])),
  };
}

function ratingTree({ goodRate, attribution, processFaultCharges }: Scheme): SchemeTree {
  return {
    good_rate: {
      highest_points: points(goodRate.highest),
      from_rate: percent(goodRate.fromRate),
      span: percent(goodRate.span),
      prior_ratings: whole('count', goodRate.priorRatings),
      prior_rate: percent(goodRate.priorRate),
      fewest_ratings: whole('count', goodRate.fewestRatings),
    },
    attribute_to: { person: attribution.person.map(String), process: attribution.process.map(String) },
    process_fault_charges: dated(processFaultCharges, ({ subject, source }) => ({ subject, source })),
  };
}

function deductionTree({ name, nameEn, veto, satisfaction, values }: SchemeRule): SchemeTree {
  return {
    name,
    name_en: nameEn,
    ...(veto ? { veto: 'true' } : {}),
    ...(satisfaction === null ? {} : { satisfaction: String(satisfaction) }),
    values: points(values),
  };
}

function bonusTree(scheme: Scheme): SchemeTree {
  return keyed(BONUS_ITEMS, (item) => {
    const { name, nameEn, highestOnly, cap } = scheme.bonus[item];
    const rules = scheme.rules.filter(({ part }) => part === item);
    return {
      name,
      name_en: nameEn,
      ...(highestOnly ? { highest_only: 'true' } : {}),
      cap: points(cap),
      rules: Object.fromEntries(
        rules.map((rule) => [
          rule.code,
          { name: rule.name, name_en: rule.nameEn, values: points(rule.values) },
        ]),
      ),
    };
  });
}

function limitTree({ name, nameEn, unit, values }: Limit): SchemeTree {
  return { name, name_en: nameEn, values: whole(unit, values) };
}

const points = (values: Amounts): SchemeTree => hundredths('points', values);
const percent = (values: Amounts): SchemeTree => hundredths('percent', values);

function hundredths(unit: string, values: Amounts): SchemeTree {
  return dated(values, ({ amount, source }) => ({ [unit]: formatHundredths(amount), source }));
}

function whole(unit: string, values: Amounts): SchemeTree {
  return dated(values, ({ amount, source }) => ({ [unit]: String(amount), source }));
}

function dated<T>(values: History<T>, tree: (value: T) => SchemeTree): SchemeTree {
  return Object.fromEntries(
    values.map(({ from, value }: Dated<T>): [Day, SchemeTree] => [from, tree(value)]),
  );
}

function keyed<const K extends string>(names: readonly K[], make: (name: K) => SchemeTree): SchemeTree {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
