import { BONUS_ITEMS, GRADES, INDICATORS, type Indicator, type Part } from '../../kernel/assessment.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { type Note, type Shape, shapeRuleFile } from '../../platform/rule-shape.ts';
import type { RuleFault, RuleFile } from '../../platform/rules.ts';
import { LIMITS, type Limit, type LimitName, type Scheme, type SchemeRule, WEIGHTS } from './scheme.ts';
import { checkScheme } from './scheme-check.ts';
import {
  awardsShape,
  bonusShape,
  deadlinesShape,
  generalShape,
  gradesShape,
  indicatorShape,
  payShape,
  ratingShape,
  type SchemeFiles,
} from './scheme-shape.ts';

defineRefusals({
  'scheme.file_missing': {
    status: 422,
    zh: '缺少文件 {name}.yaml。请补上，写法见 rules/example-city。',
    en: 'The file {name}.yaml is missing. Add it; rules/example-city shows how.',
  },
});

/** A scheme, or everything that is wrong with its files. */
export type ParsedScheme =
  | { readonly kind: 'scheme'; readonly scheme: Scheme }
  | { readonly kind: 'broken'; readonly faults: readonly RuleFault[] };

/**
 * The scheme that a folder of rule files describes: scheme, the five indicators, bonus, grades, pay, awards
 * and deadlines. Other files of the folder belong to other rooms and are left alone.
 */
export function parseScheme(folder: string, files: readonly RuleFile[]): ParsedScheme {
  const faults: RuleFault[] = [];
  const note: Note = (fault) => faults.push(fault);
  const read = readFiles(folder, files, note);
  if (read !== undefined) checkScheme(read, note);
  if (read === undefined || faults.length > 0) return { kind: 'broken', faults };
  return { kind: 'scheme', scheme: assemble(read) };
}

function readFiles(folder: string, files: readonly RuleFile[], note: Note): SchemeFiles | undefined {
  const read = <T>(name: string, of: Shape<T>): T | undefined => {
    const file = files.find((one) => one.name === `${folder}/${name}.yaml`);
    if (file !== undefined) return shapeRuleFile(file, of, note);
    const place = { file: `${folder}/${name}.yaml`, line: 1, column: 1 };
    note({ place, field: '', code: 'scheme.file_missing', params: { name } });
    return undefined;
  };
  const [general, rating, bonus] = [
    read('scheme', generalShape),
    read('rating', ratingShape),
    read('bonus', bonusShape),
  ];
  const [stationing, daily, handling, complaint] = [
    read('stationing', indicatorShape),
    read('daily', indicatorShape),
    read('case', indicatorShape),
    read('complaint', indicatorShape),
  ];
  const [grades, pay, awards, deadlines] = [
    read('grades', gradesShape),
    read('pay', payShape),
    read('awards', awardsShape),
    read('deadlines', deadlinesShape),
  ];
  if (!general || !rating || !bonus || !stationing || !daily || !handling || !complaint) return undefined;
  if (!grades || !pay || !awards || !deadlines) return undefined;
  const indicators = { stationing, daily, case: handling, rating, complaint };
  return { general, indicators, rating, bonus, grades, pay, awards, deadlines };
}

function assemble(files: SchemeFiles): Scheme {
  const { general, rating, grades, pay, awards } = files;
  return {
    code: general.code,
    name: general.scheme,
    nameEn: general.scheme_en,
    total: { highest: general.total.highest.value, bonusHighest: general.total.bonus_highest.value },
    repeat: { fromOccurrence: general.repeat.from_occurrence.value, factor: general.repeat.factor.value },
    chiefShare: general.chief_representative.share.value,
    indicators: keyed(INDICATORS, (code) => indicatorOf(files, code)),
    bonus: keyed(BONUS_ITEMS, (item) => {
      const { name, name_en: nameEn, highest_only: highestOnly = false, cap } = files.bonus.items[item];
      return { name, nameEn, highestOnly, cap: cap.value };
    }),
    rules: rulesOf(files),
    goodRate: {
      highest: rating.good_rate.highest_points.value,
      fromRate: rating.good_rate.from_rate.value,
      span: rating.good_rate.span.value,
      priorRatings: rating.good_rate.prior_ratings.value,
      priorRate: rating.good_rate.prior_rate.value,
      fewestRatings: rating.good_rate.fewest_ratings.value,
    },
    attribution: { person: rating.attribute_to.person.value, process: rating.attribute_to.process.value },
    processFaultCharges: rating.process_fault_charges.value,
    grades: keyed(GRADES, (grade) => grades.grades[grade].value),
    quota: {
      best: grades.quota.best.value,
      yearlyExcellent: grades.quota.yearly_excellent.value,
      equalRemainders: grades.quota.equal_remainders.value,
    },
    ties: grades.ties.value,
    pay: {
      identity: pay.identity,
      bounds: pay.bounds.value,
      grades: keyed(GRADES, (grade) => pay.grades[grade].value),
    },
    awards: {
      windowShare: awards.windows.share.value,
      weights: keyed(WEIGHTS, (weight) => awards.windows.weights.value[weight].value),
      personShare: awards.persons.share.value,
      personMonths: awards.persons.months.value,
    },
    officeEnd: files.deadlines.office_end.value,
    limits: keyed(LIMITS, (name) => limitOf(files, name)),
  };
}

function indicatorOf(files: SchemeFiles, code: Indicator): Scheme['indicators'][Indicator] {
  const { indicator, indicator_en: nameEn, max_points: max, base_points: base } = files.indicators[code];
  return { name: indicator, nameEn, max: max.value, base: base.value };
}

function rulesOf(files: SchemeFiles): SchemeRule[] {
  const deductions = INDICATORS.flatMap((part) =>
    [...files.indicators[part].rules].map(([code, { value }]) => ({
      ...ruleOf(code, part, value),
      veto: value.veto ?? false,
      satisfaction: levelOf(value.satisfaction),
    })),
  );
  const bonuses = BONUS_ITEMS.flatMap((part) =>
    [...files.bonus.items[part].rules].map(([code, { value }]) => ruleOf(code, part, value)),
  );
  return [...deductions, ...bonuses];
}

function levelOf(satisfaction: number | undefined): SchemeRule['satisfaction'] {
  return satisfaction === 1 || satisfaction === 2 ? satisfaction : null;
}

interface NamedValues {
  readonly name: string;
  readonly name_en: string;
  readonly values: { readonly value: SchemeRule['values'] };
}

function ruleOf(code: string, part: Exclude<Part, 'total'>, value: NamedValues): SchemeRule {
  const { name, name_en: nameEn, values } = value;
  return { code, part, name, nameEn, veto: false, satisfaction: null, values: values.value };
}

function limitOf(files: SchemeFiles, limit: LimitName): Limit {
  const { name, name_en: nameEn, values } = files.deadlines.limits[limit];
  const [first, ...rest] = values.value;
  const amountOf = ({ from, value }: (typeof values.value)[number]) => ({
    from,
    value: { amount: value.working_days ?? value.day_of_month ?? 0, source: value.source },
  });
  const unit = first.value.day_of_month === undefined ? 'working_days' : 'day_of_month';
  return { name, nameEn, unit, values: [amountOf(first), ...rest.map(amountOf)] };
}

function keyed<const K extends string, T>(names: readonly K[], make: (name: K) => T): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, T>;
}
