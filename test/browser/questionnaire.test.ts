/** A questionnaire from its first word to its figures: written in the office, answered without a script. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { hallContent } from '../support/questionnaire.ts';
import { barriers, continueAs, keepPicture, watch, widest } from '../support/screens.ts';

const app = await openApp({ served: true });
const browser = await openBrowser();
let office: Person;
let sign = '';
const id = randomUUID();
const DAYS = { from: '2026-03-11', until: '2026-03-31' };

beforeAll(async () => {
  office = await app.person('assessment_office', { name: '周考核' });
  await office.page.post('/signs', {});
  const { items } = (await office.page.get('/signs?q=T01')).json();
  sign = items[0].signCode;
});

async function officePage(width: number, height: number) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
  await continueAs(context, app, office);
  return await context.newPage();
}

describe('a questionnaire', { timeout: 180_000 }, () => {
  test('is written in the office with a skip, by keyboard and pointer', async () => {
    const page = await officePage(1440, 900);
    const seen = watch(page);
    await page.goto(`${app.url}/admin/questionnaires`);
    await page.getByRole('button', { name: '新建问卷' }).click();
    await page.getByLabel('标题 · 中文').fill('窗口问卷');
    for (const [place, kind] of ['单选', '文字'].entries()) {
      await page.getByRole('button', { name: '增加题目' }).click();
      await page.getByRole('menuitem', { name: kind }).click();
      const card = page.getByRole('region', { name: `第 ${place + 1} 题` });
      await card.getByLabel('题目 · 中文').fill(place === 0 ? '来过几次？' : '有什么建议？');
    }
    await page.getByLabel('选项 1 · 中文').fill('第一次');
    await page.getByRole('button', { name: '保存草稿' }).first().click();
    // What is missing stands where it is missing.
    await page.getByRole('region', { name: '第 1 题' }).getByRole('alert').waitFor();
    await page.getByLabel('选项 2 · 中文').fill('多次');
    await page.getByRole('button', { name: '增加跳题规则' }).click();
    await page.getByRole('button', { name: '第 2 题上移' }).click();
    await page.getByRole('button', { name: '第 1 题下移' }).click();
    await page.getByRole('button', { name: '保存草稿' }).first().click();
    await page.getByText('预览草稿').waitFor();
    await page.mouse.move(0, 0);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await widest(page)).toBe(360);
    await page.getByText('发布', { exact: true }).click();
    await page.getByRole('button', { name: '发布' }).click();
    // The browser's day is later than the hall's, so it is still to open.
    await page.getByText('待开放').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(seen.filter((line) => !line.includes('422'))).toEqual([]);
    await page.getByRole('button', { name: '提前结束' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提前结束' }).click();
    await page.getByText('已结束').waitFor();
    await page.context().close();
  });

  test('is answered on a phone without scripts, page by page', async () => {
    await office.page.post('/questionnaires', { id, content: hallContent() });
    await office.page.post(`/questionnaires/${id}/publish`, { revision: 1, ...DAYS });
    const viewport = { width: 360, height: 740 };
    const context = await browser.newContext({ viewport, javaScriptEnabled: false, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${app.url}/q/${sign}?elder=1`);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByRole('link', { name: /这道题要回答/ }).click();
    await page.getByLabel('是').check();
    await page.getByRole('button', { name: '下一页' }).click();
    await page.locator('label[for=q2-2]').click();
    expect(await widest(page)).toBe(360);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByLabel('材料').check();
    await page.locator('label[for=q4-9]').click();
    expect(await widest(page)).toBe(360);
    await keepPicture(page, 'questionnaire-phone', { fullPage: true });
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByRole('button', { name: '上一页' }).click();
    expect(await page.getByLabel('材料').isChecked()).toBe(true);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.locator('#q5').fill('多设座位');
    await page.getByRole('button', { name: '提交问卷' }).click();
    await page.getByRole('heading', { name: '谢谢您填写问卷' }).waitFor();
    await context.close();
  });

  test.each(['zh', 'en'])('has no barriers on any of its pages (%s)', async (lang) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(`${app.url}/q/${sign}?lang=${lang}`);
    expect(await barriers(page)).toEqual([]);
    await page.locator('button[value=next]').click();
    expect(await barriers(page)).toEqual([]);
    await page.locator('#q1-o1').check();
    await page.locator('button[value=next]').click();
    await page.locator('label[for=q2-2]').click();
    await page.locator('button[value=next]').click();
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${app.url}/q/${sign}/WJ2026-0002/thanks?lang=${lang}`);
    expect(await barriers(page)).toEqual([]);
    await context.close();
  });

  test('shows its figures, wide and narrow', async () => {
    const { number } = (await office.page.get(`/questionnaires/${id}`)).json();
    for (let at = 0; at < 5; at += 1) {
      const fields = { _id: `form-${at}`.padEnd(20, '0'), _at: 'q5', q1: 'o1', q2: '4', q4: '10', q5: '好' };
      const body = new URLSearchParams(fields);
      const sent = await fetch(`${app.url}/q/${sign}/${number}`, {
        method: 'POST',
        body,
        redirect: 'manual',
      });
      expect(sent.status).toBe(303);
    }
    const page = await officePage(1440, 900);
    const seen = watch(page);
    await page.goto(`${app.url}/admin/questionnaires/${id}`);
    await page.getByText('净推荐值 100.0').waitFor();
    expect(await page.getByText('6 份', { exact: true }).count()).toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
    await keepPicture(page, 'questionnaire-results', { fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await widest(page)).toBe(360);
    await page.goto(`${app.url}/admin/questionnaires/${id}?window=T02`);
    await page.getByText('答卷不足 5 份').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(seen).toEqual([]);
    await page.context().close();
  });

  test('is typed from paper by keyboard, and checked by somebody else', async () => {
    const typist = await app.person('caller', { name: '钱录入' });
    const checker = await app.person('supervisor', { name: '孙核对' });
    const open = async (who: Person) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
      await continueAs(context, app, who);
      return await context.newPage();
    };
    const batch = randomUUID();
    const begun = { id: batch, questionnaireId: id, windowCode: 'T02', filledOn: '2026-03-10' };
    await typist.page.post('/questionnaire-batches', begun);
    const page = await open(typist);
    await page.goto(`${app.url}/admin/questionnaire-batches`);
    await page.getByRole('link', { name: /WP2026-/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: /WP2026-/ }).click();
    await page.getByLabel(/题目q1/).focus();
    for (const typed of ['1', '2', '1,3', '9']) {
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('已录入（1）').or(page.getByText('已录入（1 份）')).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '录完，抽样核对' }).click();
    await page.getByText('抽中复录的编号：1').waitFor();
    await page.context().close();
    const other = await open(checker);
    await other.goto(`${app.url}/admin/questionnaire-batches/${batch}`);
    for (const [question, typed] of Object.entries({ q1: '1', q2: '2', q3: '1,3', q4: '8' })) {
      await other.getByLabel(new RegExp(`题目${question}`)).fill(typed);
    }
    await other.getByRole('button', { name: '提交复录' }).click();
    await other.getByText('首次 9，复录 8').waitFor();
    expect(await barriers(other)).toEqual([]);
    await other.setViewportSize({ width: 360, height: 740 });
    expect(await widest(other)).toBe(360);
    await other.getByRole('button', { name: '首次录入正确' }).click();
    await other.getByText('已计入').waitFor();
    await other.context().close();
  });
});
