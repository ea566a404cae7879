import { assert } from '../../kernel/assert.ts';
import { isBonusItem, isIndicator } from '../../kernel/assessment.ts';
import { day, dayOf } from '../../kernel/day.ts';
import { parseSubjectKind, type Subject } from '../../kernel/ids.ts';
import { addMonths, firstDay, type Month, monthOf, nextMonth, parseMonth } from '../../kernel/month.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { openPeriods, type Period, periodsFrom, sharePeriodsFrom } from '../period/index.ts';
import { type SchemeInForce, schemesInForce } from '../scheme/index.ts';
import type { ScoredEntry } from '../scoring/index.ts';
import { insertCarried } from './gate-store.ts';
import { type CountingRow, countWaiting, type EntryRow, findCounting, findEntries } from './reading-store.ts';
import { findReceipts, type Receipt } from './receipt-store.ts';
import { insertRevalued } from './revalue-store.ts';
import { attributionValues, ruleValues } from './rule-values.ts';
import { insertSettled, takeBackOrders, takeBackOverruns } from './settled-store.ts';
import { type FollowedUp, insertFollowUps, insertPending, type Posting, preferHashes } from './store.ts';
import type { OnlySubject } from './subject-store.ts';

/** How far back a close looks for facts that came after their month was sealed. */
export const LOOK_BACK_MONTHS = 12;

/**
 * A rating charged to somebody else is taken back first and charged anew after that; and a gate may be
 * sealed between reading and asking it. Then the facts are asked again. Whatever else is added, everything
 * that follows from it is added by the same pass: what is taken back, before what is charged instead; what
 * waits, before its verdict.
 */
const ATTEMPTS = 4;

/**
 * Posts whatever entries of a month's facts are missing, in a few set-based statements: safe to repeat,
 * whatever was posted before, in whatever order the facts came. Facts of earlier months that are sealed
 * join them.
 *
 * @returns how many entries were added
 */
export async function postMonth(deps: Deps, cityCode: string, month: Month): Promise<number> {
  return await inTx(deps.db, (tx) => postMonthIn(tx, cityCode, month, () => deps.clock.now()));
}

/**
 * The same within a transaction that holds the month's gate, such as the one that seals it. The instant is
 * asked for behind the gate: a posting that had to wait for a close is later than it.
 */
export async function postMonthIn(tx: Tx, cityCode: string, month: Month, now: () => Date): Promise<number> {
  const earliest = addMonths(month, -LOOK_BACK_MONTHS);
  let posted = 0;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const known = await periodsFrom(tx, cityCode, earliest);
    const sealed = known.find((period) => isSealed(period) && period.month < month);
    const periods = await openPeriods(tx, cityCode, sealed?.month ?? month, {
      by: 'system',
      now: now(),
    });
    const made = await post(tx, cityCode, { month, periods, known, now });
    posted += made.added;
    const since = await periodsFrom(tx, cityCode, periods[0]?.month ?? month);
    if (!made.moved && gatesAsked(since) === gatesAsked(periods)) break;
  }
  return posted;
}

/** The gates as a posting asks them: where a hall was sealed meanwhile, they let nothing pass. */
function gatesAsked(periods: readonly Period[]): string {
  return periods.map(({ month, state, sealings }) => `${month} ${state} ${sealings}`).join();
}

async function post(
  tx: Tx,
  cityCode: string,
  given: { month: Month; periods: readonly Period[]; known: readonly Period[]; now: () => Date },
): Promise<FollowedUp> {
  const { month, periods, known } = given;
  // Whoever puts another scheme into force holds the gates: what is read behind them stays true.
  await sharePeriodsFrom(tx, cityCode, month);
  const now = given.now();
  const inForce = await schemesInForce(tx, cityCode);
  const sealed = periods.filter((period) => isSealed(period) && period.month < month);
  const months = [...sealed.map((period) => period.month), month];
  const posting: Posting = {
    cityCode,
    months: months.map(firstDay),
    from: firstDay(months[0] ?? month),
    until: firstDay(nextMonth(month)),
    rules: ruleValues(inForce),
    attribution: attributionValues(inForce),
    ...gatesOf([...known.filter(({ month: one }) => one < (periods[0]?.month ?? month)), ...periods]),
    now,
  };
  if (sealed.length > 0) {
    const late = sealed.map((one) => ({ month: firstDay(one.month), batch: one.sealedBatch }));
    await insertCarried(tx, posting, late);
  }
  const takenBack = (await takeBackOverruns(tx, posting)) + (await takeBackOrders(tx, posting));
  const revalued = cameLater(inForce, posting) ? await insertRevalued(tx, posting) : 0;
  const settled = await insertSettled(tx, posting);
  await preferHashes(tx, true);
  const opened = await insertPending(tx, posting);
  const followed = await insertFollowUps(tx, posting);
  await preferHashes(tx, false);
  return { ...followed, added: takenBack + revalued + settled + opened + followed.added };
}

/** Whether facts of the month may have to count later: it is sealed, or for some of its halls. */
function isSealed({ state, sealings }: Period): boolean {
  return state === 'sealed' || sealings > 0;
}

