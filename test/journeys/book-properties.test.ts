/**
 * Random small months with facts, verdicts, reversals and appeals: the book comes out the same in whatever
 * order and however often they arrive, and what it says stays within its bounds.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, sealMonth, verifyBook } from '../../src/close/month/index.ts';
import { liveScore } from '../../src/close/month/live-actions.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { FINDING_RULES } from '../../src/conduct/inspection/index.ts';
import { MERIT_RULES } from '../../src/conduct/merit/index.ts';
import { SUBJECT_KINDS } from '../../src/kernel/ids.ts';
import { type Month, month } from '../../src/kernel/month.ts';
import { parseHundredths } from '../../src/kernel/points.ts';
import { adjustForAppeal, postMonth, reverseForAppeal } from '../../src/ledger/entry/index.ts';
import { holdPeriod, seal } from '../../src/ledger/period/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { inTx } from '../../src/platform/db.ts';
import type { ImportRecord } from '../../src/platform/imports.ts';
import { paySheet } from '../../src/uses/pay/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-12-10T10:00:00+08:00') });
const office = cliActor(CITY);

const aMonth = fc.record({
  findings: fc.array(
    fc.record({
      rule: fc.constantFrom(...FINDING_RULES),
      subject: fc.constantFrom('staff S1', 'staff S2', 'window W1', 'window W2', `department ${DEPARTMENT}`),
      quantity: fc.integer({ min: 1, max: 7 }),
      on: fc.integer({ min: 1, max: 28 }),
      project: fc.constantFrom('', 'P-1', 'P-2'),
      reversed: fc.boolean(),
    }),
    { minLength: 6, maxLength: 14 },
  ),
  merits: fc.array(
    fc.record({
      rule: fc.constantFrom(...MERIT_RULES),
      staff: fc.constantFrom('S1', 'S2'),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 6 },
  ),
  ratings: fc.array(
    fc.record({
      satisfaction: fc.constantFrom(1, 2, 3, 4, 5),
      verdict: fc.constantFrom('upheld', 'upheld', 'mistaken', ''),
    }),
    { minLength: 4, maxLength: 12 },
  ),
  given: fc.integer({ min: 1, max: 500 }),
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
});
const SAMPLES = fc.sample(aMonth, { numRuns: 3, seed: 20261201 });
type Sample = (typeof SAMPLES)[number];

const TAGS: Readonly<Record<number, string>> = { 1: '115', 2: '212', 3: '307', 4: '406', 5: '510' };
type Fact = () => Promise<unknown>;

async function reverse(of: Month, factId: string): Promise<unknown> {
  await postMonth(t, CITY, of);
  const { rows } = await t.db.owner.query<{ entry_id: string }>(
    `SELECT entry_id FROM ledger.entry WHERE fact_id = $1 AND kind = 'plain'`,
    [factId],
  );
  const entryId = rows[0]?.entry_id ?? '';
  const redressing = { number: `SS-${factId}`, by: 'A', confirmedBy: 'B', now: t.clock.now() };
  return await inTx(t.db, (tx) => reverseForAppeal(tx, CITY, { entryId, month: of }, redressing));
}

async function give(of: Month, pointsCenti: number): Promise<unknown> {
  const { rows } = await t.db.owner.query<{ hash: string }>('SELECT hash FROM ledger.scheme_in_force');
  const subject = { kind: 'staff', code: 'S1' } as const;
  const line = [of, 'staff', 'S1', 'rating', 'good_rate', 'rating.good_rate', ''].join('/');
  const explanation = { value_from: '2022-01-01', source: '细则', appeal: `SS-${of}`, line };
  const given = { month: of, subject, part: 'rating', pointsCenti, schemeHash: rows[0]?.hash ?? '' };
  const redressing = { number: `SS-${of}`, by: 'A', confirmedBy: 'B', now: t.clock.now() };
  return await inTx(t.db, (tx) => adjustForAppeal(tx, CITY, { ...given, explanation }, redressing));
}

/** What happens in the month, one by one; each may be repeated. */
function factsOf(of: Month, { findings, merits, ratings, given }: Sample): Fact[] {
  const shared = { evidence: '核查', confirmed_by: 'C' };
  const load = (kind: string, row: ImportRecord) => () => loadAll(t, kind, [row]);
  const found = findings.map(({ rule, subject, quantity, on, project, reversed }, at) => {
    const [subject_kind = '', subject_code = ''] = subject.split(' ');
    const occurred_on = `${of}-${String(on).padStart(2, '0')}`;
    const finding_id = `${of}-F${String(at).padStart(2, '0')}`;
    const projectNo = project === '' ? '' : `${of}-${project}`;
    const about = { finding_id, rule, subject_kind, subject_code, quantity: String(quantity), occurred_on };
    const fact = load('findings', { ...shared, ...about, projectNo, recorded_by: 'R' });
    return { id: finding_id, fact, reversed };
  });
  const praised = merits.map(({ rule, staff, quantity }, at) => {
    const about = { merit_id: `${of}-M${at}`, staff_no: staff, rule, quantity: String(quantity) };
    return load('merits', { ...shared, ...about, occurred_on: `${of}-09` });
  });
  const told = ratings.map(({ satisfaction, verdict }) => ({
    ...{ satisfaction, tags: TAGS[satisfaction] ?? '' },
    ...(satisfaction < 3 && verdict !== '' ? { verdict } : {}),
  }));
  const served = { staff: 'S1', window: 'W1', day: `${of}-08`, count: 12, prefix: `B${of}` };
  const appealed = found.filter(({ reversed }) => reversed);
  return [
    ...found.map(({ fact }) => fact),
    ...praised,
    () => serve(t, { ...served, ratings: told }),
    ...appealed.map(({ id, fact }) => async () => {
      await fact();
      await reverse(of, id);
    }),
    () => give(of, given),
  ];
}

