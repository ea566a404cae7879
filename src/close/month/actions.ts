import { present } from '../../kernel/assert.ts';
import { day, dayOf, isoMoment } from '../../kernel/day.ts';
import { firstDay, lastDay, type Month, monthOf, monthsBetween } from '../../kernel/month.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { countingEntries, type LateMonth, postMonth, waitingEntries } from '../../ledger/entry/index.ts';
import { holdPeriod, moveOn, periodsFrom } from '../../ledger/period/index.ts';
import { type Scheme, schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import {
  type Counts,
  gradeStaff,
  gradeValues,
  monthValues,
  NO_COUNTS,
  type ScoredEntry,
  scoreMonth,
} from '../../ledger/scoring/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, refreshStatistics, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { replaceStatements, type Statement } from '../statement/index.ts';
import type { ClosedMonth, MonthRow } from './contract.ts';
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
import { keepRedress, redressIn } from './redress-actions.ts';
import {
  type ClosingRow,
  countRatings,
  countRatingsOf,
  findClosings,
  findDepartments,
  findFirstMonth,
  findPostings,
  findStaff,
  findWindows,
  type NewClosing,
  upsertClosing,
} from './store.ts';

defineRefusals({
  'month.in_future': {
    status: 422,
    zh: '{month} 还没有开始，不能结算。请在该月开始之后再结算。',
    en: '{month} has not begun, so it cannot be closed. Close it once it has begun.',
  },
  'month.sealed': {
    status: 409,
    zh: '{month} 已经封存，结果不再改变。如有错误，请通过申诉或以后月份的更正处理。',
    en: '{month} is sealed and its results no longer change. Correct errors by appeal or in a later month.',
  },
  'month.whole_city': {
    status: 403,
    zh: '月结、公示和封存涉及全市，您的数据范围只是其中一部分，没有执行。请由全市范围的考核办办理。',
    en:
      'Closing, publishing and sealing concern the whole city, and your data scope is a part of it. ' +
      'Have it done by the assessment office of the city.',
  },
});

/**
 * Lets pass who may end a month: nobody whose data scope is a part of the city, since it ends for all of it.
 * @throws Refusal `access.permission_denied`, `month.whole_city`
 */
export function requireCity(actor: Actor): void {
  requirePermission(actor, 'month.close');
  const { regionPrefix, departmentCode } = actor.scope;
  if (regionPrefix !== undefined || departmentCode !== undefined) throw new Refusal('month.whole_city');
}

/**
 * Closes a month of a city: posts whatever entries are missing, counts its ratings, scores every subject
 * and replaces the month's statements. May be repeated until the month is sealed; a repeat adds nothing to
 * the book.
 *
 * @throws Refusal `month.in_future`, `month.sealed`, `scheme.none_in_force`, `access.permission_denied`,
 * `month.whole_city`
 */
export async function closeMonth(deps: Deps, actor: Actor, month: Month): Promise<ClosedMonth> {
  requireCity(actor);
  const { cityCode } = actor.scope;
  const began = deps.clock.now();
  if (month > monthOf(dayOf(began))) throw new Refusal('month.in_future', { month }, { field: 'month' });
  schemeOn(await schemesInForce(deps.db.app, cityCode), firstDay(month));
  const change = { by: actor.name, now: began };
  await inTx(deps.db, (tx) => refuseSealed(tx, cityCode, month, change));
  await refreshStatistics(deps.db.app);
  const entries_posted = await postMonth(deps, cityCode, month);
  const closing = await inTx(deps.db, async (tx) => {
    const state = await refuseSealed(tx, cityCode, month, change);
    // Read behind the gate: a scheme that starts in the month can't slip in between.
    const scheme = schemeOn(await schemesInForce(tx, cityCode), firstDay(month));
    const made = await writeMonth(tx, cityCode, month, {
      scheme,
      by: actor.name,
      // What was posted before it has an earlier instant, so that a proof can tell what came later.
      now: deps.clock.now(),
    });
    if (state === 'open') await moveOn(tx, cityCode, month, 'provisional', change);
    await audit(tx, {
      actor,
      action: 'month.closed',
      subjectKind: 'month',
      subjectId: month,
      detail: { staff: made.staff, windows: made.windows, departments: made.departments, entries_posted },
      cityCode,
      at: began,
    });
    return { ...made, state: state === 'open' ? ('provisional' as const) : state };
  });
  const { now, by, schemeHash, ...counted } = closing;
  const took_ms = deps.clock.now().getTime() - began.getTime();
  const noted = { closed_at: isoMoment(now), closed_by: by, scheme_hash: schemeHash };
  return { ...counted, ...noted, month, entries_posted, took_ms };
}

type Change = Parameters<typeof holdPeriod>[3];

async function refuseSealed(tx: Tx, cityCode: string, month: Month, change: Change) {
  const { state } = await holdPeriod(tx, cityCode, month, change);
  if (state === 'sealed') throw new Refusal('month.sealed', { month }, { field: 'month' });
  return state;
}

interface Closing {
  readonly scheme: ReturnType<typeof schemeOn>;
  readonly by: string;
  readonly now: Date;
  /** the last batch of ratings that counts, when the month is sealed */
  readonly lastBatch?: string;
}

/** Scores the month and stores what comes of it. */
export async function writeMonth(
  tx: Tx,
  cityCode: string,
  month: Month,
  { scheme, by, now, lastBatch }: Closing,
): Promise<NewClosing> {
  const gathered = await gatherMonth(tx, cityCode, month, lastBatch === undefined ? {} : { lastBatch });
  const book = {
    entries: await countingEntries(tx, cityCode, month),
    waiting: await waitingEntries(tx, cityCode, month),
  };
  const redress = await redressIn(tx, cityCode, month, { at: now });
  const statements = statementsOf(gathered, { ...book, redress }, scheme.scheme, month);
  const schemeHash = scheme.hash;
  await replaceStatements(tx, cityCode, statements, { month: firstDay(month), schemeHash, now });
  await keepRedress(tx, cityCode, month, { dues: redress.dues, statements });
  const { ratable, rated, good, bad } = gathered.counts.city;
  const closing: NewClosing = {
    month: firstDay(month),
    now,
    by,
    schemeHash,
    staff: statements.filter(({ kind }) => kind === 'staff').length,
    windows: statements.filter(({ kind }) => kind === 'window').length,
    departments: statements.filter(({ kind }) => kind === 'department').length,
    ratable,
    rated,
    good,
    bad,
    pending: [...book.waiting.values()].reduce((sum, one) => sum + one, 0),
  };
  await upsertClosing(tx, cityCode, closing);
  return closing;
}

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
  return { subjects, counts: await countsOf(tx, cityCode, month, { only, lastBatch, late }) };
}

