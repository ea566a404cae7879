import { BONUS_ITEMS, GRADES, INDICATORS } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import { formatFen } from '../../kernel/fen.ts';
import { type Dated, findOn, type History } from '../../kernel/history.ts';
import type { Lang } from '../../kernel/lang.ts';
import { formatHundredths, formatPoints } from '../../kernel/points.ts';
import type { SchemeLine, SchemeValue } from './contract.ts';
import { type Amounts, LIMITS, type Scheme, WEIGHTS } from './scheme.ts';

type Unit = SchemeValue['unit'];
type Worded = readonly [zh: string, en: string];

interface Sketch {
  readonly key: string;
  readonly section: SchemeLine['section'];
  readonly part?: string;
  readonly name: Worded;
  readonly veto?: boolean;
  readonly unit: Unit;
  readonly values: History<{ readonly source: string }>;
}

/** Every value of a scheme by its name, each with the one in force on the day and all others: for reading. */
export function schemeLines(scheme: Scheme, on: Day, lang: Lang): SchemeLine[] {
  return sketches(scheme).map(({ key, section, part, name, veto, unit, values }) => {
    const current = findOn(values, on);
    return {
      key,
      section,
      part: part ?? null,
      name: lang === 'en' ? name[1] : name[0],
      veto: veto ?? false,
      current: current === undefined ? null : spelled(current, unit, lang),
      values: values.map((value) => spelled(value, unit, lang)),
    };
  });
}

function sketches(scheme: Scheme): Sketch[] {
  return [
    ...totalSketches(scheme),
    ...indicatorSketches(scheme),
    ...goodRateSketches(scheme),
    ...bonusSketches(scheme),
    ...ruleSketches(scheme),
    ...gradeSketches(scheme),
    ...awardSketches(scheme),
    ...limitSketches(scheme),
  ];
}

function totalSketches(scheme: Scheme): Sketch[] {
  const made: readonly [string, Worded, Unit, Amounts][] = [
    ['total.highest', ['总分上限', 'Highest total'], 'points', scheme.total.highest],
    [
      'total.bonus_highest',
      ['加分合计上限', 'Highest sum of bonus points'],
      'points',
      scheme.total.bonusHighest,
    ],
    [
      'repeat.from_occurrence',
      ['从第几次起加倍', 'Doubled from this occurrence'],
      'count',
      scheme.repeat.fromOccurrence,
    ],
    ['repeat.factor', ['加倍倍数', 'Factor of repetition'], 'count', scheme.repeat.factor],
    [
      'chief_representative.share',
      ['首席代表分担比例', 'Share of the chief representative'],
      'percent',
      scheme.chiefShare,
    ],
  ];
  return made.map(([key, name, unit, values]) => ({ key, section: 'total', name, unit, values }));
}

function indicatorSketches(scheme: Scheme): Sketch[] {
  return INDICATORS.flatMap((part) => {
    const { name, nameEn, max, base } = scheme.indicators[part];
    const shared = { section: 'indicator', part, unit: 'points' } as const;
    return [
      { ...shared, key: `${part}.max_points`, name: [`${name}满分`, `${nameEn}: maximum`], values: max },
      { ...shared, key: `${part}.base_points`, name: [`${name}基础分`, `${nameEn}: base`], values: base },
    ] satisfies Sketch[];
  });
}

function goodRateSketches({ goodRate, processFaultCharges }: Scheme): Sketch[] {
  const made: readonly [string, Worded, Unit, Sketch['values']][] = [
    ['good_rate.highest_points', ['好评率最高加分', 'Good rate: highest points'], 'points', goodRate.highest],
    ['good_rate.from_rate', ['好评率起点', 'Good rate: from'], 'percent', goodRate.fromRate],
    ['good_rate.span', ['好评率区间', 'Good rate: span'], 'percent', goodRate.span],
    ['good_rate.prior_ratings', ['先验评价数', 'Good rate: prior ratings'], 'count', goodRate.priorRatings],
    ['good_rate.prior_rate', ['先验好评率', 'Good rate: prior rate'], 'percent', goodRate.priorRate],
    [
      'good_rate.fewest_ratings',
      ['最少评价数', 'Good rate: fewest ratings'],
      'count',
      goodRate.fewestRatings,
    ],
    ['process_fault_charges', ['流程类差评归属', 'Whom process tags charge'], 'choice', processFaultCharges],
  ];
  return made.map(([key, name, unit, values]) => ({
    key: `rating.${key}`,
    section: 'good_rate',
    part: 'rating',
    name,
    unit,
    values,
  }));
}

function bonusSketches(scheme: Scheme): Sketch[] {
  return BONUS_ITEMS.map((part) => {
    const { name, nameEn, cap } = scheme.bonus[part];
    const words: Worded = [`${name}上限`, `${nameEn}: cap`];
    return { key: `bonus.${part}.cap`, section: 'bonus', part, name: words, unit: 'points', values: cap };
  });
}

