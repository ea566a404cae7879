/**
 * The end of a month on the screen, from what is missing to the pay sheet, the notice and the year: by
 * keyboard alone, at the office and on a phone, free of barriers.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { CLERK } from '../support/hall.ts';
import { barriers, continueAs, keepPicture, tabTo, watch, widest } from '../support/screens.ts';
import { CLOSED_AT, findings, liveThroughMay, merits, verdicts } from '../support/worked-example.ts';

const app = await openApp({ now: CLOSED_AT, served: true });
const browser = await openBrowser();
const WAIVER = '本月窗口集中搬迁，经中心主任办公会同意提前结束公示';
let office: Person;

beforeAll(async () => {
  await liveThroughMay(app);
  app.t.clock.set(CLOSED_AT);
  await app.load('findings', findings);
  await app.load('merits', merits);
  office = await app.person('assessment_office', { name: '吴主任' });
  await end('2026-04', '试运行月份，不公示');
});

/** Ends another month without looking at it. */
async function end(month: string, waiveNotice: string): Promise<void> {
  for (const [step, body] of [['close'], ['publish'], ['seal', { waiveNotice }]] as const) {
    const answer = await office.page.post(`/months/${month}/${step}`, body);
    expect(answer.statusCode, answer.body).toBe(200);
  }
}

interface Desk {
  page: Page;
  seen: readonly string[];
  width: number;
}

async function sit(path: string, width = 1440): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 900 },
    locale: 'zh-CN',
  });
  await continueAs(context, app, office);
  const page = await context.newPage();
  const desk = { page, seen: watch(page), width };
  await go(desk, path);
  return desk;
}

async function go({ page }: Desk, path: string): Promise<void> {
  await page.goto(`${app.url}/admin${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function expectClean({ page, seen, width }: Desk, state: string): Promise<void> {
  await page.locator('.ant-message-notice').waitFor({ state: 'hidden' });
  await keepPicture(page, state);
  expect([state, await barriers(page)]).toEqual([state, []]);
  expect([state, await widest(page)]).toEqual([state, width]);
  expect([state, seen]).toEqual([state, []]);
}

/** Reaches a button by Tab, in the dialog where one is open, and presses it. */
async function press({ page }: Desk, name: string | RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  const within = (await dialog.count()) > 0 ? dialog : page;
  const button = within.getByRole('button', { name, exact: true });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

/** Waits until a dialog's step is done. */
async function done({ page }: Desk): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

const CLOSE = /^月\s*结$/;

test('the month desk, from what is missing to the seal', { timeout: 240_000 }, async () => {
  const desk = await sit('/month?month=2026-05');
  const { page } = desk;
  await page.getByRole('row', { name: /待核实的差评/ }).waitFor();
  await expectClean(desk, 'month-desk');
  await press(desk, CLOSE);
  await page.getByRole('dialog').getByText('2026-05 月结').waitFor();
  await press(desk, CLOSE);
  await done(desk);
  await app.load('ratings', verdicts);
  await page.reload();
  await press(desk, '重新月结');
  await page.getByRole('dialog').getByText('上次月结').waitFor();
  await press(desk, CLOSE);
  await done(desk);

  await press(desk, '公示本月');
  await page.getByRole('dialog').getByText('公示对象').waitFor();
  await expectClean(desk, 'month-publish');
  await press(desk, '公示本月');
  await done(desk);

  await fileAppeal();
  await page.reload();
  const appeals = page.getByRole('link', { name: '未办结的申诉' });
  await tabTo(page, appeals);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'SS2026-0001' }).waitFor();
  expect(new URL(page.url()).searchParams.get('month')).toBe('2026-05');

  const phone = await sit('/month?month=2026-05', 360);
  await expectClean(phone, 'month-desk-phone');
  await go(desk, '/month?month=2026-05');
  await press(desk, '封存本月');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('封存对象').waitFor();
  // Without its reasons nothing is sealed, and the dialog says why.
  await press(desk, '封存本月');
  await dialog.getByText('请写明理由，4 至 500 字。').first().waitFor();
  for (const [label, reason] of [
    ['提前结束公示的理由', WAIVER],
    ['结转未办结申诉的理由', '申诉材料尚在调取，结转下月办理'],
  ] as const) {
    await tabTo(page, dialog.getByLabel(label));
    await page.keyboard.type(reason);
  }
  await expectClean(desk, 'month-seal');
  await press(desk, '封存本月');
  await done(desk);
  await page.getByText('本月已经封存').waitFor();
  await expectClean(desk, 'month-sealed');
});

/** The clerk appeals against being late; what becomes of it is another test's matter. */
async function fileAppeal(): Promise<void> {
  const clerk = await app.person('clerk', { staffNo: CLERK, name: '陈静' });
  const { lines } = (await clerk.page.get(`/scores/2026-05/staff/${CLERK}`)).json();
  const line = lines.find(({ rule }: { rule: { code: string } | null }) => rule?.code === 'daily.late');
  const answer = await clerk.page.post(`/scores/2026-05/staff/${CLERK}/appeals`, {
    id: '00000000-0000-4000-8000-000000000001',
    line: line.key,
    text: '当日因送办事群众就医迟到，已向值班主任报备，请予核实。',
  });
  expect(answer.statusCode, answer.body).toBe(200);
}

test('the pay sheet, and its file for the wage office', { timeout: 120_000 }, async () => {
  const desk = await sit('/pay?month=2026-05');
  await desk.page.getByRole('row', { name: /陈静/ }).getByText('暂缓', { exact: true }).waitFor();
  await expectClean(desk, 'pay-sheet');
  const [file] = await Promise.all([desk.page.waitForEvent('download'), press(desk, '导出 Excel')]);
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  await expectClean(await sit('/pay?month=2026-05', 360), 'pay-sheet-phone');
});

test('the notice, as a page and for Word', { timeout: 120_000 }, async () => {
  const desk = await sit(`/scores/2026-05/staff/${CLERK}`);
  const link = desk.page.getByRole('link', { name: '通知书', exact: true });
  await tabTo(desk.page, link);
  const [notice] = await Promise.all([
    desk.page.context().waitForEvent('page'),
    desk.page.keyboard.press('Enter'),
  ]);
  await notice.getByRole('heading', { level: 1 }).waitFor();
  const seen = watch(notice);
  await notice.setViewportSize({ width: 900, height: 1240 });
  expect(await notice.getByRole('main').textContent()).toContain(WAIVER);
  await expectClean({ page: notice, seen, width: 900 }, 'notice');
  await notice.setViewportSize({ width: 360, height: 740 });
  expect(await widest(notice)).toBe(360);
  await desk.page.bringToFront();
  const [file] = await Promise.all([desk.page.waitForEvent('download'), press(desk, '通知书（Word）')]);
  expect(file.suggestedFilename()).toBe('notice-2026-05.docx');
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  expect(desk.seen).toEqual([]);
});

test('the year and its quarters', { timeout: 120_000 }, async () => {
  app.t.clock.set(new Date('2026-07-01T09:30:00+08:00'));
  office = await app.person('assessment_office', { name: '吴主任' });
  await end('2026-06', '试运行月份，不公示');
  const desk = await sit('/year?year=2026');
  await desk.page.getByRole('row', { name: /王磊/ }).getByText('2 季度').waitFor();
  await desk.page.getByRole('row', { name: /陈静/ }).getByRole('link', { name: '94.71' }).waitFor();
  await expectClean(desk, 'year');
  await expectClean(await sit('/year?year=2026', 360), 'year-phone');
});
