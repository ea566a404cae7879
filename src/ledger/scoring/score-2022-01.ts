import { assert } from '../../kernel/assert.ts';
import { BONUS_ITEMS, INDICATORS, type Indicator } from '../../kernel/assessment.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { type Centi, roundRatio, toCenti, weightedMean } from '../../kernel/points.ts';
import { type Bonus, bonusOf } from './bonus-2022-01.ts';
import { type Deductions, deductionsOf, type Effect, superseded, withoutLate } from './deductions-2022-01.ts';
import { goodRateTerm } from './good-rate-2022-01.ts';
import {
  type Counts,
  type Line,
  line,
  type MonthValues,
  NO_COUNTS,
  plusCounts,
  record,
  type Score,
  type ScoredEntry,
  sumOf,
} from './scoring.ts';

export interface PostingOfMonth {
  readonly windowCode: string;
  /** calendar days of the posting within the month, 1 or more */
  readonly days: number;
  readonly chief: boolean;
}

/** A member of staff assessed in the month: at least one posting day. */
export interface StaffOfMonth {
  readonly code: string;
  readonly departmentCode: string;
  readonly postings: readonly PostingOfMonth[];
}

/** Everything that the scores of a city's month follow from. */
export interface MonthInput {
  readonly staff: readonly StaffOfMonth[];
  readonly windows: readonly { readonly code: string; readonly departmentCode: string }[];
  readonly departments: readonly { readonly code: string }[];
  readonly entries: readonly ScoredEntry[];
  /** by clerk, by window, and by the department that owns the item */
  readonly counts: Readonly<Record<SubjectKind, ReadonlyMap<string, Counts>>>;
}

export interface ScoredSubject {
  readonly kind: SubjectKind;
  readonly code: string;
  readonly score: Score;
  readonly counts: Counts;
}

interface Context {
  readonly input: MonthInput;
  readonly values: MonthValues;
  readonly entries: (kind: SubjectKind, code: string) => readonly ScoredEntry[];
  /** a window's own deductions and its whole-month stationing */
  readonly atWindow: (code: string) => { deductions: Deductions; stationing: Stationing };
}

interface Stationing {
  readonly lines: readonly Line[];
  readonly centi: Centi;
}

/** A subject below with the days that weigh it. */
interface Weighted {
  readonly score: Score;
  readonly days: number;
}

/** Indicators of a window or department that are means of those below. */
const MEANS = ['daily', 'case', 'complaint'] as const;

const NO_BONUS: Bonus = { items: record(BONUS_ITEMS, () => 0), totalCenti: 0, lines: [] };

/**
 * All scores of a city's month, in the way of counting that holds since 2022-01: windows' stationing first,
 * then staff (who inherit it and, as chief representatives, share the window's deductions), then windows
 * over their staff, then departments over their windows. The order of the input doesn't matter.
 */
export function scoreMonth(input: MonthInput, values: MonthValues): ScoredSubject[] {
  const context = contextOf(input, values);
  const staff = input.staff.map((one) => scoreStaff(one, context));
  const byStaff = new Map(staff.map((one) => [one.code, one.score]));
  const windows = scoreWindows(byStaff, context);
  const departments = scoreDepartments(windows, byStaff, context);
  return [...staff, ...windows, ...departments];
}

function contextOf(input: MonthInput, values: MonthValues): Context {
  const bySubject = new Map<string, ScoredEntry[]>();
  for (const entry of input.entries) push(bySubject, `${entry.subjectKind}/${entry.subjectCode}`, entry);
  const entries: Context['entries'] = (kind, code) => bySubject.get(`${kind}/${code}`) ?? [];
  const known = new Map<string, ReturnType<Context['atWindow']>>();
  const atWindow: Context['atWindow'] = (code) => {
    const before = known.get(code);
    if (before !== undefined) return before;
    const deductions = deductionsOf(entries('window', code), values);
    const made = { deductions, stationing: stationingOf(deductions, values) };
    known.set(code, made);
    return made;
  };
  return { input, values, entries, atWindow };
}