function ruleSketches(scheme: Scheme): Sketch[] {
  const bonus = new Set<string>(BONUS_ITEMS);
  return scheme.rules.map(({ code, part, name, nameEn, veto, values }) => ({
    key: `rules.${code}`,
    section: bonus.has(part) ? 'bonus' : 'deduction',
    part,
    name: [name, nameEn],
    veto,
    unit: 'points',
    values,
  }));
}

function gradeSketches({ grades, quota, pay }: Scheme): Sketch[] {
  const quotas: readonly [string, Worded, Amounts][] = [
    ['quota.best', ['“好”的比例', 'Quota of the best grade'], quota.best],
    ['quota.yearly_excellent', ['年度“优秀”的比例', 'Quota of the yearly best'], quota.yearlyExcellent],
  ];
  return [
    ...GRADES.map((grade): Sketch => {
      const name: Worded = [`“${grade}”起点`, `Grade ${grade}: from`];
      return { key: `grades.${grade}`, section: 'grade', name, unit: 'points', values: grades[grade] };
    }),
    ...quotas.map(
      ([key, name, values]): Sketch => ({ key, section: 'quota', name, unit: 'percent', values }),
    ),
    ...GRADES.map((grade): Sketch => {
      const name: Worded = [`“${grade}”绩效浮动`, `Pay for grade ${grade}`];
      return { key: `pay.${grade}`, section: 'pay', name, unit: 'yuan', values: pay.grades[grade] };
    }),
    {
      key: 'pay.bounds',
      section: 'pay',
      name: ['绩效浮动上下限', 'Bounds of pay'],
      unit: 'yuan',
      values: pay.bounds,
    },
  ];
}

const WEIGHT_WORDS: Readonly<Record<(typeof WEIGHTS)[number], Worded>> = {
  case_handling: ['红旗窗口：业务办理权重', 'Award, windows: weight of case handling'],
  staff_scores: ['红旗窗口：人员得分权重', 'Award, windows: weight of staff scores'],
  duty_officers: ['红旗窗口：值班评价权重', 'Award, windows: weight of duty officers'],
  citizens: ['红旗窗口：群众评价权重', 'Award, windows: weight of citizens'],
};

function awardSketches({ awards }: Scheme): Sketch[] {
  const others: readonly [string, Worded, Unit, Amounts][] = [
    ['awards.window_share', ['红旗窗口比例', 'Award, windows: share'], 'percent', awards.windowShare],
    ['awards.person_share', ['服务标兵比例', 'Award, persons: share'], 'percent', awards.personShare],
    ['awards.person_months', ['服务标兵平均月数', 'Award, persons: months'], 'count', awards.personMonths],
  ];
  return [
    ...WEIGHTS.map((weight): Sketch => {
      const [key, values] = [`awards.weights.${weight}`, awards.weights[weight]];
      return { key, section: 'award', name: WEIGHT_WORDS[weight], unit: 'percent', values };
    }),
    ...others.map(([key, name, unit, values]): Sketch => ({ key, section: 'award', name, unit, values })),
  ];
}

function limitSketches({ limits, officeEnd }: Scheme): Sketch[] {
  const end: Sketch = {
    key: 'office_end',
    section: 'deadline',
    name: ['下班时刻', 'End of office hours'],
    unit: 'time',
    values: officeEnd,
  };
  return [
    end,
    ...LIMITS.map((limit): Sketch => {
      const { name, nameEn, unit, values } = limits[limit];
      const counted = unit === 'working_days' ? unit : 'count';
      return { key: `limits.${limit}`, section: 'deadline', name: [name, nameEn], unit: counted, values };
    }),
  ];
}

interface AnyValue {
  readonly source: string;
  readonly amount?: number;
  readonly time?: string;
  readonly subject?: string;
}

function spelled({ from, value }: Dated<AnyValue>, unit: Unit, lang: Lang): SchemeValue {
  const amount = value.amount ?? value.time ?? value.subject ?? '';
  return { from, text: worded(amount, unit, lang), amount, unit, source: value.source };
}

const CHOICES: Readonly<Record<string, Worded>> = {
  window: ['窗口', 'the window'],
  item_owner: ['事项所属部门', 'the owner of the item'],
};

function worded(amount: number | string, unit: Unit, lang: Lang): string {
  if (typeof amount === 'string') return CHOICES[amount]?.[lang === 'en' ? 1 : 0] ?? amount;
  switch (unit) {
    case 'points':
      return formatPoints(amount);
    case 'percent':
      return `${formatHundredths(amount)} %`;
    case 'yuan':
      return formatFen(amount);
    case 'working_days':
      return lang === 'en' ? `${amount} working days` : `${amount} 个工作日`;
    default:
      return String(amount);
  }
}
