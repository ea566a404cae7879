/** The verification desk and the integrity reviews on the screen, by two people, free of barriers. */
import { beforeAll, expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { samples } from '../support/multipart.ts';
import { plant } from '../support/planted-ratings.ts';
import { barriers, desksOf, keepPicture, press, widest } from '../support/screens.ts';
import { plantClerks, plantDevices, plantMoments } from '../support/suspicious-month.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
const { sit, expectClean } = desksOf(browser, app, { timezoneId: 'Asia/Shanghai', pictures: 'integrity' });
let supervisor: Person;
let office: Person;

beforeAll(async () => {
  supervisor = await app.person('supervisor');
  office = await app.person('assessment_office');
  await plantDevices(app.t);
  await plantMoments(app.t);
  await plantClerks(app.t);
  await plant(app.t, [
    { service: '2026-03-10 09:00', level: 1, tags: [115] },
    { service: '2026-03-10 09:20', level: 2, text: '等了很久' },
    ...Array.from({ length: 8 }, (_, at) => ({
      service: `2026-03-10 1${at}:00`,
      rated: `2026-03-10 1${at}:20`,
    })),
  ]);
  const run = await supervisor.page.post('/integrity/runs', { from: '2026-02-01', to: '2026-02-28' });
  expect(run.statusCode, run.body).toBe(200);
});

test('a bad rating is proposed to be taken out by one and taken out by another', {
  timeout: 120_000,
}, async () => {
  const desk = await sit(supervisor, '/exclusions');
  await desk.page.getByRole('button', { name: '提议排除' }).first().waitFor();
  await expectClean(desk, 'waiting');
  await press(desk.page, '提议排除');
  await desk.page.getByLabel('理由').fill('本人来电说明点错，愿意更正');
  await desk.page.getByLabel('证据说明').fill('2026-03-10 15:20 来电录音，编号 0310-08');
  await expectClean(desk, 'propose');
  await desk.page.getByRole('dialog').getByRole('button', { name: '提议排除' }).press('Enter');
  await desk.page.getByRole('heading', { name: /^排除提议 ZR/ }).waitFor();
  await desk.page.setInputFiles('input[type=file]', {
    name: '来电登记.pdf',
    mimeType: 'application/pdf',
    buffer: samples.pdf,
  });
  await desk.page.getByText('来电登记.pdf').waitFor();
  await expectClean(desk, 'proposed');

  const other = await sit(office, '/exclusions?state=proposed', 360);
  await other.page.getByRole('link', { name: /^按“/ }).click();
  await other.page.getByText('排除后的变化').first().waitFor();
  await other.page.getByLabel('意见').fill('录音已核听，情况属实');
  await expectClean(other, 'decide-phone');
  await press(other.page, '批准排除');
  await other.page.getByText('排除前后').first().waitFor();
});

test('a finding is reviewed by two people', { timeout: 120_000 }, async () => {
  const desk = await sit(supervisor, '/integrity');
  await desk.page.getByRole('link', { name: '同一设备频繁评价' }).first().waitFor();
  await expectClean(desk, 'findings');
  await desk.page.getByRole('link', { name: '同一设备频繁评价' }).last().click();
  await desk.page.getByRole('checkbox', { name: '选择本页全部评价' }).check();
  await desk.page.getByRole('radio', { name: '虚假评价' }).check();
  await desk.page.getByLabel('理由').fill('监控显示由他人代点');
  await expectClean(desk, 'finding');
  await press(desk.page, '提交结论');
  await desk.page.getByText('结论：虚假评价（待决定）').waitFor();

  const other = await sit(office, '/integrity?state=proposed', 360);
  await expectClean(other, 'findings-phone');
  await other.page.getByRole('link', { name: '同一设备频繁评价' }).click();
  await other.page.getByLabel('意见').fill('已调看监控，同意');
  await expectClean(other, 'review-phone');
  await press(other.page, '批准结论');
  await other.page.getByText('结论：虚假评价（已批准）').waitFor();
});

test('the office networks say what never belongs there', { timeout: 60_000 }, async () => {
  const security = await app.person('security_admin');
  const desk = await sit(security, '/office-networks');
  await desk.page.getByLabel('网段').fill('10.20.30.1/24');
  await desk.page.getByLabel('说明').fill('前台办公网');
  await press(desk.page, '添加网段');
  await desk.page.getByText('这不是一个网段').waitFor();
  await desk.page.getByLabel('网段').fill('10.20.30.0/24');
  await press(desk.page, '添加网段');
  await desk.page.getByRole('cell', { name: '10.20.30.0/24', exact: true }).waitFor();
  const { page, width } = desk;
  await keepPicture(page, 'integrity-networks');
  expect(await barriers(page)).toEqual([]);
  expect(await widest(page)).toBe(width);
});