/** Whole-month stationing of a window or department: its base minus its own findings. */
function stationingOf(deductions: Deductions, values: MonthValues): Stationing {
  const lines = bounded(
    'stationing',
    [baseLine('stationing', values), ...own(deductions, 'stationing')],
    values,
  );
  return { lines, centi: sumOf(lines) };
}

function scoreStaff(staff: StaffOfMonth, context: Context): ScoredSubject {
  const { values } = context;
  const entries = context.entries('staff', staff.code);
  const deductions = deductionsOf(entries, values);
  const halves = staff.postings
    .filter(({ chief }) => chief)
    .flatMap((one) => chiefLines(one.windowCode, context));
  const overtaken = superseded(withoutLate(entries, values), 'chief_half', halves);
  const counts = context.input.counts.staff.get(staff.code) ?? NO_COUNTS;
  const term = goodRateTerm(counts, values);
  const inherited = inheritedLine(staff.postings, context);
  const opening = (part: Indicator): Line[] => {
    if (part === 'stationing') return [inherited];
    return part === 'rating' ? [baseLine(part, values), term.line] : [baseLine(part, values)];
  };
  const lines = INDICATORS.flatMap((part) => {
    const shared = [...halves, ...overtaken].filter((half) => half.part === part);
    return bounded(part, [...opening(part), ...own(deductions, part), ...shared], values);
  });
  const shortfall = values.indicators.stationing.max - inherited.pointsCenti;
  const deducted = shortfall - sumOf(halves) - total(deductions.effects);
  const veto = entries.some((entry) => entry.veto && stands(entry, entries));
  const flags = { smallSample: term.smallSample, veto };
  const score = scoreOf({ lines, bonus: bonusOf(entries, values), deducted, flags }, values);
  return { kind: 'staff', code: staff.code, score, counts };
}

/** The mean of the stationing of the windows that the person was posted to, weighted by days. */
function inheritedLine(postings: readonly PostingOfMonth[], context: Context): Line {
  const parts = postings.map(({ windowCode, days }) => ({
    centi: context.atWindow(windowCode).stationing.centi,
    weight: days,
  }));
  const mean = weightedMean(parts);
  assert(mean !== undefined, 'an assessed member of staff has a posting day');
  const order = [...postings].sort((one, other) => (one.windowCode < other.windowCode ? -1 : 1));
  const chiefOf = order.filter(({ chief }) => chief).map(({ windowCode }) => windowCode);
  // Windows, days and chief: a sealed month is scored anew from what its statements say.
  const about = {
    windows: order.map(({ windowCode }) => windowCode).join(' '),
    days: order.map(({ days }) => days).join(' '),
    ...(chiefOf.length > 0 ? { chief: chiefOf.join(' ') } : {}),
  };
  return line('stationing', 'inherited', mean, { key: 'stationing.base_points', about });
}

const WHOLE = 10_000n;

/** The chief representative's share of each deduction of the own window; stationing is inherited anyway. */
function chiefLines(windowCode: string, context: Context): Line[] {
  const { deductions } = context.atWindow(windowCode);
  return deductions.effects
    .filter(({ part, pointsCenti }) => part !== 'stationing' && pointsCenti !== 0)
    .map(({ entry, part, pointsCenti }) => {
      const share = toCenti(roundRatio(BigInt(pointsCenti) * BigInt(context.values.chiefShare), WHOLE));
      const about = { window: windowCode, deduction: pointsCenti };
      return line(part, 'chief_half', share, {
        key: 'chief_representative.share',
        entryId: entry.entryId,
        about,
      });
    });
}

