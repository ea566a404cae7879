/** The inbox, the choice of channels and the group robots in a real browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MessageKind, notify } from '../../src/oversight/message/index.ts';
import { readCalendar } from '../../src/registry/calendar/index.ts';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { APPROVAL } from '../support/hall.ts';
import { openMailServer, textOf } from '../support/mail-server.ts';
import { CITY } from '../support/office.ts';
import { barriers, continueAs, keepPicture, watch, widest } from '../support/screens.ts';

const app = await openApp({ served: true });
const { t } = app;
const browser = await openBrowser();
const smtp = await openMailServer();
const group = createServer((request, response) => {
  request.resume().on('end', () => response.end('{"errcode":0,"errmsg":"ok"}'));
});
let liaison: Person;
let admin: Person;
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => group.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(group.address() as AddressInfo).port}`;
  t.config.robotOrigins = [origin];
  const from = '一评 <pj@example.gov.cn>';
  t.config.mail = { host: '127.0.0.1', port: smtp.port, tls: 'none', auth: null, caFile: null, from };
  liaison = await app.person('department_liaison', { scope: APPROVAL, name: '李联络' });
  admin = await app.person('system_admin', { name: '王管理' });
  await tell('order_opened', 'CP2026-000001');
  await tell('duty_red', 'CP2026-000002');
  await tell('appeal_opinion', 'SS2026-000003');
});
afterAll(() => group.close());

async function tell(kind: MessageKind, number: string): Promise<void> {
  await notify(t, readCalendar, [
    {
      cityCode: CITY,
      kind,
      factKey: number,
      params: { number, step: 'answer', due: '2026-03-12T17:30:00+08:00' },
      link: '/profile',
      audience: { accounts: [liaison.id] },
      place: null,
    },
  ]);
}

async function open(
  person: Person,
  width: number,
  path: string,
): Promise<{ page: Page; seen: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'zh-CN' });
  await continueAs(context, app, person);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(`${app.url}/admin${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, seen };
}

async function isSound(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  const width = page.viewportSize()?.width ?? 0;
  expect(await widest(page)).toBeLessThanOrEqual(width);
}

describe('messages', { timeout: 180_000 }, () => {
  test.each([360, 1440])('are read one by one and all at once at %i px', async (width) => {
    await tell('order_assigned', `CP2026-3${width}`);
    await tell('order_opened', `CP2026-1${width}`);
    const { page, seen } = await open(liaison, width, '/messages');
    await page.getByRole('link', { name: new RegExp(`CP2026-1${width}`) }).waitFor();
    await isSound(page);
    await keepPicture(page, `messages-${width}`);
    const bell = page.getByRole('banner').getByRole('link', { name: /^消息，/ });
    const before = Number(/(\d+)/.exec((await bell.getAttribute('aria-label')) ?? '')?.[1]);
    await page.getByRole('button', { name: new RegExp(`标为已读：.*CP2026-1${width}`) }).click();
    await page
      .getByRole('banner')
      .getByRole('link', { name: `消息，${before - 1} 条未读` })
      .waitFor();
    // Once is enough: one more comes while the page is open, and the badge counts it without a reload.
    if (width === 360) {
      await tell('order_opened', `CP2026-2${width}`);
      await page.getByRole('link', { name: new RegExp(`CP2026-2${width}`) }).waitFor({ timeout: 40_000 });
    }
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByRole('banner').getByRole('link', { name: '消息，0 条未读' }).waitFor();
    await page.goto(`${app.url}/admin/messages?group=card&state=read`);
    await page.getByRole('link', { name: /红牌警示/ }).waitFor();
    expect(await page.getByRole('link', { name: /新工单/ }).count()).toBe(0);
    expect(seen).toEqual([]);
    await page.context().close();
  });

  test('come by e-mail as their reader chooses', async () => {
    const { page, seen } = await open(liaison, 360, '/profile');
    await page.getByLabel('邮箱地址').fill('li@example.gov.cn');
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByLabel('发到 li@example.gov.cn 的验证码').waitFor();
    await isSound(page);
    const code = /验证码是 (\d{6})/.exec(textOf(smtp.mails.at(-1)!))?.[1] ?? '';
    await page.getByLabel('发到 li@example.gov.cn 的验证码').fill(code);
    await page.getByRole('button', { name: '确认邮箱' }).click();
    await page.getByText('自己设定免打扰时间').click();
    await page.getByLabel('免打扰开始').fill('21:30');
    await isSound(page);
    await page.getByRole('button', { name: '保存接收设置' }).click();
    await page.getByText('接收设置已保存').waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
    await isSound(page);
    await keepPicture(page, 'message-choice', { fullPage: true });
    const { quiet } = (await liaison.page.get('/me/messages')).json();
    expect(quiet).toEqual({ from: '21:30', to: '08:00', restDays: true });
    expect(seen).toEqual([]);
    await page.context().close();
  });

  test('go to groups by robots that an administrator adds and tests', async () => {
    const { page, seen } = await open(admin, 1440, '/robots');
    await page.getByRole('button', { name: '添加机器人' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('审批局工单群');
    await dialog.getByLabel('Webhook 地址').fill(`${origin}/robot/send?access_token=a1b2c3d4e5f6`);
    await dialog.getByLabel('加签密钥').fill('SEC0123456789');
    await isSound(page);
    await dialog.getByRole('button', { name: '保存机器人' }).click();
    await page.getByRole('button', { name: '发送测试：审批局工单群' }).click();
    await page.getByText('测试消息已发到群里').waitFor();
    await page.getByText(/发送成功/).waitFor();
    await isSound(page);
    await keepPicture(page, 'robots');
    await page.setViewportSize({ width: 360, height: 740 });
    await keepPicture(page, 'robots-phone');
    await isSound(page);
    await page.goto(`${app.url}/admin/deliveries`);
    await page.getByRole('heading', { level: 1, name: '消息发送' }).waitFor();
    await isSound(page);
    expect(seen).toEqual([]);
    await page.context().close();
  });
});
