/**
 * A change of the scheme on the screen, from the document to its force, and a clerk's own file on a phone:
 * by keyboard alone, free of barriers.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { APPROVAL, CLERK, csvOf } from '../support/hall.ts';
import { barriers, continueAs, keepPicture, tabTo, watch, widest } from '../support/screens.ts';
import { findings, liveThroughMay, merits, RATED_AT } from '../support/worked-example.ts';

const app = await openApp({ now: RATED_AT, served: true });
const browser = await openBrowser();
let writer: Person;
let decider: Person;
let clerk: Person;

/** Enough colleagues for a distribution without names. */
const colleagues = [
  '王欣怡',
  '张梓涵',
  '刘思远',
  '陈嘉豪',
  '杨若曦',
  '赵一鸣',
  '黄诗琪',
  '周子轩',
  '欧阳明月',
].map((name, at) => ({ staff_no: `H0${at + 1}`, name, identity: 'purchased', department_code: APPROVAL }));

beforeAll(async () => {
  await app.load('staff', csvOf(colleagues));
  await app.load(
    'postings',
    csvOf(
      colleagues.map(({ staff_no }) => ({
        staff_no,
        window_code: 'T02',
        from_date: '2026-01-01',
        to_date: '',
        role: 'clerk',
      })),
    ),
  );
  await app.load('findings', late(['H01', 'H02', 'H02', 'H02', 'H02', 'H02', 'H03', 'H04', CLERK]));
  await liveThroughMay(app);
  await app.load('findings', findings);
  await app.load('merits', merits);
  writer = await app.person('assessment_office', { name: '吴主任' });
  decider = await app.person('leader', { name: '郑局长' });
  clerk = await app.person('clerk', { staffNo: CLERK, name: '陈静' });
  for (const [step, body] of [['close'], ['publish'], ['seal', { waiveNotice: '试运行月份' }]] as const) {
    const answer = await writer.page.post(`/months/2026-04/${step}`, body);
    expect(answer.statusCode, answer.body).toBe(200);
  }
});

/** Everyone of the list came late once more in April. */
function late(staff: readonly string[]): string {
  return csvOf(
    staff.map((subject_code, at) => ({
      finding_id: `F202604-${at}`,
      occurred_on: `2026-04-${String(at + 7).padStart(2, '0')}`,
      subject_kind: 'staff',
      subject_code,
      rule: 'daily.late',
      quantity: 1,
      evidence: '指纹考勤 09:12',
      recorded_by: '周督查',
      confirmed_by: '吴主任',
    })),
  );
}

interface Desk {
  page: Page;
  seen: readonly string[];
  width: number;
}

async function sit(person: Person, path: string, width = 1440): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 900 },
    locale: 'zh-CN',
  });
  await context.clock.install({ time: RATED_AT });
  await continueAs(context, app, person);
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

/** Reaches a button or link by Tab, in the dialog where one is open, and presses it. */
async function press({ page }: Desk, name: string, role: 'button' | 'link' = 'button'): Promise<void> {
  const dialog = page.getByRole('dialog');
  const within = (await dialog.count()) > 0 ? dialog : page.getByRole('main');
  await tabTo(page, within.getByRole(role, { name, exact: true }));
  await page.keyboard.press('Enter');
}

/** Reaches a field by Tab and types into it, over what stood there. */
async function type({ page }: Desk, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

test('a scheme is read, changed, tried on a past month and put into force by two', async () => {
  const desk = await sit(writer, '/scheme');
  await desk.page.getByRole('row', { name: /^迟到/ }).getByText('−1.00').waitFor();
  await expectClean(desk, 'scheme');
  await expectClean(await sit(writer, '/scheme', 360), 'scheme-phone');

  await go(desk, '/scheme-drafts');
  await press(desk, '起草修改');
  await type(desk, '草案名称', '早高峰迟到加重扣分');
  await type(desk, '修改理由', '早高峰迟到影响群众取号');
  await press(desk, '起草修改');
  await desk.page.getByRole('heading', { level: 1, name: '早高峰迟到加重扣分' }).waitFor();
  await type(desk, '添加修改', '迟到');
  await desk.page.keyboard.press('Enter');
  await type(desk, '改为', '-3.00');
  await type(desk, '依据', '细则第六条第一项（2026 年修订）');
  await press(desk, '保存草案');
  await desk.page.getByRole('heading', { name: '与现行方案的差异（1）' }).waitFor();
  await expectClean(desk, 'scheme-draft');
  await expectClean(await sit(writer, new URL(desk.page.url()).pathname.slice(6), 360), 'scheme-draft-phone');

  await press(desk, '试算', 'link');
  await desk.page
    .getByRole('row', { name: /张梓涵/ })
    .getByText('较好 → 一般')
    .waitFor();
  await expectClean(desk, 'scheme-what-if');
  const tried = new URL(desk.page.url());
  await expectClean(await sit(writer, `${tried.pathname.slice(6)}`, 360), 'scheme-what-if-phone');
  await press(desk, '早高峰迟到加重扣分', 'link');
  await press(desk, '提交审批');
  await press(desk, '提交审批');
  await desk.page.getByText('待审批').waitFor();

  const second = await sit(decider, '/scheme-drafts');
  await press(second, '早高峰迟到加重扣分', 'link');
  await press(second, '审批');
  await second.page.getByRole('dialog').getByText('−3.00').waitFor();
  await expectClean(second, 'scheme-approval');
  await type(second, '审批意见', '同意');
  await press(second, '批准施行');
  await second.page.getByText('已批准施行').waitFor();
  await go(second, '/scheme?on=2026-06-01');
  await second.page.getByRole('row', { name: /^迟到/ }).getByText('−3.00').waitFor();
  expect(second.seen).toEqual([]);
}, 240_000);

test('a clerk follows the running month on a phone', { timeout: 120_000 }, async () => {
  const phone = await sit(clerk, '/my-file', 360);
  const { page } = phone;
  await page.getByText('依据：指纹考勤 09:07').waitFor();
  await keepPicture(page, 'my-file-phone');
  await tabTo(page, page.getByRole('link', { name: '1', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '待定扣分' }).waitFor();
  await page.getByText('您在这一段').waitFor();
  await expectClean(phone, 'my-file-pending');
  await page.getByText('您在这一段').scrollIntoViewIfNeeded();
  await keepPicture(page, 'my-file-spread');
  await tabTo(page, page.getByRole('link', { name: '2026-04' }));
  await page.keyboard.press('Enter');
  await page.getByText('依据：指纹考勤 09:12').waitFor();
  await expectClean(phone, 'my-file-past');
  await expectClean(await sit(clerk, '/my-file'), 'my-file');
});
