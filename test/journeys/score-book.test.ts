import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth } from '../../src/close/month/index.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { eraseBodiesDue } from '../../src/feedback/complaint/jobs.ts';
import { month } from '../../src/kernel/month.ts';
import { postMonth } from '../../src/ledger/entry/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { ensurePartitions } from '../../src/platform/migrate.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, load, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-07-10T10:00:00+08:00') });
const office = cliActor(CITY);

interface Entry {
  kind: string;
  month: string;
  subject: string;
  points: number;
}

async function entriesOf(prefix: string): Promise<Entry[]> {
  const { rows } = await t.db.owner.query<Entry>(
    `SELECT kind, to_char(month, 'YYYY-MM') AS month, subject_kind || '/' || subject_code AS subject,
            points_centi AS points
     FROM ledger.entry WHERE city_code = $1 AND project_no LIKE $2
     ORDER BY recorded_at, kind, turn, subject_code`,
    [CITY, `${prefix}%`],
  );
  return rows;
}

async function scoreOf(code: string, of: string, subject: 'staff' | 'window' | 'department' = 'staff') {
  await closeMonth(t, office, month(of));
  const scores = await allScores(t, office, { month: of, subject });
  return scores.find((score) => score.subject_code === code);
}

async function decide(project: string, verdict: string, on = '2026-07-10'): Promise<void> {
  await t.db.owner.query(
    `INSERT INTO feedback.rating_verdict (city_code, step_id, assess_number, service_month, verdict,
       verified_by, approved_by, decided_on, source, recorded_at)
     SELECT city_code, step_id, 1, service_month, $3, 'V1', 'V2', $4, 'desk', $5 FROM intake.case_step
     WHERE city_code = $1 AND project_no = $2
     ON CONFLICT (city_code, step_id, assess_number) DO UPDATE SET verdict = excluded.verdict,
       approved_by = excluded.approved_by`,
    [CITY, project, verdict, on, t.clock.now()],
  );
}

async function seal(of: string): Promise<void> {
  t.clock.advance(60_000);
  await t.db.owner.query(
    `UPDATE ledger.period SET state = 'sealed', sealed_at = $3,
       sealed_batch = nextval('feedback.rating_batch') WHERE city_code = $1 AND month = $2`,
    [CITY, `${of}-01`, t.clock.now()],
  );
}

beforeAll(() => openHall(t));

