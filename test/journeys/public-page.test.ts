import { beforeAll, describe, expect, it } from 'vitest';
import { stats } from '../../src/feedback/rating/index.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { COMPANY_ITEM, FOOD_ITEM, PASSPORT_ITEM, POLICE, recordForm } from '../support/hall.ts';
import { CITY } from '../support/office.ts';

const app = await openApp();
const MONTH = { from: '2026-03-01', to: '2026-03-31' };

/** So many services of an item, the first of them rated with these levels. */
async function serve(
  given: Record<string, unknown>,
  services: number,
  levels: readonly number[],
): Promise<void> {
  const records = Array.from({ length: services }, (_, at) =>
    recordForm({
      projectNo: `PUB-${String(given.taskCode).slice(-8)}-${at}${given.serviceTime ? '-T' : ''}`,
      serviceTime: '2026-03-10 09:00:00',
      ...given,
    }),
  );
  const links = await app.handIn(records);
  for (const [at, satisfaction] of levels.entries()) {
    const evalDetail = satisfaction < 3 ? [satisfaction === 1 ? '115' : '212'] : [];
    const token = links[at] ? tokenOf(links[at]) : '';
    await app.api('POST', '/ratings', { token, satisfaction, evalDetail }, null);
  }
}

beforeAll(async () => {
  await serve({ taskCode: COMPANY_ITEM, taskName: '企业设立登记' }, 40, [...Array(19).fill(5), 2]);
  await serve({ taskCode: FOOD_ITEM, taskName: '食品经营许可' }, 30, Array(12).fill(4));
  await serve(
    {
      taskCode: PASSPORT_ITEM,
      taskName: '普通护照签发',
      deptCode: POLICE,
      windowCode: 'P01',
      staffNo: 'G003',
    },
    9,
    [5, 1, 4],
  );
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'GET', url, headers });

describe('the public figures', () => {
  it('are those of `stats`, to the last one', async () => {
    const figures = (await get('/public/figures.json?period=2026-03')).json();
    const [total] = await stats(app.t.db.read, CITY, { ...MONTH, by: 'city' });
    expect(figures.total).toMatchObject({ ...total, withheld: false });
    expect(total).toMatchObject({ ratable: 79, rated: 35, good: 33, bad: 2 });
    for (const by of ['county', 'department', 'item', 'window', 'channel'] as const) {
      const lines = await stats(app.t.db.read, CITY, { ...MONTH, by });
      expect(figures.lists[by].lines).toHaveLength(lines.length);
      for (const line of figures.lists[by].lines) {
        const { withheld, good_rate_interval: _, ...numbers } = line;
        if (!withheld) expect(lines).toContainEqual(numbers);
      }
    }
  });

  it('tell neither a line of few people nor the one that would give it away', async () => {
    const { lists } = (await get('/public/figures.json?period=2026-03')).json();
    const told = lists.item.lines.map((line: { code: string; rated: number | null }) => [
      line.code,
      line.rated,
    ]);
    expect(told).toEqual([
      [COMPANY_ITEM, 20],
      [FOOD_ITEM, null],
      [PASSPORT_ITEM, null],
    ]);
    expect(lists.department).toMatchObject({ withheld: true });
    const text = (await get('/public/figures.csv?period=2026-03')).body;
    expect(text).toContain(`item,${PASSPORT_ITEM},普通护照签发,true,,,,,,,,,,,2026-03-01,2026-03-10,`);
  });

  it('stand on the page with numerator, denominator and the rating rate', async () => {
    const page = await get('/public?period=2026-03');
    expect(page.statusCode).toBe(200);
    for (const said of [
      '94.3 %',
      '(33/35)，主动评价率 44.3 % (35/79)',
      '95.0 % (19/20)，主动评价率 50.0 % (20/40)',
      '数据截至 2026-03-11',
    ])
      expect(page.body).toContain(said);
    expect(page.body).not.toMatch(/陈静|刘洋|G00\d/);
    const empty = await get('/public?period=2026-01&lang=en');
    expect(empty.body).toContain('—');
    expect(empty.body).not.toContain('100.0 %');
    expect((await get('/public?period=2027')).statusCode).toBe(422);
  });

  it('stand still while today’s people rate', async () => {
    const url = '/public/figures.json?period=2026-03';
    const before = (await get(url)).json();
    await serve({ taskCode: COMPANY_ITEM, serviceTime: '2026-03-11 08:30:00' }, 6, [1, 5, 5]);
    app.t.clock.advance(3_000);
    const { asOf: _, ...numbers } = (await get(url)).json();
    expect(before).toMatchObject(numbers);
    expect(numbers.period).toEqual({ code: '2026-03', from: '2026-03-01', to: '2026-03-10' });
    const [total] = await stats(app.t.db.read, CITY, { ...MONTH, by: 'city' });
    expect(total).toMatchObject({ ratable: 85, rated: 38, bad: 3 });
  });

  it('answer portals on any site, one item at a time, and only when something has changed', async () => {
    const url = `/api/v1/public/figures?by=item&code=${COMPANY_ITEM}&period=2026-03`;
    const answer = await get(url, { origin: 'https://portal.example' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=60',
    });
    expect(answer.json()).toMatchObject({
      items: [{ code: COMPANY_ITEM, rated: 20, good: 19 }],
      leastPeople: 5,
    });
    const tag = String(answer.headers.etag);
    expect((await get(url, { 'if-none-match': tag })).statusCode).toBe(304);
    app.t.clock.advance(3_000);
    expect((await get(url, { 'if-none-match': tag })).statusCode).toBe(304);
    await app.handIn([recordForm({ projectNo: 'PUB-ONE', serviceTime: '2026-03-10 10:00:00' })]);
    app.t.clock.advance(3_000);
    const changed = await get(url, { 'if-none-match': tag });
    expect(changed.json().items).toMatchObject([{ ratable: 41 }]);
  });
});
