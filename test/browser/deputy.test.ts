/** A deputy (AB 岗) on the screen: named on the own page, then deciding for whoever is away. */
import { beforeAll, expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { plant } from '../support/planted-ratings.ts';
import { desksOf } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
const { sit, expectClean } = desksOf(browser, app, { timezoneId: 'Asia/Shanghai', pictures: 'deputy' });
let leader: Person;
let deputy: Person;
let office: Person;

beforeAll(async () => {
  leader = await app.person('leader', { name: '赵六' });
  deputy = await app.person('supervisor', { name: '钱七' });
  office = await app.person('assessment_office');
  await plant(app.t, [
    { service: '2026-03-10 09:00', level: 1, tags: [115] },
    { service: '2026-03-10 09:20', level: 2, text: '等了很久' },
  ]);
  const { rows } = await app.t.db.owner.query('SELECT step_id FROM feedback.rating WHERE satisfaction <= 2');
  for (const { step_id: stepId } of rows) {
    const form = {
      stepId,
      verdict: 'mistaken',
      reason: '群众来电说明点错了',
      evidence: '来电录音，编号 0310-08',
    };
    expect((await office.page.post('/exclusions', form)).statusCode).toBe(201);
  }
  const today = new Date(app.t.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const named = { standInId: deputy.id, from: today, until: today };
  expect((await leader.page.post('/deputies', named)).statusCode).toBe(200);
});

test.each([
  [1440, 'zh-CN', '为谁办理', '代赵六办理', '意见', '批准排除'],
  [360, 'en-US', 'Act for', 'For 赵六', 'Note', 'Approve the exclusion'],
])(
  'decides for the leader at %s px in %s',
  {
    timeout: 120_000,
  },
  async (width, locale, choose, chosen, note, approve) => {
    const desk = await sit(deputy, '/exclusions?state=proposed', width, locale);
    const select = desk.page.getByRole('combobox', { name: choose });
    await select.press('ArrowDown');
    await desk.page.getByTitle(chosen).last().click();
    await desk.page.locator('a[href*="/admin/exclusions/"]').first().waitFor();
    await expectClean(desk, `list-${width}`);
    await desk.page.locator('a[href*="/admin/exclusions/"]').first().click();
    await desk.page.getByLabel(note).fill('录音已核听，情况属实');
    await expectClean(desk, `decide-${width}`);
    await desk.page.getByRole('button', { name: approve }).press('Enter');
    await desk.page.getByText(`${deputy.username}（代${leader.username}）`).first().waitFor();
  },
);

test('is shown to the one who is away on their own page', { timeout: 60_000 }, async () => {
  const own = await sit(leader, '/profile', 360);
  await own.page.getByText('由钱七代办').waitFor();
  await expectClean(own, 'named-360');
});
