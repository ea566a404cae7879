/** What is published: rankings, bad ratings answered, the archive, and each figure counted anew. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PublicLine, RankedLine } from '../../src/uses/publication/contract.ts';
import { DICTIONARY } from '../../src/uses/publication/dictionary.ts';
import { archiveJob } from '../../src/uses/publication/jobs.ts';
import { priorOf, rank } from '../../src/uses/publication/ranking.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { commandOver } from '../support/command.ts';
import {
  APPROVAL,
  COMPANY_ITEM,
  csvOf,
  FOOD_ITEM,
  PASSPORT_ITEM,
  POLICE,
  RENCHENG,
  recordForm,
} from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const app = await openApp({ now: at('2026-03-11T10:00') });
const { t } = app;
const { yiping } = commandOver(t);
const liaison = await app.person('department_liaison', { scope: APPROVAL });
const leader = await app.person('leader');
const caller = await app.person('caller');

const T01 = { windowCode: 'T01', taskCode: COMPANY_ITEM };
const T02 = { windowCode: 'T02', taskCode: FOOD_ITEM, taskName: '食品经营许可', staffNo: null };
const P01 = { windowCode: 'P01', deptCode: POLICE, taskCode: PASSPORT_ITEM, taskName: '普通护照签发' };
const R01 = { windowCode: 'R01', deptCode: RENCHENG, areaCode: '370811000000', staffNo: null };

/** Services at one place, the first of them rated with these levels. */
async function serve(name: string, given: object, services: number, levels: readonly number[]) {
  const records = Array.from({ length: services }, (_, n) =>
    recordForm({
      ...{ projectNo: `${name}-${n}`, serviceTime: '2026-03-09 09:00:00', staffNo: null },
      ...given,
    }),
  );
  const links = await app.handIn(records);
  for (const [n, satisfaction] of levels.entries()) {
    const evalDetail = satisfaction < 3 ? [satisfaction === 1 ? '115' : '212'] : [];
    const token = links[n] ? tokenOf(links[n]) : '';
    await app.api('POST', '/ratings', { token, satisfaction, evalDetail }, null);
  }
}

const many = (count: number, level: number): number[] => Array(count).fill(level);
const get = async (url: string) => await app.http.inject({ url });
const json = async (url: string) => (await get(url)).json();

/** Another day; signed in again, and everything worked off. */
async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const one of [liaison, leader, caller]) await one.page.signIn(one.username, one.password);
  for (let round = 0; round < 3; round += 1) await app.settle();
}

async function stats(...words: string[]) {
  const span = ['--from', '2026-03-01', '--to', '2026-03-31', '--format', 'json'];
  const { code, out, err } = await yiping(['stats', ...span, ...words]);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}

beforeAll(async () => {
  await serve('A', T01, 40, [...many(30, 5), ...many(8, 1)]);
  await serve('B', T02, 30, many(12, 4));
  await serve('C', P01, 9, [5, 1, 4]);
  await serve('D', R01, 60, [...many(30, 5), ...many(6, 2)]);
  await later('2026-03-11T11:00');
});

