/** Signs at windows: printed, scanned without scripts, in both languages and sizes. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { recordForm } from '../support/hall.ts';
import { fileForm } from '../support/multipart.ts';
import { barriers, continueAs, keepPicture, watch, widest } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
const PHONE = '13812345678';
let office: Person;
let sign = '';
let shortCode = '';

beforeAll(async () => {
  office = await app.person('assessment_office', { name: '周考核' });
  await office.page.post('/signs', {});
  const { items } = (await office.page.get('/signs?q=T01')).json();
  sign = `/w/${items[0].signCode}`;
  const steps = await app.handIn([
    recordForm({ projectNo: 'JN20260001234', serviceTime: '2026-03-11 09:00:00' }),
    recordForm({ projectNo: 'JN20260005678', serviceTime: '2026-03-11 09:10:00', mobile: PHONE }),
    recordForm({
      projectNo: 'JN20260005678',
      serviceNumber: 2,
      serviceTime: '2026-03-11 09:40:00',
      mobile: PHONE,
    }),
  ]);
  shortCode = steps[0]?.shortCode ?? '';
});

async function phone(scripts: boolean): Promise<Page> {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, locale: 'zh-CN' });
  return await context.newPage();
}

describe('whoever scans the sign, without scripts', { timeout: 120_000 }, () => {
  test('finds the service by the code of the slip and rates it', async () => {
    const page = await phone(false);
    await page.goto(app.url + sign);
    await page.locator('#code').fill(shortCode);
    await page.locator('#code').press('Enter');
    await page.locator('label[for=s5]').click();
    await page.getByRole('button', { name: '提交评价' }).click();
    expect(page.url()).toMatch(/\/receipt\//);
    await page.context().close();
  });

  test('or by the end of the case number and the phone, choosing among several', async () => {
    const page = await phone(false);
    await page.goto(app.url + sign);
    await page.locator('#tail').fill('5679');
    await page.locator('#phone').fill(PHONE);
    await page.getByRole('button', { name: '查找办理记录' }).click();
    expect(await page.locator('[role=alert]').textContent()).toContain('没有找到可以评价的办理记录');
    expect(await page.locator('#phone').inputValue()).toBe('');
    await page.locator('#tail').fill('5678');
    await page.locator('#phone').fill(PHONE);
    await page.getByRole('button', { name: '查找办理记录' }).click();
    await page.getByRole('link', { name: '09:40' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('3月11日 09:40');
    await page.context().close();
  });

  test('or comments on the window without a case', async () => {
    const page = await phone(false);
    await page.goto(app.url + sign);
    await page.getByRole('link', { name: '去点评' }).click();
    await page.locator('label[for=s2]').click();
    await page.locator('.t2 summary').click();
    await page.locator('.t2 input[value="214"]').check();
    await page.locator('#text').fill('大厅指引不清楚');
    await page.getByRole('button', { name: '提交点评' }).click();
    expect(page.url()).toMatch(/\/comment\/receipt\//);
    expect(await page.locator('main').textContent()).toContain('您反映的问题会交给有关部门');
    await page.context().close();
  });
});

describe.each(['?lang=zh', '?lang=zh&elder=1', '?lang=en', '?lang=en&elder=1'])(
  'the pages of a sign with %s',
  { timeout: 120_000 },
  (view) => {
    test('have no barriers at 360 px', async () => {
      const page = await phone(true);
      const expectClean = async (state: string) => {
        expect([state, await barriers(page)]).toEqual([state, []]);
        expect([state, await widest(page)]).toEqual([state, 360]);
      };
      await page.goto(app.url + sign + view);
      await expectClean('sign');
      await keepPicture(page, `sign-${view.replace(/\W+/g, '-')}`, { fullPage: true });
      await page.locator('#tail').fill('5678');
      await page.locator('#phone').fill(PHONE);
      await page.locator('#phone').press('Enter');
      await page.locator('a.tick').first().waitFor();
      await expectClean('choice');
      await page.goto(`${app.url}${sign}/comment${view}`);
      await page.locator('label[for=s1]').click();
      await expectClean('comment');
      await page.getByRole('button').click();
      await page.locator('[role=alert]').waitFor();
      await expectClean('comment refused');
      for (const path of ['/w/nothing', '/comment', '/comment/platform/portal']) {
        await page.goto(app.url + path + view);
        await expectClean(path);
      }
      await page.context().close();
    });
  },
);

describe('the office at 1440 px', { timeout: 120_000 }, () => {
  async function office1440() {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    await continueAs(context, app, office);
    const page = await context.newPage();
    return { page, seen: watch(page) };
  }

  test('signs, comments and the entry of forms have no barriers', async () => {
    const { page, seen } = await office1440();
    for (const path of ['signs', 'comments', 'assisted']) {
      await page.goto(`${app.url}/admin/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await barriers(page)]).toEqual([path, []]);
    }
    await page.goto(`${app.url}/admin/signs`);
    await page.getByRole('checkbox', { name: 'T01' }).check();
    await page.getByRole('button', { name: '更换码牌' }).click();
    await page.getByRole('dialog').getByRole('textbox').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(seen).toEqual([]);
    await page.context().close();
  });

  test('a paper form is entered on one line by the keyboard, its scan beside it', async () => {
    const { page, seen } = await office1440();
    const { id } = (await office.page.post('/assisted/batches', { note: '南张镇' })).json();
    const scan = fileForm('评价表.png', await page.screenshot());
    await office.page.post(`/assisted/batches/${id}/files`, scan.body, scan.headers);
    await app.handIn([recordForm({ projectNo: 'JN20260008888', serviceTime: '2026-03-10 09:00:00' })]);
    await page.goto(`${app.url}/admin/assisted/${id}`);
    expect(await page.getByRole('img', { name: '评价表.png' }).getAttribute('src')).toMatch(/^data:image/);
    await page.getByLabel('办件编号', { exact: true }).last().focus();
    const keys = ['JN20260008888', 'Tab', 'Tab', '2', 'Tab', '214', 'Tab', '等太久', 'Tab'];
    for (const key of keys) await (key === 'Tab' ? page.keyboard.press(key) : page.keyboard.type(key));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('2026-03-10');
    await page.getByText('企业设立登记 · JN20260008888-1').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('本次已录 1 份').waitFor();
    await page.getByText('已录入 1 份').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('projectNo');
    expect(seen).toEqual([]);
    await page.context().close();
  });
});

test('signs are printed without scripts, a sheet each', { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await continueAs(context, app, office);
  const page = await context.newPage();
  const seen = watch(page);
  for (const size of ['a4', 'a5', 'card']) {
    await page.goto(`${app.url}/admin/api/signs/print?size=${size}`);
    expect(await page.locator('.sheet').count()).toBe(4);
    expect([size, await barriers(page)]).toEqual([size, []]);
    // Nothing of a sheet may fall off its edge.
    const fits = await page
      .locator('.face')
      .evaluateAll((all) =>
        all.every(
          (one) => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth + 1,
        ),
      );
    expect([size, fits]).toEqual([size, true]);
  }
  expect(seen).toEqual([]);
  await context.close();
});
