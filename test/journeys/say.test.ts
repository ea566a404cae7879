/** Speaking up without an account: one page, one post, a number, and an answer that is judged. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// A Monday without holidays near.
const app = await openApp({ now: at('2026-06-08T10:00') });
const { t } = app;
const PHONE = '13812345678';
const NAME = '欧阳娜娜';
let people: Record<'liaison' | 'supervisor' | 'leader' | 'caller', Person>;
let sign = '';

beforeAll(async () => {
  people = {
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
    supervisor: await app.person('supervisor'),
    leader: await app.person('leader'),
    caller: await app.person('caller'),
  };
  const office = await app.person('assessment_office');
  await office.page.post('/signs', {});
  sign = (await office.page.get('/signs?q=T01')).json().items[0].signCode;
});

/** Another time: sessions that have ended meanwhile begin anew. */
async function later(now: Date): Promise<void> {
  t.clock.set(now);
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

let devices = 0;
function post(url: string, form: Record<string, string>, lang = 'zh-CN') {
  devices += 1;
  return app.http.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': lang,
      cookie: `yp_device=${String(devices).padStart(32, '0')}`,
    },
    payload: new URLSearchParams(form).toString(),
  });
}

function get(url: string) {
  return app.http.inject({ url, headers: { 'accept-language': 'zh-CN' } });
}

const complaint = { kind: 'complaint', text: '<script>alert(1)</script>等了两小时', phone: PHONE };

/** What somebody says: number and code as the receipt shows them. */
async function say(form: Record<string, string>, query = ''): Promise<{ number: string; code: string }> {
  const answer = await post(`/say${query}`, form);
  expect([answer.statusCode, answer.body]).toEqual([303, '']);
  const receipt = await get(String(answer.headers.location));
  expect(receipt.statusCode).toBe(200);
  const [number = '', code = ''] = [...receipt.body.matchAll(/<p class="code">([^<]+)</g)].map(
    (one) => one[1]!,
  );
  return { number, code };
}

async function follow(number: string, phone: string) {
  const answer = await post('/follow', { number, phone });
  return answer.statusCode === 303 ? String(answer.headers.location) : answer;
}

async function opened(number: string, phone: string): Promise<string> {
  const url = await follow(number, phone);
  if (typeof url !== 'string') throw new Error(url.body);
  return url;
}

/** An order through to its approved answer. */
async function answered(number: string, text: string): Promise<string> {
  const { liaison, leader } = people;
  const { items } = (await liaison.page.get(`/work-orders?q=${number}`)).json();
  const { id, state } = items[0];
  const step = async (page: Person['page'], name: string, form: object) =>
    expect((await page.post(`/work-orders/${id}/${name}`, form)).statusCode).toBe(200);
  if (state === 'unsigned') {
    await step(liaison.page, 'sign', {});
    await step(liaison.page, 'contact', { outcome: 'reached', note: '内部记录' });
    const file = fileForm('照片.png', samples.png);
    await liaison.page.post(`/work-orders/${id}/files`, file.body, file.headers);
  }
  await step(liaison.page, 'answer', { note: text });
  await step(leader.page, 'approve', { approve: true, note: '同意' });
  return id;
}