describe('a ranking', () => {
  it('is made of nothing but what the lists of the same page say', async () => {
    const [figures, { rankings }] = [
      await json('/public/figures.json?period=2026-03'),
      await json('/public/rankings.json?period=2026-03'),
    ];
    for (const by of ['window', 'department', 'item', 'county', 'township']) {
      const open = figures.lists[by].lines.filter((one: PublicLine) => !one.withheld && one.rated);
      const prior = priorOf(open, { least: 10, most: 500 });
      const own = prior === null ? [] : rank(open, prior);
      expect(rankings[by].prior).toEqual(prior);
      expect(rankings[by].lines.map((one: RankedLine) => [one.code, one.place, one.shrunk_rate])).toEqual(
        own.map((one) => [one.code, one.place, one.shrunk]),
      );
      expect(rankings[by].withheld).toBe(
        figures.lists[by].lines.filter((one: PublicLine) => one.withheld && one.code !== '').length,
      );
    }
  });

  it('has no place for what is withheld: neither there nor in its mean', async () => {
    const { rankings } = await json('/public/rankings.json?period=2026-03');
    const said = rankings.window.lines.map(({ code, rated }: RankedLine) => [code, rated]);
    // P01 has three people; its department falls with the smallest other one, and its windows with it.
    expect(said.map(([code]: string[]) => code)).not.toContain('P01');
    const people = said.reduce((sum: number, [, rated]: [string, number]) => sum + rated, 0);
    expect(rankings.window.prior?.rated ?? 0).toBe(people);
    const page = (await get('/public/rankings?period=2026-03&by=window')).body;
    expect(page).not.toContain('出入境');
    expect(page).toContain('不参加排名');
  });

  it('shows the drawn rate by hand, on the page in both languages', async () => {
    const { rankings } = await json('/public/rankings.json?period=2026-03');
    const [first] = rankings.item.lines;
    // COMPANY_ITEM is what T01 and R01 serve: 60 of 74; the other two items hide each other.
    expect(rankings.item.lines).toHaveLength(1);
    expect(first).toMatchObject({ code: COMPANY_ITEM, good: 60, rated: 74, place: 1, tied: false });
    expect(rankings.item.prior).toEqual({ good: 60, rated: 74, people: 500 });
    expect(first.shrunk_rate).toBe((60 / 74).toFixed(4));
    const zh = (await get('/public/rankings?period=2026-03&by=item&lang=zh')).body;
    for (const said of ['81.1 % (60/74)', '第1位', '企业设立登记']) expect(zh).toContain(said);
    const en = (await get('/public/rankings?period=2026-03&by=item&lang=en&elder=1')).body;
    for (const said of ['Possible places', '81.1 % (60/74)']) expect(en).toContain(said);
  });

  it('of an empty month is no ranking', async () => {
    const { rankings } = await json('/public/rankings.json?period=2026-01');
    expect(rankings.window).toEqual({ prior: null, withheld: 0, unrated: 0, lines: [] });
    expect((await get('/public/rankings?period=2026-01&lang=zh')).body).toContain(
      '这段时间没有可以排名的数据',
    );
  });
});

describe('bad ratings answered', () => {
  it('stand with their numbers; departments of too few are withheld with the next', async () => {
    const said = await json('/public/handling.json?period=2026-03');
    // All were given today, which is told tomorrow.
    expect(said.total.bad_answered_rate).toEqual({ value: null, numerator: 0, denominator: 0 });
    const { items } = (await liaison.page.get('/work-orders?limit=1')).json();
    const id = items[0].id;
    expect((await liaison.page.post(`/work-orders/${id}/sign`, {})).statusCode).toBe(200);
    await liaison.page.post(`/work-orders/${id}/contact`, { outcome: 'reached', note: '已致歉' });
    const { body, headers } = fileForm('整改照片.png', samples.png);
    await liaison.page.post(`/work-orders/${id}/files`, body, headers);
    const answered = await liaison.page.post(`/work-orders/${id}/answer`, { note: '已取消重复取号' });
    expect(answered.statusCode, answered.body).toBe(200);
    await leader.page.post(`/work-orders/${id}/approve`, { approve: true, note: '同意' });
    await caller.page.post(`/work-orders/${id}/call-back`, { outcome: 'satisfied', note: '满意' });
    await later('2026-03-12T09:00');
    const { total, lines } = await json('/public/handling.json?period=2026-03');
    expect(total).toMatchObject({
      withheld: false,
      bad_answered_rate: { value: '0.0667', numerator: 1, denominator: 15 },
      called_back_rate: { value: '0.0667', numerator: 1, denominator: 15 },
      // One person was reached: what they said would be known.
      call_back_satisfaction_rate: null,
    });
    const told = Object.fromEntries(
      lines.map((one: { code: string; withheld: boolean }) => [one.code, one.withheld]),
    );
    expect(told).toEqual({ [APPROVAL]: true, [POLICE]: true, [RENCHENG]: true });
    const page = (await get('/public/handling?period=2026-03')).body;
    for (const said of ['6.7 %', '(1/15)', '回访到的人过少']) expect(page).toContain(said);
    expect((await get('/public/handling?period=2026-01&lang=en')).body).not.toContain('100.0 %');
  });
});

