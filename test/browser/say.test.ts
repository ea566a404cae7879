/** Speaking up and following it, without scripts, in both languages and sizes. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { APPROVAL } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { barriers, widest } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
const PHONE = '13812345678';
const VIEWS = ['?lang=zh', '?lang=zh&elder=1', '?lang=en', '?lang=en&elder=1'];
let sign = '';
const numbers: string[] = [];

beforeAll(async () => {
  const office = await app.person('assessment_office');
  const [liaison, leader] = [
    await app.person('department_liaison', { scope: APPROVAL }),
    await app.person('leader'),
  ];
  await office.page.post('/signs', {});
  sign = (await office.page.get('/signs?q=T01')).json().items[0].signCode;
  for (const view of VIEWS) {
    const said = {
      id: view,
      channel: 'desk',
      kind: 'complaint',
      subjectKind: 'window',
      subjectCode: 'T01',
      text: '等了两个小时',
      phone: PHONE,
      receivedAt: '2026-03-11 09:00:00',
    };
    numbers.push((await app.api('POST', '/voices', said)).json().number);
    const { id } = (await liaison.page.get(`/work-orders?q=${numbers.at(-1)}`)).json().items[0];
    await liaison.page.post(`/work-orders/${id}/sign`, {});
    await liaison.page.post(`/work-orders/${id}/contact`, { outcome: 'reached', note: '已致歉' });
    const { body, headers } = fileForm('照片.png', samples.png);
    await liaison.page.post(`/work-orders/${id}/files`, body, headers);
    await liaison.page.post(`/work-orders/${id}/answer`, { note: '已经加开两个窗口，并向您致歉。' });
    await leader.page.post(`/work-orders/${id}/approve`, { approve: true, note: '同意' });
  }
});

async function phone(scripts: boolean): Promise<Page> {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, locale: 'zh-CN' });
  return await context.newPage();
}

test('a stuck matter is told at the sign and followed, without scripts', { timeout: 120_000 }, async () => {
  const page = await phone(false);
  await page.goto(`${app.url}/w/${sign}`);
  await page.getByRole('link', { name: '去反映' }).click();
  await page.getByRole('radio', { name: '办不成事' }).check();
  await page.getByLabel('办不成事属于哪一种').selectOption('not_accepted');
  await page.getByLabel('手机号').fill('138');
  await page.getByLabel('具体情况').fill('材料都交了，不受理');
  await page.getByRole('button', { name: '提交' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('不是有效的电话号码');
  expect(await page.getByLabel('具体情况').inputValue()).toBe('材料都交了，不受理');
  await page.getByLabel('手机号').fill(PHONE);
  await page.getByRole('button', { name: '提交' }).click();
  const number = (await page.locator('.code').first().textContent()) ?? '';
  expect(number).toMatch(/^BBC2026-/);
  await page.getByRole('link', { name: '查询办理进度' }).click();
  await page.getByLabel('编号', { exact: true }).fill(number);
  await page.getByLabel('手机号或查询码').fill(PHONE);
  await page.getByRole('button', { name: '查询' }).click();
  expect(await page.locator('main').textContent()).toContain('已经转给承办部门');
  expect(page.url()).not.toContain(PHONE);
  await page.context().close();
});

describe.each(VIEWS.map((view, at) => [view, at] as const))(
  'the pages with %s',
  { timeout: 120_000 },
  (view, at) => {
    test('have no barriers at 360 px', async () => {
      const page = await phone(true);
      const expectClean = async (state: string) => {
        expect([state, await barriers(page)]).toEqual([state, []]);
        expect([state, await widest(page)]).toEqual([state, 360]);
      };
      await page.goto(`${app.url}/say${view}`);
      await expectClean('form');
      await page.locator('form button').click();
      await page.getByRole('alert').waitFor();
      await expectClean('refused');
      await page.getByRole('radio').first().check();
      await page.locator('#text').fill('材料都交了，不受理');
      await page.locator('form button').click();
      await page.locator('.code').first().waitFor();
      await expectClean('received');
      await page.goto(`${app.url}/follow${view}`);
      await expectClean('follow');
      await page.locator('#number').fill(numbers[at] ?? '');
      await page.locator('#phone').fill('13900000000');
      await page.locator('form button').click();
      await page.getByRole('alert').waitFor();
      await expectClean('unknown');
      await page.locator('#phone').fill(PHONE);
      await page.locator('form button').click();
      await page.locator('.said').waitFor();
      await expectClean('answered');
      await page.getByRole('button').last().click();
      await page.getByRole('status').waitFor();
      await expectClean('judged');
      await page.context().close();
    });
  },
);