function shuffled(facts: readonly Fact[], { order }: Sample): Fact[] {
  return facts
    .map((fact, at) => ({ fact, key: order[at] ?? at }))
    .sort((one, other) => one.key - other.key)
    .map(({ fact }) => fact);
}

/** Everything that the month says of its subjects, without the month's own name. */
async function resultOf(of: Month) {
  t.clock.advance(60_000);
  await closeMonth(t, office, of);
  const all = SUBJECT_KINDS.map((subject) => allScores(t, office, { month: of, subject }));
  return (await Promise.all(all)).flat().map(({ month: _, ...score }) => score);
}

async function entriesOf(of: Month): Promise<unknown[]> {
  const { rows } = await t.db.owner.query('SELECT entry_id FROM ledger.entry WHERE month = $1', [`${of}-01`]);
  return rows;
}

beforeAll(() => openHall(t));

const PAIRS = SAMPLES.map((sample, at) => {
  const [one, other] = [2 * at + 1, 2 * at + 2].map((number) => month(`2026-0${number}`));
  return [one ?? month('2026-01'), other ?? month('2026-02'), sample] as const;
});

describe('a month of random facts', () => {
  it.each(PAIRS)('comes out alike in whatever order they arrive (%s, %s)', async (one, other, sample) => {
    for (const fact of factsOf(one, sample)) await fact();
    for (const fact of shuffled(factsOf(other, sample), sample)) {
      await fact();
      await postMonth(t, CITY, other);
    }
    expect(await resultOf(other)).toEqual(await resultOf(one));
  });

  it.each(PAIRS)('takes a repeat of everything as nothing (%s)', async (of, _other, sample) => {
    const [before, result] = [await entriesOf(of), await resultOf(of)];
    for (const fact of factsOf(of, sample).slice(0, -1)) await fact();
    expect(await postMonth(t, CITY, of)).toBe(0);
    expect(await entriesOf(of)).toEqual(before);
    expect(await resultOf(of)).toEqual(result);
  });

  it.each(PAIRS)('stays within its bounds, live and explained to the hundredth (%s)', async (of) => {
    for (const { subject_kind: kind, subject_code: code, total } of await resultOf(of)) {
      const points = parseHundredths(total) ?? Number.NaN;
      expect(points).toBeGreaterThanOrEqual(0);
      expect(points).toBeLessThanOrEqual(11_000);
      const { lines } = await explainScore(t, office, { month: of, subject: { kind, code }, lang: 'en' });
      const sum = lines.reduce((all, line) => all + (parseHundredths(line.points) ?? Number.NaN), 0);
      expect({ code, sum }).toEqual({ code, sum: points });
      if (kind !== 'staff') continue;
      expect(await liveScore(t, office, { month: of, staffNo: code, lang: 'en' })).toMatchObject({ total });
    }
    for (const { amount_fen: fen } of await paySheet(t, office, of, 'en')) {
      expect(Math.abs(fen)).toBeLessThanOrEqual(30_000);
    }
  });

  it('has nothing left of what was void or reversed, and is replayed without a difference', async () => {
    const { rows } = await t.db.owner.query<{ kind: string; left: number }>(
      `SELECT c.kind, sum(abs(c.points_centi + o.points_centi))::int AS left FROM ledger.entry c
       JOIN ledger.entry o ON o.entry_id = c.of_entry AND o.quantity = c.quantity
       WHERE c.kind IN ('void', 'reversal') GROUP BY c.kind ORDER BY c.kind`,
    );
    expect(rows).toEqual([
      { kind: 'reversal', left: 0 },
      { kind: 'void', left: 0 },
    ]);
    expect((await verifyBook(t, office)).differences).toEqual([]);
  });
});

