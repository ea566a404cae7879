/**
 * The first morning with the product: a citizen rates on a phone, the office closes the month and follows
 * the score.
 */
import { beforeAll, expect, test } from 'vitest';
import { openApp, tokenOf } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { keepPicture, watch, widest } from '../support/screens.ts';
import {
  ABOUT_PERSON,
  CLOSED_AT,
  findings,
  liveThroughMay,
  merits,
  verdicts,
} from '../support/worked-example.ts';

const app = await openApp({ now: CLOSED_AT, served: true });
const browser = await openBrowser();

const china = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' } as const;
const office = await browser.newContext({ ...china, viewport: { width: 1440, height: 900 } });
const phone = await browser.newContext({
  ...china,
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 1.5,
  javaScriptEnabled: false,
});
const desk = await office.newPage();
const citizen = await phone.newPage();
for (const page of [desk, citizen]) page.setDefaultTimeout(25_000);
const wrongAtDesk = watch(desk);
const wrongOnPhone = watch(citizen);

let link = '';
let receipt = '';

beforeAll(async () => {
  await liveThroughMay(app, [ABOUT_PERSON]);
  app.t.clock.set(CLOSED_AT);
  await app.load('findings', findings);
  await app.load('merits', merits);
});

const place = (name: string) => desk.getByRole('navigation').getByRole('link', { name, exact: true });
const drawer = () => desk.getByRole('dialog');

test('somebody of the assessment office signs in', async () => {
  const { username, password } = await app.person('assessment_office', { name: '吴主任' });
  await desk.goto(`${app.url}/admin/`);
  await desk.getByLabel('用户名').fill(username);
  await desk.getByLabel('密码').fill(password);
  await keepPicture(desk, 'sign-in');
  await desk.getByRole('button', { name: '登录' }).click();
  await place('首页').waitFor();
});

test('finds the case and its rating link', async () => {
  await place('办件记录').click();
  await desk.getByLabel('办件编号或事项名称').fill(ABOUT_PERSON);
  await desk.keyboard.press('Enter');
  await desk
    .getByRole('link', { name: /JN20260529-0059/ })
    .first()
    .click();
  const address = drawer().getByRole('link', { name: /\/r\// });
  link = (await address.getAttribute('href')) ?? '';
  await keepPicture(desk, 'service-record');
  expect(link.startsWith(`${app.url}/r/`)).toBe(true);
  expect(tokenOf({ ratingUrl: link }).length).toBeLessThanOrEqual(24);
});

test('a citizen who isn’t signed in rates 2 with tag 214 on a phone without scripts', async () => {
  await citizen.goto(link);
  expect(await citizen.getByRole('heading', { level: 1 }).textContent()).toContain(
    '在 T01 窗口办理的“企业设立登记”',
  );
  expect(await citizen.locator('input:checked[name=satisfaction]').count()).toBe(0);
  expect(await widest(citizen)).toBeLessThanOrEqual(360);
  await keepPicture(citizen, 'citizen-page');
  await citizen.getByText('不满意', { exact: true }).click();
  await citizen.getByText('更多').locator('visible=true').click();
  await citizen.getByLabel('服务态度生硬').check();
  await citizen.getByLabel('还想说些什么？').fill('问一句答一句，很不耐烦');
  expect(await widest(citizen)).toBeLessThanOrEqual(360);
  await keepPicture(citizen, 'citizen-page-tags', { fullPage: true });
  await citizen.getByRole('button', { name: '提交评价' }).click();
  await citizen.waitForURL(/\/receipt\//);
  expect(await citizen.getByRole('heading', { level: 1 }).textContent()).toBe('谢谢，您的评价已经收到');
  receipt = (await citizen.locator('.code').textContent()) ?? '';
  expect(receipt).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await keepPicture(citizen, 'receipt');
  expect(wrongOnPhone).toEqual([]);
});

test('the office sees the rating, waiting for a verdict', async () => {
  await desk.goto(`${app.url}/admin/ratings?tag=214`);
  await desk.getByRole('cell', { name: /214 服务态度生硬/ }).waitFor();
  await desk.getByRole('cell', { name: '2 不满意' }).waitFor();
  await keepPicture(desk, 'ratings');
});

test('closes the month, and the table shows 94.71', async () => {
  await app.load('ratings', verdicts);
  await desk.goto(`${app.url}/admin/scores?month=2026-05`);
  await desk.getByRole('button', { name: /月\s*结/ }).click();
  await drawer().getByText('2026-05 月结').waitFor();
  await keepPicture(desk, 'close-month');
  await drawer()
    .getByRole('button', { name: /^月\s*结$/ })
    .click();
  const row = desk.getByRole('row', { name: /陈静/ });
  await row.getByRole('link', { name: '94.71' }).waitFor();
  await drawer().waitFor({ state: 'hidden' });
  await desk.locator('.ant-message-notice').waitFor({ state: 'hidden' });
  await keepPicture(desk, 'scores');
});

test('and follows the score by clicks to that very rating', async () => {
  await desk.getByRole('row', { name: /陈静/ }).getByRole('link', { name: '21.21' }).click();
  await desk.getByRole('heading', { name: '陈静 2026-05 成绩来由' }).waitFor();
  const sum = desk.locator('.yp-sum');
  expect(await sum.textContent()).toContain('= 94.71');
  // High enough for all of it, so that nothing sticks over it.
  await desk.setViewportSize({ width: 1120, height: 2600 });
  await keepPicture(desk.getByRole('main'), 'explained-score');
  await desk.setViewportSize({ width: 1440, height: 900 });
  await desk.getByRole('link', { name: '查看原始评价' }).click();
  await drawer().getByText(receipt).waitFor();
  expect(await drawer().textContent()).toContain('问一句答一句，很不耐烦');
  await keepPicture(desk, 'score-to-rating');
  expect(wrongAtDesk).toEqual([]);
});