/** Windows that had staff in the month; the others aren't assessed. */
function scoreWindows(byStaff: ReadonlyMap<string, Score>, context: Context): ScoredSubject[] {
  const below = new Map<string, Weighted[]>();
  for (const { code, postings } of context.input.staff) {
    const score = byStaff.get(code);
    assert(score !== undefined, 'every assessed member of staff has a score');
    for (const { windowCode, days } of postings) push(below, windowCode, { score, days });
  }
  return context.input.windows.flatMap(({ code }) => {
    const staff = below.get(code);
    if (staff === undefined) return [];
    const { deductions, stationing } = context.atWindow(code);
    const counts = context.input.counts.window.get(code) ?? NO_COUNTS;
    const term = goodRateTerm(counts, context.values);
    const openings = {
      ...meansOf(staff),
      rating: [baseLine('rating', context.values), term.line],
    };
    const flags = { smallSample: term.smallSample, veto: hasVeto('window', code, context) };
    const score = collective({ stationing: stationing.lines, openings, deductions, flags }, context.values);
    return [{ kind: 'window' as const, code, score, counts }];
  });
}

/**
 * A department over its assessed windows, unweighted; one without any, over its own staff wherever they
 * sit, its ratings over the services whose item it owns.
 */
function scoreDepartments(
  windows: readonly ScoredSubject[],
  byStaff: ReadonlyMap<string, Score>,
  context: Context,
): ScoredSubject[] {
  const owner = new Map(context.input.windows.map(({ code, departmentCode }) => [code, departmentCode]));
  const withWindows = new Set(owner.values());
  const below = new Map<string, ScoredSubject[]>();
  for (const window of windows) push(below, owner.get(window.code) ?? '', window);
  const staffOf = new Map<string, Weighted[]>();
  for (const { code, departmentCode, postings } of context.input.staff) {
    const score = byStaff.get(code);
    const days = postings.reduce((sum, posting) => sum + posting.days, 0);
    if (score !== undefined) push(staffOf, departmentCode, { score, days });
  }
  return context.input.departments.flatMap(({ code }) => {
    const own = below.get(code);
    if (own !== undefined) return [departmentOverWindows(code, own, context)];
    const staff = staffOf.get(code);
    if (staff === undefined || withWindows.has(code)) return [];
    return [departmentOverStaff(code, staff, context)];
  });
}

function departmentOverWindows(
  code: string,
  windows: readonly ScoredSubject[],
  context: Context,
): ScoredSubject {
  const deductions = deductionsOf(context.entries('department', code), context.values);
  const scores = windows.map(({ score }) => ({ score, days: 1 }));
  const counts = windows.reduce((sum, window) => plusCounts(sum, window.counts), NO_COUNTS);
  const openings = { ...meansOf(scores), rating: [meanLine('rating', scores)] };
  const mean = [meanLine('stationing', scores), ...own(deductions, 'stationing')];
  const stationing = bounded('stationing', mean, context.values);
  const flags = { smallSample: false, veto: hasVeto('department', code, context) };
  const score = collective({ stationing, openings, deductions, flags }, context.values);
  return { kind: 'department', code, score, counts };
}

function departmentOverStaff(code: string, staff: readonly Weighted[], context: Context): ScoredSubject {
  const { values } = context;
  const deductions = deductionsOf(context.entries('department', code), values);
  const counts = context.input.counts.department.get(code) ?? NO_COUNTS;
  const term = goodRateTerm(counts, values);
  const openings = { ...meansOf(staff), rating: [baseLine('rating', values), term.line] };
  const stationing = stationingOf(deductions, values).lines;
  const flags = { smallSample: term.smallSample, veto: hasVeto('department', code, context) };
  const score = collective({ stationing, openings, deductions, flags }, values);
  return { kind: 'department', code, score, counts };
}

interface Collective {
  readonly stationing: readonly Line[];
  readonly openings: Readonly<Record<Exclude<Indicator, 'stationing'>, readonly Line[]>>;
  readonly deductions: Deductions;
  readonly flags: { readonly smallSample: boolean; readonly veto: boolean };
}

