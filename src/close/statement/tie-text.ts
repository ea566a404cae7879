import type { Lang } from '../../kernel/lang.ts';
import { formatPoints } from '../../kernel/points.ts';
import type { Tie } from '../../ledger/scheme/index.ts';
import type { TieBreaker } from './contract.ts';
import type { StatementRow } from './statement.ts';

const NAMES: Readonly<Record<Tie, readonly [zh: string, en: string]>> = {
  fewer_points_deducted: ['扣分少', 'fewer points deducted'],
  higher_call_back_satisfaction: ['回访满意率高', 'higher call-back satisfaction'],
  fewer_leave_days: ['请假天数少', 'fewer leave days'],
  staff_number: ['工号在前', 'staff number'],
};

type Tied = Pick<
  StatementRow,
  'subject_kind' | 'subject_code' | 'deducted_centi' | 'call_reached' | 'call_satisfied'
>;

/**
 * What decides between equal totals, in the scheme's order, with what the statement has of each (domain §5,
 * tie-breakers). Only staff are graded, so only they have any.
 */
export function tieBreakersOf(row: Tied, ties: readonly Tie[], lang: Lang): TieBreaker[] {
  if (row.subject_kind !== 'staff') return [];
  return ties.map((code) => ({
    code,
    name: NAMES[code][lang === 'en' ? 1 : 0],
    value: textOf(code, row),
  }));
}

/** Nothing where nobody was called back, and for leave, of which a statement keeps nothing yet. */
function textOf(tie: Tie, row: Tied): string | null {
  switch (tie) {
    case 'fewer_points_deducted':
      return formatPoints(row.deducted_centi);
    case 'higher_call_back_satisfaction':
      return row.call_reached === 0 ? null : `${row.call_satisfied}/${row.call_reached}`;
    case 'fewer_leave_days':
      return null;
    case 'staff_number':
      return row.subject_code;
  }
}
