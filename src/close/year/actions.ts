import { GRADES } from '../../kernel/assessment.ts';
import { day, dayOf } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import type { Subject, SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month, month, monthOf } from '../../kernel/month.ts';
import { formatPoints } from '../../kernel/points.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import { type GradeValues, gradeValues } from '../../ledger/scoring/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { regionNames } from '../../registry/region/index.ts';
import { type Correction, filterOf, liftedVetoes } from '../statement/index.ts';
import type { OwnYear, YearPage, YearQuery, YearRow } from './contract.ts';
import { yearRulesOn } from './rules.ts';
import { findClosedMonths, findYear, type YearMonthRow } from './store.ts';
import { type YearGroup, type YearOf, type YearSubject, type YearValues, yearOf } from './year.ts';
import { type Frame, frameOf, lastOfQuarter, monthsOf, yearCells, yearColumns } from './year-frame.ts';

interface ReadYear {
  readonly frame: Frame;
  readonly results: readonly YearOf[];
  readonly groups: readonly YearGroup[];
  readonly values: YearValues;
}

type Filter = ReturnType<typeof filterOf>;

/**
 * A page of a year: each subject's sealed months, and for staff the yearly best and the quarters.
 * @throws Refusal `year.malformed`, `access.permission_denied`, `scheme.none_in_force`
 */
export async function yearPage(deps: Deps, actor: Actor, year: string, query: YearQuery): Promise<YearPage> {
  requirePermission(actor, 'score.read');
  const filter = filterOf(actor, january(deps, year), query.subject);
  const read = await readYear(deps, filter, year);
  const rows = sorted(shown(read.results, filter, query), query);
  const start = query.cursor === undefined ? 0 : 1 + rows.findIndex(({ code }) => code === codeOf(query));
  const units = [...new Set(read.groups.map(({ unitCode }) => unitCode))];
  const names = await regionNames(deps.db.read, units);
  const seen = new Set(shown(read.results, filter, {}).map(({ unitCode }) => unitCode));
  return {
    year: Number(year),
    final: read.frame.final,
    months: read.frame.months,
    years: read.frame.years,
    sources: read.values.rules.sources,
    groups: read.groups
      .filter(({ unitCode }) => seen.has(unitCode))
      .map(({ unitCode, identity, people, places, taken }) => {
        const unit_name = names.get(unitCode) ?? unitCode;
        return { unit_code: unitCode, unit_name, identity, people, places, taken };
      }),
    count: rows.length,
    ...pageOf(
      rows.slice(start, start + query.limit + 1),
      query.limit,
      (row) => rowOf(row, read.frame),
      ({ code }) => [code],
    ),
  };
}

/** The same as a table for download; the export is audited. @throws Refusal without `export.run` */
export async function yearTable(deps: Deps, actor: Actor, year: string, query: YearQuery): Promise<OutTable> {
  requirePermission(actor, 'score.read');
  requirePermission(actor, 'export.run');
  const filter = filterOf(actor, january(deps, year), query.subject);
  const { frame, results } = await readYear(deps, filter, year);
  const rows = sorted(shown(results, filter, query), query).map((row) => rowOf(row, frame));
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.year',
      subjectKind: 'year',
      subjectId: year,
      detail: { subject: query.subject, format: query.format, rows: rows.length },
      cityCode: filter.cityCode,
      at: deps.clock.now(),
    }),
  );
  const months = monthsOf(year);
  return { columns: yearColumns(months), rows: rows.map((row) => yearCells(row, months)) };
}

/**
 * One subject's year: the own one, or one within the reader's scope.
 * @throws Refusal `year.malformed`, `year.none`, `access.permission_denied`
 */
export async function yearOfSubject(
  deps: Deps,
  actor: Actor,
  wanted: { year: string; subject: Subject },
): Promise<OwnYear> {
  const { year, subject } = wanted;
  const filter = filterOf(actor, january(deps, year), subject.kind);
  if (filter.only !== null && filter.only !== subject.code) throw new Refusal('access.permission_denied');
  const { frame, results } = await readYear(deps, filter, year, subject.code);
  const found = shown(results, filter, {}).find(({ code }) => code === subject.code);
  if (found === undefined) throw new Refusal('year.none', { year });
  return { year: Number(year), final: frame.final, months: frame.months, row: rowOf(found, frame) };
}

/** The year's January. @throws Refusal `year.malformed` */
function january(deps: Deps, year: string): Month {
  const begun = monthOf(dayOf(deps.clock.now())).slice(0, 4);
  if (!/^2\d{3}$/.test(year) || year > begun || year < '2020') {
    throw new Refusal('year.malformed', { year: year.slice(0, 10) }, { field: 'year' });
  }
  return month(`${year}-01`);
}

async function readYear(
  deps: Deps,
  filter: Filter,
  year: string,
  only: string | null = null,
): Promise<ReadYear> {
  const { cityCode, kind } = filter;
  const reader = deps.db.read;
  const closed = await findClosedMonths(reader, cityCode);
  const states = new Map(closed.map(({ month: first, state }) => [monthOf(day(first)), state] as const));
  const frame = frameOf(year, states, monthOf(dayOf(deps.clock.now())));
  const span = { kind, from: `${year}-01-01`, until: `${Number(year) + 1}-01-01` };
  const rows = await findYear(reader, cityCode, { ...span, only });
  const lifted = await liftedVetoes(reader, cityCode, span);
  const subjects = subjectsOf(corrected(rows, kind, lifted), kind);
  const values = await valuesOf(deps, cityCode, year);
  return { frame, values, ...yearOf(subjects, values) };
}