describe('whoever has something to say', () => {
  it('finds the page from the home page, the sign and the public page', async () => {
    for (const url of ['/', '/public']) expect((await get(url)).body).toContain('href="/say?');
    expect((await get(`/w/${sign}`)).body).toContain(`/say?sign=${sign}`);
    const page = await get(`/say?sign=${sign}`);
    expect(page.body).toContain('您扫描的是 T01');
    expect(page.headers['content-security-policy']).toContain("script-src 'none'");
  });

  it('gets a number, and what happens until when', async () => {
    const answer = await post(`/say?sign=${sign}`, { ...complaint, about: 'window', name: NAME });
    const receipt = await get(String(answer.headers.location));
    expect(receipt.body).toContain('TS2026-000001');
    expect(receipt.body).toContain('2026-06-15 17:30 前答复');
    expect([receipt.body.includes(NAME), receipt.body.includes(PHONE)]).toEqual([false, false]);
    const { items } = (await app.api('GET', '/work-orders?kind=complaint')).json();
    expect(items).toMatchObject([
      { number: 'TS2026-000001', ownerDepartment: APPROVAL, dueAt: '2026-06-15T17:30:00+08:00' },
    ]);
  });

  it('sends the same form twice and has one number', async () => {
    const form = { kind: 'suggestion', text: '多放几把椅子', id: 'aB3-aB3_aB3-aB3_aB3-' };
    expect((await say(form)).number).toBe((await say(form)).number);
  });

  it.each([
    ['no kind', { text: '没有选' }, '请先选择您要说的是哪一种'],
    ['no words', { kind: 'complaint', text: ' ' }, '请写下具体情况'],
    ['too many words', { kind: 'complaint', text: '长'.repeat(2001) }, '内容最多 2000 字'],
    ['no phone number', { kind: 'complaint', text: '慢', phone: '12ab' }, '不是有效的电话号码'],
    ['no such case', { kind: 'stuck_matter', text: '慢', category: 'none_such' }, '没有这个“办不成事”类别'],
    ['no such department', { kind: 'complaint', text: '慢', department: 'X' }, '名录中没有这个被反映的'],
  ])('with %s gets the page back with what is wrong', async (_, form, message) => {
    const answer = await post('/say', { name: NAME, ...form } as Record<string, string>);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(message);
    expect(answer.body).not.toContain(NAME);
  });

  it('can name a case that is none of ours without learning so', async () => {
    const { number } = await say({ kind: 'stuck_matter', text: '不给办', projectNo: 'NONE1', phone: PHONE });
    expect(number).toMatch(/^BBC2026-/);
  });

  it('is slowed down when it gets too much of one device', async () => {
    const cookie = `yp_device=${'f'.repeat(32)}`;
    const codes: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      const answer = await app.http.inject({
        method: 'POST',
        url: '/say',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
        payload: 'kind=praise&text=very+good',
      });
      codes.push(answer.statusCode);
    }
    expect(codes).toEqual([...Array(10).fill(303), 429]);
  });
});

describe('following by number and phone', () => {
  it('shows how far it is, without who spoke, and says what people wrote as text', async () => {
    const { number } = await say({ ...complaint, about: 'window', name: NAME }, `?sign=${sign}`);
    const page = await get(await opened(number, `+86 138-1234-5678`));
    expect(page.body).toContain('已经转给承办部门');
    expect(page.body).toContain('应在 2026-06-15 17:30 前答复');
    await answered(number, '<b>已经加开</b>两个窗口');
    const after = await get(await opened(number, PHONE));
    expect(after.body).toContain('&lt;b&gt;已经加开&lt;/b&gt;两个窗口');
    for (const hidden of [NAME, PHONE, '内部记录', people.liaison.username])
      expect([hidden, after.body.includes(hidden)]).toEqual([hidden, false]);
  });

  it('works by the code of the receipt where no phone was left', async () => {
    const { number, code } = await say({ kind: 'praise', text: '窗口的同志很耐心' });
    const page = await get(await opened(number, code.toLowerCase()));
    expect(page.body).toContain('已经收到。表扬核实后');
  });

  it('never tells whether a number exists, and slows guessing down', async () => {
    const { number } = await say(complaint);
    const answers = [await follow(number, '13900000000'), await follow('TS2026-999999', PHONE)];
    const [wrongPhone, wrongNumber] = answers.map((one) => {
      if (typeof one === 'string') throw new Error(one);
      return { status: one.statusCode, body: one.body.replace(/TS2026-\d+/g, '') };
    });
    expect(wrongPhone).toEqual(wrongNumber);
    expect(wrongPhone?.status).toBe(404);
    expect(wrongPhone?.body).not.toContain('13900000000');
    for (let count = 0; count < 9; count += 1) await follow(number, `1390000${1000 + count}`);
    const stopped = await follow(number, PHONE);
    expect(typeof stopped === 'string' ? 303 : stopped.statusCode).toBe(429);
  });

  it('closes after a while, and opens nothing that was tampered with', async () => {
    const { number } = await say(complaint);
    const url = await opened(number, PHONE);
    expect((await get(url.replace(/\/follow\/./, '/follow/-'))).statusCode).toBe(410);
    await later(new Date(t.clock.now().getTime() + 31 * 60_000));
    const late = await get(url);
    expect([late.statusCode, late.body.includes('请重新输入编号和手机号')]).toEqual([410, true]);
  });
});

