import type { BonusItem, Grade, Identity, Indicator } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import type { History } from '../../kernel/history.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'scheme.none_in_force': {
    status: 422,
    zh: '{day} 没有施行中的考核办法，无法计分。请先让一个办法自这一天或更早起施行。',
    en: 'No assessment scheme is in force on {day}, so nothing can be scored. Put one into force first.',
  },
});

/**
 * A dated number of a scheme and the clause it comes from. The unit belongs to the place where it stands:
 * points and percent in hundredths, money in fen, counts and days whole.
 */
export interface Amount {
  readonly amount: number;
  readonly source: string;
}

export type Amounts = History<Amount>;

/** A rule that moves points: a deduction of an indicator (amount ≤ 0) or a unit of a bonus item (≥ 0). */
export interface SchemeRule {
  readonly code: string;
  readonly part: Indicator | BonusItem;
  readonly name: string;
  readonly nameEn: string;
  /** one occurrence caps the grade at the lowest */
  readonly veto: boolean;
  /** the level of a bad rating that this rule charges, for the two rules that do */
  readonly satisfaction: 1 | 2 | null;
  readonly values: Amounts;
}

export interface SchemeIndicator {
  readonly name: string;
  readonly nameEn: string;
  readonly max: Amounts;
  readonly base: Amounts;
}

export interface SchemeBonus {
  readonly name: string;
  readonly nameEn: string;
  /** only the highest single unit counts (honours) */
  readonly highestOnly: boolean;
  readonly cap: Amounts;
}

/** Parameters of the good-rate term; rates in hundredths of a percent. */
export interface GoodRate {
  readonly highest: Amounts;
  readonly fromRate: Amounts;
  readonly span: Amounts;
  readonly priorRatings: Amounts;
  readonly priorRate: Amounts;
  readonly fewestRatings: Amounts;
}

export interface Limit {
  readonly name: string;
  readonly nameEn: string;
  readonly unit: 'working_days' | 'day_of_month';
  readonly values: Amounts;
}

export const TIES = [
  'fewer_points_deducted',
  'higher_call_back_satisfaction',
  'fewer_leave_days',
  'staff_number',
] as const;
export type Tie = (typeof TIES)[number];

export const WEIGHTS = ['case_handling', 'staff_scores', 'duty_officers', 'citizens'] as const;
export type AwardWeight = (typeof WEIGHTS)[number];

export const LIMITS = [
  'month.collect_until',
  'month.check_until',
  'month.public_notice',
  'appeal.file',
  'appeal.department_opinion',
  'appeal.review',
  'rectification.sign',
  'rectification.contact',
  'rectification.simple',
  'rectification.complex',
  'rectification.extension',
  'rectification.call_back',
  'stuck_matter.sign',
  'stuck_matter.contact',
  'stuck_matter.complex',
  'stuck_matter.joint',
  'stuck_matter.longest',
  'complaint.sign',
  'complaint.contact',
  'complaint.answer',
  'complaint.extension',
  'complaint.return',
  'award.public_notice',
  'award.objection_answer',
] as const;
export type LimitName = (typeof LIMITS)[number];

/** The rules that the product itself applies, beside those of findings and merits. */
export const OWN_RULES = [
  'rating.dissatisfied',
  'rating.very_dissatisfied',
  'rating.not_rectified',
  'rating.follow_up_dissatisfied',
  'complaint.at_fault',
  'complaint.hotline_overdue',
  'complaint.desk_at_fault',
] as const;

/** A whole assessment scheme (考核办法) as dated data; its canonical JSON is what the hash covers. */
export interface Scheme {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly total: { readonly highest: Amounts; readonly bonusHighest: Amounts };
  readonly repeat: { readonly fromOccurrence: Amounts; readonly factor: Amounts };
  readonly chiefShare: Amounts;
  readonly indicators: Readonly<Record<Indicator, SchemeIndicator>>;
  readonly bonus: Readonly<Record<BonusItem, SchemeBonus>>;
  readonly rules: readonly SchemeRule[];
  readonly goodRate: GoodRate;
  readonly attribution: { readonly person: readonly number[]; readonly process: readonly number[] };
  readonly processFaultCharges: History<{
    readonly subject: 'window' | 'item_owner';
    readonly source: string;
  }>;
  readonly grades: Readonly<Record<Grade, Amounts>>;
  readonly quota: {
    readonly best: Amounts;
    readonly yearlyExcellent: Amounts;
    readonly equalRemainders: readonly Identity[];
  };
  readonly ties: readonly Tie[];
  readonly pay: {
    readonly identity: Identity;
    readonly bounds: Amounts;
    readonly grades: Readonly<Record<Grade, Amounts>>;
  };
  readonly awards: {
    readonly windowShare: Amounts;
    readonly weights: Readonly<Record<AwardWeight, Amounts>>;
    readonly personShare: Amounts;
    readonly personMonths: Amounts;
  };
  readonly officeEnd: History<{ readonly time: string; readonly source: string }>;
  readonly limits: Readonly<Record<LimitName, Limit>>;
}

/** A version in force: from which day, which content, under which hash. */
export interface SchemeInForce {
  readonly effectiveFrom: Day;
  readonly hash: string;
  readonly scheme: Scheme;
  /** when it was put into force */
  readonly recordedAt: Date;
}
