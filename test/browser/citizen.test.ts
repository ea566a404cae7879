import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from '../../src/platform/http.ts';
import { openBrowser } from '../support/browser.ts';
import { testDb } from '../support/db.ts';
import { ratingServer, seedStep } from '../support/rating-hall.ts';

const t = await testDb();
const browser = await openBrowser();
let http: Http;
let origin = '';
beforeAll(async () => {
  http = await ratingServer(t);
  origin = await http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => http.close());

async function open(path: string, width: number, scripts: boolean): Promise<Page> {
  const viewport = { width, height: 740 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(origin + path);
  return page;
}

/** Whether the page is wider than the screen. */
function isWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** What axe finds. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe('the citizen with a phone', () => {
  it('rates without scripts, in one request a page, and gets a receipt', async () => {
    const { token } = await seedStep(t);
    const page = await open(`/r/${token}`, 360, false);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.reload();
    expect(requests).toHaveLength(1);
    await expect(page.locator('.rest').isVisible()).resolves.toBe(false);
    const heights = await page
      .locator('label.level')
      .evaluateAll((all) => all.map((one) => one.clientHeight + 4));
    expect(new Set(heights).size).toBe(1);
    expect(heights[0]).toBeGreaterThanOrEqual(60);
    await page.locator('label[for=s5]').click();
    await page.locator('.t5 input[value="510"]').check();
    // A change of mind: the tags of the first choice are left behind.
    await page.locator('label[for=s2]').click();
    await expect(page.locator('.t5').isVisible()).resolves.toBe(false);
    await page.locator('button').click();
    await expect(page.locator('[role=alert]').textContent()).resolves.toContain('还没有说明哪里不满意');
    await page.locator('.t2 summary').click();
    await page.locator('.t2 input[value="214"]').check();
    await page.locator('button').click();
    expect(page.url()).toMatch(/\/receipt\/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\?lang=zh$/);
    await page.context().close();
  });

  it('can be answered by keyboard alone', async () => {
    const { token } = await seedStep(t);
    const page = await open(`/r/${token}`, 360, true);
    await page.locator('#s5').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(page.locator('.t4 input[value="406"]').isChecked()).resolves.toBe(true);
    await page.locator('button').press('Enter');
    await page.waitForURL(/\/receipt\//);
    await page.context().close();
  });
});

describe('every page of the citizen', () => {
  const views = ['', '?elder=1', '?lang=en', '?lang=en&elder=1'];

  it.each(views)('fits a narrow screen: "%s"', async (view) => {
    const { token } = await seedStep(t, { taskName: '对已设立的有限责任公司及其分支机构变更登记事项的核准' });
    const page = await open(`/r/${token}${view}`, 320, true);
    await page.locator('label[for=s1]').click();
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    expect(await isWide(page)).toBe(false);
    for (const path of ['/', '/r', '/r/nonsense']) {
      await page.goto(origin + path + view);
      expect(await isWide(page)).toBe(false);
    }
    await page.context().close();
  });

  // axe is thorough and slow; the four views share their markup.
  it.each([
    ['', 360],
    ['?lang=en&elder=1', 1440],
  ] as const)('is clean for axe: "%s" at %d px', { timeout: 240_000 }, async (view, width) => {
    const { token } = await seedStep(t);
    const page = await open(`/r/${token}${view}`, width, true);
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('label[for=s1]').click();
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    await page.locator('button').click();
    await page.locator('[role=alert]').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('#text').fill('等了很久');
    await page.locator('button').click();
    await page.waitForURL(/\/receipt\//);
    expect(await faultsOf(page)).toEqual([]);
    for (const path of ['/', '/r/nonsense', `/r/${token}`]) {
      await page.goto(origin + path + view);
      expect(await faultsOf(page)).toEqual([]);
    }
    await page.context().close();
  });
});
