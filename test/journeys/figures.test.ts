import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureJob } from '../../src/feedback/rating/figure-jobs.ts';
import { figureReader, stats, statsByMonth } from '../../src/feedback/rating/index.ts';
import { firstDay, lastDay, month } from '../../src/kernel/month.ts';
import { openApp, tokenOf } from '../support/app.ts';
import {
  APPROVAL,
  COMPANY_ITEM,
  csvOf,
  FOOD_ITEM,
  PASSPORT_ITEM,
  POLICE,
  recordForm,
} from '../support/hall.ts';
import { CITY } from '../support/office.ts';

const app = await openApp();
const { t } = app;

const DAYS = ['2026-01-05', '2026-01-31', '2026-02-01', '2026-02-17', '2026-03-09', '2026-03-10'];
const PLACES = [
  { areaCode: '370800000000', deptCode: APPROVAL, windowCode: 'T01', taskCode: COMPANY_ITEM },
  { areaCode: '370800000000', deptCode: APPROVAL, windowCode: 'T02', taskCode: FOOD_ITEM },
  { areaCode: '370811000000', deptCode: POLICE, windowCode: 'P01', taskCode: PASSPORT_ITEM },
  { areaCode: '370811000000', deptCode: POLICE, windowCode: null, taskCode: PASSPORT_ITEM },
];
const kept: { projectNo: string; token: string; day: string }[] = [];
let made = 0;
const people = { one: await app.person('assessment_office'), other: await app.person('assessment_office') };

async function handIn(day: string, place: number): Promise<void> {
  made += 1;
  const projectNo = `FIG-${made}`;
  const [link] = await app.handIn([
    recordForm({ projectNo, serviceTime: `${day} 09:00:00`, staffNo: null, ...PLACES[place % 4] }),
  ]);
  if (link?.outcome === 'created') kept.push({ projectNo, token: tokenOf(link), day });
}

async function rate(which: number, satisfaction: number): Promise<void> {
  const one = kept[which % kept.length];
  if (!one) return;
  const evalDetail = satisfaction < 3 ? [satisfaction === 1 ? '115' : '212'] : [];
  await app.api('POST', '/ratings', { token: one.token, satisfaction, evalDetail }, null);
}

/** A paper form or a verdict by file; what can't be is refused and changes nothing. */
async function importOne(which: number, satisfaction: number, verdict: string): Promise<void> {
  const one = kept[which % kept.length];
  if (!one) return;
  const line = {
    ...{ projectNo: one.projectNo, serviceNumber: 1, pf: 5, satisfaction },
    evalDetail: satisfaction < 3 ? (satisfaction === 1 ? '115' : '212') : '',
    ...{ assessTime: `${one.day} 10:00:00`, verdict },
    ...(verdict ? { verified_by: '王', approved_by: '李' } : { verified_by: '', approved_by: '' }),
  };
  await app.load('ratings', csvOf([line])).catch(() => undefined);
}

async function correct(which: number): Promise<void> {
  const one = kept[which % kept.length];
  if (!one) return;
  const record = await app.api('GET', `/service-records/${one.projectNo}/1`);
  const stepId = record.json().stepId;
  const value = record.json().windowCode === 'T02' ? 'T01' : 'T02';
  const { one: proposer, other: decider } = people;
  const reason = '窗口登记有误';
  const made = await proposer.page.post(`/service-records/${stepId}/corrections`, {
    field: 'window',
    value,
    reason,
  });
  if (made.statusCode > 201) throw new Error(made.body);
  const done = await decider.page.post(`/corrections/${made.json().id}/decision`, {
    decision: 'approve',
  });
  if (done.statusCode !== 200) throw new Error(done.body);
}

const byCode = (one: { code: string }, other: { code: string }): number => (one.code < other.code ? -1 : 1);

/** The same figures by the shortest way from the rows; the product's own way is not asked. */
async function counted(code: string, from: string, to: string): Promise<unknown[]> {
  const { rows } = await t.db.owner.query(
    `SELECT coalesce(code::text, '') AS code, count(*)::int AS ratable,
       count(*) FILTER (WHERE level IS NOT NULL AND NOT gone)::int AS rated,
       count(*) FILTER (WHERE level >= 3 AND NOT gone)::int AS good,
       count(*) FILTER (WHERE level <= 2 AND NOT gone)::int AS bad,
       count(*) FILTER (WHERE level IS NOT NULL AND gone)::int AS excluded
     FROM (SELECT ${code} AS code, (SELECT satisfaction FROM feedback.rating r
         WHERE r.step_id = s.step_id) AS level,
         EXISTS (SELECT FROM feedback.rating_verdict v WHERE v.step_id = s.step_id
           AND v.verdict IN ('mistaken', 'malicious')) AS gone
       FROM intake.case_step s WHERE (service_time AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $1 AND $2) x
     GROUP BY 1 ORDER BY 1`,
    [from, to],
  );
  return rows.sort(byCode);
}