describe('a bad rating', () => {
  it('waits for its verdict, then is posted; the rest of the score sees it at once', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-02-10', count: 3, prefix: 'A' };
    await serve(t, { ...served, ratings: [{ satisfaction: 1, tags: '115' }] });
    expect(await scoreOf('S1', '2026-02')).toMatchObject({
      indicators: { rating: '20.00' },
      counts: { ratable: 3, rated: 1, good: 0, bad: 1 },
      flags: expect.arrayContaining(['pending', 'small_sample']),
    });
    const subject = { kind: 'staff', code: 'S1' } as const;
    const waiting = await explainScore(t, office, { month: '2026-02', subject, lang: 'en' });
    const text = expect.stringMatching(/awaits its verdict/);
    expect(waiting.pending).toMatchObject([{ points: '-4.00', text }]);
    await decide('A-0001', 'upheld');
    expect(await scoreOf('S1', '2026-02')).toMatchObject({ indicators: { rating: '16.00' } });
    expect((await entriesOf('A-')).map(({ kind, points }) => [kind, points])).toEqual([
      ['pending', -400],
      ['post', -400],
    ]);
  });

  it('found mistaken is void and leaves rated, good and bad; its service stays ratable', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-03-10', count: 2, prefix: 'B' };
    await serve(t, { ...served, ratings: [{ satisfaction: 2, tags: '214', verdict: 'mistaken' }] });
    expect(await scoreOf('S1', '2026-03')).toMatchObject({
      indicators: { rating: '20.00' },
      counts: { ratable: 2, rated: 0, good: 0, bad: 0 },
    });
    expect((await entriesOf('B-')).map(({ kind, points }) => [kind, points])).toEqual([
      ['pending', -200],
      ['void', 200],
    ]);
  });

  it('posted and then found malicious is reversed', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-03-11', count: 1, prefix: 'C' };
    await serve(t, { ...served, ratings: [{ satisfaction: 2, tags: '214', verdict: 'upheld' }] });
    expect(await scoreOf('S1', '2026-03')).toMatchObject({ indicators: { rating: '18.00' } });
    await decide('C-0001', 'malicious');
    expect(await scoreOf('S1', '2026-03')).toMatchObject({ indicators: { rating: '20.00' } });
    expect((await entriesOf('C-')).map(({ kind }) => kind)).toEqual(['pending', 'post', 'reversal']);
  });

  it('charges by its tags: the clerk, the window, by a verifier the department', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-04-10', count: 4 };
    const upheld = { satisfaction: 2, verdict: 'upheld' };
    await serve(t, {
      ...served,
      prefix: 'D',
      ratings: [
        { ...upheld, tags: '212,213' },
        { ...upheld, tags: '209' },
        { ...upheld },
        { ...upheld, attribution: 'department' },
      ],
    });
    await closeMonth(t, office, month('2026-04'));
    const posted = (await entriesOf('D-'))
      .filter(({ kind }) => kind === 'post')
      .map(({ subject }) => subject);
    expect(posted.sort()).toEqual([`department/${DEPARTMENT}`, 'staff/S1', 'window/W1', 'window/W1']);
  });

  it('is charged anew when a correction names another clerk', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-04-11', count: 1, prefix: 'E' };
    await serve(t, { ...served, ratings: [{ satisfaction: 2, tags: '214', verdict: 'upheld' }] });
    await postMonth(t, CITY, month('2026-04'));
    const correct = (staff: string) =>
      t.db.owner.query('UPDATE intake.case_step SET staff_no = $2 WHERE city_code = $1 AND project_no = $3', [
        CITY,
        staff,
        'E-0001',
      ]);
    await correct('S2');
    expect(await postMonth(t, CITY, month('2026-04'))).toBe(3);
    await correct('S1');
    expect(await postMonth(t, CITY, month('2026-04'))).toBe(3);
    expect(await postMonth(t, CITY, month('2026-04'))).toBe(0);
    const sums = new Map<string, number>();
    for (const { kind, subject, points } of await entriesOf('E-')) {
      const counts = kind === 'post' || kind === 'reversal' ? points : 0;
      sums.set(subject, (sums.get(subject) ?? 0) + counts);
    }
    expect([...sums]).toEqual([
      ['staff/S1', -200],
      ['staff/S2', 0],
    ]);
  });

  it('and a complaint of the same case are one deduction, the heaviest', async () => {
    const served = { staff: 'S2', window: 'W2', day: '2026-04-12', count: 1, prefix: 'F' };
    await serve(t, { ...served, ratings: [{ satisfaction: 1, tags: '115', verdict: 'upheld' }] });
    await loadAll(t, 'complaints', [
      {
        complaint_id: 'C1',
        received_at: '2026-04-15 09:00:00',
        channel: '12345',
        subject_kind: 'staff',
        subject_code: 'S2',
        projectNo: 'F-0001',
        text: '态度差',
        outcome: 'at_fault',
        confirmed_by: 'D2',
      },
    ]);
    expect(await scoreOf('S2', '2026-04')).toMatchObject({
      indicators: { rating: '20.00', complaint: '5.00' },
    });
  });
});

describe('a sealed month', () => {
  const finding = {
    finding_id: 'L1',
    occurred_on: '2026-01-20',
    subject_kind: 'staff',
    subject_code: 'S1',
    rule: 'daily.late',
    quantity: '1',
    projectNo: 'L-1',
    evidence: '门禁记录',
    recorded_by: 'D1',
    confirmed_by: 'D2',
  };

  it('takes nothing: a late fact counts in the earliest later open month, with its true day', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-01-15', count: 2, prefix: 'G' };
    await serve(t, { ...served, ratings: [{ satisfaction: 2, tags: '214' }] });
    await closeMonth(t, office, month('2026-01'));
    await seal('2026-01');
    await seal('2026-02');
    await expect(closeMonth(t, office, month('2026-01'))).rejects.toMatchObject({ code: 'month.sealed' });
    await loadAll(t, 'findings', [finding]);
    await closeMonth(t, office, month('2026-05'));
    expect(await entriesOf('L-')).toEqual([
      { kind: 'plain', month: '2026-03', subject: 'staff/S1', points: -100 },
    ]);
    expect(await scoreOf('S1', '2026-03')).toMatchObject({ indicators: { daily: '24.00' } });
  });

  it('leaves a deduction open at sealing to the month of its verdict', async () => {
    await decide('G-0001', 'upheld', '2026-06-02');
    await closeMonth(t, office, month('2026-06'));
    expect((await entriesOf('G-')).map(({ kind, month: of }) => [kind, of])).toEqual([
      ['pending', '2026-01'],
      ['post', '2026-06'],
    ]);
  });

  it('lets a late rating join the good rate of a later month', async () => {
    t.clock.advance(60_000);
    const rating = { projectNo: 'G-0002', serviceNumber: '1', pf: '91', satisfaction: '5' };
    await loadAll(t, 'ratings', [{ ...rating, assessTime: '2026-01-16 10:00:00' }]);
    expect(await scoreOf('S1', '2026-03')).toMatchObject({
      counts: { ratable: 3, rated: 1, good: 1, bad: 0 },
    });
  });
});

