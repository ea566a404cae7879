/** A day at the counter on the screen: ticket, notice, supplement, two departments, result, rating. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { type CaseHall, openCaseHall } from '../support/case-hall.ts';
import { tap } from '../support/kiosk.ts';
import { type Desk, desksOf } from '../support/screens.ts';

const hall: CaseHall = await openCaseHall({ now: new Date('2026-06-01T10:00:00+08:00'), served: true });
const browser = await openBrowser();
const { sit, expectClean } = desksOf(browser, hall.app, { pictures: 'hall' });
let chief: Person;

beforeAll(async () => {
  const { app } = hall;
  await app.load(
    'ticket_groups',
    'code,name,region_code,prefix,windows\nENT,企业开办,370800000000,A,"T01,T02"\n',
  );
  chief = await app.person('clerk', { staffNo: 'G002', scope: '370800', name: '王磊' });
});

async function approve(person: Person, projectNo: string, shown: string): Promise<Desk> {
  const desk = await sit(person, '/back-office');
  await desk.page.getByRole('link', { name: projectNo }).press('Enter');
  await desk.page.getByLabel('意见').fill('符合条件');
  await expectClean(desk, shown);
  await desk.page.getByRole('button', { name: '保存' }).press('Enter');
  return desk;
}

/** Called, taken in with a one-time notice, finished and rated on the tablet: three actions, by keyboard. */
async function noticed(): Promise<string> {
  const { clerk, kiosk } = hall;
  const tablet = await kiosk.tablet();
  const counter = await sit(clerk, '/counter');
  const { page } = counter;
  await page.getByRole('button', { name: 'A001' }).waitFor();
  await page.keyboard.press('F2');
  await page.getByText('A001').first().waitFor();
  await page.getByLabel('事项名称、拼音首字母或编码').fill('spjy');
  await page
    .getByTitle(/食品经营许可/)
    .or(page.getByText(/食品经营许可 · /))
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('申请人', { exact: true }).fill('周大爷');
  await page.getByLabel('手机号').fill('13900001234');
  await page.getByText('一次性告知', { exact: true }).first().click();
  await expectClean(counter, 'counter');
  await page.getByRole('button', { name: '保存' }).press('Enter');
  const link = page.getByRole('status').getByRole('link', { name: /^YP/ });
  await link.waitFor();
  const projectNo = (await link.textContent()) ?? '';
  const slip = page.getByRole('status').getByRole('link', { name: '打印凭条' });
  const notice = await clerk.page.get(`/applications/${projectNo}/slips/1`);
  expect(notice.body).toContain('一次性告知书');
  expect(await slip.getAttribute('href')).toContain(projectNo);
  await page.keyboard.press('F4');
  await page.getByText('评价设备正在邀请评价').waitFor();
  const { invitation } = (await tablet.get('/kiosk/api/state')).json();
  expect((await tablet.post(`/kiosk/api/invitations/${invitation}/shown`)).statusCode).toBe(200);

  const rated = await tablet.post('/kiosk/api/ratings', { items: [tap(invitation)] });
  expect(rated.statusCode, rated.body).toBe(200);
  return projectNo;
}

test('from the ticket to the rating and the clerk’s file', { timeout: 180_000 }, async () => {
  const { app, clerk, officer, colleague } = hall;
  await clerk.page.post('/tickets', { id: randomUUID(), group: 'ENT', priority: true });
  const projectNo = await noticed();

  // The papers come; any window of the hall takes them.
  const again = await sit(colleague, `/counter/${projectNo}`);
  await again.page.getByRole('checkbox').first().waitFor();
  for (const box of await again.page.getByRole('checkbox').all()) await box.check();
  await expectClean(again, 'supplement');
  await again.page.getByRole('dialog').getByRole('button', { name: '保存' }).press('Enter');
  await again.page.getByRole('dialog').getByText('已受理').first().waitFor();

  const first = await approve(chief, projectNo, 'back-office');
  await first.page.getByText('通过', { exact: true }).first().waitFor();
  const second = await approve(officer, projectNo, 'second-step');
  await second.page.getByText('准予', { exact: true }).first().waitFor();

  const issue = await sit(clerk, '/results');
  await issue.page.getByRole('row', { name: new RegExp(projectNo) }).waitFor();
  await expectClean(issue, 'results');
  await issue.page.getByRole('button', { name: '出件', exact: true }).first().press('Enter');
  await issue.page.getByText(`${projectNo} 已出件`).waitFor();

  // What was rated stands in the clerk's own file.
  await app.settle();
  const file = await clerk.page.get('/months/2026-06/live/G001');
  expect(file.statusCode, file.body).toBe(200);
  expect(file.body).toContain('"rated":1');

  const phone = await sit(clerk, '/counter', 360);
  await phone.page.getByText('我的在办').waitFor();
  await expectClean(phone, 'counter-phone');
  const screen = await app.http.inject('/calls/370800');
  expect(screen.body).toContain('企业开办');
});