const CODES = {
  city: `'370800000000'`,
  county: `left(area_code, 6) || '000000'`,
  department: 'dept_code',
  window: 'window_code',
  item: 'task_code',
  channel: '(SELECT channel FROM feedback.rating r WHERE r.step_id = s.step_id)',
} as const;

/** One that keeps what it read, all through. */
const reader = figureReader(t.db.read, CITY);

async function compare(from: string, to: string): Promise<void> {
  const months = (['2026-01', '2026-02', '2026-03'] as const).map(month);
  const [kept, asked] = [await reader.byMonth(months), await statsByMonth(t.db.read, CITY, months)];
  for (const one of months) {
    const [line] = await stats(t.db.read, CITY, { from: firstDay(one), to: lastDay(one), by: 'city' });
    expect(kept.get(one), `kept ${one}`).toEqual(line);
    expect({ ...asked.get(one), name: line?.name ?? '' }, one).toEqual({ name: '', ...line });
  }
  const all = await reader.lines({ from, to, by: Object.keys(CODES) as (keyof typeof CODES)[] });
  for (const [by, code] of Object.entries(CODES)) {
    const lines = await stats(t.db.read, CITY, { from, to, by: by as keyof typeof CODES });
    expect(all.filter((line) => line.by === by).sort(byCode), `kept ${by}`).toEqual(lines.sort(byCode));
    const told = lines
      .map(({ code, ratable, rated, good, bad, excluded }) => ({ code, ratable, rated, good, bad, excluded }))
      .sort(byCode);
    expect(told, `${by} ${from} ${to}`).toEqual(await counted(code, from, to));
  }
}

type Step = () => Promise<unknown>;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...DAYS), fc.nat(3)).map(
      ([day, at]) =>
        () =>
          handIn(day, at),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5 })).map(
      ([at, level]) =>
        () =>
          rate(at, level),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat(), fc.integer({ min: 1, max: 5 }), fc.constantFrom('', 'upheld', 'mistaken', 'malicious'))
      .map(
        ([at, level, verdict]) =>
          () =>
            importOne(at, level, verdict),
      ),
  },
  { weight: 1, arbitrary: fc.nat().map((at) => () => correct(at)) },
  { weight: 2, arbitrary: fc.constant(() => app.settle()) },
  { weight: 2, arbitrary: fc.constant(() => figureJob.work(t, {})) },
  { weight: 1, arbitrary: fc.constant(() => app.settle().then(() => figureJob.work(t, {}))) },
);

describe('the public figures', () => {
  it('are those of the rows at every moment, however far they are rolled up', {
    timeout: 120_000,
  }, async () => {
    const ranges = [
      ['2026-01-01', '2026-03-31'],
      ['2026-01-31', '2026-02-28'],
      ['2026-03-10', '2026-03-10'],
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 16 }), async (steps) => {
        for (const one of steps) {
          await one();
          const [from, to] = ranges[made % 3] ?? ranges[0];
          await compare(from, to);
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('are all rolled up once the queue is worked off, finished months as wholes', async () => {
    await handIn('2026-01-05', 0);
    await app.settle();
    await figureJob.work(t, {});
    const { rows } = await t.db.owner.query(
      `SELECT span, starts_on, dirty FROM feedback.figure_state WHERE span = 'month' OR dirty ORDER BY 1, 2`,
    );
    expect(rows).toEqual(
      [
        { span: 'month', starts_on: '2026-01-01', dirty: false },
        { span: 'month', starts_on: '2026-02-01', dirty: false },
        { span: 'month', starts_on: '2026-03-01', dirty: true },
      ].filter((row) => rows.some((one) => one.starts_on === row.starts_on)),
    );
    await t.db.owner.query(`UPDATE feedback.figure SET ratable = ratable + 1000 WHERE span = 'month'`);
    const [line] = await stats(t.db.read, CITY, { from: '2026-01-01', to: '2026-01-31', by: 'city' });
    expect(line?.ratable).toBeGreaterThan(1000);
  });
});
