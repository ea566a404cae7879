/** What a leader reads in a minute, and what the hall's big screen tells to everybody who passes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { stats } from '../../src/feedback/rating/index.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { PASSPORT_ITEM, POLICE, RENCHENG, recordForm } from '../support/hall.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const app = await openApp({ now: at('2026-03-11T10:00'), served: true });
const { t } = app;
const leader = await app.person('leader');
const county = await app.person('leader', { scope: '370811' });
const supervisor = await app.person('supervisor');

const many = (count: number, level: number): number[] => Array(count).fill(level);
const R01 = { windowCode: 'R01', deptCode: RENCHENG, areaCode: '370811000000', staffNo: null };
const P01 = { windowCode: 'P01', deptCode: POLICE, taskCode: PASSPORT_ITEM, taskName: '普通护照签发' };

async function serve(name: string, day: string, given: object, services: number, levels: readonly number[]) {
  const records = Array.from({ length: services }, (_, n) =>
    recordForm({ projectNo: `${name}-${n}`, serviceTime: `${day} 09:00:00`, staffNo: null, ...given }),
  );
  const links = await app.handIn(records);
  for (const [n, satisfaction] of levels.entries()) {
    const evalDetail = satisfaction < 3 ? [satisfaction === 1 ? '115' : '212'] : [];
    const token = links[n] ? tokenOf(links[n]) : '';
    await app.api('POST', '/ratings', { token, satisfaction, evalDetail }, null);
  }
}

const board = async (person = leader) => (await person.page.get('/dashboard')).json();
const screen = async () => (await app.http.inject({ url: '/public/screen.json' })).json();
const share = (numerator: number, denominator: number) => expect.objectContaining({ numerator, denominator });

describe('before anybody has rated', () => {
  it('both stand without a number that nobody gave', async () => {
    expect(await board()).toMatchObject({
      today: { good_rate: { value: null }, good_rate_interval: null },
      month: { good_rate: { value: null }, bad: 0 },
      orders: { open: 0, red: 0 },
      answered_rate: { value: null },
      causes: [],
      decisions: [],
    });
    expect(await screen()).toMatchObject({
      good_rate: { value: null, numerator: 0, denominator: 0 },
      today: { ratable: 0, rated: 0 },
      causes: [],
    });
    t.clock.advance(60_000);
  });
});

describe('the leader’s page', () => {
  beforeAll(async () => {
    await serve('JAN', '2026-02-10', {}, 20, []);
    await serve('A', '2026-03-09', {}, 40, [...many(20, 5), ...many(6, 1)]);
    await serve('B', '2026-03-10', R01, 30, [...many(20, 5), ...many(2, 2)]);
    await serve('C', '2026-03-10', P01, 4, [5, 5, 1]);
    await serve('D', '2026-03-11', {}, 9, [5, 5, 2]);
  });

  it('has the figures of stats, each with its numbers', { timeout: 60_000 }, async () => {
    // The worker opens the orders beside us.
    await expect.poll(async () => (await board()).orders.open, { timeout: 30_000 }).toBe(10);
    const told = await board();
    const [month] = await stats(t.db.read, CITY, { from: '2026-03-01', to: '2026-03-31', by: 'city' });
    expect(month).toMatchObject({ ratable: 83, rated: 54, good: 44, bad: 10 });
    expect(told.month).toMatchObject({
      good_rate: month?.active_good_rate,
      rating_rate: month?.active_rating_rate,
      bad: 10,
    });
    expect(told.today).toMatchObject({ good_rate: share(2, 3), rating_rate: share(3, 9) });
    expect(told.before).toMatchObject({ good_rate: { value: null }, rating_rate: share(0, 20) });
    expect(told.trend).toHaveLength(12);
    expect(told.trend.at(-1)).toEqual({
      month: '2026-03',
      good_rate: month?.active_good_rate,
      rating_rate: month?.active_rating_rate,
    });
    expect(told.causes).toMatchObject([
      { code: 115, count: 7 },
      { code: 212, count: 3 },
    ]);
    expect(told.orders).toMatchObject({ open: 10, red: 0 });
    expect(told.answered_rate).toEqual(share(0, 10));
  });

  it('ends at the reader’s scope, and asks for the permission', async () => {
    const told = await board(county);
    expect(told.month).toMatchObject({ good_rate: share(20, 22), rating_rate: share(22, 30) });
    expect(told.orders.open).toBe(2);
    expect(told.causes).toMatchObject([{ code: 212, count: 2 }]);
    const clerk = await app.person('clerk', { staffNo: 'G001' });
    expect((await clerk.page.get('/dashboard')).statusCode).toBe(403);
  });

  it('says what waits for a decision', async () => {
    const { items } = (await supervisor.page.get('/work-orders?limit=1')).json();
    await supervisor.page.post(`/work-orders/${items[0].id}/review`, {
      finding: 'mistaken',
      note: '点错了，本人电话确认',
      evidence: '电话录音编号 20260311-01',
    });
    const { decisions } = await board();
    const waiting = await t.db.owner.query(
      `SELECT count(*)::int AS n FROM handling.exclusion WHERE state = 'proposed'`,
    );
    expect(decisions).toEqual([{ kind: 'exclusion', count: waiting.rows[0].n }]);
    expect(waiting.rows[0].n).toBe(1);
  });
});

describe('the big screen', () => {
  it('tells what the public pages tell, and of today only how many', async () => {
    const told = await screen();
    const figures = (await app.http.inject({ url: '/public/figures.json' })).json();
    expect(told.good_rate).toEqual(figures.total.active_good_rate);
    expect(told.period).toEqual({ from: figures.period.from, to: '2026-03-10' });
    expect(told.today).toEqual({ ratable: 9, rated: null });
    expect(told.causes).toMatchObject([{ code: 115, count: 7 }]);
    for (const place of told.counties) {
      const line = figures.lists.county.lines.find(({ code }: { code: string }) => code === place.code);
      expect(place.good_rate).toEqual(line?.withheld ? null : (line?.active_good_rate ?? null));
    }
    expect(told.counties.length).toBeGreaterThan(10);
    expect(told.counties.flatMap((one: { townships: object[] }) => one.townships).length).toBe(158);
    expect(JSON.stringify(told)).not.toMatch(/G00\d|陈静|刘洋|JAN-|projectNo/);
  });

  it('hears of a change by itself', { timeout: 60_000 }, async () => {
    const answer = await fetch(`${app.url}/public/screen/events`);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let said = '';
    const until = async (word: RegExp): Promise<void> => {
      while (!word.test(said)) said += (await reader?.read())?.value ?? '';
    };
    await until(/event: screen\ndata: .*"ratable":9,.*\n\n/);
    said = '';
    await serve('E', '2026-03-11', {}, 6, many(6, 5));
    t.clock.advance(30_000);
    await until(/event: screen\ndata: .*"today":\{"ratable":15,"rated":9\}.*\n\n/);
    await reader?.cancel();
  });
});
