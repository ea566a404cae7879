import { day } from '../../kernel/day.ts';
import { firstDay, lastDay, type Month } from '../../kernel/month.ts';
import type { LateMonth } from '../../ledger/entry/index.ts';
import type { Scheme } from '../../ledger/scheme/index.ts';
import {
  type Counts,
  gradeStaff,
  gradeValues,
  monthValues,
  NO_COUNTS,
  plusCounts,
  type ScoredEntry,
  scoreMonth,
} from '../../ledger/scoring/index.ts';
import type { Tx } from '../../platform/db.ts';
import type { Statement } from '../statement/index.ts';
import {
  type CountsOfMonth,
  candidatesOf,
  type GatheredMonth,
  mostDays,
  type Person,
  type PostingSpan,
  postingsOf,
  type Subjects,
  statementOf,
  unitOf,
} from './gather.ts';
import { type Redress, redressed } from './redress.ts';
import {
  countCalls,
  countRatings,
  countRatingsOf,
  findDepartments,
  findPostings,
  findStaff,
  findWindows,
} from './store.ts';

/** The book's part of a month: what counts in it, and how much waits for a verdict by 'kind/code'. */
export interface BookOfMonth {
  readonly entries: readonly ScoredEntry[];
  readonly waiting: ReadonlyMap<string, number>;
  /** what sealed months owe in it */
  readonly redress: Redress;
}

interface Reading {
  /** one member of staff */
  readonly only?: string | null;
  /** the last batch of ratings that counts */
  readonly lastBatch?: string | null;
  /** sealed months whose late ratings count in the month, whether noted already or not */
  readonly late?: readonly LateMonth[];
}

/**
 * Reads who was there in the month and how they were rated; for one member of staff only what the own score
 * follows from.
 */
export async function gatherMonth(
  tx: Tx,
  cityCode: string,
  month: Month,
  { only = null, lastBatch = null, late = [] }: Reading = {},
): Promise<GatheredMonth> {
  const subjects = await subjectsOf(tx, cityCode, month, only);
  const span = { first: firstDay(month), last: lastDay(month) };
  const called = await countCalls(tx, cityCode, span, only);
  const calls = new Map(
    called.map(({ kind, code, satisfied, reached }) => [`${kind}/${code}`, { satisfied, reached }] as const),
  );
  return { subjects, calls, counts: await countsOf(tx, cityCode, month, { only, lastBatch, late }) };
}

/** What a scheme makes of a month: the same way whether it closes the month or is only tried on it. */
export function statementsOf(
  gathered: GatheredMonth,
  { entries, waiting, redress }: BookOfMonth,
  scheme: Scheme,
  month: Month,
): Statement[] {
  const { subjects, counts, calls } = gathered;
  const own = scoreMonth(
    {
      staff: [...subjects.staff.values()],
      windows: [...subjects.windows].map(([code, { departmentCode }]) => ({ code, departmentCode })),
      departments: [...subjects.departments.keys()].map((code) => ({ code })),
      entries,
      counts: counts.bySubject,
    },
    monthValues(scheme, month),
  );
  const scored = redressed(own, redress, { entries, values: monthValues(scheme, month) });
  const values = gradeValues(scheme, month);
  const grades = gradeStaff(candidatesOf(scored, gathered), values);
  return scored.map((one) => statementOf(one, subjects, { grades, values, waiting, calls }));
}

/** Who was there in the month: staff with posting days, and all windows and departments. */
export async function subjectsOf(
  tx: Tx,
  cityCode: string,
  month: Month,
  only: string | null = null,
): Promise<Subjects> {
  const found = await findPostings(tx, cityCode, { first: firstDay(month), last: lastDay(month) }, only);
  const codes = only === null ? null : found.map(({ window_code }) => window_code);
  const windows = await findWindows(tx, cityCode, codes);
  const departments = only === null ? await findDepartments(tx, cityCode) : [];
  const staff = await findStaff(tx, cityCode, only);
  const regions = new Map(windows.map(({ code, region_code }) => [code, region_code]));
  const spans = new Map<string, PostingSpan[]>();
  for (const row of found) {
    const span = {
      windowCode: row.window_code,
      chief: row.role === 'chief_representative',
      from: day(row.from_date),
      to: day(row.to_date),
    };
    const before = spans.get(row.staff_no);
    if (before === undefined) spans.set(row.staff_no, [span]);
    else before.push(span);
  }
  const people = staff.flatMap(({ code, name, identity, department_code: departmentCode }) => {
    const postings = postingsOf(spans.get(code) ?? []);
    if (postings.length === 0) return [];
    const places = postings.map(({ windowCode, days }) => ({ code: regions.get(windowCode) ?? '', days }));
    const regionCode = mostDays(places);
    const unitCode = mostDays(places.map((place) => ({ ...place, code: unitOf(place.code) })));
    const person: Person = { code, departmentCode, postings, unitCode, regionCode };
    return [[code, { ...person, name, identity }] as const];
  });
  return {
    staff: new Map(people),
    windows: new Map(
      windows.map(({ code, name, department_code, region_code }) => [
        code,
        { name, departmentCode: department_code, regionCode: region_code },
      ]),
    ),
    departments: new Map(
      departments.map(({ code, name, region_code }) => [code, { name, regionCode: region_code }]),
    ),
  };
}

async function countsOf(
  tx: Tx,
  cityCode: string,
  month: Month,
  { only, lastBatch, late }: Required<Reading>,
): Promise<CountsOfMonth> {
  const bySubject = {
    staff: new Map<string, Counts>(),
    window: new Map<string, Counts>(),
    department: new Map<string, Counts>(),
  };
  const on = firstDay(month);
  const ratings = late
    .filter(({ rated }) => rated)
    .map((one) => ({ month: firstDay(one.month), batch: one.batch }));
  const rows =
    only === null
      ? await countRatings(tx, cityCode, month, { lastBatch, late: ratings })
      : await countRatingsOf(tx, cityCode, on, { staffNo: only, late: ratings });
  for (const { kind, code, ...counts } of rows) {
    const before = bySubject[kind].get(code ?? '');
    if (code !== null) bySubject[kind].set(code, before === undefined ? counts : plusCounts(before, counts));
  }
  // Every service has an item, and every item an owner.
  return { bySubject, city: [...bySubject.department.values()].reduce(plusCounts, NO_COUNTS) };
}
