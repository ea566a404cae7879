/** Every way in which somebody speaks or answers, with what is no phone, no file, no time and no text. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sendNotices } from '../../src/handling/citizen-notice/actions.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, recordForm } from '../support/hall.ts';
import { fileForm, office as officeFile, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// A Monday without holidays near.
const app = await openApp({ now: at('2026-06-08T10:00') });
const { t } = app;
const PHONE = '13812345678';
const HTML = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
let people: Record<'liaison' | 'leader' | 'supervisor' | 'caller' | 'office', Person>;

beforeAll(async () => {
  people = {
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
    leader: await app.person('leader'),
    supervisor: await app.person('supervisor'),
    caller: await app.person('caller'),
    office: await app.person('assessment_office'),
  };
});

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

let made = 0;
/** Each form comes from another device, so that no limit answers in place of the rule. */
function post(url: string, form: Record<string, string>) {
  made += 1;
  return app.http.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'zh-CN',
      cookie: `yp_device=${String(made).padStart(32, '0')}`,
    },
    payload: new URLSearchParams(form).toString(),
  });
}

const voice = (more: object = {}) => {
  made += 1;
  return {
    ...{ id: `B${made}`, channel: 'phone', kind: 'complaint', subjectKind: 'window', subjectCode: 'T01' },
    ...{ text: '没人叫号', phone: PHONE, receivedAt: '2026-06-08 09:00', ...more },
  };
};

/** An order of somebody's complaint, signed for and with the person contacted. */
async function order(more: object = {}): Promise<{ id: string; number: string }> {
  const { number } = (await app.api('POST', '/voices', voice(more))).json();
  const { id } = (await people.liaison.page.get(`/work-orders?q=${number}`)).json().items[0];
  await step('liaison', id, 'sign');
  await step('liaison', id, 'contact', { outcome: 'reached', note: '已致歉' });
  return { id, number };
}

async function step(who: keyof typeof people, id: string, name: string, form: object = {}) {
  return await people[who].page.post(`/work-orders/${id}/${name}`, form);
}

