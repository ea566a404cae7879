/** An appeal on the screen: filed on a phone, decided at the office, by keyboard, free of barriers. */
import { beforeAll, expect, test } from 'vitest';
import { type Cast, castOf, findingsOf } from '../journeys/appeal-hall.ts';
import { openApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { samples } from '../support/multipart.ts';
import { desksOf, press } from '../support/screens.ts';

const app = await openApp({ now: new Date('2026-06-04T10:00:00+08:00'), served: true });
const browser = await openBrowser();
const { sit, expectClean } = desksOf(browser, app, { pictures: 'appeal' });
let cast: Cast;

beforeAll(async () => {
  cast = await castOf(app);
  await app.load(
    'findings',
    findingsOf([
      { id: 'F1', day: '2026-05-06', rule: 'daily.late' },
      { id: 'F3', day: '2026-05-13', rule: 'case.incomplete_notice' },
    ]),
  );
  for (const step of ['close', 'publish']) {
    const answer = await cast.office.page.post(`/months/2026-05/${step}`);
    expect(answer.statusCode, answer.body).toBe(200);
  }
});

test('from the line on a phone to the decision at the office', { timeout: 240_000 }, async () => {
  const phone = await sit(cast.clerk, '/my-file?month=2026-05', 360);
  const line = phone.page.getByRole('button', { name: /^申诉 迟到/ });
  await line.waitFor();
  await expectClean(phone, 'my-file');
  await line.press('Enter');
  await phone.page.getByLabel('申诉理由').fill('当日因送办事群众就医迟到，已向值班主任报备，请予核实。');
  await phone.page.setInputFiles('input[type=file]', {
    name: '报备单.pdf',
    mimeType: 'application/pdf',
    buffer: samples.pdf,
  });
  await expectClean(phone, 'form');
  await press(phone.page, '提出申诉');
  await phone.page.getByRole('heading', { name: '申诉 SS2026-0001' }).waitFor();
  await phone.page.getByText('报备单.pdf').waitFor();
  await expectClean(phone, 'phone');

  const liaison = await sit(cast.liaison, '/');
  await liaison.page.getByRole('link', { name: 'SS2026-0001' }).press('Enter');
  await liaison.page.getByRole('radio', { name: '支持申诉', exact: true }).check();
  await liaison.page.getByLabel('意见', { exact: true }).fill('情况属实，当日已报备。');
  await expectClean(liaison, 'opinion');
  await press(liaison.page, '提交部门意见');
  await liaison.page.getByText('待组成复核小组').first().waitFor();

  const office = await sit(cast.office, '/appeals?state=open');
  await expectClean(office, 'list');
  await office.page.getByRole('link', { name: 'SS2026-0001' }).press('Enter');
  for (const name of ['组长', '组员甲', '组员乙']) {
    await office.page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).press('Space');
  }
  await office.page.getByRole('radio', { name: '组长' }).press('Space');
  await expectClean(office, 'group');
  await press(office.page, '组成小组');
  await office.page.getByText('复核中').first().waitFor();

  for (const member of [...cast.group].reverse()) {
    const desk = await sit(member, '/appeals?mine=1');
    await desk.page.getByRole('link', { name: 'SS2026-0001' }).press('Enter');
    await desk.page.getByRole('radio', { name: '成立', exact: true }).check();
    await desk.page.getByLabel('理由', { exact: true }).fill('报备记录核对无误。');
    await press(desk.page, '提交表决');
    await desk.page.getByText('您已表决').waitFor();
    if (member !== cast.group[0]) continue;
    await desk.page.getByLabel('决定理由（告知申诉人）').fill('经复核，迟到系送群众就医并已报备，申诉成立。');
    await expectClean(desk, 'decision');
    await press(desk.page, '登记决定：成立');
    await desk.page.getByText('更正分数').waitFor();
    await expectClean(desk, 'decided');
  }
});
