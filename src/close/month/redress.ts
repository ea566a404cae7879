import { assert } from '../../kernel/assert.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import type { LateDecision } from '../../ledger/entry/index.ts';
import {
  type Due,
  isGiving,
  type MonthInput,
  type MonthValues,
  type ScoredEntry,
  type ScoredSubject,
  withRedress,
} from '../../ledger/scoring/index.ts';
import type { KeptLine, KeptStatement } from '../statement/index.ts';

/** What earlier months owe in a month, and which of its entries speak of them. */
export interface Redress {
  readonly dues: readonly Due[];
  readonly decisions: readonly LateDecision[];
}

export const NO_REDRESS: Redress = { dues: [], decisions: [] };

/**
 * What a sealed month was scored from, as its own statements say: who was there on how many days of which
 * window, and how they were rated. What the register says today may be otherwise.
 */
export function inputOf(kept: readonly KeptStatement[], entries: readonly ScoredEntry[]): MonthInput {
  const of = (kind: SubjectKind) => kept.filter((one) => one.kind === kind);
  const counts = (kind: SubjectKind) =>
    new Map(of(kind).map(({ code, counts: own }) => [code, own] as const));
  const staff = of('staff').map(({ code, department_code: departmentCode, lines }) => ({
    code,
    departmentCode,
    postings: postingsIn(lines),
  }));
  const windows = of('window').map(({ code, department_code: departmentCode }) => ({ code, departmentCode }));
  return {
    staff,
    windows,
    departments: of('department').map(({ code }) => ({ code })),
    entries,
    counts: { staff: counts('staff'), window: counts('window'), department: counts('department') },
  };
}

function postingsIn(lines: readonly KeptLine[]): MonthInput['staff'][number]['postings'] {
  const { windows = '', days = '', chief = '' } = lines.find(({ kind }) => kind === 'inherited')?.about ?? {};
  const [codes, lengths, led] = [windows, days, chief].map((text) => String(text).split(' ').filter(Boolean));
  assert(codes?.length === lengths?.length, 'a statement says the days of each window');
  return (codes ?? []).map((windowCode, at) => ({
    windowCode,
    days: Number(lengths?.[at]),
    chief: led?.includes(windowCode) ?? false,
  }));
}

/** Total of a sealed statement, what it gave for still earlier months left out. */
export function totalOf({ total_centi: total, lines }: KeptStatement): Centi {
  return lines.reduce((sum, { kind, points }) => (isGiving(kind) ? sum - points : sum), total);
}

/** The month's subjects with what earlier months owe them. */
export function redressed(
  scored: readonly ScoredSubject[],
  { dues, decisions }: Redress,
  { entries, values }: { entries: readonly ScoredEntry[]; values: MonthValues },
): ScoredSubject[] {
  if (dues.length === 0 && decisions.length === 0) return [...scored];
  const months = new Map<string, Month>(decisions.map(({ entry, of }) => [entry.entryId, of]));
  const own = grouped(
    entries.filter(({ entryId }) => months.has(entryId)),
    ({ subjectKind, subjectCode }) => `${subjectKind}/${subjectCode}`,
  );
  const owed = grouped(dues, ({ kind, code }) => `${kind}/${code}`);
  const monthOf = ({ entryId }: ScoredEntry): Month => {
    const of = months.get(entryId);
    assert(of !== undefined, 'a late entry speaks of a sealed month');
    return of;
  };
  return scored.map((one) => {
    const id = `${one.kind}/${one.code}`;
    return withRedress(one, { entries: own.get(id) ?? [], dues: owed.get(id) ?? [], monthOf }, values);
  });
}

export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
