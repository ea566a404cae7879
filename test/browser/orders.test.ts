/** An order on the screen: it appears by itself, is answered by keyboard, and looked after at the office. */
import { beforeAll, expect, test } from 'vitest';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { APPROVAL, recordForm } from '../support/hall.ts';
import { samples } from '../support/multipart.ts';
import { desksOf, press } from '../support/screens.ts';

const app = await openApp({ now: new Date('2026-04-30T16:00:00+08:00'), served: true });
const browser = await openBrowser();
const { sit, expectClean } = desksOf(browser, app, { pictures: 'order' });
let liaison: Person;
let supervisor: Person;

beforeAll(async () => {
  liaison = await app.person('department_liaison', { scope: APPROVAL, name: '审批局联络员' });
  supervisor = await app.person('supervisor', { name: '督查科' });
  await app.api('POST', '/voices', {
    id: 'S1',
    channel: 'desk',
    kind: 'stuck_matter',
    subjectKind: 'window',
    subjectCode: 'T02',
    text: '材料齐全，两次来办都没有受理。',
    receivedAt: '2026-04-30 10:30:00',
  });
});

test('from the bad rating to the answer on a phone, with the supervisor looking on', {
  timeout: 120_000,
}, async () => {
  const desk = await sit(liaison, '/orders');
  await desk.page.getByRole('link', { name: 'BBC2026-000001' }).waitFor();
  const [link] = await app.handIn([recordForm({ projectNo: 'BAD1', serviceTime: '2026-04-30 15:00:00' })]);
  const rated = { token: link ? tokenOf(link) : '', satisfaction: 2, evalDetail: ['214'] };
  expect((await app.api('POST', '/ratings', rated)).statusCode).toBe(201);
  // Nobody reloads: the order comes by itself.
  await desk.page.getByRole('link', { name: 'CP2026-000001' }).waitFor();
  await expectClean(desk, 'list');
  await desk.page.getByText('看板', { exact: true }).click();
  await desk.page
    .getByRole('region', { name: '待签收' })
    .getByRole('link', { name: 'CP2026-000001' })
    .waitFor();
  await expectClean(desk, 'board');

  const phone = await sit(liaison, '/', 360);
  await phone.page.getByRole('link', { name: 'CP2026-000001' }).first().press('Enter');
  await press(phone.page, '签收');
  await press(phone.page, '确认签收');
  await phone.page.getByText('办理中').first().waitFor();
  await press(phone.page, '联系群众');
  await phone.page.getByRole('radio', { name: '已联系上' }).check();
  await phone.page.getByLabel('说明').fill('已致歉并说明情况。');
  await expectClean(phone, 'phone-contact');
  await press(phone.page, '确认联系群众');
  await phone.page.setInputFiles('input[type=file]', {
    name: '整改照片.png',
    mimeType: 'image/png',
    buffer: samples.png,
  });
  await phone.page.getByText('整改照片.png').waitFor();
  await press(phone.page, '提交答复');
  await phone.page.getByLabel('说明').fill('已对窗口人员进行培训，并公示服务规范。');
  await press(phone.page, '确认提交答复');
  await phone.page.getByText('待审批').first().waitFor();
  await expectClean(phone, 'phone');

  const office = await sit(supervisor, '/orders?view=overview');
  await office.page.getByRole('heading', { name: '按承办部门' }).waitFor();
  await expectClean(office, 'overview');
  await office.page.getByText('列表', { exact: true }).click();
  await office.page.getByRole('link', { name: 'CP2026-000001' }).press('Enter');
  await press(office.page, '审批');
  await office.page.getByRole('radio', { name: '同意', exact: true }).check();
  await office.page.getByLabel('说明').fill('整改到位。');
  await press(office.page, '确认审批');
  await office.page.getByText('待回访').first().waitFor();
  await expectClean(office, 'detail');
  await office.page.getByRole('link', { name: /不满意/ }).press('Enter');
  await office.page.getByRole('heading', { name: '整改工单' }).waitFor();
  await office.page.getByRole('link', { name: 'CP2026-000001' }).waitFor();
});