describe('open data', () => {
  it('explains each column of each file', async () => {
    const page = (await get('/public/data?lang=en')).body;
    for (const file of ['figures', 'rankings', 'handling']) {
      const answer = await get(`/public/${file}.csv?period=2026-03`);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      const columns = answer.body.replace('\ufeff', '').split('\r\n')[0]?.split(',') ?? [];
      expect(columns.length).toBeGreaterThan(10);
      for (const name of columns) {
        expect(DICTIONARY[name], name).toBeDefined();
        expect(page).toContain(`<code>${name}</code>`);
      }
    }
  });
});

describe('the archive', () => {
  let before = '';

  it('keeps a month some days after its end, once, and nothing before the first service', async () => {
    expect((await get('/public/archive')).body).toContain('还没有存档的月份');
    await later('2026-04-09T09:00');
    await archiveJob.work(t, {});
    expect((await get('/public/archive/2026-03')).statusCode).toBe(404);
    await later('2026-04-10T09:00');
    before = JSON.stringify((await json('/public/figures.json?period=2026-03')).total);
    await archiveJob.work(t, {});
    t.clock.advance(3_600_000);
    await archiveJob.work(t, {});
    const { rows } = await t.db.owner.query('SELECT month, digest FROM uses.publication_archive');
    expect(rows).toMatchObject([{ month: '2026-03-01' }]);
    expect((await get('/public/archive')).body).toContain('href="/public/archive/2026-03');
    const { rows: lines } = await t.db.owner.query(
      `SELECT subject_id, detail FROM oversight.audit WHERE action = 'publication.archived'`,
    );
    expect(lines).toMatchObject([{ subject_id: '2026-03', detail: { digest: rows[0].digest } }]);
    expect((await get('/public/archive/2026-03')).body).toContain('存档以后没有更正');
  });

  it('says what it said after a correction, and shows the correction as one', async () => {
    const verdict = { verdict: 'mistaken', attribution: '', verified_by: '王', approved_by: '李' };
    // A paper form of the month, found late and excluded by two people: rated was nobody before.
    const given = { projectNo: 'B-20', serviceNumber: 1, pf: 5, satisfaction: 2, evalDetail: '212' };
    await app.load('ratings', csvOf([{ ...given, assessTime: '2026-03-09 10:00:00', ...verdict }]));
    await later('2026-04-10T12:00');
    expect(JSON.stringify((await json('/public/archive/2026-03/figures.json')).total)).toBe(before);
    const few = (await get('/public/archive/2026-03')).body;
    expect(few).toContain('涉及不足5人，不列数字');
    expect(few).not.toContain('→');
    const more = ['B-21', 'B-22', 'B-23', 'B-24', 'B-25'].map((projectNo) => ({
      ...{ ...given, projectNo, satisfaction: 5, evalDetail: '' },
      ...{
        assessTime: '2026-03-09 10:00:00',
        verdict: '',
        attribution: '',
        verified_by: '',
        approved_by: '',
      },
    }));
    await app.load('ratings', csvOf(more));
    await later('2026-04-10T13:00');
    const page = (await get('/public/archive/2026-03')).body;
    for (const said of ['主动评价 89 → 94', '好评 74 → 79', '剔除 0 → 1']) expect(page).toContain(said);
    expect(JSON.stringify((await json('/public/archive/2026-03/figures.json')).total)).toBe(before);
  });
});

describe('stats', () => {
  it('counts each published figure anew', { timeout: 120_000 }, async () => {
    const figures = await json('/public/figures.json?period=2026-03');
    const { rankings } = await json('/public/rankings.json?period=2026-03');
    const handling = await json('/public/handling.json?period=2026-03');
    for (const by of ['window', 'source'] as const) {
      const lines = await stats('--by', by);
      for (const { withheld, good_rate_interval: _, name: _n, ...numbers } of figures.lists[by].lines) {
        if (!withheld) expect(lines).toContainEqual(expect.objectContaining(numbers));
      }
    }
    expect(await stats('--figures', 'rankings', '--by', 'department')).toEqual(rankings.department.lines);
    expect(await stats('--figures', 'handling')).toEqual([handling.total, ...handling.lines]);
    expect(await stats('--figures', 'comments')).toEqual(figures.apart);
    const archive = await stats('--figures', 'archive');
    expect(archive).toMatchObject({ month: '2026-03', sound: true });
    expect(archive.corrections[0]).toMatchObject({ by: 'city', was: { rated: 89 }, now: { rated: 94 } });
  });
});
