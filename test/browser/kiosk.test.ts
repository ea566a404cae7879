/** The tablet at a window, in a real browser: paired, asked, cut off, revoked. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { openKiosk } from '../support/kiosk.ts';
import { barriers, continueAs, keepPicture } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
const kiosk = await openKiosk(app);
const viewport = { width: 1024, height: 600 };

interface Tablet {
  id: string;
  page: Page;
  blocked: string[];
}

async function openTablet(prepare?: (page: Page) => Promise<void>): Promise<Tablet> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) blocked.push(message.text());
  });
  page.on('pageerror', (error) => blocked.push(error.message));
  await prepare?.(page);
  await page.goto(`${app.url}/kiosk/`);
  await on(page, 'pairing');
  return { id: await pairWith(page), page, blocked };
}

async function pairWith(page: Page): Promise<string> {
  const { id, code } = await kiosk.code();
  await page.locator('#code').fill(code.toLowerCase());
  await page.locator('form button').click();
  await on(page, 'idle');
  return id;
}

/** Waits for the screen. */
async function on(page: Page, screen: string): Promise<void> {
  await page.locator(`body[data-screen="${screen}"]`).waitFor();
}

async function askFor(page: Page, given?: object): Promise<string> {
  const stepId = await kiosk.serve(given);
  app.t.clock.advance(1000);
  const asked = await kiosk.clerk.page.post('/desk/invitations', { stepId });
  expect(asked.statusCode).toBe(201);
  await on(page, 'asking');
  return stepId;
}

async function rate(page: Page, level: number, tag?: number): Promise<void> {
  await page
    .locator('.levels button')
    .nth(5 - level)
    .click();
  if (tag !== undefined) await page.locator(`input[value="${tag}"]`).check();
  await page.locator('.primary').click();
}

async function countOf(stepId: string): Promise<number> {
  const { rows } = await app.t.db.owner.query(
    'SELECT count(*)::int AS n FROM feedback.rating WHERE step_id = $1',
    [stepId],
  );
  return rows[0].n;
}

/** Waits until the foot says how many wait; nothing when none does. */
async function waiting(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.locator('footer span').last().textContent(), { timeout: 15_000 }).toBe(text);
}

