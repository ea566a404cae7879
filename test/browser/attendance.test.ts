/** Attendance and leave on the screen: columns, a file, a protest on a phone, decisions at a desk. */
import { beforeAll, test } from 'vitest';
import { openApp } from '../support/app.ts';
import { type AttendanceHall, openAttendance, present } from '../support/attendance-hall.ts';
import { openBrowser } from '../support/browser.ts';
import { desksOf } from '../support/screens.ts';

const app = await openApp({ now: new Date('2026-06-10T10:00:00+08:00'), served: true });
const browser = await openBrowser();
const { sit, expectClean } = desksOf(browser, app, { pictures: 'attendance' });
let hall: AttendanceHall;

beforeAll(async () => {
  hall = await openAttendance(app);
  await hall.load([
    ...present('2026-06-08', 'G001'),
    'G001,陈静,2026-06-08 09:17:00,1',
    'G001,陈静,2026-06-08 17:05:00,1',
    ...present('2026-06-09', 'G004'),
  ]);
  await hall.review('2026-06-08', '2026-06-09');
});

test('a file is read once its columns are named', { timeout: 120_000 }, async () => {
  const desk = await sit(hall.office, '/attendance?view=clock');
  const { page } = desk;
  await page.getByLabel('考勤机来源', { exact: true }).press('Enter');
  await page.getByText('新增来源…').click();
  await page.setInputFiles('input[type=file]', {
    name: '汇总.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('员工,日期,签到,签退\nG001,2026-06-05,09:20,17:01\nG999,2026-06-05,09:00,17:00\n'),
  });
  await page.getByLabel('来源名称').fill('二楼汇总表');
  await page.getByLabel('工号（编号）').press('Enter');
  await page.locator('.ant-select-item-option').getByText('员工').click();
  await expectClean(desk, 'mapping');
  await page.getByRole('button', { name: '保存列对应' }).press('Enter');
  await page.getByRole('button', { name: '试导入' }).waitFor();
  await page.getByRole('button', { name: /^导\s?入$/ }).press('Enter');
  await page.getByText('名录中没有这个工号').waitFor();
  await page.getByRole('button', { name: '核对这几天' }).press('Enter');
  await page.getByText('新提出 1 条').waitFor();
  await expectClean(desk, 'loaded');
  await page.getByText('班次', { exact: true }).click();
  await page.getByText('大厅常日班').waitFor();
  await expectClean(desk, 'shifts');
  await page.getByRole('button', { name: '新增班次' }).press('Enter');
  await page.getByLabel('名称').waitFor();
  await expectClean(desk, 'shift-form');
  await page.context().close();
});

test('a clerk protests on a phone, and another person decides', { timeout: 120_000 }, async () => {
  const phone = await sit(hall.clerk, '/attendance', 360);
  await phone.page.getByRole('list', { name: '月考勤表' }).waitFor();
  await expectClean(phone, 'own-month');
  await phone.page.getByText('考勤认定', { exact: true }).click();
  await phone.page.getByRole('button', { name: '提出异议' }).first().waitFor();
  await expectClean(phone, 'own-findings');
  await phone.page.getByRole('button', { name: '提出异议' }).first().press('Enter');
  await phone.page.getByLabel('情况说明').fill('公交故障，已电话报备。');
  await expectClean(phone, 'protest');
  await phone.page.getByRole('button', { name: '提交异议' }).press('Enter');
  await phone.page.getByText('有异议，待复核').waitFor();
  await phone.page.context().close();

  const desk = await sit(hall.second, '/attendance?view=findings');
  const row = desk.page.getByRole('row', { name: /陈静.*迟到.*公交故障/ });
  await row.waitFor();
  await expectClean(desk, 'findings');
  await row.getByRole('checkbox').check();
  await desk.page.getByRole('button', { name: '确认 1 条并记分' }).press('Enter');
  await desk.page.getByText('确认后进入当月分数').waitFor();
  await expectClean(desk, 'decision');
  await desk.page.getByRole('button', { name: '确认记分' }).last().press('Enter');
  await row.getByText('已确认').waitFor();
  await desk.page.getByText('月考勤表', { exact: true }).click();
  await desk.page.getByRole('rowheader', { name: /陈静/ }).waitFor();
  await expectClean(desk, 'month');
  await desk.page.context().close();
});

test('leave is asked for on a phone and approved at a desk', { timeout: 120_000 }, async () => {
  const phone = await sit(hall.clerk, '/leave', 360);
  await phone.page.getByRole('button', { name: '申请请假或公出' }).first().press('Enter');
  await phone.page.getByLabel('事由').fill('家中有事');
  await expectClean(phone, 'leave-form');
  await phone.page.getByRole('button', { name: '提交申请' }).press('Enter');
  await phone.page.getByText('待审批', { exact: true }).waitFor();
  await expectClean(phone, 'leave-own');
  await phone.page.context().close();

  const desk = await sit(hall.liaison, '/leave');
  await desk.page.getByRole('button', { name: /^批\s?准$/ }).press('Enter');
  await desk.page
    .getByRole('dialog')
    .getByRole('button', { name: /^批\s?准$/ })
    .press('Enter');
  await desk.page.getByText('已批准').first().waitFor();
  await expectClean(desk, 'leaves');
  await desk.page.context().close();
});
