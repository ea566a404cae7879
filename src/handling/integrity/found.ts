import type { Numbers, SubjectKind } from './detector.ts';

/** What a detector's query answers for one subject and period. */
export interface Found {
  readonly subject_kind: SubjectKind;
  /** a code, or the bytes of a mark in hex, which nobody is shown */
  readonly subject: string;
  readonly period: string;
  readonly region_code: string | null;
  readonly dept_code: string | null;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly ratings: number;
  readonly numbers: Numbers;
  /** `step/number`, the first of them */
  readonly evidence: string[];
}
