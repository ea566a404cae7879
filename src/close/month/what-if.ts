import { GRADES, type Grade } from '../../kernel/assessment.ts';
import { formatFen } from '../../kernel/fen.ts';
import type { Lang } from '../../kernel/lang.ts';
import { type Centi, formatPoints, formatSigned, roundRatio, toCenti } from '../../kernel/points.ts';
import type { Statement } from '../statement/index.ts';
import type { WhatIfQuery, WhatIfRow, WhatIfSummary } from './what-if-contract.ts';

/** A result on one side of a comparison. */
export type Side = Pick<Statement, 'totalCenti' | 'grade' | 'veto' | 'payFen'>;

/** A subject's result by the scheme in force and by the draft. */
export interface Pair extends Pick<Statement, 'kind' | 'code' | 'name' | 'identity' | 'departmentCode'> {
  readonly before: Side;
  readonly after: Side;
}

/** What a comparison needs of a statement; its lines are let go. */
export function sidesOf(statements: readonly Statement[]): Map<string, Side> {
  return new Map(
    statements.map(({ kind, code, totalCenti, grade, veto, payFen }) => [
      `${kind}/${code}`,
      { totalCenti, grade, veto, payFen },
    ]),
  );
}

/** Statements by the draft beside those by the scheme in force: both assess the same subjects. */
export function pairsOf(before: ReadonlyMap<string, Side>, after: readonly Statement[]): Pair[] {
  return after.flatMap(({ kind, code, name, identity, departmentCode, ...rest }) => {
    const side = before.get(`${kind}/${code}`);
    if (side === undefined) return [];
    const { totalCenti, grade, veto, payFen } = rest;
    const made = { totalCenti, grade, veto, payFen };
    return [{ kind, code, name, identity, departmentCode, before: side, after: made }];
  });
}

function shiftOf({ before, after }: Pair): Centi {
  return after.totalCenti - before.totalCenti;
}

/** Whether points, grade or pay would be another. */
export function moves(pair: Pair): boolean {
  const { before, after } = pair;
  return shiftOf(pair) !== 0 || before.grade !== after.grade || before.payFen !== after.payFen;
}

/** How much the draft would move, over all subjects of one kind. */
export function summaryOf(pairs: readonly Pair[]): WhatIfSummary {
  const shifts = pairs.map(shiftOf);
  const sum = shifts.reduce((total, shift) => total + shift, 0);
  const mean = pairs.length === 0 ? 0 : toCenti(roundRatio(BigInt(sum), BigInt(pairs.length)));
  const paid = pairs.filter(({ before, after }) => before.payFen !== null || after.payFen !== null);
  const fen = (of: 'before' | 'after') => paid.reduce((total, pair) => total + (pair[of].payFen ?? 0), 0);
  const grades = gradeChanges(pairs);
  return {
    assessed: pairs.length,
    moved: pairs.filter(moves).length,
    up: shifts.filter((shift) => shift > 0).length,
    down: shifts.filter((shift) => shift < 0).length,
    mean_shift: formatSigned(mean),
    largest_rise: formatSigned(shifts.reduce((most, shift) => Math.max(most, shift), 0)),
    largest_fall: formatSigned(shifts.reduce((least, shift) => Math.min(least, shift), 0)),
    grades,
    grade_changes: grades.reduce((total, { count }) => total + count, 0),
    pay: {
      people: paid.filter(({ before, after }) => before.payFen !== after.payFen).length,
      before_fen: fen('before'),
      after_fen: fen('after'),
      difference_fen: fen('after') - fen('before'),
    },
  };
}

function gradeChanges(pairs: readonly Pair[]): WhatIfSummary['grades'] {
  const counts = new Map<string, { from: Grade; to: Grade; count: number }>();
  for (const { before, after } of pairs) {
    const [from, to] = [before.grade, after.grade];
    if (from === null || to === null || from === to) continue;
    const found = counts.get(`${from}/${to}`);
    if (found === undefined) counts.set(`${from}/${to}`, { from, to, count: 1 });
    else found.count += 1;
  }
  const at = (grade: Grade) => GRADES.indexOf(grade);
  return [...counts.values()].sort(
    (one, other) => at(one.from) - at(other.from) || at(one.to) - at(other.to),
  );
}

/** The pairs in the order asked for; equal ones stand by code. */
export function sorted(pairs: readonly Pair[], { sort, order }: WhatIfQuery): Pair[] {
  const sign = order === 'desc' ? -1 : 1;
  const text = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  const pay = ({ before, after }: Pair) => (after.payFen ?? 0) - (before.payFen ?? 0);
  const compare = (one: Pair, other: Pair): number => {
    switch (sort) {
      case 'shift':
        return shiftOf(one) - shiftOf(other);
      case 'before':
        return one.before.totalCenti - other.before.totalCenti;
      case 'after':
        return one.after.totalCenti - other.after.totalCenti;
      case 'pay':
        return pay(one) - pay(other);
      case 'name':
        return text(one.name, other.name);
      case 'code':
        return text(one.code, other.code);
    }
  };
  return [...pairs].sort((one, other) => sign * compare(one, other) || text(one.code, other.code));
}

export function rowOf(pair: Pair): WhatIfRow {
  const side = ({ totalCenti, grade, veto, payFen }: Side) => ({
    total: formatPoints(totalCenti),
    grade,
    veto,
    pay_fen: payFen,
  });
  return {
    subject_code: pair.code,
    name: pair.name,
    identity: pair.identity,
    department_code: pair.departmentCode,
    before: side(pair.before),
    after: side(pair.after),
    shift: formatSigned(shiftOf(pair)),
  };
}

const COLUMNS = {
  'zh-CN': [
    ...['代码', '名称', '所属部门', '现行总分', '草案总分', '变动', '现行等次', '草案等次'],
    ...['现行绩效（元）', '草案绩效（元）', '绩效变动（元）'],
  ],
  en: [
    ...['Code', 'Name', 'Department', 'Total now', 'Total by draft', 'Shift', 'Grade now', 'Grade by draft'],
    ...['Pay now (yuan)', 'Pay by draft (yuan)', 'Pay shift (yuan)'],
  ],
} as const satisfies Record<Lang, readonly string[]>;

/** The rows as a table for download. */
export function whatIfTable(rows: readonly WhatIfRow[], lang: Lang) {
  const yuan = (fen: number | null) => (fen === null ? null : formatFen(fen));
  return {
    columns: COLUMNS[lang],
    rows: rows.map(({ subject_code, name, department_code, before, after, shift }) => [
      ...[subject_code, name, department_code, before.total, after.total, shift],
      ...[before.grade, after.grade, yuan(before.pay_fen), yuan(after.pay_fen)],
      before.pay_fen === null && after.pay_fen === null
        ? null
        : yuan((after.pay_fen ?? 0) - (before.pay_fen ?? 0)),
    ]),
  };
}
