import { GRADES, type Grade, type Identity, type PeriodState } from '../../kernel/assessment.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import { type Centi, weightedMean } from '../../kernel/points.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import {
  byCallBack,
  type CallBacks,
  type Candidate,
  callBacks,
  type GradeValues,
  gradeStaff,
  placesOf,
} from '../../ledger/scoring/index.ts';

defineRefusals({
  'year.malformed': {
    status: 422,
    zh: '“{year}”不是年份。请写成 2026 这样，且不晚于今年。',
    en: '"{year}" is not a year that has begun. Write it like 2026.',
  },
  'year.none': {
    status: 404,
    zh: '{year} 年没有这个对象的月度结果，或不在您的数据范围内。请核对代码。',
    en: 'There is no result of {year} for this subject, or it lies outside your data scope. Check the code.',
  },
});

/** What a year's results follow from besides the scheme. */
export interface YearRules {
  /** whose quarters are graded */
  readonly identity: Identity;
  readonly quarterFewest: number;
  readonly yearFewest: number;
  /** hundredths of a percent of the counted months */
  readonly bestMonths: number;
  readonly lowestGrade: Grade;
  /** clauses of the numbers above */
  readonly sources: { readonly quarter: string; readonly year: string };
}

/** One month of a subject. */
export interface MonthOf {
  readonly month: Month;
  readonly state: PeriodState;
  readonly totalCenti: Centi;
  readonly deductedCenti: Centi;
  readonly calls: CallBacks;
  readonly grade: Grade | null;
  readonly veto: boolean;
  /** the sealed statement still shows a veto that was taken back since; grade and veto are those without */
  readonly corrected?: boolean;
}

/** A subject with its months of the year, the earliest first. */
export interface YearSubject {
  readonly kind: SubjectKind;
  readonly code: string;
  readonly name: string;
  readonly unitCode: string;
  readonly identity: Identity | null;
  readonly departmentCode: string;
  readonly regionCode: string;
  readonly months: readonly MonthOf[];
}

/** Why somebody isn't among the yearly best. */
export type Reason = 'few_months' | 'low_grade' | 'veto' | 'few_best' | 'over_quota';

/** A quarter's result of 平时考核. */
export interface QuarterOf {
  readonly quarter: 1 | 2 | 3 | 4;
  readonly months: number;
  readonly meanCenti: Centi | null;
  /** null while fewer months are sealed than the rule wants */
  readonly grade: Grade | null;
  readonly overQuota: boolean;
}

export interface YearOf extends YearSubject {
  /** months that count: sealed ones only */
  readonly counted: number;
  readonly meanCenti: Centi | null;
  readonly grades: Readonly<Record<Grade, number>>;
  /** among the yearly best 优秀; null where nobody is graded */
  readonly excellent: boolean | null;
  readonly reason: Reason | null;
  /** null for whom quarters aren't graded */
  readonly quarters: readonly QuarterOf[] | null;
}

/** Places of 优秀 of an identity group within a hall. */
export interface YearGroup {
  readonly unitCode: string;
  readonly identity: Identity;
  readonly people: number;
  readonly places: number;
  readonly taken: number;
}

export interface YearValues {
  readonly rules: YearRules;
  /** quota of the yearly best in hundredths of a percent, and whom an equal remainder favours */
  readonly excellentShare: number;
  readonly equalRemainders: readonly Identity[];
  /** grades and quota of each quarter, as its months' scheme has them */
  readonly quarters: readonly [GradeValues, GradeValues, GradeValues, GradeValues];
}

const QUARTERS = [1, 2, 3, 4] as const;
const WHOLE = 10_000;

/**
 * A year of a city: each subject's sealed months with mean and counts of grades; for staff the places of
 * 优秀, dealt to the identity groups of each hall by largest remainder; for those whom the rule names the
 * grade of each quarter by the mean of its months, the best within its quota. Months that aren't sealed are
 * shown and count for nothing.
 */
export function yearOf(
  subjects: readonly YearSubject[],
  values: YearValues,
): { results: YearOf[]; groups: YearGroup[] } {
  const sums = subjects.map((subject) => ({ subject, ...sumOf(subject) }));
  const quarters = QUARTERS.map((quarter) => gradeQuarter(quarter, subjects, values));
  const { best, groups } = bestOfYear(sums, values);
  const results = sums.map(({ subject, counted, meanCenti, grades }): YearOf => {
    const staff = subject.kind === 'staff';
    const reason = staff ? (best.get(subject.code) ?? null) : null;
    const graded = staff && subject.identity === values.rules.identity;
    return {
      ...subject,
      counted: counted.length,
      meanCenti,
      grades,
      excellent: staff ? reason === null : null,
      reason,
      quarters: graded ? quarters.flatMap((made) => made.get(subject.code) ?? []) : null,
    };
  });
  return { results, groups };
}

interface Sum {
  readonly counted: readonly MonthOf[];
  readonly meanCenti: Centi | null;
  readonly grades: Readonly<Record<Grade, number>>;
}