describe('the book', () => {
  it('takes a finding once its second person is named, and never with other content', async () => {
    const row = {
      finding_id: 'N1',
      occurred_on: '2026-06-13',
      subject_kind: 'staff',
      subject_code: 'S1',
      rule: 'daily.uncivil',
      quantity: '1',
      evidence: '照片 12 号',
      recorded_by: 'D1',
    };
    expect(await load(t, 'findings', [row])).toMatchObject({ created: 1 });
    expect(await scoreOf('S1', '2026-06')).toMatchObject({ indicators: { daily: '25.00' } });
    expect(await load(t, 'findings', [row])).toMatchObject({ unchanged: 1, created: 0, updated: 0 });
    expect(await load(t, 'findings', [{ ...row, quantity: '2' }])).toMatchObject({
      outcome: 'refused',
      problems: [{ code: 'finding.differs', column: 'finding_id' }],
    });
    expect(await load(t, 'findings', [{ ...row, confirmed_by: 'D2' }])).toMatchObject({ updated: 1 });
    expect(await scoreOf('S1', '2026-06')).toMatchObject({ indicators: { daily: '23.00' } });
    expect((await closeMonth(t, office, month('2026-06'))).entries_posted).toBe(0);
  });

  it('refuses scores of a month that was never closed, has not begun or is none', async () => {
    const scores = (of: string) => allScores(t, office, { month: of, subject: 'staff' });
    await expect(scores('2025-12')).rejects.toMatchObject({ code: 'month.not_closed' });
    await expect(scores('2026-13')).rejects.toMatchObject({ code: 'month.malformed' });
    await expect(closeMonth(t, office, month('2026-08'))).rejects.toMatchObject({ code: 'month.in_future' });
    await expect(closeMonth(t, office, month('2021-12'))).rejects.toMatchObject({
      code: 'scheme.none_in_force',
    });
  });

  it.each(['UPDATE ledger.entry SET points_centi = 0', 'DELETE FROM ledger.entry'])(
    'refuses %s by the application',
    async (statement) => {
      await expect(t.db.appPool.query(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('gives two closes at the same time one book and one set of statements', async () => {
    const served = { staff: 'S1', window: 'W1', day: '2026-05-20', count: 8, prefix: 'H' };
    const bad = { satisfaction: 2, tags: '214', verdict: 'upheld' };
    await serve(t, { ...served, ratings: [bad, bad, bad, bad, bad, bad, bad, bad] });
    await Promise.all([1, 2, 3].map(() => closeMonth(t, office, month('2026-05'))));
    expect((await entriesOf('H-')).length).toBe(16);
    // 20 − 5 × 2 − 3 × 4, since the sixth and later count double, is below 0.
    expect(await scoreOf('S1', '2026-05')).toMatchObject({ indicators: { rating: '0.00' } });
  });
});

describe('imports refuse', () => {
  const finding = {
    finding_id: randomUUID(),
    occurred_on: '2026-05-06',
    subject_kind: 'staff',
    subject_code: 'S1',
    rule: 'daily.late',
    quantity: '1',
    evidence: '照片',
    recorded_by: 'D1',
    confirmed_by: 'D2',
  };
  it.each([
    [{ occurred_on: '2026-02-30' }, 'occurred_on', 'finding.day'],
    [{ occurred_on: '2026-08-01' }, 'occurred_on', 'finding.in_future'],
    [{ subject_code: 'S9' }, 'subject_code', 'finding.unknown_subject'],
    [{ subject_kind: 'window' }, 'subject_code', 'finding.unknown_subject'],
    [{ subject_kind: 'hall' }, 'subject_kind', 'field.wrong_value'],
    [{ rule: 'daily.sleeping' }, 'rule', 'finding.unknown_rule'],
    [{ quantity: '0' }, 'quantity', 'finding.quantity'],
    [{ quantity: '1.5' }, 'quantity', 'finding.quantity'],
    [{ quantity: '-1' }, 'quantity', 'finding.quantity'],
    [{ evidence: '' }, 'evidence', 'field.required'],
    [{ confirmed_by: 'D1' }, 'confirmed_by', 'finding.same_person'],
    [{ confirmed_by: 'S1' }, 'confirmed_by', 'finding.own_finding'],
    [{ recorded_by: 'S1' }, 'recorded_by', 'finding.own_finding'],
  ])('a finding with %o', async (change, column, code) => {
    const report = await load(t, 'findings', [{ ...finding, ...change }]);
    expect(report).toMatchObject({ outcome: 'refused', created: 0, problems: [{ line: 2, column, code }] });
  });

  const merit = {
    merit_id: 'M9',
    occurred_on: '2026-05-06',
    staff_no: 'S1',
    rule: 'bonus.publicity',
    quantity: '1',
    evidence: '网站',
    confirmed_by: 'D2',
  };
  it.each([
    [{ staff_no: 'S9' }, 'staff_no', 'merit.unknown_staff'],
    [{ rule: 'daily.late' }, 'rule', 'merit.unknown_rule'],
    [{ occurred_on: 'gestern' }, 'occurred_on', 'merit.day'],
    [{ occurred_on: '2026-07-11' }, 'occurred_on', 'merit.in_future'],
    [{ quantity: '' }, 'quantity', 'field.required'],
    [{ quantity: 'x' }, 'quantity', 'merit.quantity'],
    [{ confirmed_by: 'S1' }, 'confirmed_by', 'merit.own_merit'],
  ])('a merit with %o', async (change, column, code) => {
    const report = await load(t, 'merits', [{ ...merit, ...change }]);
    expect(report).toMatchObject({ outcome: 'refused', problems: [{ line: 2, column, code }] });
  });

  const complaint = {
    complaint_id: 'C9',
    received_at: '2026-05-06 10:00:00',
    channel: 'phone',
    subject_kind: 'window',
    subject_code: 'W1',
    text: '排队太久',
    outcome: 'open',
  };
  it.each([
    [{ received_at: '5 May' }, 'received_at', 'field.moment'],
    [{ received_at: '2026-07-10 23:00:00' }, 'received_at', 'complaint.in_future'],
    [{ subject_code: 'W9' }, 'subject_code', 'complaint.unknown_subject'],
    [{ outcome: 'maybe' }, 'outcome', 'field.wrong_value'],
    [{ confirmed_by: 'D2' }, 'confirmed_by', 'complaint.open_confirmed'],
    [{ channel: 'pigeon' }, 'channel', 'field.wrong_value'],
    [{ projectNo: 'JN-NOWHERE' }, 'projectNo', 'complaint.unknown_case'],
  ])('a complaint with %o', async (change, column, code) => {
    const report = await load(t, 'complaints', [{ ...complaint, ...change }]);
    expect(report).toMatchObject({ outcome: 'refused', problems: [{ line: 2, column, code }] });
  });

  it('name everything that is wrong with a row, and what may be filled in', async () => {
    const wrong = { ...complaint, subject_code: 'W9', projectNo: 'JN-NOWHERE', received_at: '2026-08-01' };
    const report = await load(t, 'complaints', [
      wrong,
      { ...complaint, channel: 'pigeon', confirmed_by: 'D2' },
    ]);
    expect(report.problems.map(({ line, column, params }) => [line, column, params?.values])).toEqual([
      [2, 'received_at', undefined],
      [2, 'subject_code', undefined],
      [2, 'projectNo', undefined],
      [3, 'channel', '12345, phone, letter, box, web, desk'],
      [3, 'confirmed_by', undefined],
    ]);
  });

  it('take a channel as halls write it', async () => {
    const named = { ...complaint, complaint_id: 'C8', channel: '12345热线' };
    expect(await load(t, 'complaints', [named])).toMatchObject({ created: 1 });
    expect(await load(t, 'complaints', [{ ...named, channel: '12345' }])).toMatchObject({ unchanged: 1 });
  });

  it('meet a complaint whose text has been erased as the same one', async () => {
    const decided = { ...complaint, complaint_id: 'C7', outcome: 'not_at_fault', confirmed_by: 'D2' };
    expect(await load(t, 'complaints', [decided])).toMatchObject({ created: 1 });
    const now = t.clock.now();
    t.clock.set(new Date('2028-06-01T03:00:00+08:00'));
    await ensurePartitions(t.db.owner, t.clock.now());
    expect(await eraseBodiesDue(t, '370800')).toBeGreaterThan(0);
    t.clock.set(now);
    const { rows } = await t.db.owner.query("SELECT body FROM feedback.complaint WHERE complaint_id = 'C7'");
    expect(rows).toEqual([{ body: '' }]);
    expect(await load(t, 'complaints', [decided])).toMatchObject({ unchanged: 1 });
  });

  it('take a complaint first open, then with its outcome, then never otherwise', async () => {
    expect(await load(t, 'complaints', [complaint])).toMatchObject({ created: 1 });
    const decided = { ...complaint, outcome: 'at_fault', confirmed_by: 'D2' };
    expect(await load(t, 'complaints', [decided])).toMatchObject({ updated: 1 });
    expect(await load(t, 'complaints', [decided])).toMatchObject({ unchanged: 1 });
    expect(await load(t, 'complaints', [complaint])).toMatchObject({ unchanged: 1 });
    expect(await load(t, 'complaints', [{ ...decided, outcome: 'not_at_fault' }])).toMatchObject({
      problems: [{ code: 'complaint.differs' }],
    });
    expect(await load(t, 'merits', [merit])).toMatchObject({ created: 1 });
    expect(await load(t, 'merits', [{ ...merit, evidence: '报纸' }])).toMatchObject({
      problems: [{ code: 'merit.differs' }],
    });
  });
});
