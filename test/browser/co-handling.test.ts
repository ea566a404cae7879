/** Several departments at one order: what is asked of the other, the meeting, and the cause. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { APPROVAL, POLICE } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { barriers, continueAs, keepPicture, press, watch, widest } from '../support/screens.ts';

const app = await openApp({ now: new Date('2026-06-08T10:00:00+08:00'), served: true });
const browser = await openBrowser();

async function sit(person: Person, path: string, width: number) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  await continueAs(context, app, person);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(`${app.url}/admin${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const clean = async (state: string) => {
    await keepPicture(page, `co-handling-${state}`);
    expect([state, await barriers(page), await widest(page), seen]).toEqual([state, [], width, []]);
  };
  return { page, clean };
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.locator('.yp-inline-form').getByLabel(label).click();
  await page.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
}

test('a department asks another, both meet, and the whole is answered with its cause', {
  timeout: 120_000,
}, async () => {
  const liaison = await app.person('department_liaison', { scope: APPROVAL, name: '审批局联络员' });
  const police = await app.person('department_liaison', { scope: POLICE, name: '公安局联络员' });
  const sent = await app.api('POST', '/voices', {
    ...{ id: 'CO1', channel: 'desk', kind: 'stuck_matter', subjectKind: 'window', subjectCode: 'T02' },
    text: '两个部门互相推，跑了四次。',
    receivedAt: '2026-06-08 09:30:00',
  });
  const { items } = (await liaison.page.get(`/work-orders?q=${sent.json().number}`)).json();
  const path = `/work-orders/${items[0].id}`;
  for (const [step, form] of [
    ['sign', {}],
    ['contact', { outcome: 'reached', note: '当日已联系' }],
  ] as const)
    expect((await liaison.page.post(`${path}/${step}`, form)).statusCode).toBe(200);
  const minutes = fileForm('会议纪要.pdf', samples.pdf);
  await liaison.page.post(`${path}/files`, minutes.body, minutes.headers);

  const desk = await sit(liaison, `/orders/${items[0].id}`, 1440);
  await press(desk.page, '请部门协办');
  await choose(desk.page, '部门', '济宁市公安局');
  await desk.page.getByLabel('协办期限（工作日）').fill('3');
  await desk.page.getByLabel('说明').fill('请核对并补发批文。');
  await desk.clean('ask');
  await press(desk.page, '确认请部门协办');
  await desk.page.getByText('协办中', { exact: true }).waitFor();
  await press(desk.page, '登记会商');
  await desk.page.getByLabel('会商日期').fill('2026-06-08');
  await desk.page.getByLabel('会商日期').press('Enter');
  await choose(desk.page, '参加部门', '济宁市公安局');
  await desk.page.keyboard.press('Escape');
  await choose(desk.page, '会议纪要', '会议纪要.pdf');
  await desk.page.getByLabel('说明').fill('今后由审批局统一收件转送。');
  await desk.clean('meet');
  await press(desk.page, '确认登记会商');
  await desk.page.getByText('会商记录').waitFor();

  const phone = await sit(police, '/', 360);
  await phone.page.getByRole('link', { name: sent.json().number }).first().press('Enter');
  await press(phone.page, '提交协办答复');
  await phone.page.getByLabel('说明').fill('批文已补发。');
  await phone.clean('phone');
  await press(phone.page, '确认提交协办答复');
  await phone.page.getByText('已答复', { exact: true }).waitFor();

  await desk.page.getByText('已答复', { exact: true }).waitFor();
  await press(desk.page, '提交答复');
  await choose(desk.page, '根本原因', '部门之间协调不力');
  await desk.page.getByLabel('说明').fill('已补发批文，当日办结。');
  await press(desk.page, '确认提交答复');
  await desk.page.getByText('待审批').first().waitFor();
  await desk.clean('answered');

  const office = await app.person('assessment_office', { name: '考核办' });
  for (const width of [1440, 360]) {
    const summary = await sit(office, '/stuck-summary?month=2026-06', width);
    await summary.page.getByRole('rowheader', { name: '部门之间协调不力' }).waitFor();
    await summary.clean(`summary-${width}`);
  }
});
