import { FINDING_RULES } from '../../conduct/inspection/index.ts';
import { MERIT_RULES } from '../../conduct/merit/index.ts';
import { BONUS_ITEMS, GRADES, IDENTITIES, INDICATORS, isIndicator } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import { findOn, type History } from '../../kernel/history.ts';
import { formatHundredths } from '../../kernel/points.ts';
import { defineRefusals, type RefusalParams } from '../../kernel/refusal.ts';
import type { Located, Note } from '../../platform/rule-shape.ts';
import { OWN_RULES, TIES, WEIGHTS } from './scheme.ts';
import type { LocatedAmounts, SchemeFiles } from './scheme-shape.ts';

defineRefusals({
  'scheme.starts_late': {
    status: 422,
    zh: '这一项自 {from} 起才有数值，而办法自 {start} 起施行。请补上 {start} 的数值。',
    en: 'This has values from {from} only, while the scheme starts on {start}. Add the value of {start}.',
  },
  'scheme.wrong_indicator': {
    status: 422,
    zh: '文件 {expected}.yaml 里写的指标是 {code}。请把 code 改为 {expected}。',
    en: 'The file {expected}.yaml speaks of the indicator {code}. Set code to {expected}.',
  },
  'scheme.base_above_max': {
    status: 422,
    zh: '{day} 的基础分 {base} 高于满分 {max}。请降低基础分或提高满分。',
    en: 'On {day} the base of {base} is above the maximum of {max}. Lower the one or raise the other.',
  },
  'scheme.rule_twice': {
    status: 422,
    zh: '规则 {rule} 出现了两次。请只保留一处。',
    en: 'The rule {rule} stands here twice. Keep one of them.',
  },
  'scheme.rule_missing': {
    status: 422,
    zh: '缺少规则 {rule}。请在相应的指标或加分项中补上。',
    en: 'The rule {rule} is missing. Add it to its indicator or bonus item.',
  },
  'scheme.rule_unknown': {
    status: 422,
    zh: '不认识规则 {rule}，没有来源会产生它。请核对规则代码。',
    en: 'The rule {rule} is not known: nothing would ever cause it. Check its code.',
  },
  'scheme.satisfaction': {
    status: 422,
    zh: '应当恰好有一条规则写明 satisfaction: {level}，现在有 {count} 条。请改正。',
    en: 'Exactly one rule must say satisfaction: {level}; there are {count}. Correct this.',
  },
  'scheme.tag_twice': {
    status: 422,
    zh: '标签 {tag} 归属了两次。请只归人或只归流程。',
    en: 'The tag {tag} is attributed twice. Attribute it to person or process, once.',
  },
  'scheme.cap_below_unit': {
    status: 422,
    zh: '{day} 的上限 {cap} 低于规则 {rule} 的一次加分 {unit}。请提高上限或降低单次加分。',
    en: 'On {day} the cap of {cap} is below one unit ({unit}) of {rule}. Raise the cap or lower the unit.',
  },
  'scheme.weights': {
    status: 422,
    zh: '{day} 的权重合计为 {sum}%，应为 100%。请改正各项权重。',
    en: 'On {day} the weights add up to {sum} %, not 100 %. Correct them.',
  },
  'scheme.grades_order': {
    status: 422,
    zh: '{day} 等次“{grade}”的起点 {from} 不低于上一等次的 {above}。请由高到低排列。',
    en: 'On {day} the grade {grade} starts at {from}, not below {above}. Put them in order.',
  },
  'scheme.pay_bounds': {
    status: 422,
    zh: '{day} 等次“{grade}”的浮动 {pay} 元超出 ±{bounds} 元。请改到范围之内。',
    en: 'On {day} the {pay} yuan for grade {grade} exceed ±{bounds} yuan. Keep them within.',
  },
  'scheme.incomplete_list': {
    status: 422,
    zh: '列表应当恰好包含一次：{expected}。请补全或去掉重复。',
    en: 'The list must contain each of these once: {expected}. Complete it or remove what is double.',
  },
  'scheme.limit_unit': {
    status: 422,
    zh: '时限应当恰好写一种单位：working_days 或 day_of_month。请改正。',
    en: 'A limit has exactly one unit: working_days or day_of_month. Correct this.',
  },
});

/** The checks that need more than one value: dates, references, sums and order. Faults go to `note`. */
export function checkScheme(files: SchemeFiles, note: Note): void {
  checkStart(files, note);
  checkIndicators(files, note);
  checkRules(files, note);
  checkTags(files, note);
  checkCaps(files, note);
  checkWeights(files, note);
  checkGrades(files, note);
  checkLists(files, note);
}

function tell(note: Note, at: Located<unknown>, code: string, params: RefusalParams): void {
  note({ place: at.place, field: at.field, code, params });
}

/** Every located value of the files, whatever its depth. */
function locatedIn(value: unknown): LocatedAmounts[] {
  if (value instanceof Map) return [...value.values()].flatMap(locatedIn);
  if (typeof value !== 'object' || value === null) return [];
  const { place, value: inner } = value as Partial<LocatedAmounts>;
  if (place !== undefined && Array.isArray(inner) && typeof inner[0] === 'object') {
    return [value as LocatedAmounts];
  }
  return Object.values(value).flatMap(locatedIn);
}

function checkStart(files: SchemeFiles, note: Note): void {
  const start = files.general.total.highest.value[0].from;
  for (const located of new Set(locatedIn(files))) {
    const { from } = located.value[0];
    if (from > start) tell(note, located, 'scheme.starts_late', { from, start });
  }
}

