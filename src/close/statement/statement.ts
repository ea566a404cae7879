import type {
  BonusItem,
  Grade,
  Identity,
  Indicator,
  LineKind,
  Part,
  PeriodState,
  ScoreFlag,
} from '../../kernel/assessment.ts';
import { BONUS_ITEMS, INDICATORS } from '../../kernel/assessment.ts';
import type { Fen } from '../../kernel/fen.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import { type Centi, formatPoints } from '../../kernel/points.ts';
import { rate } from '../../kernel/rate.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import type { CallBacks, Counts, Line } from '../../ledger/scoring/index.ts';
import type { Score } from './contract.ts';

defineRefusals({
  'month.not_closed': {
    status: 409,
    zh: '{month} 还没有结算，没有得分可看。请先由考核办结算这个月。',
    en: '{month} has not been closed yet, so there are no scores. Let the assessment office close it first.',
  },
  'month.malformed': {
    status: 422,
    zh: '“{month}”不是月份。请写成 2026-05 这样。',
    en: '"{month}" is not a month. Write it like 2026-05.',
  },
  'score.none': {
    status: 404,
    zh: '{month} 没有这个对象的考核结果：不在名录中、当月没有派岗，或不在您的数据范围内。请核对代码。',
    en:
      'There is no result of {month} for this subject: it is not registered, had no posting in the month, ' +
      'or lies outside your data scope. Check the code.',
  },
});

/** One subject's result of a month, as a close makes it. */
export interface Statement {
  readonly kind: SubjectKind;
  readonly code: string;
  readonly name: string;
  readonly unitCode: string;
  readonly identity: Identity | null;
  readonly departmentCode: string;
  readonly regionCode: string;
  readonly indicators: Readonly<Record<Indicator, Centi>>;
  readonly baseCenti: Centi;
  /** null for windows and departments, which carry no bonus */
  readonly bonus: Readonly<Record<BonusItem, Centi>> | null;
  readonly bonusCenti: Centi | null;
  readonly totalCenti: Centi;
  readonly deductedCenti: Centi;
  readonly counts: Counts;
  /** null where nobody was reached */
  readonly callBack: CallBacks | null;
  readonly grade: Grade | null;
  readonly veto: boolean;
  readonly flags: readonly ScoreFlag[];
  readonly payFen: Fen | null;
  readonly lines: readonly Line[];
}

/** A stored statement without its lines. */
export interface StatementRow {
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
  readonly name: string;
  readonly unit_code: string;
  readonly department_code: string;
  readonly region_code: string;
  readonly stationing_centi: Centi;
  readonly daily_centi: Centi;
  readonly case_centi: Centi;
  readonly rating_centi: Centi;
  readonly complaint_centi: Centi;
  readonly base_centi: Centi;
  readonly bonus: Partial<Record<BonusItem, Centi>>;
  readonly bonus_centi: Centi | null;
  readonly total_centi: Centi;
  readonly deducted_centi: Centi;
  readonly ratable: number;
  readonly rated: number;
  readonly good: number;
  readonly bad: number;
  readonly excluded: number;
  readonly promised: number;
  readonly kept: number;
  readonly call_reached: number;
  readonly call_satisfied: number;
  readonly grade: Grade | null;
  readonly veto: boolean;
  readonly flags: ScoreFlag[];
  readonly scheme_hash: string;
  readonly closed_at: Date;
  /** how far the subject's own month has come */
  readonly state: PeriodState;
}

