import type { Grade } from '../../kernel/assessment.ts';
import { regionLevel } from '../../kernel/codes.ts';
import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import type { RegionCode, SubjectKind } from '../../kernel/ids.ts';
import type {
  CallBacks,
  Candidate,
  Counts,
  Graded,
  GradeValues,
  PostingOfMonth,
  ScoredSubject,
  StaffOfMonth,
} from '../../ledger/scoring/index.ts';
import { payOf } from '../../ledger/scoring/index.ts';
import type { Statement } from '../statement/index.ts';

/** A posting cut to the month; both days included. */
export interface PostingSpan {
  readonly windowCode: string;
  readonly chief: boolean;
  readonly from: Day;
  readonly to: Day;
}

/** A member of staff in the month, with where the person belongs. */
export interface Person extends StaffOfMonth {
  readonly unitCode: string;
  readonly regionCode: string;
}

/**
 * One line a window: the days on which the person was posted there, each counted once though two roles may
 * overlap.
 */
export function postingsOf(spans: readonly PostingSpan[]): PostingOfMonth[] {
  const byWindow = new Map<string, PostingSpan[]>();
  for (const span of spans) {
    const list = byWindow.get(span.windowCode);
    if (list === undefined) byWindow.set(span.windowCode, [span]);
    else list.push(span);
  }
  return [...byWindow].map(([windowCode, list]) => ({
    windowCode,
    days: daysCovered(list),
    chief: list.some(({ chief }) => chief),
  }));
}

/** Days covered by at least one of the spans. */
function daysCovered(spans: readonly PostingSpan[]): number {
  let covered = 0;
  let next: Day | undefined;
  for (const { from, to } of [...spans].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const start: Day = next !== undefined && next > from ? next : from;
    if (to < start) continue;
    covered += daysBetween(start, to) + 1;
    next = addDays(to, 1);
  }
  return covered;
}

/**
 * The hall in which a window of the region is compared: the city hall, or a county hall with its townships.
 */
export function unitOf(regionCode: string): string {
  const level = regionLevel(regionCode as RegionCode);
  return level === 'city' || level === 'province' ? regionCode : `${regionCode.slice(0, 6)}000000`;
}

/** Where most posting days were; of equals the smaller code. */
export function mostDays(parts: readonly { readonly code: string; readonly days: number }[]): string {
  const days = new Map<string, number>();
  for (const part of parts) days.set(part.code, (days.get(part.code) ?? 0) + part.days);
  const order = [...days].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  return order[0]?.[0] ?? '';
}

/** Everything about the subjects that a statement says besides points. */
export interface Subjects {
  readonly staff: ReadonlyMap<
    string,
    Person & { readonly name: string; readonly identity: Candidate['identity'] }
  >;
  readonly windows: ReadonlyMap<string, { name: string; departmentCode: string; regionCode: string }>;
  readonly departments: ReadonlyMap<string, { name: string; regionCode: string }>;
}

/** Call-backs that reached somebody, by 'kind/code'. */
export type Calls = ReadonlyMap<string, CallBacks>;

/** The staff among the scored, as candidates for grades. */
export function candidatesOf(
  scored: readonly ScoredSubject[],
  { subjects, calls, sealedGrades }: Pick<GatheredMonth, 'subjects' | 'calls' | 'sealedGrades'>,
): Candidate[] {
  return scored.flatMap(({ kind, code, score }) => {
    const person = kind === 'staff' ? subjects.staff.get(code) : undefined;
    if (person === undefined) return [];
    const { unitCode, identity } = person;
    const { totalCenti, veto, deductedCenti } = score;
    const callBack = calls.get(`staff/${code}`) ?? null;
    const sealed = sealedGrades?.get(code) ?? null;
    const own = { code, unitCode, identity, totalCenti, veto, deductedCenti };
    return [{ ...own, callBack, leaveDays: 0, sealed }];
  });
}

interface Results {
  readonly grades: ReadonlyMap<string, Graded>;
  readonly values: GradeValues;
  /** deductions that wait for a verdict, by 'kind/code' */
  readonly waiting: ReadonlyMap<string, number>;
  readonly calls: Calls;
}

/** The statement of one scored subject. */
export function statementOf(scored: ScoredSubject, subjects: Subjects, results: Results): Statement {
  const { kind, code, score, counts } = scored;
  const place = placeOf(kind, code, subjects);
  const person = kind === 'staff' ? subjects.staff.get(code) : undefined;
  const graded = person === undefined ? undefined : results.grades.get(code);
  const pending = results.waiting.has(`${kind}/${code}`);
  const flags = [
    ...score.flags.filter((flag) => flag !== 'veto'),
    ...(pending ? (['pending'] as const) : []),
    ...(score.veto ? (['veto'] as const) : []),
    ...(graded?.overQuota ? (['over_quota'] as const) : []),
  ];
  return {
    kind,
    code,
    ...place,
    identity: person?.identity ?? null,
    indicators: score.indicators,
    baseCenti: score.baseCenti,
    bonus: person === undefined ? null : score.bonus,
    bonusCenti: person === undefined ? null : score.bonusCenti,
    totalCenti: score.totalCenti,
    deductedCenti: score.deductedCenti,
    counts,
    callBack: results.calls.get(`${kind}/${code}`) ?? null,
    grade: graded?.grade ?? null,
    veto: score.veto,
    flags,
    payFen: person && graded ? payOf(graded.grade, person.identity, results.values) : null,
    lines: score.lines,
  };
}

type Place = Pick<Statement, 'name' | 'unitCode' | 'departmentCode' | 'regionCode'>;

function placeOf(kind: SubjectKind, code: string, subjects: Subjects): Place {
  if (kind === 'staff') {
    const person = subjects.staff.get(code);
    const { name = code, unitCode = '', departmentCode = '', regionCode = '' } = person ?? {};
    return { name, unitCode, departmentCode, regionCode };
  }
  if (kind === 'window') {
    const { name = code, departmentCode = '', regionCode = '' } = subjects.windows.get(code) ?? {};
    return { name, departmentCode, regionCode, unitCode: unitOf(regionCode) };
  }
  const { name = code, regionCode = '' } = subjects.departments.get(code) ?? {};
  return { name, departmentCode: code, regionCode, unitCode: unitOf(regionCode) };
}

/** Counts by kind and code, and those of the whole city. */
export interface CountsOfMonth {
  readonly bySubject: Readonly<Record<SubjectKind, ReadonlyMap<string, Counts>>>;
  readonly city: Counts;
}

/** What the scores of a month follow from besides the book and the scheme. */
export interface GatheredMonth {
  readonly subjects: Subjects;
  readonly counts: CountsOfMonth;
  readonly calls: Calls;
  /** grades that are sealed already, by staff number: they keep their places */
  readonly sealedGrades?: ReadonlyMap<string, Grade>;
}