/** A window's or department's score: what lies below or was counted, minus its own deductions. */
function collective(made: Collective, values: MonthValues): Score {
  const { stationing, openings, deductions, flags } = made;
  const lines = INDICATORS.flatMap((part) =>
    part === 'stationing' ? stationing : bounded(part, [...openings[part], ...own(deductions, part)], values),
  );
  return scoreOf({ lines, bonus: NO_BONUS, deducted: -total(deductions.effects), flags }, values);
}

function meansOf(parts: readonly Weighted[]): Record<(typeof MEANS)[number], Line[]> {
  return record(MEANS, (part) => [meanLine(part, parts)]);
}

function meanLine(part: Indicator, parts: readonly Weighted[]): Line {
  const mean = weightedMean(
    parts.map(({ score, days }) => ({ centi: score.indicators[part], weight: days })),
  );
  assert(mean !== undefined, 'a mean has parts');
  const days = parts.reduce((sum, one) => sum + one.days, 0);
  return line(part, 'mean', mean, {
    key: `${part}.max_points`,
    about: { subjects: parts.length, weight: days },
  });
}

function baseLine(part: Indicator, values: MonthValues): Line {
  return line(part, 'base', values.indicators[part].base, { key: `${part}.base_points` });
}

function own(deductions: Deductions, part: Indicator): Line[] {
  return deductions.lines.filter((one) => one.part === part);
}

/** Never below 0, never above the indicator's maximum; the line that makes it so says by how much. */
function bounded(part: Indicator, lines: readonly Line[], values: MonthValues): Line[] {
  const sum = sumOf(lines);
  const { max } = values.indicators[part];
  if (sum < 0) return [...lines, line(part, 'floor', -sum, { key: `${part}.max_points`, about: { sum } })];
  if (sum > max)
    return [...lines, line(part, 'cap', max - sum, { key: `${part}.max_points`, about: { sum } })];
  return [...lines];
}

interface Parts {
  readonly lines: readonly Line[];
  readonly bonus: Bonus;
  readonly deducted: Centi;
  readonly flags: { readonly smallSample: boolean; readonly veto: boolean };
}

function scoreOf({ lines, bonus, deducted, flags }: Parts, values: MonthValues): Score {
  const indicators = record(INDICATORS, (part) => sumOf(lines.filter((one) => one.part === part)));
  const baseCenti = sumOf(lines);
  const sum = baseCenti + bonus.totalCenti;
  const totalCenti = Math.min(sum, values.totalHighest);
  const cap = line('total', 'total_cap', totalCenti - sum, { key: 'total.highest', about: { sum } });
  return {
    indicators,
    bonus: bonus.items,
    baseCenti,
    bonusCenti: bonus.totalCenti,
    totalCenti,
    veto: flags.veto,
    deductedCenti: deducted,
    flags: [
      ...(flags.smallSample ? (['small_sample'] as const) : []),
      ...(flags.veto ? (['veto'] as const) : []),
    ],
    lines: [...lines, ...bonus.lines, ...(totalCenti < sum ? [cap] : [])],
  };
}

function hasVeto(kind: SubjectKind, code: string, context: Context): boolean {
  const entries = context.entries(kind, code);
  return entries.some((entry) => entry.veto && stands(entry, entries));
}

/** A veto stays a veto though its points were absorbed by a heavier fact; only a reversal takes it away. */
function stands(entry: ScoredEntry, among: readonly ScoredEntry[]): boolean {
  return entry.reverses === null && !among.some(({ reverses }) => reverses === entry.entryId);
}

function total(effects: readonly Effect[]): Centi {
  return effects.reduce((sum, { pointsCenti }) => sum + pointsCenti, 0);
}

function push<K, V>(into: Map<K, V[]>, key: K, value: V): void {
  const list = into.get(key);
  if (list === undefined) into.set(key, [value]);
  else list.push(value);
}