/** A statement as the store would give it back. */
export function rowOf(
  made: Statement,
  { schemeHash, now, state }: { schemeHash: string; now: Date; state: PeriodState },
): StatementRow {
  const { indicators, counts } = made;
  return {
    subject_kind: made.kind,
    subject_code: made.code,
    name: made.name,
    unit_code: made.unitCode,
    department_code: made.departmentCode,
    region_code: made.regionCode,
    stationing_centi: indicators.stationing,
    daily_centi: indicators.daily,
    case_centi: indicators.case,
    rating_centi: indicators.rating,
    complaint_centi: indicators.complaint,
    base_centi: made.baseCenti,
    bonus: made.bonus ?? {},
    bonus_centi: made.bonusCenti,
    total_centi: made.totalCenti,
    deducted_centi: made.deductedCenti,
    ...counts,
    call_reached: made.callBack?.reached ?? 0,
    call_satisfied: made.callBack?.satisfied ?? 0,
    grade: made.grade,
    veto: made.veto,
    flags: [...made.flags],
    scheme_hash: schemeHash,
    closed_at: now,
    state,
  };
}

/** A line of a statement with its number, as the store gives it back. */
export interface LineRow {
  readonly line_no: number;
  readonly part: Part;
  readonly kind: LineKind;
  readonly points_centi: Centi;
  readonly value_key: string;
  readonly entry_id: string | null;
  readonly other_entry_id: string | null;
  readonly about: Readonly<Record<string, number | string>> | null;
}

/** The lines of a statement as the store would give them back. */
export function linesOf({ lines }: Statement): LineRow[] {
  return lines.map(({ part, kind, pointsCenti, key, entryId, otherEntryId, about }, at) => ({
    line_no: at + 1,
    part,
    kind,
    points_centi: pointsCenti,
    value_key: key,
    entry_id: entryId,
    other_entry_id: otherEntryId,
    about,
  }));
}

/** The statement in the words of contract §3: points as decimal texts with two digits. */
export function scoreOf(row: StatementRow, month: Month): Score {
  const points: Record<Indicator, string> = {
    stationing: formatPoints(row.stationing_centi),
    daily: formatPoints(row.daily_centi),
    case: formatPoints(row.case_centi),
    rating: formatPoints(row.rating_centi),
    complaint: formatPoints(row.complaint_centi),
  };
  const { ratable, rated, good, bad } = row;
  return {
    subject_kind: row.subject_kind,
    subject_code: row.subject_code,
    name: row.name,
    month,
    base_total: formatPoints(row.base_centi),
    bonus_total: row.bonus_centi === null ? null : formatPoints(row.bonus_centi),
    total: formatPoints(row.total_centi),
    grade: row.grade,
    veto: row.veto,
    flags: row.flags,
    indicators: points,
    bonus: bonusPoints(row),
    counts: { ratable, rated, good, bad },
    on_time: rate(row.kept, row.promised),
    call_back: rate(row.call_satisfied, row.call_reached),
    state: row.state,
  };
}

function bonusPoints({ bonus, bonus_centi: sum }: StatementRow): Record<string, string> {
  if (sum === null) return {};
  return Object.fromEntries(BONUS_ITEMS.map((item) => [item, formatPoints(bonus[item] ?? 0)]));
}

/** The columns of a score as a table: csv and xlsx. */
export const SCORE_COLUMNS: readonly string[] = [
  'subject_kind',
  'subject_code',
  'name',
  'month',
  'total',
  'grade',
  'veto',
  'base_total',
  'bonus_total',
  ...INDICATORS,
  ...BONUS_ITEMS.map((item) => `bonus_${item}`),
  'ratable',
  'rated',
  'good',
  'bad',
  'on_time',
  'promised',
  'call_satisfied',
  'call_reached',
  'flags',
  'state',
];

export function scoreCells(score: Score): (string | number | boolean | null)[] {
  const { counts } = score;
  return [
    score.subject_kind,
    score.subject_code,
    score.name,
    score.month,
    score.total,
    score.grade,
    score.veto,
    score.base_total,
    score.bonus_total,
    ...INDICATORS.map((part) => score.indicators[part]),
    ...BONUS_ITEMS.map((item) => score.bonus[item] ?? null),
    counts.ratable,
    counts.rated,
    counts.good,
    counts.bad,
    score.on_time.numerator,
    score.on_time.denominator,
    score.call_back.numerator,
    score.call_back.denominator,
    score.flags.join(' '),
    score.state,
  ];
}