function checkIndicators(files: SchemeFiles, note: Note): void {
  for (const expected of INDICATORS) {
    const { code, max_points: max, base_points: base } = files.indicators[expected];
    if (code !== expected) tell(note, max, 'scheme.wrong_indicator', { expected, code });
    eachDay([max.value, base.value], (day, [highest = 0, start = 0]) => {
      if (start <= highest) return;
      const params = { day, base: formatHundredths(start), max: formatHundredths(highest) };
      tell(note, base, 'scheme.base_above_max', params);
    });
  }
}

function checkRules(files: SchemeFiles, note: Note): void {
  const known = new Set<string>([...FINDING_RULES, ...MERIT_RULES, ...OWN_RULES]);
  const seen = new Set<string>();
  const levels = new Map<number, number>();
  const groups = [
    ...INDICATORS.map((code) => files.indicators[code].rules),
    ...BONUS_ITEMS.map((item) => files.bonus.items[item].rules),
  ];
  for (const rules of groups) {
    for (const [rule, located] of rules) {
      if (!known.has(rule)) tell(note, located, 'scheme.rule_unknown', { rule });
      if (seen.has(rule)) tell(note, located, 'scheme.rule_twice', { rule });
      seen.add(rule);
      const level = satisfactionOf(located.value);
      if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + 1);
    }
  }
  for (const rule of known) {
    if (!seen.has(rule)) tell(note, homeOf(rule, files), 'scheme.rule_missing', { rule });
  }
  for (const level of [1, 2]) {
    const count = levels.get(level) ?? 0;
    if (count !== 1) tell(note, files.rating.base_points, 'scheme.satisfaction', { level, count });
  }
}

/** A value of the file in which the rule would stand. */
function homeOf(rule: string, files: SchemeFiles): LocatedAmounts {
  const prefix = rule.split('.')[0] ?? '';
  if (prefix === 'bonus') return files.bonus.items.innovation.cap;
  return files.indicators[isIndicator(prefix) ? prefix : 'daily'].base_points;
}

function satisfactionOf(rule: { readonly satisfaction?: number } | object): number | undefined {
  return 'satisfaction' in rule ? rule.satisfaction : undefined;
}

function checkTags(files: SchemeFiles, note: Note): void {
  const { person, process } = files.rating.attribute_to;
  const seen = new Set<number>();
  for (const located of [person, process]) {
    for (const tag of located.value) {
      if (seen.has(tag)) tell(note, located, 'scheme.tag_twice', { tag });
      seen.add(tag);
    }
  }
}

function checkCaps(files: SchemeFiles, note: Note): void {
  for (const item of BONUS_ITEMS) {
    const { cap, rules } = files.bonus.items[item];
    for (const [rule, located] of rules) {
      eachDay([cap.value, located.value.values.value], (day, [highest = 0, unit = 0]) => {
        if (unit <= highest) return;
        const params = { day, rule, cap: formatHundredths(highest), unit: formatHundredths(unit) };
        tell(note, cap, 'scheme.cap_below_unit', params);
      });
    }
  }
}

const WHOLE = 10_000;

function checkWeights(files: SchemeFiles, note: Note): void {
  const { weights } = files.awards.windows;
  const histories = WEIGHTS.map((name) => weights.value[name].value);
  eachDay(histories, (day, amounts) => {
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    if (sum !== WHOLE) tell(note, weights, 'scheme.weights', { day, sum: formatHundredths(sum) });
  });
}

function checkGrades(files: SchemeFiles, note: Note): void {
  const { grades } = files.grades;
  eachDay(
    GRADES.map((grade) => grades[grade].value),
    (day, starts) => {
      for (const [at, grade] of GRADES.entries()) {
        const [above, from] = [starts[at - 1], starts[at] ?? 0];
        if (above === undefined || from < above) continue;
        const params = { day, grade, from: formatHundredths(from), above: formatHundredths(above) };
        tell(note, grades[grade], 'scheme.grades_order', params);
      }
    },
  );
  const { bounds, grades: pay } = files.pay;
  for (const grade of GRADES) {
    eachDay([bounds.value, pay[grade].value], (day, [limit = 0, amount = 0]) => {
      if (Math.abs(amount) <= limit) return;
      const params = { day, grade, pay: formatHundredths(amount), bounds: formatHundredths(limit) };
      tell(note, pay[grade], 'scheme.pay_bounds', params);
    });
  }
}

function checkLists(files: SchemeFiles, note: Note): void {
  const lists: readonly [Located<readonly string[]>, readonly string[]][] = [
    [files.grades.quota.equal_remainders, IDENTITIES],
    [files.grades.ties, TIES],
  ];
  for (const [located, expected] of lists) {
    const complete =
      located.value.length === expected.length && new Set(located.value).size === expected.length;
    if (!complete) tell(note, located, 'scheme.incomplete_list', { expected: expected.join(', ') });
  }
  for (const { values } of Object.values(files.deadlines.limits)) {
    const sound = values.value.every(
      ({ value }) => (value.working_days === undefined) !== (value.day_of_month === undefined),
    );
    if (!sound) tell(note, values, 'scheme.limit_unit', {});
  }
}

type WithAmount = History<{ readonly amount: number }>;

/** Calls with the amounts in force on each day on which one of the histories changes. */
function eachDay(histories: readonly WithAmount[], look: (day: Day, amounts: number[]) => void): void {
  const days = new Set(histories.flatMap((history) => history.map(({ from }) => from)));
  for (const day of [...days].sort()) {
    const values = histories.map((history) => findOn(history, day)?.value.amount);
    if (values.every((value) => value !== undefined)) look(day, values);
  }
}
