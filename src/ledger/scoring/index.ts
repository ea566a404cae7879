/**
 * Scoring (计分): pure formulas from a month's facts and a scheme's numbers to points, grades and pay, each
 * with the lines that explain it. A formula is named by the month in which the way of counting changed; no
 * number sits in it.
 */
export { deductionsOf } from './deductions-2022-01.ts';
export {
  byCallBack,
  type CallBacks,
  type Candidate,
  callBacks,
  type Graded,
  type GradeValues,
  gradeStaff,
  gradeValues,
  payOf,
  placesOf,
} from './grade-2022-01.ts';
export { type Due, givenFor, isGiving, type Owed, owedBy, withRedress } from './redress-2022-01.ts';
export {
  type MonthInput,
  type PostingOfMonth,
  type ScoredSubject,
  type StaffOfMonth,
  scoreMonth,
} from './score-2022-01.ts';
export {
  type About,
  type Counts,
  type Line,
  type MonthValues,
  monthValues,
  NO_COUNTS,
  plusCounts,
  type Score,
  type ScoredEntry,
} from './scoring.ts';
