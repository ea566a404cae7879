/** A patrol with a phone 360 px wide, in a real browser: window, rule, photo, no line, the second person. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iconPng } from '../../web/ui/build/icon-png.ts';
import { openApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { APPROVAL, POLICE } from '../support/hall.ts';
import { barriers, continueAs, keepPicture, watch, widest } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
const supervisor = await app.person('supervisor');
const second = await app.person('assessment_office');
const clerk = await app.person('clerk', { staffNo: 'G001' });
const viewport = { width: 360, height: 740 };

async function openPhone(who = supervisor, locale = 'zh-CN') {
  const context = await browser.newContext({ viewport, locale, hasTouch: true, isMobile: true });
  await continueAs(context, app, who);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { context, page };
}

async function found(rule: string) {
  const { rows } = await app.t.db.owner.query(
    `SELECT f.finding_id AS id, f.subject_code, f.photos, f.claimed_at IS NOT NULL AS claimed,
      (SELECT count(*)::int FROM platform.file p WHERE p.owner_id = f.finding_id) AS files
    FROM conduct.finding f WHERE f.rule = $1 ORDER BY f.recorded_at`,
    [rule],
  );
  return rows;
}

/** Chooses a window and a rule, and writes what was seen. */
async function note(page: Page, { window = 'T01', rule = '着装', words = '未佩戴工牌' } = {}) {
  await page.getByRole('button', { name: new RegExp(window) }).click();
  await page.getByRole('searchbox').fill(rule);
  await page.getByRole('button', { name: new RegExp(rule) }).click();
  await page.locator('#evidence').fill(words);
}
const save = (page: Page) => page.getByRole('button', { name: '保存并上传' }).click();

describe('a patrol with a phone', () => {
  let phone: Awaited<ReturnType<typeof openPhone>>;
  let seen: readonly string[];
  beforeAll(async () => {
    phone = await openPhone();
    seen = watch(phone.page);
    await phone.page.goto(`${app.url}/admin/patrol/`);
  });
  afterAll(() => phone.context.close());

  it('goes from window to rule to photo without a barrier and within 360 px', async () => {
    const { page } = phone;
    await page.getByRole('heading', { name: '选择窗口' }).waitFor();
    expect([await barriers(page), await widest(page)]).toEqual([[], 360]);
    await page.getByRole('searchbox').fill('出入境');
    expect(await page.locator('.list .row').count()).toBe(1);
    await page.getByRole('searchbox').fill('t01');
    await page.getByRole('button', { name: /T01/ }).click();
    await page.getByRole('heading', { name: '业务管理' }).waitFor();
    await page.getByLabel(/陈静/).check();
    expect(await page.getByRole('button', { name: /首席代表缺位/ }).count()).toBe(0);
    await keepPicture(page, 'patrol-rules');
    expect([await barriers(page), await widest(page)]).toEqual([[], 360]);
    await page.getByRole('button', { name: /着装/ }).click();
    await save(page);
    await page.getByText('请写明看到的情况').waitFor();
    await page.locator('#evidence').fill('未佩戴工牌');
    await page
      .locator('#photos')
      .setInputFiles([{ name: 'note.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }]);
    await page.getByText('“note.jpg”不是这台手机能读的照片').waitFor();
    const buffer = iconPng(2400);
    await page.locator('#photos').setInputFiles([{ name: 'x.png', mimeType: 'image/png', buffer }]);
    await page.locator('canvas').waitFor();
    expect(await page.locator('canvas').evaluate((one) => (one as HTMLCanvasElement).width)).toBe(1600);
    await keepPicture(page, 'patrol-form');
    expect([await barriers(page), await widest(page)]).toEqual([[], 360]);
    await save(page);
    await page.getByText('已上传，等待另一人核实').waitFor();
    expect(await found('daily.dress')).toEqual([
      { id: expect.stringMatching(/^XC-/), subject_code: 'G001', photos: 1, claimed: true, files: 1 },
    ]);
    const { rows } = await app.t.db.owner.query(
      `SELECT type, size_bytes::int <= 800 * 1024 AS small FROM platform.file WHERE owner_kind = 'finding'`,
    );
    expect(rows).toEqual([{ type: 'jpg', small: true }]);
    expect(seen).toEqual([]);
  });

  it('keeps what is found while the line is cut, opens without it, and sends each once', async () => {
    const { page, context } = phone;
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await note(page, { words: '离线一' });
    await save(page);
    await page.getByText('已保存在手机上').waitFor();
    await page.reload();
    await page.getByText('没有网络，记录先存在手机上').waitFor();
    await page.getByText('未上传 1 条').waitFor();
    await note(page, { window: 'T02', words: '离线二' });
    await save(page);
    await page.getByText('未上传 2 条').waitFor();
    await keepPicture(page, 'patrol-offline');
    expect([await barriers(page), await widest(page)]).toEqual([[], 360]);
    expect(await found('daily.dress')).toHaveLength(1);
    // The line breaks off behind the server's answer: the same is sent once more.
    let broken = 0;
    await context.route('**/admin/api/findings', async (route) => {
      broken += 1;
      if (broken > 1) return route.fallback();
      await route.fetch();
      await route.abort();
    });
    await context.setOffline(false);
    await expect
      .poll(async () => (await found('daily.dress')).length, { timeout: 15_000 })
      .toBeGreaterThan(1);
    await expect
      .poll(
        async () => {
          const again = page.getByRole('button', { name: '立即上传' });
          if ((await again.count()) > 0) await again.click({ timeout: 1000 }).catch(() => undefined);
          return await page.locator('header .count').textContent();
        },
        { timeout: 20_000 },
      )
      .toBe('');
    expect(broken).toBeGreaterThan(2);
    expect(await found('daily.dress')).toHaveLength(3);
    await context.unroute('**/admin/api/findings');
  });

  it('tells what the server has refused, until it is put away', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await note(page, { window: 'T02', rule: '空岗', words: '离线时窗口已撤' });
    await save(page);
    await page.getByText('未上传 1 条').waitFor();
    await app.t.db.owner.query(
      `UPDATE registry.service_window SET region_code = '370811000000' WHERE code = 'T02'`,
    );
    await app.t.db.owner.query(`UPDATE oversight.user SET scope_code = '370883' WHERE username = $1`, [
      supervisor.username,
    ]);
    await context.setOffline(false);
    await page.getByText('服务器没有接收').waitFor();
    await page.getByText('名录中没有这个窗口').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '知道了，删除' }).click();
    await page.getByText('服务器没有接收').waitFor({ state: 'detached' });
    expect(await found('daily.window_unmanned')).toEqual([]);
  });
});