function sumOf({ months }: YearSubject): Sum {
  const counted = months.filter(({ state }) => state === 'sealed');
  const count = (grade: Grade) => counted.filter((one) => one.grade === grade).length;
  const grades = Object.fromEntries(GRADES.map((grade) => [grade, count(grade)])) as Record<Grade, number>;
  return { counted, meanCenti: meanOf(counted), grades };
}

function meanOf(months: readonly MonthOf[]): Centi | null {
  return weightedMean(months.map(({ totalCenti: centi }) => ({ centi, weight: 1 }))) ?? null;
}

function gradeQuarter(
  quarter: QuarterOf['quarter'],
  subjects: readonly YearSubject[],
  { rules, quarters }: YearValues,
): Map<string, QuarterOf> {
  const made = new Map<string, QuarterOf>();
  const candidates: Candidate[] = [];
  for (const { kind, code, identity, unitCode, months } of subjects) {
    if (kind !== 'staff' || identity === null || identity !== rules.identity) continue;
    const own = months.filter(({ month, state }) => state === 'sealed' && quarterOf(month) === quarter);
    const meanCenti = meanOf(own);
    made.set(code, { quarter, months: own.length, meanCenti, grade: null, overQuota: false });
    if (meanCenti === null || own.length < rules.quarterFewest) continue;
    candidates.push({
      code,
      unitCode,
      identity,
      totalCenti: meanCenti,
      veto: own.some(({ veto }) => veto),
      deductedCenti: own.reduce((sum, { deductedCenti }) => sum + deductedCenti, 0),
      callBack: callsOf(own),
      leaveDays: 0,
    });
  }
  const values = quarters[quarter - 1] ?? quarters[0];
  for (const [code, { grade, overQuota }] of gradeStaff(candidates, values)) {
    const before = made.get(code);
    if (before !== undefined) made.set(code, { ...before, grade, overQuota });
  }
  return made;
}

/** Call-backs of some months together. */
function callsOf(months: readonly MonthOf[]): CallBacks | null {
  const sum = (of: (calls: CallBacks) => number) => months.reduce((all, { calls }) => all + of(calls), 0);
  return callBacks(
    sum(({ satisfied }) => satisfied),
    sum(({ reached }) => reached),
  );
}

function quarterOf(month: Month): number {
  const number = Number(month.slice(5, 7));
  return (number + 2 - ((number + 2) % 3)) / 3;
}

type Summed = Sum & { readonly subject: YearSubject };

function bestOfYear(
  sums: readonly Summed[],
  { rules, excellentShare, equalRemainders }: YearValues,
): { best: Map<string, Reason | null>; groups: YearGroup[] } {
  const best = new Map<string, Reason | null>();
  const groups: YearGroup[] = [];
  const units = new Map<string, Map<Identity, Summed[]>>();
  for (const sum of sums) {
    const { kind, identity, unitCode } = sum.subject;
    if (kind !== 'staff' || identity === null || sum.counted.length === 0) {
      if (kind === 'staff') best.set(sum.subject.code, 'few_months');
      continue;
    }
    const unit = units.get(unitCode) ?? new Map<Identity, Summed[]>();
    units.set(unitCode, unit.set(identity, [...(unit.get(identity) ?? []), sum]));
  }
  for (const [unitCode, unit] of units) {
    const sizes = new Map([...unit].map(([identity, group]) => [identity, group.length]));
    const places = placesOf(sizes, { bestShare: excellentShare, equalRemainders });
    for (const [identity, group] of unit) {
      const given = places.get(identity) ?? 0;
      const taken = choose(group, given, rules, best);
      groups.push({ unitCode, identity, people: group.length, places: given, taken });
    }
  }
  return { best, groups };
}

/** Gives the places to the highest means of those who may have one; answers how many were taken. */
function choose(
  group: readonly Summed[],
  places: number,
  rules: YearRules,
  best: Map<string, Reason | null>,
): number {
  let left = places;
  for (const sum of [...group].sort(before)) {
    const barred = barOf(sum, rules);
    const reason = barred ?? (left > 0 ? null : 'over_quota');
    if (reason === null) left -= 1;
    best.set(sum.subject.code, reason);
  }
  return places - left;
}

function barOf({ counted, grades }: Summed, rules: YearRules): Reason | null {
  if (counted.length < rules.yearFewest) return 'few_months';
  if (counted.some(({ veto }) => veto)) return 'veto';
  const lowest = GRADES.indexOf(rules.lowestGrade);
  if (counted.some(({ grade }) => grade !== null && GRADES.indexOf(grade) > lowest)) return 'low_grade';
  return grades[GRADES[0]] * WHOLE < rules.bestMonths * counted.length ? 'few_best' : null;
}

/**
 * Higher means first, then more months of the best grade, fewer points deducted, higher call-back
 * satisfaction, the staff number.
 */
function before(one: Summed, other: Summed): number {
  const deducted = ({ counted }: Summed) => counted.reduce((sum, month) => sum + month.deductedCenti, 0);
  return (
    (other.meanCenti ?? 0) - (one.meanCenti ?? 0) ||
    other.grades[GRADES[0]] - one.grades[GRADES[0]] ||
    deducted(one) - deducted(other) ||
    byCallBack(callsOf(one.counted), callsOf(other.counted)) ||
    (one.subject.code < other.subject.code ? -1 : 1)
  );
}
