import {
  type BonusItem,
  INDICATORS,
  isIndicator,
  type LineKind,
  type Part,
} from '../../kernel/assessment.ts';
import type { Line, ScoredEntry, ScoredSubject } from '../../ledger/scoring/index.ts';
import type { KeptLine, KeptStatement } from '../statement/index.ts';

/** What a statement says otherwise than the book and its own lines. */
export interface StatementDifference {
  readonly code:
    | 'statement.sum'
    | 'statement.line'
    | 'statement.entry_missing'
    | 'statement.entry_unknown'
    | 'statement.subject'
    | 'totals.subject'
    | 'totals.part';
  readonly subject_kind: string;
  readonly subject_code: string;
  readonly entry_id: string | null;
  /** what the book or the lines give, and what the statement says */
  readonly expected: string | null;
  readonly found: string | null;
}

/** The same points counted three ways. */
export interface Totals {
  /** the book's entries, subject by subject */
  readonly by_subject_centi: number;
  /** the book's entries, indicator by indicator and item by item */
  readonly by_part_centi: number;
  /** the entries as the statements carry them */
  readonly in_statements_centi: number;
}

export interface Proof {
  readonly differences: readonly StatementDifference[];
  readonly totals: Totals;
  /** entries of subjects that weren't assessed in the month: in nobody's statement */
  readonly not_assessed: number;
  /** postings of the month were changed after it was closed, so means of those below aren't compared */
  readonly postings_changed: boolean;
}

/** Lines that rest on postings, which may be put right after a month was closed, and what bounds them. */
const BY_POSTING: ReadonlySet<LineKind> = new Set(['inherited', 'mean', 'chief_half']);
/** Lines that carry an entry's own points. */
const CARRIES: ReadonlySet<LineKind> = new Set(['entry', 'redress']);
const BOUNDS: ReadonlySet<LineKind> = new Set(['floor', 'cap', 'total_cap', 'rescored']);

interface Given {
  readonly kept: readonly KeptStatement[];
  /** the book's entries of the month as it was closed */
  readonly entries: readonly ScoredEntry[];
  /** what the formulas make of the entries with the statements' own counts */
  readonly scored: readonly ScoredSubject[];
  /** who is scored from halls that were closed at another time, by 'kind/code' */
  readonly apart: ReadonlySet<string>;
}

/**
 * Proves a month: each statement is the sum of its lines, carries each of its entries once, with the book's
 * points, and its derived lines are what the formulas make of them; and points by subject are points by
 * indicator are points in statements.
 */
export function prove({ kept, entries, scored, apart }: Given): Proof {
  const differences: StatementDifference[] = [];
  const bySubject = groupBy(entries, (entry) => `${entry.subjectKind}/${entry.subjectCode}`);
  const made = new Map(scored.map((one) => [`${one.kind}/${one.code}`, one]));
  const changed = kept.some((one) => postingsChanged(one, made.get(`${one.kind}/${one.code}`)));
  const assessed = new Set<string>();
  for (const one of kept) {
    const id = `${one.kind}/${one.code}`;
    assessed.add(id);
    const note = noteOf(one, differences);
    sums(one, note);
    carried(one, bySubject.get(id) ?? [], note);
    derived(one, made.get(id), { skipCollective: changed || apart.has(id) }, note);
  }
  const counted = entries.filter((one) => assessed.has(`${one.subjectKind}/${one.subjectCode}`));
  const totals = totalsOf(counted, kept, differences);
  return { differences, totals, not_assessed: entries.length - counted.length, postings_changed: changed };
}

type Note = (
  code: StatementDifference['code'],
  said: { entry?: string; expected?: string | number; found?: string | number },
) => void;

function noteOf(one: KeptStatement, into: StatementDifference[]): Note {
  return (code, { entry = null, expected = null, found = null }) =>
    into.push({
      code,
      subject_kind: one.kind,
      subject_code: one.code,
      entry_id: entry,
      expected: expected === null ? null : String(expected),
      found: found === null ? null : String(found),
    });
}

/** The lines of each indicator, each bonus item and the total against what the statement says of them. */
function sums(one: KeptStatement, note: Note): void {
  const sumOf = (is: (line: KeptLine) => boolean): number =>
    one.lines.reduce((sum, line) => (is(line) ? sum + line.points : sum), 0);
  const check = (name: string, expected: number, found: number): void => {
    if (expected !== found)
      note('statement.sum', { expected: `${name} ${expected}`, found: `${name} ${found}` });
  };
  for (const part of INDICATORS) {
    check(
      part,
      sumOf((line) => line.part === part),
      one.indicators[part],
    );
  }
  for (const [item, points] of Object.entries(one.bonus)) {
    if (one.bonus_centi === null) continue;
    check(
      item,
      sumOf((line) => line.part === (item as BonusItem) && line.kind !== 'bonus_cap'),
      points,
    );
  }
  check(
    'base',
    INDICATORS.reduce((sum, part) => sum + one.indicators[part], 0),
    one.base_centi,
  );
  check(
    'total',
    sumOf(() => true),
    one.total_centi,
  );
}