it('is nothing for a clerk, and says so', async () => {
  const { page, context } = await openPhone(clerk);
  await page.goto(`${app.url}/admin/patrol/?window=T01`);
  await page.getByText('您的账号没有巡查权限').waitFor();
  expect(await barriers(page)).toEqual([]);
  await context.close();
});

it('shows the second person the photo, and takes the decision once', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await continueAs(context, app, second);
  const page = await context.newPage();
  const [{ id }] = await found('daily.dress');
  await page.goto(`${app.url}/admin/findings/${id}`);
  await page.getByAltText(/现场照片/).waitFor();
  await keepPicture(page, 'finding');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '核实属实' }).click();
  await page.getByRole('button', { name: '核实属实' }).waitFor({ state: 'detached' });
  await expect
    .poll(async () => {
      const { rows } = await app.t.db.owner.query('SELECT 1 FROM ledger.entry WHERE fact_id = $1', [id]);
      return rows.length;
    })
    .toBe(1);
  await page.goto(`${app.url}/admin/visits`);
  await page.getByRole('button', { name: '制定暗访计划' }).click();
  await page.getByText('计划保密').waitFor();
  expect(await barriers(page)).toEqual([]);
  await context.close();
});

it('is reached by the sign of a window, in English too', async () => {
  const { page, context } = await openPhone(second, 'en');
  await page.goto(`${app.url}/admin/patrol/?window=P01`);
  await page.getByRole('heading', { name: /P01/ }).waitFor();
  await page.getByText('Choose a rule').waitFor();
  expect([await barriers(page), await widest(page)]).toEqual([[], 360]);
  await context.close();
});

it('compares what must be in the hall with what is, and covers all levels', async () => {
  await app.load(
    'stationing',
    `department_code,from_date,clause,authority\n${POLICE},2022-01-01,济政办发〔2022〕1号,partly\n`,
  );
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await continueAs(context, app, second);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(`${app.url}/admin/stationing`);
  await page.getByText('有窗口 0/158').waitFor();
  await page.getByText('授权不到位').first().waitFor();
  await keepPicture(page, 'stationing');
  expect(await barriers(page)).toEqual([]);
  await page.getByText('按县（市、区）').click();
  await page.getByText('任城区').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '登记检查' }).click();
  await page.getByLabel('首席代表缺位').check();
  await page.getByLabel('情况').fill('现场无首席代表');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: /^登\s*记$/ }).click();
  await page.getByText('已登记，等待另一人核实').waitFor();
  expect(await found('stationing.chief_absent')).toHaveLength(1);
  expect(seen).toEqual([]);
  await context.close();
});

it('lets a clerk claim a merit with the caps in sight, and the liaison speak for it', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
  await continueAs(context, app, clerk);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.setSystemTime(app.t.clock.now());
  await page.goto(`${app.url}/admin/merits`);
  await page.getByRole('button', { name: '申报加分' }).click();
  await page.getByText('七项加分的上限与已用').waitFor();
  await page.locator('#rule').click();
  await page.locator('.ant-select-item-option', { hasText: '上门' }).click();
  await page.getByLabel('依据').fill('上门为老人办理');
  const proof = { name: '照片.png', mimeType: 'image/png', buffer: iconPng(64) };
  await page.locator('input[type=file]').setInputFiles([proof]);
  await keepPicture(page, 'merit-claim');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '提交申报' }).click();
  await page.getByRole('button', { name: '提交申报' }).waitFor({ state: 'detached' });
  await page.getByRole('cell', { name: '上门为老人办理' }).waitFor();
  await page.getByRole('button', { name: '加分公示' }).click();
  await page.getByText('这个月还没有公示').waitFor();
  expect(await barriers(page)).toEqual([]);
  await context.close();
  const liaison = await app.person('department_liaison', { scope: APPROVAL });
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await continueAs(desk, app, liaison);
  const other = await desk.newPage();
  other.setDefaultTimeout(10_000);
  await other.goto(`${app.url}/admin/merits`);
  await other.getByRole('button', { name: '提意见' }).click();
  await other.getByText('照片.png').waitFor();
  expect(await barriers(other)).toEqual([]);
  await other.getByRole('button', { name: /^同\s*意$/ }).click();
  await other.getByText('意见已提交').waitFor();
  await desk.close();
});
