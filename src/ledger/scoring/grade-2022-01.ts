import { GRADES, type Grade, type Identity } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import type { Fen } from '../../kernel/fen.ts';
import { valueOn } from '../../kernel/history.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Amounts, Scheme, Tie } from '../scheme/index.ts';
import { record } from './scoring.ts';

/** Call-backs (回访) that reached somebody, and how many of those were satisfied. */
export interface CallBacks {
  readonly satisfied: number;
  readonly reached: number;
}

/** The same from what was counted; null where nobody was reached. */
export function callBacks(satisfied: number, reached: number): CallBacks | null {
  return reached === 0 ? null : { satisfied, reached };
}

/** A member of staff to be graded within a unit of assessment. */
export interface Candidate {
  readonly code: string;
  readonly unitCode: string;
  readonly identity: Identity;
  readonly totalCenti: Centi;
  readonly veto: boolean;
  readonly deductedCenti: Centi;
  /** null where nobody was reached */
  readonly callBack: CallBacks | null;
  readonly leaveDays: number;
  /** the grade of a sealed statement, which stays and keeps its place; null for whom nothing is sealed */
  readonly sealed?: Grade | null;
}

export interface Graded {
  readonly grade: Grade;
  /** the total would be of the best grade, but its places were taken */
  readonly overQuota: boolean;
}

export interface GradeValues {
  readonly starts: Readonly<Record<Grade, Centi>>;
  /** hundredths of a percent */
  readonly bestShare: number;
  readonly equalRemainders: readonly Identity[];
  readonly ties: readonly Tie[];
  readonly payIdentity: Identity;
  readonly pay: Readonly<Record<Grade, Fen>>;
}

/** The scheme's grades, quota and pay table on the month's first day. */
export function gradeValues(scheme: Scheme, month: Month): GradeValues {
  const on: Day = firstDay(month);
  const amount = (history: Amounts): number => valueOn(history, on).value.amount;
  return {
    starts: record(GRADES, (grade) => amount(scheme.grades[grade])),
    bestShare: amount(scheme.quota.best),
    equalRemainders: scheme.quota.equalRemainders,
    ties: scheme.ties,
    payIdentity: scheme.pay.identity,
    pay: record(GRADES, (grade) => amount(scheme.pay.grades[grade])),
  };
}

/**
 * Grades by total, a veto being the lowest; within each unit the places of the best grade are dealt to the
 * identity groups by largest remainder and go to the highest totals, ties broken in the scheme's order. Who
 * gets none is graded one lower; places are not passed on to another group. Who is sealed keeps grade and
 * place: whoever comes into the hall afterwards gets one that is left.
 */
export function gradeStaff(candidates: readonly Candidate[], values: GradeValues): Map<string, Graded> {
  const made = new Map<string, Graded>();
  for (const unit of grouped(candidates, ({ unitCode }) => unitCode).values()) {
    const groups = grouped(unit, ({ identity }) => identity);
    const sizes = new Map([...groups].map(([identity, group]) => [identity, group.length]));
    const places = placesOf(sizes, values);
    for (const [identity, group] of groups) gradeGroup(group, places.get(identity) ?? 0, values, made);
  }
  return made;
}

const WHOLE = 10_000;

/**
 * Places of the best grade by group: floor(share × n), the rest of floor(share × all) by largest remainder.
 */
export function placesOf(
  sizes: ReadonlyMap<Identity, number>,
  values: Pick<GradeValues, 'bestShare' | 'equalRemainders'>,
): Map<Identity, number> {
  const share = (size: number) => size * values.bestShare;
  const whole = (amount: number) => (amount - (amount % WHOLE)) / WHOLE;
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const places = new Map([...sizes].map(([identity, size]) => [identity, whole(share(size))]));
  let left = whole(share(all)) - [...places.values()].reduce((sum, count) => sum + count, 0);
  const order = [...sizes.keys()].sort((one, other) => {
    const more = (share(sizes.get(other) ?? 0) % WHOLE) - (share(sizes.get(one) ?? 0) % WHOLE);
    return more || values.equalRemainders.indexOf(one) - values.equalRemainders.indexOf(other);
  });
  for (const identity of order) {
    if (left <= 0) break;
    places.set(identity, (places.get(identity) ?? 0) + 1);
    left -= 1;
  }
  return places;
}

function gradeGroup(
  group: readonly Candidate[],
  places: number,
  values: GradeValues,
  made: Map<string, Graded>,
): void {
  const [best, second] = GRADES;
  const order = [...group].sort((one, other) => before(one, other, values.ties));
  let left = places - group.filter(({ sealed }) => sealed === best).length;
  for (const candidate of order) {
    const { sealed = null } = candidate;
    if (sealed !== null) {
      made.set(candidate.code, { grade: sealed, overQuota: false });
      continue;
    }
    const grade = gradeByPoints(candidate, values);
    const overQuota = grade === best && left <= 0;
    if (grade === best) left -= 1;
    made.set(candidate.code, { grade: overQuota ? second : grade, overQuota });
  }
}

function gradeByPoints({ totalCenti, veto }: Candidate, values: GradeValues): Grade {
  const lowest = GRADES[GRADES.length - 1] ?? '较差';
  if (veto) return lowest;
  return GRADES.find((grade) => totalCenti >= values.starts[grade]) ?? lowest;
}

/** Higher totals first, then the scheme's tie-breakers. */
function before(one: Candidate, other: Candidate, ties: readonly Tie[]): number {
  if (one.totalCenti !== other.totalCenti) return other.totalCenti - one.totalCenti;
  for (const tie of ties) {
    const order = byTie(one, other, tie);
    if (order !== 0) return order;
  }
  return 0;
}

function byTie(one: Candidate, other: Candidate, tie: Tie): number {
  switch (tie) {
    case 'fewer_points_deducted':
      return one.deductedCenti - other.deductedCenti;
    case 'higher_call_back_satisfaction':
      return byCallBack(one.callBack, other.callBack);
    case 'fewer_leave_days':
      return one.leaveDays - other.leaveDays;
    case 'staff_number':
      return one.code < other.code ? -1 : one.code > other.code ? 1 : 0;
  }
}

/**
 * Call-back satisfaction 回访满意率 (domain §5, tie-breakers), the higher one first: exact comparison of two
 * quotients; somebody of whom nobody was reached stands behind those who have one.
 */
export function byCallBack(one: CallBacks | null, other: CallBacks | null): number {
  if (one === null || other === null) return (one === null ? 1 : 0) - (other === null ? 1 : 0);
  return other.satisfied * one.reached - one.satisfied * other.reached;
}

/** What pay floats by for a grade; null for identities whose pay doesn't float. */
export function payOf(grade: Grade, identity: Identity, values: GradeValues): Fen | null {
  return identity === values.payIdentity ? values.pay[grade] : null;
}

function grouped<K, T>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