/** What a scheme makes of a month: the same way whether it closes the month or is only tried on it. */
export function statementsOf(
  { subjects, counts }: GatheredMonth,
  { entries, waiting, redress }: BookOfMonth,
  scheme: Scheme,
  month: Month,
): Statement[] {
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
  const grades = gradeStaff(candidatesOf(scored, subjects), values);
  return scored.map((one) => statementOf(one, subjects, { grades, values, waiting }));
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
  let city = NO_COUNTS;
  const on = firstDay(month);
  const ratings = late
    .filter(({ rated }) => rated)
    .map((one) => ({ month: firstDay(one.month), batch: one.batch }));
  const rows =
    only === null
      ? await countRatings(tx, cityCode, on, { lastBatch, late: ratings })
      : await countRatingsOf(tx, cityCode, on, { staffNo: only, late: ratings });
  for (const { kind, code, ...counts } of rows) {
    if (kind === 'city') city = counts;
    else if (code !== null) bySubject[kind].set(code, counts);
  }
  return { bySubject, city };
}

/** The months from the first service record to the present one, newest first, each with its last close. */
export async function listMonths(deps: Deps, actor: Actor): Promise<{ items: MonthRow[] }> {
  const { cityCode } = actor.scope;
  const reader = deps.db.read;
  const closings = new Map(
    (await findClosings(reader, cityCode)).map((row) => [monthOf(day(row.month)), row] as const),
  );
  const running = monthOf(dayOf(deps.clock.now()));
  const first = await findFirstMonth(reader, cityCode);
  const firsts = [running, ...closings.keys(), ...(first === null ? [] : [monthOf(day(first))])].sort();
  const earliest = present(firsts[0], 'the present month');
  const states = new Map(
    (await periodsFrom(reader, cityCode, earliest)).map(({ month, state }) => [month, state] as const),
  );
  const months = monthsBetween(earliest, running).reverse();
  return { items: months.map((month) => rowOf(month, states.get(month) ?? 'open', closings.get(month))) };
}

function rowOf(month: Month, state: MonthRow['state'], closing: ClosingRow | undefined): MonthRow {
  const nothing = { staff: 0, windows: 0, departments: 0, ratable: 0, rated: 0, good: 0, bad: 0, pending: 0 };
  if (closing === undefined) {
    return { month, state, closed_at: null, closed_by: null, scheme_hash: null, ...nothing };
  }
  const { month: _month, state: _state, closed_at, ...counted } = closing;
  return { month, state, closed_at: closed_at === null ? null : isoMoment(closed_at), ...counted };
}
