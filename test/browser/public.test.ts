import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveJob } from '../../src/uses/publication/jobs.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { COMPANY_ITEM, FOOD_ITEM, PASSPORT_ITEM, POLICE, recordForm } from '../support/hall.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
let portal: Server;
let port = 0;
let portalPage = '';
const tokens: string[] = [];

beforeAll(async () => {
  await serve(60, { taskCode: COMPANY_ITEM, taskName: '企业设立登记' }, [...Array(23).fill(5), 2]);
  await serve(
    45,
    { taskCode: FOOD_ITEM, taskName: '食品经营许可（含食品销售、餐饮服务、单位食堂）新办' },
    Array(14).fill(4),
  );
  await serve(
    9,
    {
      taskCode: PASSPORT_ITEM,
      taskName: '普通护照签发',
      deptCode: POLICE,
      windowCode: 'P01',
      staffNo: 'G003',
    },
    [5, 4],
  );
  const older = Array.from({ length: 30 }, (_, n) =>
    recordForm({ projectNo: `OLD-${n}`, serviceTime: '2026-02-10 09:00:00' }),
  );
  await app.handIn(older);
  await archiveJob.work(app.t, {});
  await app.handIn([recordForm({ projectNo: 'OLD-LATE', serviceTime: '2026-02-10 10:00:00' })]);
  // A page of another site: the hall's name is written into it, nothing else.
  portal = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8').end(portalPage);
  }).listen(0);
  port = (portal.address() as AddressInfo).port;
  const admin = await app.person('system_admin');
  const site = { origin: `http://127.0.0.1:${port}`, note: '测试门户' };
  expect((await admin.page.post('/embed-origins', site)).statusCode).toBe(200);
});
afterAll(() => portal.close());

async function serve(services: number, given: object, levels: readonly number[]): Promise<void> {
  const code = String((given as { taskCode: string }).taskCode).slice(-6);
  const records = Array.from({ length: services }, (_, at) =>
    recordForm({ projectNo: `B-${code}-${at}`, serviceTime: '2026-03-10 09:00:00', ...given }),
  );
  const links = (await app.handIn(records)).map(tokenOf);
  for (const [at, satisfaction] of levels.entries()) {
    const evalDetail = satisfaction < 3 ? ['212'] : [];
    await app.api('POST', '/ratings', { token: links[at], satisfaction, evalDetail }, null);
  }
  tokens.push(...links.slice(levels.length));
}

async function open(url: string, width: number, scripts = true): Promise<Page> {
  const viewport = { width, height: width < 600 ? 740 : 900 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

function isWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

describe('the public page', () => {
  it.each([
    ['lang=zh', 360],
    ['lang=en&elder=1', 360],
    ['lang=zh&elder=1', 1440],
    ['lang=en', 1440],
  ] as const)('is clean for axe and fits: %s at %d px', { timeout: 120_000 }, async (view, width) => {
    const page = await open(`${app.url}/public?${view}`, width);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await isWide(page)).toBe(false);
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.locator('.big').textContent()).toBe('97.5 %');
    await page.context().close();
  });

  it.each(
    ['rankings', 'rankings?by=item', 'handling', 'archive', 'archive/2026-02', 'data'].flatMap((place) =>
      (['lang=zh', 'lang=en&elder=1'] as const).flatMap((view) =>
        [360, 1440].map((width) => [place, view, width] as const),
      ),
    ),
  )(
    'is clean for axe beside the figures, and fits: %s, %s at %d px',
    {
      timeout: 120_000,
    },
    async (place, view, width) => {
      const at = `${app.url}/public/${place}${place.includes('?') ? '&' : '?'}${view}`;
      const page = await open(at, width, false);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await isWide(page)).toBe(false);
      expect(await page.locator('h1').count()).toBe(1);
      await page.context().close();
      const looked = await open(at, width);
      expect(await faultsOf(looked)).toEqual([]);
      await looked.context().close();
    },
  );

  it('shows another period without a script, and keeps it in the other language', async () => {
    const page = await open(`${app.url}/public`, 360, false);
    await page.locator('#period').selectOption('2026-02');
    await page.locator('form button').click();
    expect(page.url()).toContain('period=2026-02');
    expect(await page.locator('.big').textContent()).toBe('—');
    await page.locator('nav a[lang=en]').click();
    expect(await page.locator('#period').inputValue()).toBe('2026-02');
    await page.context().close();
  });
});

describe('the rating in the frame of another site', () => {
  const pageOf = (token: string, mode: string): string => `<!doctype html><html lang="zh"><title>门户</title>
    <div id="here" data-yiping-token="${token}" data-yiping-mode="${mode}"></div>
    <script>window.told = []; addEventListener('yiping', (event) => told.push(event.detail.type));</script>
    <script src="${app.url}/embed/button.js" defer></script></html>`;

  it('is given at an allowed site, which hears that it was and nothing more', {
    timeout: 60_000,
  }, async () => {
    const token = tokens[0] ?? '';
    portalPage = pageOf(token, 'button');
    const page = await open(`http://127.0.0.1:${port}/`, 1440);
    const heard: unknown[] = [];
    await page.exposeFunction('hear', (message: unknown) => heard.push(message));
    await page.evaluate(
      `addEventListener('message', (event) => hear({ origin: event.origin, data: event.data }))`,
    );
    await page.locator('#here button').click();
    const frame = page.frameLocator('#here iframe');
    await frame.locator('label[for=s1]').click();
    await frame.locator('.t1 summary').click();
    await frame.locator('.t1 input[value="115"]').check();
    await frame.locator('.rest button').click();
    await frame.locator('#result').waitFor();
    await expect.poll(() => page.evaluate('told')).toEqual(['ready', 'ready', 'rated']);
    expect(heard.every((one) => (one as { origin: string }).origin === app.url)).toBe(true);
    expect(JSON.stringify(heard)).not.toMatch(
      new RegExp(`satisfaction|115|[0-9A-Z]{4}-[0-9A-Z]{4}|${token}`),
    );
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  it('works there without a script', { timeout: 60_000 }, async () => {
    const parent = encodeURIComponent(`http://127.0.0.1:${port}`);
    const src = `${app.url}/embed/${tokens[1]}?parent=${parent}`;
    portalPage = `<!doctype html><html lang="zh"><title>门户</title>
      <iframe title="评价" width="340" height="900" src="${src}"></iframe></html>`;
    const page = await open(`http://127.0.0.1:${port}/`, 360, false);
    const frame = page.frameLocator('iframe');
    await frame.locator('label[for=s5]').click();
    await frame.locator('.rest button').click();
    expect(await frame.locator('#result').getAttribute('data-type')).toBe('rated');
    await page.context().close();
  });

  it('is refused by the browser at any other site, which says so in words', { timeout: 60_000 }, async () => {
    portalPage = pageOf(tokens[2] ?? '', 'frame');
    const page = await open(`http://localhost:${port}/`, 1440);
    await page.locator('#here p').waitFor({ timeout: 30_000 });
    expect(await page.locator('#here').textContent()).toBe('这里不能显示评价。在新页面打开');
    expect(await page.evaluate('told')).toEqual(['refused']);
    const { rows } = await app.t.db.owner.query('SELECT count(*)::int AS n FROM feedback.rating');
    expect(rows[0].n).toBe(42);
    await page.context().close();
  });
});
