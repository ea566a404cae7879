import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { checkoutDir } from '../../src/platform/config.ts';
import type { App, Person } from './app.ts';

/**
 * What went wrong on a page without anybody having to look: script errors, blocked content, failed
 * requests.
 */
export function watch(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    seen.push(`${page.url()}: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left gives up what it was still asking for.
    if (reason !== 'net::ERR_ABORTED') seen.push(`${request.url()}: ${reason}`);
  });
  return seen;
}

/** What axe finds against WCAG 2.2 A and AA and its own good practice, as lines that name rule and place. */
export async function barriers(page: Page): Promise<string[]> {
  // No page has frames: one look does, without a second page to gather the results of frames.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} — ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
  );
}

/** Keeps a picture under docs/images when UPDATE_IMAGES=1; otherwise a test run leaves the pictures alone. */
export async function keepPicture(
  of: Pick<Page, 'screenshot'>,
  name: string,
  options: { fullPage?: boolean } = {},
): Promise<void> {
  if (process.env.UPDATE_IMAGES !== '1') return;
  const path = join(checkoutDir, 'docs/images', `${name}.png`);
  await of.screenshot({ path, animations: 'disabled', caret: 'hide', ...options });
}

/** Lets a browser go on with a person's session, as if they had signed in there. */
export async function continueAs(context: BrowserContext, app: App, { page }: Person): Promise<void> {
  const { hostname: domain } = new URL(app.url);
  const rest = { domain, path: '/admin', httpOnly: true, sameSite: 'Strict' } as const;
  await context.addCookies([...page.jar].map(([name, value]) => ({ name, value, ...rest })));
}

/** A page of the office in somebody's browser. */
export interface Desk {
  readonly page: Page;
  /** what went wrong on it */
  readonly seen: readonly string[];
  readonly width: number;
}

/** Seats people before the office application, and looks at what they see. */
export function desksOf(
  browser: Browser,
  app: App,
  { pictures, ...settings }: BrowserContextOptions & { readonly pictures: string },
) {
  return {
    /** Opens the page as the person, in Chinese and wide unless told otherwise. */
    async sit(person: Person, path: string, width = 1440, locale = 'zh-CN'): Promise<Desk> {
      const viewport = { width, height: width < 500 ? 740 : 1000 };
      const context = await browser.newContext({ viewport, locale, ...settings });
      await continueAs(context, app, person);
      const page = await context.newPage();
      const seen = watch(page);
      await page.goto(`${app.url}/admin${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return { page, seen, width };
    },
    /** Nothing is in anybody's way, nothing is wider than the screen, nothing went wrong. */
    async expectClean({ page, seen, width }: Desk, state: string): Promise<void> {
      await keepPicture(page, `${pictures}-${state}`);
      expect([state, await barriers(page)]).toEqual([state, []]);
      expect([state, await widest(page)]).toEqual([state, width]);
      expect([state, seen]).toEqual([state, []]);
    },
  };
}

/** Presses a button by keyboard. The key goes to what has the focus: a button may vanish by being pressed. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().focus();
  await page.keyboard.press('Enter');
}

/**
 * Goes to a control as somebody without a mouse does: by Tab until it has the focus. Fails where Tab never
 * gets there.
 */
export async function tabTo(page: Page, control: Locator, most = 120): Promise<void> {
  await control.waitFor();
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await control.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${control} isn't reached by ${most} presses of Tab`);
}

/** How wide the content is, in CSS pixels: more than the screen means scrolling sideways. */
export function widest(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