/** A veto that was taken back after the sealing neither bars anybody nor makes the grade. */
function corrected(
  rows: readonly YearMonthRow[],
  kind: SubjectKind,
  lifted: readonly Correction[],
): YearMonthRow[] {
  const own = lifted.filter((one) => one.kind === kind);
  const found = new Map(own.map((one) => [`${firstDay(one.month)}/${one.code}`, one]));
  return rows.map((row) => {
    const correction = found.get(`${row.month}/${row.subject_code}`);
    return correction === undefined ? row : { ...row, veto: false, grade: correction.grade, corrected: true };
  });
}

/** Name, hall and identity are those of the latest month. */
function subjectsOf(rows: readonly YearMonthRow[], kind: SubjectKind): YearSubject[] {
  const bySubject = new Map<string, YearMonthRow[]>();
  for (const row of rows) {
    const own = bySubject.get(row.subject_code);
    if (own === undefined) bySubject.set(row.subject_code, [row]);
    else own.push(row);
  }
  return [...bySubject].flatMap(([code, own]) => {
    const last = own.at(-1);
    if (last === undefined) return [];
    const months = own.map((row) => {
      const of = monthOf(day(row.month));
      const { total_centi: totalCenti, deducted_centi: deductedCenti, grade, veto } = row;
      const { state, corrected: changed = false } = row;
      const calls = { satisfied: row.call_satisfied, reached: row.call_reached };
      return { month: of, state, totalCenti, deductedCenti, calls, grade, veto, corrected: changed };
    });
    const { name, unit_code: unitCode, identity, department_code, region_code } = last;
    const place = { departmentCode: department_code, regionCode: region_code };
    return [{ kind, code, name, unitCode, identity, ...place, months }];
  });
}

/** The scheme of each quarter's last month, and that of December for the year. */
async function valuesOf(deps: Deps, cityCode: string, year: string): Promise<YearValues> {
  const inForce = await schemesInForce(deps.db.read, cityCode);
  const at = (quarter: 1 | 2 | 3 | 4): GradeValues => {
    const last = lastOfQuarter(year, quarter);
    return gradeValues(schemeOn(inForce, firstDay(last)).scheme, last);
  };
  const december = firstDay(month(`${year}-12`));
  const { quota } = schemeOn(inForce, december).scheme;
  return {
    rules: yearRulesOn(december),
    excellentShare: valueOn(quota.yearlyExcellent, december).value.amount,
    equalRemainders: quota.equalRemainders,
    quarters: [at(1), at(2), at(3), at(4)],
  };
}

function shown(
  results: readonly YearOf[],
  filter: Filter,
  query: Partial<Pick<YearQuery, 'q' | 'identity' | 'result'>>,
): YearOf[] {
  const { regionPrefix, departmentCode, only } = filter;
  const { q = '', identity, result } = query;
  return results.filter(
    (one) =>
      one.regionCode.startsWith(regionPrefix) &&
      (departmentCode === null || one.departmentCode === departmentCode) &&
      (only === null || one.code === only) &&
      (one.name.includes(q) || one.code.toUpperCase().startsWith(q.toUpperCase())) &&
      (identity === undefined || one.identity === identity) &&
      (result === undefined || one.excellent === (result === 'excellent')),
  );
}

function sorted(rows: readonly YearOf[], { sort, order }: YearQuery): YearOf[] {
  const sign = order === 'desc' ? -1 : 1;
  const text = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  const compare = (one: YearOf, other: YearOf): number => {
    switch (sort) {
      case 'mean':
        return (one.meanCenti ?? -1) - (other.meanCenti ?? -1);
      case 'best':
        return one.grades[GRADES[0]] - other.grades[GRADES[0]];
      case 'months':
        return one.counted - other.counted;
      case 'name':
        return text(one.name, other.name);
      case 'code':
        return text(one.code, other.code);
    }
  };
  return [...rows].sort((one, other) => sign * compare(one, other) || text(one.code, other.code));
}

function codeOf({ cursor = '' }: YearQuery): string {
  return decodeCursor(cursor, 1)[0] ?? '';
}

function rowOf(one: YearOf, frame: Frame): YearRow {
  const points = (centi: number | null) => (centi === null ? null : formatPoints(centi));
  return {
    subject_kind: one.kind,
    subject_code: one.code,
    name: one.name,
    department_code: one.departmentCode,
    identity: one.identity,
    months: one.months.map(({ month: of, totalCenti, grade, veto, state, corrected: changed = false }) => {
      return { month: of, total: formatPoints(totalCenti), grade, veto, state, corrected: changed };
    }),
    counted: one.counted,
    mean: points(one.meanCenti),
    grades: one.grades,
    excellent: one.excellent,
    reason: one.reason,
    quarters:
      one.quarters?.map(({ quarter, months, meanCenti, grade, overQuota }) => {
        const final = frame.finalQuarters.has(quarter);
        return { quarter, months, mean: points(meanCenti), grade, over_quota: overQuota, final };
      }) ?? null,
  };
}
