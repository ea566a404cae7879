/**
 * Everybody can use the pages: axe finds nothing, nothing scrolls sideways on a phone, nothing is blocked.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeMonth } from '../../src/close/month/index.ts';
import { sealNow } from '../../src/feedback/seal/index.ts';
import { parseMonth } from '../../src/kernel/month.ts';
import { openApp, tokenOf } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { CLERK, recordForm } from '../support/hall.ts';
import { operator } from '../support/office.ts';
import { barriers, continueAs, watch, widest } from '../support/screens.ts';
import { CLOSED_AT, findings, liveThroughMay, merits, verdicts } from '../support/worked-example.ts';

const app = await openApp({ now: CLOSED_AT, served: true });
const browser = await openBrowser();

/** A link in each of its states, the receipt of the used one, and where a short code is entered. */
const links = {
  ...{ open: '', used: '', expired: '', receipt: '', unknown: '/r/nothing', code: '/r' },
  ...{ proof: '', waiting: '', find: '/proof', seals: '/public/seals' },
};

beforeAll(async () => {
  await liveThroughMay(app);
  app.t.clock.set(CLOSED_AT);
  await app.load('findings', findings);
  await app.load('merits', merits);
  await app.load('ratings', verdicts);
  await closeMonth(app.t, operator, parseMonth('2026-05')!);
  const [open, used, expired, later] = await app.handIn([
    recordForm({ projectNo: 'JN-OPEN', serviceTime: '2026-06-01 09:05:00' }),
    recordForm({ projectNo: 'JN-USED', serviceTime: '2026-06-01 09:06:00', mobile: '13812345678' }),
    recordForm({ projectNo: 'JN-EXPIRED', serviceTime: '2026-05-01 09:06:00' }),
    recordForm({ projectNo: 'JN-LATER', serviceTime: '2026-06-01 09:07:00' }),
  ]);
  const token = tokenOf(used!);
  const rating = { token, satisfaction: 2, evalDetail: ['214'] };
  const receipt = (await app.api('POST', '/ratings', rating, null)).json().receipt;
  await sealNow(app.t, operator);
  const last = { token: tokenOf(later!), satisfaction: 5 };
  const late = (await app.api('POST', '/ratings', last, null)).json().receipt;
  Object.assign(links, {
    open: `/r/${tokenOf(open!)}`,
    used: `/r/${token}`,
    expired: `/r/${tokenOf(expired!)}`,
    receipt: `/receipt/${receipt}`,
    proof: `/proof/${receipt}`,
    waiting: `/proof/${late}`,
  });
});

describe.each([
  ['zh', ''],
  ['zh', '&elder=1'],
  ['en', ''],
  ['en', '&elder=1'],
])('the citizen’s pages with lang=%s%s', { timeout: 120_000 }, (lang, elder) => {
  test('have no barriers on a phone, in any state', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const seen = watch(page);
    const open = (path: string) => page.goto(`${app.url}${path}?lang=${lang}${elder}`);
    const expectClean = async (state: string) => {
      expect([state, await barriers(page)]).toEqual([state, []]);
      expect([state, await widest(page)]).toEqual([state, 360]);
      expect(await page.locator('html').getAttribute('lang')).toBe(lang === 'en' ? 'en' : 'zh-CN');
    };
    await open(links.open);
    await page.locator('label[for=s1]').click();
    for (const more of await page.locator('summary:visible').all()) await more.click();
    await expectClean('form');
    const states = ['receipt', 'used', 'expired', 'unknown', 'code'] as const;
    for (const state of [...states, 'proof', 'waiting', 'find', 'seals'] as const) {
      await open(links[state]);
      await expectClean(state);
    }
    // Pages of a link that is no use answer 404 and 410, and the browser notes it.
    expect(seen.filter((line) => !/status of (404|410)/.test(line))).toEqual([]);
    await context.close();
  });
});

/** Waits until the page stands and has loaded what it shows; says what went wrong instead, if it doesn't. */
async function shown(page: Page, seen: readonly string[]): Promise<void> {
  await page
    .getByRole('heading', { level: 1 })
    .waitFor()
    .catch((error: Error) => {
      throw new Error(`${page.url()} stays empty: ${seen.join('; ')}`, { cause: error });
    });
  await page.waitForLoadState('networkidle');
}

describe('the office at 1440 px', () => {
  const registers = [
    'regions',
    'departments',
    'windows',
    'staff',
    `staff/${CLERK}`,
    'items',
    'calendar',
    'devices',
    'imports',
  ];
  const scores = [
    'scores?month=2026-05',
    'scores?month=2026-05&subject=window',
    `scores/2026-05/staff/${CLERK}`,
  ];
  const rooms: readonly { role: string; paths: readonly string[]; staffNo?: string }[] = [
    { role: 'system_admin', paths: registers },
    {
      role: 'assessment_office',
      paths: ['', 'records', 'corrections', 'ratings', 'late-ratings', 'scheme', ...scores, 'profile'],
    },
    { role: 'security_admin', paths: ['users', 'keys'] },
    { role: 'auditor', paths: ['audit', 'seals'] },
    { role: 'clerk', paths: ['', 'desk', 'my-file'], staffNo: CLERK },
  ];

  test.each(['zh-CN', 'en'])('nobody signed in, %s', { timeout: 120_000 }, async (locale) => {
    const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const seen = watch(page);
    await page.goto(`${app.url}/admin/`);
    await page.getByRole('textbox').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(seen).toEqual([]);
    await context.close();
  });

  test.each(rooms)('$role', { timeout: 300_000 }, async ({ role, paths, staffNo }) => {
    const person = await app.person(role, staffNo ? { staffNo } : {});
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    await continueAs(context, app, person);
    const page = await context.newPage();
    const seen = watch(page);
    for (const path of paths) {
      await page.goto(`${app.url}/admin/${path}`);
      await shown(page, seen);
      expect([path, await barriers(page)]).toEqual([path, []]);
    }
    expect(seen).toEqual([]);
    await context.close();
  });

  test('the drawers and the dialog', { timeout: 300_000 }, async () => {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    await continueAs(context, app, await app.person('assessment_office'));
    const page = await context.newPage();
    const seen = watch(page);
    const dialog = page.getByRole('dialog');
    for (const list of ['records', 'ratings']) {
      await page.goto(`${app.url}/admin/${list}`);
      await page.locator('tbody a').first().click();
      await dialog.getByRole('heading').nth(1).waitFor();
      await page.waitForLoadState('networkidle');
      expect([list, await barriers(page)]).toEqual([list, []]);
    }
    await page.goto(`${app.url}/admin/scores?month=2026-05`);
    await page.getByRole('button', { name: '重新月结' }).click();
    await dialog.getByRole('button', { name: /月\s*结/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(seen).toEqual([]);
    await context.close();
  });
});
