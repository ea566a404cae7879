import { beforeAll, describe, expect, it } from 'vitest';
import { figureJob } from '../../src/feedback/rating/figure-jobs.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { csvOf, PASSPORT_ITEM, POLICE, RENCHENG, recordForm } from '../support/hall.ts';
import { barriers, continueAs, keepPicture, tabTo, watch } from '../support/screens.ts';

const app = await openApp({ now: new Date('2026-03-11T10:00:00+08:00'), served: true });
const browser = await openBrowser();
let leader: Person;

const many = (count: number, level: number): number[] => Array(count).fill(level);

async function serve(name: string, day: string, given: object, services: number, levels: readonly number[]) {
  const records = Array.from({ length: services }, (_, n) =>
    recordForm({ projectNo: `${name}-${n}`, serviceTime: `${day} 09:00:00`, staffNo: null, ...given }),
  );
  const links = (await app.handIn(records)).map(tokenOf);
  for (const [n, satisfaction] of levels.entries()) {
    const evalDetail = satisfaction < 3 ? [n % 2 === 0 && satisfaction === 2 ? '212' : '207'] : [];
    const given = satisfaction === 1 ? { evalDetail: ['115'] } : { evalDetail };
    await app.api('POST', '/ratings', { token: links[n], satisfaction, ...given }, null);
  }
}

/** Ratings on paper: the link of an old service has run out. */
async function onPaper(name: string, day: string, levels: readonly number[]) {
  await serve(name, day, {}, 30, []);
  const lines = levels.map((satisfaction, n) => ({
    ...{ projectNo: `${name}-${n}`, serviceNumber: 1, pf: 5, satisfaction },
    ...{ evalDetail: satisfaction < 3 ? '212' : '', assessTime: `${day} 10:00:00` },
  }));
  await app.load('ratings', csvOf(lines));
}

/** A county hall with its townships: windows are not needed to count by region. */
const inRegion = (areaCode: string) => ({ areaCode, windowCode: null, deptCode: RENCHENG });

beforeAll(async () => {
  leader = await app.person('leader', { name: '周主任' });
  const { rows } = await app.t.db.owner.query(
    `SELECT code FROM registry.region WHERE starts_with(code, '3708') AND level = 'township' ORDER BY code`,
  );
  await serve('CITY', '2026-03-09', {}, 90, [...many(58, 5), ...many(7, 1), ...many(6, 2)]);
  await serve('POL', '2026-03-09', { deptCode: POLICE, taskCode: PASSPORT_ITEM, windowCode: 'P01' }, 40, [
    ...many(20, 5),
  ]);
  for (const [at, { code }] of rows.entries()) {
    if (at % 4 === 3) continue;
    const bad = at % 7 === 0 ? 1 : 0;
    await serve(`T${at}`, '2026-03-05', inRegion(code), 8, [...many(6, 5), ...many(bad, 2)]);
  }
  for (const [at, month] of ['2025-11', '2025-12', '2026-01', '2026-02'].entries())
    await onPaper(`M${at}`, `${month}-03`, [...many(18 + at, 5), ...many(at === 2 ? 3 : 1, 2)]);
  await serve('NOW', '2026-03-11', {}, 24, many(9, 5));
  await figureJob.work(app.t, {});
}, 300_000);

async function open(path: string, width: number, height: number, lang: 'zh-CN' | 'en', signedIn = true) {
  const context = await browser.newContext({ viewport: { width, height }, locale: lang });
  if (signedIn) await continueAs(context, app, leader);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(`${app.url}/admin/${path}`);
  return { page, seen };
}

const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

describe('the leader’s page', () => {
  it.each([
    [360, 740, 'zh-CN'],
    [360, 740, 'en'],
    [1440, 900, 'zh-CN'],
    [1440, 900, 'en'],
    [1920, 1080, 'zh-CN'],
  ] as const)('is read at %d by %d in %s, without a barrier', { timeout: 120_000 }, async (w, h, lang) => {
    const { page, seen } = await open('board', w, h, lang);
    await page.locator('.yp-trend, .yp-board').first().waitFor();
    expect(await page.evaluate(isWide)).toBe(false);
    expect(await barriers(page)).toEqual([]);
    await keepPicture(page, `board-${lang.slice(0, 2)}-${w}`, { fullPage: true });
    expect(seen).toEqual([]);
    await page.context().close();
  });

  it('is the first page of a leader', { timeout: 60_000 }, async () => {
    const { page } = await open('', 1440, 900, 'zh-CN');
    await page.getByText('群众不满在哪里').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
    await page.context().close();
  });

  it('leads to the records by keyboard', { timeout: 60_000 }, async () => {
    const { page } = await open('board', 1440, 900, 'zh-CN');
    await tabTo(page, page.locator('a.yp-figure').first());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ratings\?/);
    expect(page.url()).toContain('from=2026-03-01');
    await page.context().close();
  });
});

describe('the big screen', () => {
  it.each([
    [1920, 1080, 'zh-CN'],
    [1920, 1080, 'en'],
    [1440, 900, 'zh-CN'],
    [360, 740, 'en'],
  ] as const)('is read at %d by %d in %s, signed in or not', { timeout: 120_000 }, async (w, h, lang) => {
    const { page, seen } = await open('screen', w, h, lang, false);
    await page.locator('.yp-screen-tiles canvas').waitFor();
    expect(await page.evaluate(isWide)).toBe(false);
    expect(await barriers(page)).toEqual([]);
    await keepPicture(page, `screen-${lang.slice(0, 2)}-${w}`, { fullPage: w < 1000 });
    if (w === 1920) {
      // Readable from 5 m, and all of it on one screen.
      const smallest = await page.evaluate(
        `Math.min(...[...document.querySelectorAll('.yp-screen *')]
          .filter((one) => one.childElementCount === 0 && one.textContent.trim())
          .filter((one) => !one.closest('.yp-screen-unseen'))
          .map((one) => parseFloat(getComputedStyle(one).fontSize)))`,
      );
      expect(smallest).toBeGreaterThanOrEqual(24);
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(h);
    }
    expect(seen).toEqual([]);
    await page.context().close();
  });

  it('shows what changes without being touched', { timeout: 90_000 }, async () => {
    const { page } = await open('screen', 1920, 1080, 'zh-CN', false);
    const today = page.locator('dd').nth(2);
    await expect.poll(() => today.textContent()).toBe('24');
    await serve('LATER', '2026-03-11', {}, 6, []);
    app.t.clock.advance(60_000);
    await expect.poll(() => today.textContent(), { timeout: 60_000 }).toBe('30');
    await page.context().close();
  });
});
