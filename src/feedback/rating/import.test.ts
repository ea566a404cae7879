import { beforeAll, describe, expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { type SeededStep, seedStep } from '../../../test/support/rating-hall.ts';
import { cityCode } from '../../kernel/ids.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { officeNetworks, systemActor } from '../../oversight/access/index.ts';
import { type ImportRecord, type ImportReport, runImport } from '../../platform/imports.ts';
import { ratingDesk } from './actions.ts';
import { stats } from './figure-actions.ts';
import { ratingImport } from './import-actions.ts';
import { ratingBy, ratings } from './list-actions.ts';
import type { Level } from './rating.ts';

const CITY = cityCode('370800');
const t = await testDb();
let good: SeededStep;
let bad: SeededStep;
beforeAll(async () => {
  good = await seedStep(t);
  bad = await seedStep(t, { staffNo: 'S002', hasMobile: true });
});

function run(records: readonly ImportRecord[], scope?: { departmentCode: string }): Promise<ImportReport> {
  const options = { by: 'cli', audit: async () => undefined, ...(scope ? { scope } : {}) };
  return runImport(t, ratingImport, records, options);
}

function line(step: SeededStep, extra: ImportRecord = {}): ImportRecord {
  return {
    projectNo: step.projectNo,
    serviceNumber: '1',
    pf: '5',
    satisfaction: '5',
    assessTime: '2026-03-11 09:30:00',
    ...extra,
  };
}

async function rateByLink(step: SeededStep, given: { satisfaction: Level; tags: number[] }): Promise<void> {
  await ratingDesk(t, officeNetworks(t)).submit({
    token: step.token,
    ...given,
    text: '',
    process: null,
    efficiency: null,
    attitude: null,
    anonymous: false,
    clientId: null,
    deviceAt: null,
    channel: null,
    source: 'citizen',
    shownAt: null,
    deviceMark: null,
    address: null,
    admitted: true,
  });
}

const badLine = (extra: ImportRecord = {}): ImportRecord =>
  line(bad, { satisfaction: '1', evalDetail: '115', writingEvaluation: '态度差', attitude: '1', ...extra });

describe('import of ratings', () => {
  it('keeps the time of the paper, marks the source, and changes nothing when repeated', async () => {
    const lines = [line(good, { evalDetail: '510,517', pf: '91' }), badLine()];
    expect(await run(lines)).toMatchObject({ outcome: 'loaded', created: 2, updated: 0, unchanged: 0 });
    expect(await run(lines)).toMatchObject({ outcome: 'loaded', created: 0, updated: 0, unchanged: 2 });
    const { rows } = await t.db.owner.query('SELECT * FROM feedback.rating ORDER BY satisfaction');
    expect(rows).toMatchObject([
      { satisfaction: 1, tags: [115], attitude: 1, channel: 5, source: 'import', real_name: true },
      { satisfaction: 5, tags: [510, 517], channel: 91, source: 'import', real_name: false },
    ]);
    expect(rows[0].assessed_at).toEqual(new Date('2026-03-11T09:30:00+08:00'));
    expect(rows[0].recorded_at).toEqual(t.clock.now());
  });

  it('fills a verdict in later, once, and counts what it excludes as excluded', async () => {
    const range = { from: '2026-03-11', to: '2026-03-11', by: 'city' } as const;
    expect(await stats(t.db.read, CITY, range)).toMatchObject([{ ratable: 2, rated: 2, good: 1, bad: 1 }]);
    const two = { verdict: 'malicious', verified_by: '王', approved_by: '李' };
    expect(await run([badLine(two)])).toMatchObject({ outcome: 'loaded', created: 0, updated: 1 });
    expect(await run([badLine(two)])).toMatchObject({ outcome: 'loaded', updated: 0, unchanged: 1 });
    expect(await run([badLine()])).toMatchObject({ outcome: 'loaded', updated: 0, unchanged: 1 });
    const other = await run([badLine({ verdict: 'upheld' })]);
    expect(other).toMatchObject({
      outcome: 'refused',
      problems: [{ line: 2, code: 'rating.verdict_stands' }],
    });
    const [figures] = await stats(t.db.read, CITY, range);
    expect(figures).toMatchObject({ ratable: 2, rated: 1, unrated: 0, good: 1, bad: 0, excluded: 1 });
    expect(figures?.active_good_rate).toEqual({ value: '1.0000', numerator: 1, denominator: 1 });
    expect(await stats(t.db.read, CITY, { ...range, by: 'channel' })).toMatchObject([
      { code: '5', ratable: 1, rated: 0, excluded: 1, active_rating_rate: { value: null } },
      { code: '91', name: '纸质评价表', ratable: 1, rated: 1 },
    ]);
  });

  it('brings a verdict to a rating that came through its link', async () => {
    const step = await seedStep(t);
    await rateByLink(step, { satisfaction: 2, tags: [212] });
    const upheld = { satisfaction: '2', evalDetail: '212', verdict: 'upheld', attribution: 'window' };
    expect(await run([line(step, upheld)])).toMatchObject({ outcome: 'loaded', created: 0, updated: 1 });
    const differs = await run([line(step, { satisfaction: '5' })]);
    expect(differs.problems).toMatchObject([{ code: 'rating.already_recorded' }]);
  });

  it('lets nobody decide on a rating of their own, nor decide twice whom it charges', async () => {
    const step = await seedStep(t, { staffNo: 'S002' });
    const own = { verdict: 'upheld', verified_by: 'S002' };
    expect((await run([line(step, own)])).problems).toMatchObject([
      { column: 'verified_by', code: 'rating.own_verdict' },
    ]);
    expect(await run([line(step, { attribution: 'window' })])).toMatchObject({ created: 1 });
    expect(await run([line(step, { attribution: 'window' })])).toMatchObject({ unchanged: 1 });
    const other = { column: 'attribution', code: 'rating.attribution_stands' };
    expect((await run([line(step, { attribution: 'staff' })])).problems).toMatchObject([other]);
    expect((await run([line(step, { attribution: 'staff', verdict: 'upheld' })])).problems).toMatchObject([
      other,
    ]);
    const upheld = line(step, { verdict: 'upheld', verified_by: '王' });
    expect(await run([upheld])).toMatchObject({ updated: 1 });
    expect(await run([upheld])).toMatchObject({ unchanged: 1 });
    const { rows } = await t.db.owner.query(
      'SELECT attribution, verdict FROM feedback.rating_verdict WHERE step_id = $1',
      [step.stepId],
    );
    expect(rows).toEqual([{ attribution: 'window', verdict: 'upheld' }]);
  });

  it.each([
    ['an unknown record', { projectNo: 'nowhere' }, 'projectNo', 'service_record.unknown'],
    ['a tag of another level', { evalDetail: '214' }, 'evalDetail', 'rating.tag_of_other_level'],
    ['a malformed tag', { evalDetail: '=cmd' }, 'evalDetail', 'rating.tag_malformed'],
    ['a bad level without a reason', { satisfaction: '1' }, 'evalDetail', 'rating.reason_missing'],
    ['level 7', { satisfaction: '7' }, 'satisfaction', 'field.too_large'],
    ['a channel of no list', { pf: '42' }, 'pf', 'rating.channel_unknown'],
    ['a day that is none', { assessTime: '2026-02-30 10:00:00' }, 'assessTime', 'field.moment'],
    ['the future', { assessTime: '2026-03-12 10:00:00' }, 'assessTime', 'rating.in_future'],
    [
      'a verdict of one person',
      { verdict: 'mistaken', verified_by: '王' },
      'approved_by',
      'rating.two_persons_needed',
    ],
    [
      'a verdict of one person twice',
      { verdict: 'mistaken', verified_by: '王', approved_by: '王' },
      'approved_by',
      'rating.same_person',
    ],
  ])('refuses %s by line and column', async (_, extra, column, code) => {
    const step = await seedStep(t);
    const report = await run([line(step, extra)]);
    expect(report).toMatchObject({ outcome: 'refused', created: 0, problems: [{ line: 2, column, code }] });
  });

  it('stays within the scope of whoever imports', async () => {
    const step = await seedStep(t);
    const report = await run([line(step)], { departmentCode: '11370800MB2855926Y' });
    expect(report).toMatchObject({ outcome: 'refused', problems: [{ code: 'import.out_of_scope' }] });
  });
});

describe('the list of ratings', () => {
  const office = systemActor(CITY, 'test');
  const clerk: Actor = {
    kind: 'user',
    id: 'u1',
    name: 'clerk',
    username: 'clerk',
    cityCode: CITY,
    roles: ['clerk'],
    permissions: new Set(['rating.read']),
    scope: { cityCode: CITY },
    staffNo: 'S002',
  };

  it('shows whoever is rated none of the own ratings, and a clerk no other ones', async () => {
    expect(await ratings(t, clerk, { limit: 50 })).toEqual([]);
    const rated: Actor = { ...clerk, roles: ['supervisor'] };
    const others = (await ratings(t, rated, { limit: 50 })).map((row) => row.step_id);
    expect(others).toContain(good.stepId);
    expect(others).not.toContain(bad.stepId);
    for (const actor of [clerk, rated]) {
      await expect(ratingBy(t, actor, { stepId: bad.stepId, assessNumber: 1 })).rejects.toMatchObject({
        code: 'rating.unknown',
      });
    }
    const detail = await ratingBy(t, office, { stepId: bad.stepId, assessNumber: 1 });
    expect(detail).toMatchObject({ text: '态度差', verdict: 'malicious', verifiedBy: '王' });
    expect(JSON.stringify(detail)).not.toMatch(/device|address|mobile/);
    expect(await ratings(t, { ...clerk, staffNo: '' }, { limit: 50 })).toEqual([]);
  });

  it.each([
    [{ level: 1 }, 1],
    [{ level: 5, tag: 517 }, 1],
    [{ tag: 214 }, 0],
    [{ verdict: 'malicious' as const }, 1],
    [{ verdict: 'none' as const, level: 5 }, 1],
    [{ hasText: 'true' as const }, 1],
    [{ channel: 91 }, 1],
    [{ from: '2026-03-11', to: '2026-03-11', staff: 'S002' }, 2],
    [{ from: '2026-03-12' }, 0],
    [{ q: 'P' }, 4],
    [{ window: 'nowhere' }, 0],
  ])('filters by %j', async (filter, count) => {
    expect(await ratings(t, office, { ...filter, limit: 50 })).toHaveLength(count);
  });
});

it('lets nobody at the office exclude with a file what a citizen gave', async () => {
  const step = await seedStep(t);
  await rateByLink(step, { satisfaction: 1, tags: [115] });
  const verdict = { satisfaction: '1', evalDetail: '115', verified_by: '王', approved_by: '李' };
  const office = { by: 'li.office', atOffice: true, audit: async () => undefined };
  const report = await runImport(t, ratingImport, [line(step, { ...verdict, verdict: 'malicious' })], office);
  expect(report.problems).toMatchObject([{ column: 'verdict', code: 'rating.exclusion_at_desk' }]);
  expect(await run([line(step, { ...verdict, verdict: 'upheld' })])).toMatchObject({ updated: 1 });
});
