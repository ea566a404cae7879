import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, verifyBook } from '../../src/close/month/index.ts';
import { month } from '../../src/kernel/month.ts';
import { postMonth } from '../../src/ledger/entry/index.ts';
import { holdPeriod } from '../../src/ledger/period/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { inTx } from '../../src/platform/db.ts';
import { testDb } from '../support/db.ts';
import { CITY, load, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-07-10T10:00:00+08:00') });
const office = cliActor(CITY);

async function planted(text: string, values: readonly unknown[] = []): Promise<string[]> {
  const client = await t.db.owner.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(text, [...values]);
  } finally {
    client.release(true);
  }
  const { ok, differences } = await verifyBook(t, office);
  expect(ok).toBe(differences.length === 0);
  return differences.map(({ code, subject_code }) => `${code} ${subject_code}`);
}

beforeAll(async () => {
  await openHall(t);
  const served = { window: 'W1', day: '2026-02-10' };
  await serve(t, {
    ...{ ...served, staff: 'S1', count: 8, prefix: 'A' },
    ratings: [
      { satisfaction: 1, tags: '115', verdict: 'upheld' },
      { satisfaction: 2, tags: '213' },
      { satisfaction: 2, tags: '214', verdict: 'mistaken' },
      ...Array.from({ length: 4 }, () => ({ satisfaction: 5, tags: '510' })),
    ],
  });
  const finding = {
    ...{ occurred_on: '2026-02-11', quantity: '1', evidence: '监控', recorded_by: 'R', confirmed_by: 'C' },
  };
  const late = { ...finding, subject_kind: 'staff', subject_code: 'S1', rule: 'daily.late', quantity: '7' };
  await loadAll(t, 'findings', [
    { ...late, finding_id: 'F1' },
    {
      ...finding,
      finding_id: 'F2',
      subject_kind: 'window',
      subject_code: 'W2',
      rule: 'daily.window_unmanned',
    },
    { ...late, finding_id: 'F3', rule: 'case.over_promise', quantity: '1', projectNo: 'A-0001' },
  ]);
  await loadAll(t, 'merits', [
    {
      merit_id: 'M1',
      occurred_on: '2026-02-12',
      staff_no: 'S2',
      rule: 'bonus.public_praise',
      quantity: '9',
      evidence: '表扬信',
      confirmed_by: 'C',
    },
  ]);
  t.clock.advance(60_000);
  await closeMonth(t, office, month('2026-02'));
  t.clock.advance(60_000);
});

describe('ledger verify', () => {
  it('finds nothing in a book that nobody touched, and shows the same points three ways', async () => {
    const { ok, months, differences } = await verifyBook(t, office);
    expect(differences).toEqual([]);
    expect(ok).toBe(true);
    expect(months).toMatchObject([
      { month: '2026-02', state: 'provisional', not_assessed: 0, since_close: 0 },
    ]);
    const { by_subject_centi: points, ...others } = months[0]?.totals ?? {};
    expect(Object.values(others)).toEqual([points, points]);
  });

  it('does not miss what came after the close', async () => {
    await load(t, 'findings', [
      {
        finding_id: 'F9',
        occurred_on: '2026-02-20',
        subject_kind: 'staff',
        subject_code: 'S2',
        rule: 'daily.dress',
        quantity: '1',
        evidence: '照片',
        recorded_by: 'R',
        confirmed_by: 'C',
      },
    ]);
    expect(await planted('SELECT 1')).toEqual([]);
    t.clock.advance(60_000);
    await closeMonth(t, office, month('2026-02'));
    expect(await planted('SELECT 1')).toEqual([]);
  });

  it.each([
    [
      'points of an entry',
      `UPDATE ledger.entry SET points_centi = -1 WHERE fact_id = 'F2'`,
      `UPDATE ledger.entry SET points_centi = -200 WHERE fact_id = 'F2'`,
      ['book.value W2', 'statement.line W2', 'totals.part daily'],
    ],
    [
      'subject of an entry',
      `UPDATE ledger.entry SET subject_code = 'S2' WHERE fact_id = 'F3'`,
      `UPDATE ledger.entry SET subject_code = 'S1' WHERE fact_id = 'F3'`,
      ['book.fact S2', 'statement.entry_missing S2', 'statement.entry_unknown S1'],
    ],
    [
      'a clause',
      `UPDATE ledger.entry SET explanation = jsonb_set(explanation, '{source}', '"?"') WHERE fact_id = 'F2'`,
      null,
      ['book.value W2'],
    ],
    [
      'a total',
      `UPDATE close.statement SET total_centi = total_centi + 500 WHERE subject_code = 'S2'`,
      `UPDATE close.statement SET total_centi = total_centi - 500 WHERE subject_code = 'S2'`,
      ['statement.sum S2'],
    ],
    [
      'a derived line with its sums',
      `UPDATE close.statement SET lines = jsonb_set(lines::jsonb, '{3,points}',
        to_jsonb((lines #>> '{3,points}')::int + 5)), total_centi = total_centi + 5,
        base_centi = base_centi + 5
        WHERE subject_code = 'S2'`,
      null,
      ['statement.line S2'],
    ],
    [
      'a fact',
      `UPDATE conduct.finding SET quantity = 2 WHERE finding_id = 'F1'`,
      `UPDATE conduct.finding SET quantity = 7 WHERE finding_id = 'F1'`,
      ['book.fact S1'],
    ],
    ['a lost entry', `DELETE FROM ledger.entry WHERE fact_id = 'F2'`, null, ['book.missing W2']],
    [
      'a lost post',
      `DELETE FROM ledger.entry WHERE kind = 'post'`,
      null,
      ['statement.entry_unknown S1', 'totals.part rating'],
    ],
    [
      'an invented entry',
      `INSERT INTO ledger.entry SELECT city_code, gen_random_uuid(), kind, chain_id, of_entry, turn,
        reason, month, subject_kind, subject_code, part, rule, points_centi, quantity,
        occurred_on, fact_kind, 'F0',
        project_no, veto, scheme_hash, explanation, recorded_by, confirmed_by, recorded_at
        FROM ledger.entry WHERE fact_id = 'F1'`,
      null,
      ['book.id S1', 'book.no_fact S1'],
    ],
  ])('names %s that somebody changed', async (_what, change, undo, named) => {
    expect(await planted(change)).toEqual(expect.arrayContaining(named));
    if (undo !== null) expect(await planted(undo)).not.toContain(named[0]);
  });
});

it('a posting that waited for a close comes after it, and is not missed in its statements', async () => {
  const march = month('2026-03');
  const finding = { finding_id: 'F-MARCH', occurred_on: '2026-03-05', quantity: '1', evidence: '监控' };
  const charged = { subject_kind: 'staff', subject_code: 'S1', rule: 'daily.late' };
  await loadAll(t, 'findings', [{ ...finding, ...charged, recorded_by: 'R', confirmed_by: 'C' }]);
  const begun = { by: 'close', now: t.clock.now() };
  const { posting, closed } = await inTx(t.db, async (tx) => {
    await holdPeriod(tx, CITY, march, begun);
    const waiting = { posting: postMonth(t, CITY, march) };
    t.clock.advance(60_000);
    return { ...waiting, closed: t.clock.now() };
  });
  expect(await posting).toBe(1);
  const { rows } = await t.db.owner.query(
    "SELECT recorded_at FROM ledger.entry WHERE city_code = $1 AND fact_id = 'F-MARCH'",
    [CITY],
  );
  expect(rows).toEqual([{ recorded_at: closed }]);
});