describe('the answer', () => {
  const fresh = () => say({ ...complaint, about: 'department' }, `?sign=${sign}`);

  it('is judged once: satisfied ends the matter', async () => {
    const { number } = await fresh();
    const early = await post(await opened(number, PHONE), { word: 'satisfied' });
    expect([early.statusCode, early.body.includes('还没有答复')]).toEqual([409, true]);
    await answered(number, '已经整改');
    const url = await opened(number, PHONE);
    expect((await get(url)).body).toContain('您对这次答复满意吗');
    expect((await post(url, { word: 'satisfied' })).statusCode).toBe(303);
    const page = await get(url);
    expect(page.body).toContain('您对答复表示满意');
    expect(page.body).toContain('已经办结');
    expect((await post(url, { word: 'dissatisfied' })).statusCode).toBe(409);
  });

  it('that satisfies nobody is handled once more, and once only', async () => {
    const { number } = await fresh();
    const id = await answered(number, '已经解释');
    const url = await opened(number, PHONE);
    await post(url, { word: 'dissatisfied', note: '没有解决' });
    expect((await get(url)).body).toContain('现在重新办理');
    const order = (await people.supervisor.page.get(`/work-orders/${id}`)).json();
    expect(order).toMatchObject({ state: 'handling', reopened: true });
    expect(order.events.at(-1)).toMatchObject({ what: 'reopened', by: 'public', note: '没有解决' });
    await answered(number, '已经退还');
    await post(url, { word: 'dissatisfied' });
    expect((await people.supervisor.page.get(`/work-orders/${id}`)).json()).toMatchObject({
      state: 'closed',
    });
  });

  it('still counts where the call reached nobody, until the days of the rule are over', async () => {
    const [one, other] = [await fresh(), await fresh()];
    for (const { number } of [one, other]) {
      const id = await answered(number, '已经整改');
      const call = { outcome: 'no_answer', note: '无人接听' };
      expect((await people.caller.page.post(`/work-orders/${id}/call-back`, call)).json().state).toBe(
        'closed',
      );
    }
    t.clock.set(at('2026-06-11T23:50'));
    expect((await post(await opened(one.number, PHONE), { word: 'dissatisfied' })).statusCode).toBe(303);
    t.clock.set(at('2026-06-12T00:00'));
    const late = await post(await opened(other.number, PHONE), { word: 'dissatisfied' });
    expect([late.statusCode, late.body.includes('已于 2026-06-11 结束')]).toEqual([409, true]);
  });

  it('to somebody who left no phone ends the order by itself, and still can be judged', async () => {
    await later(at('2026-06-12T09:00'));
    const form = { kind: 'suggestion', text: '多开一个窗口', about: 'department' };
    const { number, code } = await say(form, `?sign=${sign}`);
    const id = await answered(number, '下月增开');
    await app.settle();
    await app.settle();
    const read = async () => (await people.supervisor.page.get(`/work-orders/${id}`)).json();
    expect(await read()).toMatchObject({ state: 'closed', may: [] });
    expect((await read()).events.slice(-2)).toMatchObject([
      { what: 'closed_uncalled', detail: { uncalled: 'no_phone' } },
      { what: 'accounted', detail: { account: 'suggestion_free' } },
    ]);
    const url = await opened(number, code);
    const page = (await get(url)).body;
    expect(page).toContain('不回访，直接办结');
    expect(page).toContain('您对这次答复满意吗');
    expect((await post(url, { word: 'dissatisfied', note: '太慢' })).statusCode).toBe(303);
    expect(await read()).toMatchObject({ state: 'handling', reopened: true });
    expect((await get(url)).body).not.toContain('不回访，直接办结');
  });

  it('to what was withdrawn is refused, and so is a word about it', async () => {
    const { number } = await fresh();
    const { items } = (await people.liaison.page.get(`/work-orders?q=${number}`)).json();
    const { id } = items[0];
    await people.supervisor.page.post(`/work-orders/${id}/withdraw`, { note: '重复反映' });
    const reply = await people.liaison.page.post(`/work-orders/${id}/answer`, { note: '已经整改' });
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'order.wrong_state']);
    const url = await opened(number, PHONE);
    expect((await get(url)).body).toContain('已经终止办理');
    const word = await post(url, { word: 'satisfied' });
    expect([word.statusCode, word.body.includes('已经终止办理，不能再评价')]).toEqual([409, true]);
  });
});