/** The book's entries of the subject against those that its lines carry. */
function carried(one: KeptStatement, entries: readonly ScoredEntry[], note: Note): void {
  const lines = new Map<string, number>();
  for (const { kind, entry, points } of one.lines) {
    if (CARRIES.has(kind) && entry !== undefined) lines.set(entry, (lines.get(entry) ?? 0) + points);
  }
  for (const { entryId, pointsCenti, quantity } of entries) {
    const expected = pointsCenti * quantity;
    const found = lines.get(entryId);
    if (found === undefined) note('statement.entry_missing', { entry: entryId, expected });
    else if (found !== expected) note('statement.line', { entry: entryId, expected, found });
    lines.delete(entryId);
  }
  for (const [entry, found] of lines) note('statement.entry_unknown', { entry, found });
}

function derived(
  one: KeptStatement,
  made: ScoredSubject | undefined,
  { skipCollective }: { skipCollective: boolean },
  note: Note,
): void {
  if (made === undefined) {
    if (!skipCollective) note('statement.subject', { found: one.code });
    return;
  }
  const compared = (kind: LineKind): boolean =>
    !CARRIES.has(kind) && !(skipCollective && (BY_POSTING.has(kind) || BOUNDS.has(kind)));
  const expected = made.score.lines.filter(({ kind }) => compared(kind)).map(textOfMade);
  const found = one.lines.filter(({ kind }) => compared(kind)).map(textOfKept);
  const surplus = without(found, expected);
  const missing = without(expected, found);
  for (let at = 0; at < Math.max(surplus.length, missing.length); at += 1) {
    const [wanted, had] = [missing[at], surplus[at]];
    note('statement.line', {
      ...(wanted === undefined ? {} : { expected: wanted }),
      ...(had === undefined ? {} : { found: had }),
    });
  }
  if (made.score.veto !== one.veto) {
    note('statement.line', { expected: `veto ${made.score.veto}`, found: `veto ${one.veto}` });
  }
}

function textOfMade({ part, kind, pointsCenti, key, entryId, otherEntryId }: Line): string {
  return [part, kind, pointsCenti, key, entryId ?? '', otherEntryId ?? ''].join(' ').trimEnd();
}

function textOfKept({ part, kind, points, key, entry, other }: KeptLine): string {
  return [part, kind, points, key, entry ?? '', other ?? ''].join(' ').trimEnd();
}

/** What is in `all` more often than in `taken`. */
function without(all: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of taken) left.set(text, (left.get(text) ?? 0) + 1);
  return all.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

/** Whether windows, people or days behind the lines differ from those that the statement was made of. */
function postingsChanged(one: KeptStatement, made: ScoredSubject | undefined): boolean {
  if (made === undefined) return true;
  const about = (lines: readonly { kind: LineKind; about?: unknown }[]): string =>
    JSON.stringify(lines.filter(({ kind }) => BY_POSTING.has(kind)).map((line) => sorted(line.about)));
  return about(one.lines) !== about(made.score.lines);
}

function sorted(about: unknown): unknown {
  return Object.entries(about ?? {})
    .filter(([name]) => name !== 'deduction')
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function totalsOf(
  entries: readonly ScoredEntry[],
  kept: readonly KeptStatement[],
  into: StatementDifference[],
): Totals {
  const lines = kept.flatMap((one) => one.lines.filter(({ kind }) => CARRIES.has(kind)));
  // What an appeal gives back of another month stands in the total, whichever indicator it speaks of.
  const redress = new Set(lines.flatMap(({ kind, entry }) => (kind === 'redress' ? (entry ?? []) : [])));
  const placeOf = ({ entryId, part }: ScoredEntry): Part => (redress.has(entryId) ? 'total' : part);
  const parts = new Set([...entries.map(placeOf), ...lines.map(({ part }) => part)]);
  let byPart = 0;
  for (const part of parts) {
    const book = pointsOf(entries.filter((entry) => placeOf(entry) === part));
    const said = lines.reduce((sum, line) => (line.part === part ? sum + line.points : sum), 0);
    byPart += book;
    if (book === said) continue;
    const kind = isIndicator(part) ? 'indicator' : 'bonus';
    const where = { subject_kind: kind, subject_code: part, entry_id: null };
    into.push({ code: 'totals.part', ...where, expected: String(book), found: String(said) });
  }
  const bySubject = groupBy(entries, (entry) => `${entry.subjectKind}/${entry.subjectCode}`);
  let sum = 0;
  for (const own of bySubject.values()) sum += pointsOf(own);
  return {
    by_subject_centi: sum,
    by_part_centi: byPart,
    in_statements_centi: lines.reduce((all, line) => all + line.points, 0),
  };
}

function pointsOf(entries: readonly ScoredEntry[]): number {
  return entries.reduce((sum, { pointsCenti, quantity }) => sum + pointsCenti * quantity, 0);
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