describe('an entry at the instant of the sealing', () => {
  const late = (of: Month, id: string) => ({
    ...{ finding_id: id, occurred_on: `${of}-15`, subject_kind: 'staff', subject_code: 'S2' },
    ...{ rule: 'daily.late', quantity: '1', evidence: '核查', recorded_by: 'R', confirmed_by: 'C' },
  });
  const monthsOf = async (prefix: string) => {
    const { rows } = await t.db.owner.query<{ fact_id: string; month: string }>(
      `SELECT fact_id, to_char(month, 'YYYY-MM') AS month FROM ledger.entry
       WHERE starts_with(fact_id, $1) ORDER BY fact_id`,
      [prefix],
    );
    return rows;
  };

  it('stands in the statement that is sealed, or in a later month, and never in neither', async () => {
    const of = month('2026-01');
    const told = Array.from({ length: 6 }, (_, at) => late(of, `Z${at}`));
    const seal = sealMonth(t, office, of, { waiveNotice: '试运行月份，不公示' });
    const posted = told.map(async (row) => {
      await loadAll(t, 'findings', [row]);
      await postMonth(t, CITY, of);
    });
    await Promise.all([seal, ...posted]);
    const found = await monthsOf('Z');
    expect(found.map(({ fact_id }) => fact_id)).toEqual(told.map(({ finding_id }) => finding_id));
    for (const { month: where } of found) expect(['2026-01', '2026-02']).toContain(where);
    const { months, differences } = await verifyBook(t, office);
    expect(differences).toEqual([]);
    expect(months.find((one) => one.month === of)).toMatchObject({ state: 'sealed', since_close: 0 });
  });

  it('waits for a sealing that is under way, and then goes where it may', async () => {
    const of = month('2026-08');
    await loadAll(t, 'findings', [late(of, 'Y1')]);
    await inTx(t.db, async (tx) => holdPeriod(tx, CITY, of, { by: 'office', now: t.clock.now() }));
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const sealing = inTx(t.db, async (tx) => {
      const change = { by: 'office', now: t.clock.now() };
      await holdPeriod(tx, CITY, of, change);
      held.resolve();
      await gate.promise;
      await seal(tx, CITY, of, { ...change, units: [], subjects: null, lastBatch: '0' });
    });
    await held.promise;
    const posting = postMonth(t, CITY, of);
    const waits = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await t.db.owner.query(waits)).rowCount === 0) expect(await monthsOf('Y')).toEqual([]);
    gate.resolve();
    await Promise.all([sealing, posting]);
    expect(await monthsOf('Y')).toEqual([{ fact_id: 'Y1', month: '2026-09' }]);
  });
});