/** For each month the one that takes what belongs to it; where halls were sealed apart, all that may. */
function gatesOf(periods: readonly Period[]): Pick<Posting, 'gates' | 'parted'> {
  const open = periods.filter(({ state }) => state !== 'sealed');
  const parted = open.some(({ sealings }) => sealings > 0);
  const gates = periods.flatMap(({ month: want }) => {
    const taking = open.filter(({ month }) => month >= want);
    const asked = parted ? taking : taking.slice(0, 1);
    return asked.map(({ month, sealings }) => ({ want: firstDay(want), month: firstDay(month), sealings }));
  });
  return { gates, parted };
}

/** Whether a scheme came into force after facts of these months may have been charged by the one before. */
function cameLater(inForce: readonly SchemeInForce[], { from }: Posting): boolean {
  return inForce.slice(1).some(({ recordedAt }) => dayOf(recordedAt) >= from);
}

/** Consumer of confirmed findings and merits and of complaints at fault: posts the months that they name. */
export async function postMonths(
  deps: Deps,
  fact: { cityCode: string; months: readonly string[] },
): Promise<void> {
  for (const text of fact.months) {
    const month = parseMonth(text);
    assert(month !== undefined, 'a fact names months');
    await postMonth(deps, fact.cityCode, month);
  }
}

/**
 * The book's entries that count in a month, as the formulas take them: all, or those that one member of
 * staff's score follows from.
 */
export async function countingEntries(
  reader: Reader,
  cityCode: string,
  month: Month,
  only?: OnlySubject,
): Promise<ScoredEntry[]> {
  return (await findCounting(reader, cityCode, firstDay(month), only)).map(scoredEntry);
}

/** A counting row as the formulas take it. */
export function scoredEntry(row: CountingRow): ScoredEntry {
  const subjectKind = parseSubjectKind(row.subject_kind);
  const { part } = row;
  assert(subjectKind !== undefined && (isIndicator(part) || isBonusItem(part)), 'an entry has a known place');
  return {
    entryId: row.entry_id,
    subjectKind,
    subjectCode: row.subject_code,
    rule: row.rule,
    part,
    pointsCenti: row.points_centi,
    quantity: row.quantity,
    occurredOn: day(row.occurred_on),
    factId: row.fact_id,
    projectNo: row.project_no,
    veto: row.veto,
    reverses: row.kind === 'reversal' ? row.of_entry : null,
    redresses: lineOf(row.redress_line ?? null),
  };
}

/** What a line's key says: `entry/<id>`, or at its end kind, value and the entry that it follows from. */
function lineOf(key: string | null): ScoredEntry['redresses'] {
  if (key === null) return null;
  const parts = key.split('/');
  return { kind: parts.length === 2 ? 'entry' : (parts.at(-3) ?? ''), entryId: parts.at(-1) ?? '' };
}

/** Deductions of the month that wait for a verdict, by 'kind/code' of the subject. */
export async function waitingEntries(
  reader: Reader,
  cityCode: string,
  month: Month,
): Promise<ReadonlyMap<string, number>> {
  return waitingBySubject(await countWaiting(reader, cityCode, firstDay(month)));
}

/** Rows of waiting deductions by 'kind/code' of the subject. */
export function waitingBySubject(
  rows: readonly { subject_kind: string; subject_code: string; waiting: number }[],
): ReadonlyMap<string, number> {
  return new Map(rows.map((row) => [`${row.subject_kind}/${row.subject_code}`, row.waiting]));
}

/** An entry with what stands behind it. */
export interface EntryWithReceipt {
  readonly entry: EntryRow;
  readonly receipt: Receipt | undefined;
}

/**
 * The entries of a statement's lines and those of its subject that wait for a verdict, with their receipts.
 */
export async function entriesWithReceipts(
  reader: Reader,
  cityCode: string,
  wanted: { ids: readonly string[]; month: Month; subject: Subject },
): Promise<EntryWithReceipt[]> {
  const rows = await findEntries(reader, cityCode, {
    ids: wanted.ids,
    month: firstDay(wanted.month),
    subjectKind: wanted.subject.kind,
    subjectCode: wanted.subject.code,
  });
  return await withReceipts(reader, cityCode, rows);
}

/** The entries, each with its receipt. */
export async function withReceipts(
  reader: Reader,
  cityCode: string,
  rows: readonly EntryRow[],
): Promise<EntryWithReceipt[]> {
  const idsOf = (kind: string) => rows.filter((row) => row.fact_kind === kind).map((row) => row.fact_id);
  const ratings = rows.filter((row) => row.fact_kind === 'rating');
  const receipts = await findReceipts(reader, cityCode, {
    finding: idsOf('finding'),
    merit: idsOf('merit'),
    complaint: idsOf('complaint'),
    rating: idsOf('rating'),
    months: [...new Set(ratings.map((row) => firstDay(monthOf(day(row.occurred_on)))))],
  });
  const byFact = new Map(receipts.map((receipt) => [`${receipt.fact_kind}/${receipt.fact_id}`, receipt]));
  return rows.map((entry) => ({
    entry,
    receipt:
      entry.fact_kind === 'record' ? overrunOf(entry) : byFact.get(`${entry.fact_kind}/${entry.fact_id}`),
  }));
}

/** What stands behind a case over the promise are its days, as the entry itself says. */
function overrunOf({ fact_kind, fact_id, explanation }: EntryRow): Receipt {
  const { accepted, finished, promised, took } = explanation;
  const evidence = `受理 ${accepted}，办结 ${finished}，承诺 ${promised} 个工作日，实际 ${took} 个工作日`;
  return { fact_kind, fact_id, evidence, satisfaction: null, verdict: null, service_number: null };
}