/** Whether everything on the screen is seen without scrolling. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const inner = main ? main.scrollHeight - main.clientHeight : 0;
    return Math.max(inner, document.documentElement.scrollHeight - innerHeight);
  });
}

describe('a tablet at its window', () => {
  let tablet: Tablet;
  beforeAll(async () => {
    tablet = await openTablet();
  });
  afterAll(() => tablet.page.context().close());

  it('shows its window, and what the clerk asks about from the desk by keyboard', async () => {
    const { page } = tablet;
    expect(await page.locator('.number').textContent()).toBe('T01');
    expect(await barriers(page)).toEqual([]);
    const stepId = await kiosk.serve({ taskName: '对已设立的有限责任公司及其分支机构变更登记事项的核准' });
    const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    await continueAs(desk, app, kiosk.clerk);
    const office = await desk.newPage();
    await office.goto(`${app.url}/admin/desk`);
    const first = office.locator('button[data-ask]').first();
    await first.waitFor();
    await first.focus();
    await office.keyboard.press('Enter');
    await on(page, 'asking');
    await office.getByText('已在设备上显示').first().waitFor();
    await keepPicture(office, 'clerk-desk');
    expect(await barriers(office)).toEqual([]);
    await desk.close();
    expect(await page.locator('.matter').textContent()).toContain('在 T01 窗口办理的“对已设立的有限责任公司');
    expect(await page.locator('main').textContent()).not.toMatch(/陈静|G001/);
    await keepPicture(page, 'tablet-asking');
    expect(await page.locator('.levels :checked').count()).toBe(0);
    const sizes = await page
      .locator('.levels button')
      .evaluateAll((all) =>
        all.map((one) => `${Math.round(one.clientWidth)} ${Math.round(one.clientHeight)}`),
      );
    expect([sizes.length, new Set(sizes).size]).toEqual([5, 1]);
    await rate(page, 5);
    await on(page, 'thanks');
    await on(page, 'idle');
    await waiting(page, '');
    expect(await countOf(stepId)).toBe(1);
  });

  it('needs no scrolling at 1024 × 600, in both languages and sizes, and has no barrier', async () => {
    const { page } = tablet;
    await askFor(page, { taskName: '对已设立的有限责任公司及其分支机构变更登记事项的核准' });
    for (const [language, elder] of [
      [false, false],
      [false, true],
      [true, true],
      [true, false],
    ]) {
      const tool = (name: RegExp) => page.locator('header button').filter({ hasText: name });
      if ((await page.evaluate(() => document.documentElement.lang)) !== (language ? 'en' : 'zh-CN'))
        await tool(/^(English|中文)$/).click();
      if ((await page.evaluate(() => document.body.classList.contains('elder'))) !== elder)
        await tool(/^(大字|标准字号|Large text|Normal text)$/).click();
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      for (const level of [5, 4, 3, 2, 1]) {
        await page
          .locator('.levels button')
          .nth(5 - level)
          .click();
        expect([language, elder, level, await overflow(page)]).toEqual([language, elder, level, 0]);
        expect(await page.locator(':checked').count()).toBe(0);
        await page.locator('.second').click();
      }
    }
    expect(await barriers(page)).toEqual([]);
    await page.locator('.levels button').nth(4).click();
    expect(await barriers(page)).toEqual([]);
    await page.locator('.primary').click();
    await page.locator('[role=alert]').waitFor();
    // What is ticked outlives another size of text.
    await page.locator('input[value="115"]').check();
    await page.locator('header button').filter({ hasText: 'Large text' }).click();
    expect(await page.locator('input[value="115"]').isChecked()).toBe(true);
    await page.locator('#text').fill('字'.repeat(200));
    expect((await page.locator('#text').inputValue()).length).toBe(150);
    await page.locator('.primary').click();
    await on(page, 'thanks');
    await on(page, 'idle');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });

  it('keeps what is tapped without a line over a reload, and uploads it once', async () => {
    const { page } = tablet;
    const context = page.context();
    const stepId = await askFor(page);
    await context.setOffline(true);
    await page.locator('.levels button').nth(3).click();
    await page.locator('input[value="214"]').check();
    const ms = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const button = document.querySelector<HTMLElement>('.primary');
          const begun = performance.now();
          new MutationObserver((_, observer) => {
            if (document.body.dataset.screen !== 'thanks') return;
            observer.disconnect();
            resolve(performance.now() - begun);
          }).observe(document.body, { attributes: true });
          button?.click();
        }),
    );
    process.stderr.write(`tap to thank-you offline: ${ms.toFixed(1)} ms\n`);
    await page.getByText('您的评价已保存在本机，网络恢复后自动上传。').waitFor();
    await page.reload();
    await on(page, 'idle');
    expect(await page.locator('.number').textContent()).toBe('T01');
    await waiting(page, '待上传 1 条');
    await page.locator('footer.cut').waitFor();
    await keepPicture(page, 'tablet-offline');
    expect(await countOf(stepId)).toBe(0);
    await context.setOffline(false);
    await waiting(page, '');
    expect(await countOf(stepId)).toBe(1);
  });

  it('takes a phone of whoever wants to be contacted, while the line is there', async () => {
    const { page } = tablet;
    await on(page, 'idle');
    await askFor(page);
    await page.locator('.levels button').first().click();
    const wish = page.locator('.wish');
    for (const size of ['大字', '标准字号']) {
      await page.locator('header button').filter({ hasText: size }).click();
      expect(await overflow(page)).toBe(0);
      await wish.click();
      await on(page, 'contact');
      expect(await overflow(page)).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await keepPicture(page, `tablet-contact-${size === '大字' ? 'elder' : 'usual'}`);
      await page.locator('.second').click();
      await on(page, 'reasons');
    }
    await wish.click();
    await page.locator('#phone').fill('12ab');
    await page.locator('#phone').press('Enter');
    await page.locator('[role=alert]').waitFor();
    await page.locator('#phone').fill('１３９ 8765 4321');
    await page.locator('#name').fill('欧阳娜娜');
    await page.locator('.primary').click();
    await on(page, 'reasons');
    expect(await wish.textContent()).toBe('请联系我 ✓');
    await page.locator('.primary').click();
    await on(page, 'thanks');
    await waiting(page, '');
    const count = 'SELECT count(*)::int AS n FROM feedback.voice WHERE kind = $1 AND named';
    const asked = async () => (await app.t.db.owner.query(count, ['contact_request'])).rows[0].n;
    await expect.poll(asked, { timeout: 15_000 }).toBe(1);
    // Nothing of it stays on the tablet, and nothing is asked for that would have to wait there.
    await on(page, 'idle');
    await askFor(page);
    await page.context().setOffline(true);
    await page.locator('footer.cut').waitFor();
    await page.locator('.levels button').first().click();
    expect(await wish.count()).toBe(0);
    await page.context().setOffline(false);
    await page.locator('.primary').click();
    await on(page, 'thanks');
    await waiting(page, '');
  });

  it('sends again what was recorded and never answered, and nothing is doubled', async () => {
    const { page } = tablet;
    let lost = 0;
    await page.context().route('**/kiosk/api/ratings', async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort();
    });
    const stepId = await askFor(page);
    await rate(page, 4);
    await on(page, 'thanks');
    await expect.poll(() => lost, { timeout: 15_000 }).toBeGreaterThan(0);
    await waiting(page, '待上传 1 条');
    await page.context().unroute('**/kiosk/api/ratings');
    await waiting(page, '');
    expect(await countOf(stepId)).toBe(1);
  });

  it('says so when its disk is full and the line is cut, and sends without the disk later', async () => {
    const { page } = tablet;
    await on(page, 'idle');
    const stepId = await askFor(page);
    await page.context().setOffline(true);
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await rate(page, 5);
    await on(page, 'full');
    expect(await page.locator('main').textContent()).toContain('存储已满');
    await page.context().setOffline(false);
    await page.locator('.primary').click();
    await on(page, 'thanks');
    expect(await countOf(stepId)).toBe(1);
    await page.reload();
    await on(page, 'idle');
  });

  it('is refused once revoked; what waits on it goes up after it is paired again', async () => {
    const { page, id } = tablet;
    const stepId = await askFor(page);
    await page.context().setOffline(true);
    await rate(page, 5);
    await on(page, 'thanks');
    const given = { reason: '平板丢失' };
    expect((await kiosk.admin.page.post(`/registry/devices/${id}/revoke`, given)).statusCode).toBe(200);
    await page.context().setOffline(false);
    await on(page, 'pairing');
    expect(await page.locator('[role=alert]').textContent()).toContain('已被停用');
    await waiting(page, '待上传 1 条');
    expect(await barriers(page)).toEqual([]);
    tablet.id = await pairWith(page);
    await waiting(page, '');
    expect(await countOf(stepId)).toBe(1);
  });

  it('ends the line of a revoked tablet that does nothing', async () => {
    const { page, id, blocked } = tablet;
    await kiosk.admin.page.post(`/registry/devices/${id}/revoke`, { reason: '平板报废' });
    await on(page, 'pairing');
    expect(blocked).toEqual([]);
  });
});

describe('a tablet whose events are cut', () => {
  it('asks by itself, and goes back to idle, unrated, when nobody answers', async () => {
    const { page } = await openTablet(async (made) => {
      await made.clock.install();
      await made.route('**/kiosk/api/events', (route) => route.abort());
    });
    const stepId = await kiosk.serve();
    app.t.clock.advance(1000);
    await kiosk.clerk.page.post('/desk/invitations', { stepId });
    await page.clock.fastForward(4000);
    await on(page, 'asking');
    await page.clock.fastForward(59_000);
    await on(page, 'asking');
    await page.clock.fastForward(2000);
    await on(page, 'idle');
    expect(await countOf(stepId)).toBe(0);
    await page.context().close();
  });
});
