/** The caller's desk: from the queue to the proposal that somebody else confirms, and the public draw. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { drawWeek } from '../../src/feedback/follow-up/draw-actions.ts';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { recordForm } from '../support/hall.ts';
import { CITY } from '../support/office.ts';
import { barriers, continueAs, keepPicture, watch, widest } from '../support/screens.ts';

const app = await openApp({ now: new Date('2026-05-18T09:00:00+08:00'), served: true });
const browser = await openBrowser();
let caller: Person;
let leader: Person;

beforeAll(async () => {
  caller = await app.person('caller');
  leader = await app.person('leader');
  const finished = Array.from({ length: 8 }, (_, index) =>
    recordForm({
      projectNo: `JN2026-${1000 + index}`,
      serviceTime: `2026-05-1${1 + (index % 5)} 10:0${index}:00`,
      ...{ proStatus: 3, mobile: `1381234567${index}`, userName: '张三' },
    }),
  );
  await app.handIn(finished);
  await drawWeek(app.t, CITY, async () => '17:30');
});

interface Desk {
  page: Page;
  seen: readonly string[];
  width: number;
}

async function sit(person: Person, path: string, width: number): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width, height: 1000 }, locale: 'zh-CN' });
  await continueAs(context, app, person);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(`${app.url}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, seen, width };
}

async function expectClean({ page, seen, width }: Desk, state: string): Promise<void> {
  await keepPicture(page, `follow-up-${state}`);
  expect([state, await barriers(page)]).toEqual([state, []]);
  expect([state, await widest(page)]).toEqual([state, width]);
  expect([state, seen]).toEqual([state, []]);
}

test.each([1440, 360])(
  'a call from the queue to the answer at %d px',
  { timeout: 120_000 },
  async (width) => {
    const desk = await sit(caller, '/admin/call-backs', width);
    const { page } = desk;
    await page
      .getByRole('link', { name: /^HF2026-/ })
      .first()
      .waitFor();
    await expectClean(desk, `queue-${width}`);
    await page
      .getByRole('link', { name: /^HF2026-/ })
      .first()
      .click();
    await page.getByLabel('查看事由').fill('周抽样回访');
    await page.getByRole('button', { name: '查看电话' }).click();
    await page.getByText(/^1381234567\d$/).waitFor();
    await page.getByRole('radio', { name: '接通' }).check();
    await page
      .getByRole('group', { name: '总的来说，您满意吗？' })
      .or(page.locator('#satisfied'))
      .getByRole('radio', { name: '满意', exact: true })
      .check();
    await page.getByRole('checkbox', { name: '群众主动表扬了工作人员' }).check();
    await expectClean(desk, `script-${width}`);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '群众的回答' }).waitFor();
    await expectClean(desk, `answered-${width}`);
  },
);

test('praise is confirmed by a second person', { timeout: 120_000 }, async () => {
  await app.settle();
  const desk = await sit(leader, '/admin/merits', 1440);
  const { page } = desk;
  await page.getByRole('button', { name: '处理' }).first().click();
  await page.getByRole('dialog').waitFor();
  await expectClean(desk, 'merit');
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await page.getByText('已确认').first().waitFor();
});

test('the draw is repeated in the office and published', { timeout: 120_000 }, async () => {
  const desk = await sit(leader, '/admin/call-draws', 1440);
  await desk.page.getByRole('button', { name: '复核' }).click();
  await desk.page.getByText('2026-05-11 的抽样可以复现：8 件与记录一致').waitFor();
  await desk.page.locator('.ant-btn-loading').waitFor({ state: 'detached' });
  await expectClean(desk, 'draws');
  for (const width of [360, 1440]) {
    const open = await sit(leader, '/public/call-backs?lang=zh', width);
    await expectClean(open, `public-${width}`);
  }
});
