/**
 * The second factor as people meet it: set up at the first sign-in or from the own profile, asked for at each
 * sign-in, taken away again, and lost with the phone.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { createUser, resetUser } from '../../src/oversight/access/index.ts';
import { openApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { codeAt, operator } from '../support/office.ts';
import { barriers, watch, widest } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
// Outside the demo the assessment office needs a second factor.
app.t.config.demo = false;

const CHOSEN = 'Lighthouse-42';
const MINUTE = 60_000;

beforeEach(() => {
  // A code opens once; the next one is shown half a minute later.
  app.t.clock.advance(MINUTE);
});

describe.each([1440, 360])('on a screen of %d pixels', (width) => {
  async function desk() {
    const context = await browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width, height: width === 360 ? 740 : 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(25_000);
    const wrong = watch(page);
    const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
    const enterCode = async (secret: string, button: string) => {
      app.t.clock.advance(MINUTE);
      await page.getByLabel('动态验证码').fill(await codeAt(secret, app.t.clock.now()));
      await press(button);
    };
    const signIn = async (username: string, password: string) => {
      await page.goto(`${app.url}/admin/sign-in`);
      await page.getByLabel('用户名').fill(username);
      await page.getByLabel('密码').fill(password);
      await press('登录');
    };
    const look = async (name: string) => {
      expect(await widest(page), name).toBeLessThanOrEqual(width);
      expect([name, await barriers(page)]).toEqual([name, []]);
    };
    const atWork = async () => {
      await page.waitForURL(/\/admin\/?$/);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
    };
    return { page, wrong, press, enterCode, signIn, look, atWork, close: () => context.close() };
  }

  /** Sets the factor up on the page that shows password, picture and proof; answers the secret. */
  async function enrol({ page, press, enterCode, look }: Awaited<ReturnType<typeof desk>>, button: string) {
    await page.getByLabel('现在的密码').last().fill(CHOSEN);
    await press(button);
    await page.getByRole('img', { name: '第二验证因素的二维码' }).waitFor();
    const secret = (await page.locator('.yp-qr + p .ant-typography').textContent())?.trim() ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    await look('totp-enrol');
    await page.getByLabel('动态验证码').fill('12');
    await press('验证并启用');
    await page.getByText('请输入六位数字').waitFor();
    await enterCode(secret, '验证并启用');
    return secret;
  }

  test('who needs it sets it up before anything else, and signs in with it', async () => {
    const one = await desk();
    const { page, press, signIn, enterCode, look, atWork, wrong } = one;
    const username = `office_${width}`;
    const { password } = await createUser(
      app.t,
      operator,
      { username, role: 'assessment_office' },
      async () => true,
    );
    await signIn(username, password);
    await page.getByLabel('现在的密码').fill(password);
    await page.getByLabel('新密码', { exact: true }).fill(CHOSEN);
    await page.getByLabel('再输入一次新密码').fill(CHOSEN);
    await press('修改密码');
    await page.getByText('您的角色必须使用第二验证因素').first().waitFor();
    await page.goto(`${app.url}/admin/ratings`);
    await page.waitForURL(/second-factor/);
    await look('totp-obligatory');
    const secret = await enrol(one, '启用第二验证因素');
    await atWork();
    // What the page is still asking for must not meet a session that is gone.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await signIn(username, CHOSEN);
    await page.getByLabel('动态验证码').waitFor();
    await look('totp-sign-in');
    await page.goto(`${app.url}/admin/ratings`);
    await page.waitForURL(/sign-in/);
    await signIn(username, CHOSEN);
    await enterCode(secret, '验证并登录');
    await atWork();
    await page.goto(`${app.url}/admin/profile`);
    await page.getByText('更换手机时，请安全管理员重置账号').waitFor();
    expect(await page.getByRole('button', { name: '停用第二验证因素' }).count()).toBe(0);
    expect(wrong).toEqual([]);

    // The phone is lost: the security administrator resets the account, and it begins anew.
    const again = await resetUser(app.t, operator, { username });
    // What the page is still asking for must not meet a session that is gone.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await signIn(username, again.password);
    await page.getByLabel('新密码', { exact: true }).waitFor();
    expect(await page.getByLabel('动态验证码').count()).toBe(0);
    await one.close();
  });

  test('who chooses it sets it up in the profile, uses it and takes it away', async () => {
    const one = await desk();
    const { page, press, signIn, enterCode, look, atWork, wrong } = one;
    const username = `leader_${width}`;
    const { password } = await createUser(app.t, operator, { username, role: 'leader' }, async () => true);
    await signIn(username, password);
    await page.getByLabel('现在的密码').fill(password);
    await page.getByLabel('新密码', { exact: true }).fill(CHOSEN);
    await page.getByLabel('再输入一次新密码').fill(CHOSEN);
    await press('修改密码');
    await atWork();
    await page.goto(`${app.url}/admin/profile`);
    await page.getByText('未启用').waitFor();
    await look('totp-profile');
    await press('启用第二验证因素');
    const secret = await enrol(one, '启用第二验证因素');
    await page.getByText('已启用', { exact: true }).waitFor();

    // What the page is still asking for must not meet a session that is gone.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await signIn(username, CHOSEN);
    await page.getByLabel('动态验证码').fill('000000');
    await press('验证并登录');
    await page.getByRole('alert').waitFor();
    await look('totp-wrong-code');
    await enterCode(secret, '验证并登录');
    await atWork();

    await page.goto(`${app.url}/admin/profile`);
    await press('停用第二验证因素');
    await page.getByLabel('现在的密码').last().fill(CHOSEN);
    await look('totp-remove');
    await enterCode(secret, '停用第二验证因素');
    await page.getByText('未启用').waitFor();
    // What the page is still asking for must not meet a session that is gone.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await signIn(username, CHOSEN);
    await atWork();
    expect(wrong.filter((line) => !/\b(401|422)\b/.test(line))).toEqual([]);
    await one.close();
  });
});