async function counted(table: string): Promise<number> {
  return (await t.db.owner.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n;
}

describe('a telephone number that is none', () => {
  const NONE = [
    '12ab',
    '1380013800',
    '138001380001',
    '12800138000',
    `${PHONE}'; --`,
    `<b>${PHONE}</b>`,
    '٣٨',
  ];
  const WAYS = {
    'the page for citizens': async (phone: string) => {
      const answer = await post('/say', { kind: 'complaint', text: '慢', phone });
      return {
        status: answer.statusCode,
        told: answer.body.includes('不是有效的电话号码'),
        body: answer.body,
      };
    },
    'other systems': async (phone: string) => {
      const answer = await app.api('POST', '/voices', voice({ phone }));
      return { status: answer.statusCode, told: answer.body.includes('voice.phone'), body: answer.body };
    },
    'the record of a call at the desk': async (phone: string) => {
      const answer = await people.caller.page.post('/voices', voice({ phone }));
      return { status: answer.statusCode, told: answer.body.includes('voice.phone'), body: answer.body };
    },
    'the wish to be contacted on a rating page': async (phone: string) => {
      made += 1;
      const record = recordForm({ projectNo: `P${made}`, serviceTime: '2026-06-08 09:00:00' });
      const [link] = await app.handIn([record]);
      const url = `/r/${link ? tokenOf(link) : ''}`;
      const answer = await post(url, { satisfaction: '5', name: '张三', phone });
      return {
        status: answer.statusCode,
        told: answer.body.includes('请填有效的电话号码'),
        body: answer.body,
      };
    },
  };

  it.each(Object.entries(WAYS))(
    'is refused by %s, said back by nobody, and keeps nothing',
    async (_, way) => {
      const before = [await counted('feedback.voice'), await counted('feedback.rating')];
      for (const phone of NONE) {
        const { status, told, body } = await way(phone);
        expect([phone, status, told], body.slice(0, 300)).toEqual([phone, 422, true]);
        expect([phone, body.includes(phone)]).toEqual([phone, false]);
      }
      expect([await counted('feedback.voice'), await counted('feedback.rating')]).toEqual(before);
    },
  );

  it('opens nothing on the page that follows, and gets no message', async () => {
    const { number } = await order({ phone: '0537-2345678' });
    for (const phone of [...NONE, '']) {
      const answer = await post('/follow', { number, phone });
      expect([phone, answer.statusCode]).toEqual([phone, 404]);
      if (phone !== '') expect([phone, answer.body.includes(phone)]).toEqual([phone, false]);
    }
    await app.settle();
    await sendNotices(t, CITY);
    const { rows } = await t.db.owner.query(
      `SELECT DISTINCT state FROM handling.citizen_notice n JOIN feedback.voice v
         ON v.city_code = n.city_code AND v.voice_id = n.voice_id WHERE v.number = $1`,
      [number],
    );
    expect(rows).toEqual([{ state: 'no_mobile' }]);
  });
});

describe('a file that is none', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const FILES = [
    ['0 bytes', '空.pdf', Buffer.alloc(0), 422, 'file.missing'],
    ['60 MB', '录像.pdf', Buffer.alloc(60 * 1024 * 1024, 32), 413, 'file.too_large'],
    ['another type', '程序.exe', Buffer.from('MZ\u0090'), 415, 'file.type'],
    [
      'a document with macros',
      '表.xlsx',
      officeFile('xl/workbook.xml', 'xl/vbaProject.bin'),
      415,
      'file.type',
    ],
    ['an SVG with a script', '图.svg', svg, 415, 'file.type'],
    ['a script called a picture', '图.png', svg, 415, 'file.type'],
  ] as const;

  it.each(FILES)('is refused as evidence of an answer: %s', async (_, name, content, status, code) => {
    const { id } = await order();
    const { body, headers } = fileForm(name, content);
    const answer = await people.liaison.page.post(`/work-orders/${id}/files`, body, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    const closing = await step('liaison', id, 'answer', { note: '已经整改' });
    expect(closing.json().code).toBe('order.no_evidence');
  });

  it.each(FILES)('is refused beside what the hall took down: %s', async (_, name, content, status, code) => {
    const { id } = (await people.caller.page.post('/voices', voice({ channel: 'letter' }))).json();
    const { body, headers } = fileForm(name, content);
    const answer = await people.caller.page.post(`/voices/${id}/files`, body, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect((await people.caller.page.get(`/voices/${id}`)).json().files).toEqual([]);
  });
});

describe('HTML in texts', () => {
  it('is text on the page that follows and in no list that is handed out, whoever wrote it', async () => {
    const { id, number } = await order({ text: HTML, name: HTML.slice(0, 30) });
    const { body, headers } = fileForm(`${HTML}.png`, samples.png);
    const stored = await people.liaison.page.post(`/work-orders/${id}/files`, body, headers);
    expect(stored.json().name).not.toMatch(/[<>"]/);
    await step('liaison', id, 'answer', { note: `${HTML} 已经整改` });
    await step('leader', id, 'approve', { approve: true, note: HTML });
    const opened = await post('/follow?lang=zh', { number, phone: PHONE });
    const page = (await app.http.inject({ url: String(opened.headers.location) })).body;
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(page).not.toMatch(/<img|<script/);
    const url = String(opened.headers.location);
    expect((await post(url, { word: 'dissatisfied', note: HTML })).statusCode).toBe(303);
    const read = (await people.liaison.page.get(`/work-orders/${id}`)).json();
    // The office gets it as data, never as a page.
    expect(read.events.at(-1)).toMatchObject({ what: 'reopened', note: HTML });
    const headersOf = (await people.liaison.page.get(`/work-orders/${id}`)).headers;
    expect(headersOf['content-type']).toContain('application/json');
    for (const path of ['/voices?format=csv', '/work-orders?format=csv'])
      expect((await people.office.page.get(path)).body).not.toContain('onerror');
  });

  it('comes back escaped where a form is refused', async () => {
    const answer = await post('/say', { kind: 'complaint', text: HTML, projectNo: HTML, phone: '12ab' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).not.toMatch(/<img|<script/);
    const followed = await post('/follow', { number: HTML.slice(0, 40), phone: PHONE });
    expect(followed.body).not.toMatch(/<img|<script/);
  });
});

describe('too late, or too early', () => {
  it('no more time is asked for or given after the time is over', async () => {
    const [asked, silent] = [await order(), await order()];
    expect((await step('liaison', asked.id, 'ask-extension', { note: '等鉴定结论' })).statusCode).toBe(200);
    await later('2026-06-15T17:31');
    const more = { approve: true, note: '同意延期' };
    expect((await step('leader', asked.id, 'decide-extension', more)).json().code).toBe('order.expired');
    expect((await step('liaison', silent.id, 'ask-extension', { note: '再等等看' })).json().code).toBe(
      'order.expired',
    );
    expect((await step('liaison', silent.id, 'return', { note: '不属于我们' })).json().code).toBe(
      'order.return_late',
    );
    const still = (await people.liaison.page.get(`/work-orders/${asked.id}`)).json();
    expect(still).toMatchObject({ extended: false, dueAt: '2026-06-15T17:30:00+08:00' });
    // Refusing it is still possible, and says so.
    const refused = await step('leader', asked.id, 'decide-extension', { approve: false, note: '已经超期' });
    expect(refused.json().events.at(-1)).toMatchObject({ what: 'extension_refused' });
  });

  it('nobody approves the own answer, and nobody answers what was withdrawn', async () => {
    const { id, number } = await order({ receivedAt: '2026-06-15 09:00' });
    const { body, headers } = fileForm('照片.png', samples.png);
    await people.liaison.page.post(`/work-orders/${id}/files`, body, headers);
    await step('liaison', id, 'answer', { note: '已经整改' });
    expect((await step('liaison', id, 'approve', { approve: true, note: '同意' })).statusCode).toBe(403);
    await step('supervisor', id, 'withdraw', { note: '本人撤回投诉' });
    const opened = await post('/follow', { number, phone: PHONE });
    const word = await post(String(opened.headers.location), { word: 'dissatisfied', note: '还要投诉' });
    expect([word.statusCode, word.body.includes('已经终止办理，不能再评价')]).toEqual([409, true]);
    for (const [who, name, form] of [
      ['liaison', 'answer', { note: '已经整改' }],
      ['leader', 'approve', { approve: true, note: '同意' }],
      ['caller', 'call-back', { outcome: 'satisfied', note: '满意' }],
      ['supervisor', 'assign', { department: APPROVAL, note: '转办' }],
    ] as const)
      expect([name, (await step(who, id, name, form)).json().code]).toEqual([name, 'order.wrong_state']);
    const late = fileForm('补.png', samples.png);
    const file = await people.liaison.page.post(`/work-orders/${id}/files`, late.body, late.headers);
    expect(file.json().code).toBe('order.wrong_state');
  });

  it('the states of an order that has ended are the only ones in which it says what it charges', async () => {
    await app.settle();
    const { rows } = await t.db.owner.query(
      `SELECT o.number FROM handling.work_order o WHERE (o.state IN ('closed', 'withdrawn')) <>
         EXISTS (SELECT FROM handling.work_order_event e WHERE e.city_code = o.city_code
           AND e.order_id = o.order_id AND e.what = 'accounted')`,
    );
    expect(rows).toEqual([]);
  });
});
