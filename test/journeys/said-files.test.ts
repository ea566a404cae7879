/** Files with what a citizen says: taken by what they are, refused by name, kept from whom it is about. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseVoicesDue } from '../../src/feedback/voice/actions.ts';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK } from '../support/hall.ts';
import { formWith, office as officeFile, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const app = await openApp({ now: new Date('2026-06-08T10:00:00+08:00') });
const { t } = app;
const TEXT = '来了三次都说系统坏了 <script>alert(1)</script>';
const PHONE = '13812345678';
let people: Record<'liaison' | 'leader' | 'subject' | 'police' | 'auditor' | 'caller', Person>;
let sign = '';

beforeAll(async () => {
  const office = await app.person('assessment_office');
  people = {
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
    leader: await app.person('leader'),
    subject: await app.person('supervisor', { staffNo: CLERK }),
    police: await app.person('department_liaison', { scope: '11370800MB2855926Y' }),
    auditor: await app.person('auditor'),
    caller: await app.person('caller'),
  };
  await office.page.post('/signs', {});
  sign = (await office.page.get('/signs?q=T01')).json().items[0].signCode;
});

let device = 0;
async function send(
  files: readonly (readonly [string, Buffer])[],
  fields: Record<string, string> = {},
): Promise<{ statusCode: number; body: string; location: string }> {
  device += 1;
  const said = { kind: 'complaint', about: 'window', text: TEXT, phone: PHONE, ...fields };
  const { body, headers } = formWith(said, files);
  const cookie = `yp_device=${String(device).padStart(32, '0')}`;
  const url = `/say?lang=zh&sign=${sign}`;
  const answer = await app.http.inject({
    method: 'POST',
    url,
    payload: body,
    headers: { ...headers, cookie },
  });
  const { statusCode } = answer;
  return { statusCode, body: answer.body, location: String(answer.headers.location) };
}

async function stored(): Promise<number> {
  const { rows } = await t.db.owner.query('SELECT count(*)::int AS n FROM platform.file');
  return rows[0].n;
}

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const macro = officeFile('word/document.xml', 'word/vbaProject.bin');

describe('a form with files', () => {
  it('is taken with them, and page and receipt say that they are here', async () => {
    const { location } = await send([
      ['现场.png', samples.png],
      ['通知书.pdf', samples.pdf],
    ]);
    const receipt = (await app.http.inject({ url: location })).body;
    expect(receipt).toContain('已收到附件 2 个');
    const number = receipt.match(/TS2026-\d{6}/)?.[0] ?? '';
    const follow = new URLSearchParams({ number, phone: PHONE }).toString();
    const opened = await app.http.inject({
      ...{ method: 'POST', url: '/follow?lang=zh', payload: follow },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const page = (await app.http.inject({ url: String(opened.headers.location) })).body;
    for (const text of ['已收到附件 2 个', '现场.png', '通知书.pdf']) expect(page).toContain(text);
  });

  it.each([
    ['an SVG with a script', '图.svg', svg, 415, '只接收 PDF、JPG、PNG'],
    ['a script called a picture', '图.png', svg, 415, '只接收 PDF、JPG、PNG'],
    ['a document with macros', '信.docx', macro, 415, '不带宏的'],
    ['a program', '程序.exe', Buffer.from('MZ\u0090'), 415, '只接收 PDF、JPG、PNG'],
    ['nothing at all', '空.pdf', Buffer.alloc(0), 422, '没有收到文件'],
    ['a picture without its end', '半.png', samples.png.subarray(0, 30), 422, '文件不完整或已损坏'],
    ['60 MB', '录像.pdf', Buffer.alloc(60 * 1024 * 1024, 32), 413, '文件超过 10 MB'],
  ])('with %s is refused by its name, and keeps what was typed', async (_, name, content, status, why) => {
    const before = await stored();
    const { statusCode, body } = await send([
      ['好.pdf', samples.pdf],
      [name, content],
    ]);
    expect(statusCode).toBe(status);
    expect(body).toContain(`“${name}”`);
    expect(body).toContain(why);
    expect(body).toContain('附件没有保存，请重新选择');
    // What was typed is there as text; the phone is never said back.
    expect(body).toContain('来了三次都说系统坏了 &lt;script&gt;');
    expect([body.includes('<script>alert'), body.includes(PHONE)]).toEqual([false, false]);
    expect(await stored()).toBe(before);
  });

  it('takes as many as the rule says, and no more', async () => {
    const files = (many: number) =>
      Array.from({ length: many }, (_, no) => [`第${no + 1}页.png`, samples.png] as const);
    const before = await stored();
    for (const many of [11, 12, 15]) {
      const { statusCode, body } = await send(files(many));
      expect([many, statusCode, body.includes('附件已有 10 个')]).toEqual([many, 409, true]);
    }
    expect(await stored()).toBe(before);
    expect((await send(files(10))).statusCode).toBe(303);
  });

  it('with faults in what was typed keeps no file, and asks to choose them again', async () => {
    const before = await stored();
    const { statusCode, body } = await send([['好.pdf', samples.pdf]], { phone: '12ab' });
    expect([statusCode, body.includes('不是有效的电话号码')]).toEqual([422, true]);
    expect(body).toContain('附件没有保存，请重新选择');
    expect(await stored()).toBe(before);
    const none = await send([['', Buffer.alloc(0)]], { text: '' });
    expect([none.statusCode, none.body.includes('附件没有保存')]).toEqual([422, false]);
  });

  it('that is sent twice has one number and each file once', async () => {
    const before = await stored();
    const form = { id: 'aB3-aB3_aB3-aB3_aB3-' };
    const [one, other] = [
      await send([['好.pdf', samples.pdf]], form),
      await send([['好.pdf', samples.pdf]], form),
    ];
    expect([other.statusCode, other.location]).toEqual([303, one.location]);
    expect(await stored()).toBe(before + 1);
  });

  it('that breaks off, or has fields that are none, is no form', async () => {
    const { body, headers } = formWith({ kind: 'complaint', text: TEXT }, [['好.pdf', samples.pdf]]);
    const before = await stored();
    for (const payload of [body.subarray(0, body.length - 60), Buffer.from('no form')]) {
      const broken = await app.http.inject({ method: 'POST', url: '/say?lang=zh', payload, headers });
      expect([broken.statusCode, broken.body.includes('<h1>')]).toEqual([400, true]);
    }
    expect((await send([], { admin: '1' })).statusCode).toBe(400);
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, no) => [`f${no}`, '1']));
    expect((await send([['好.pdf', samples.pdf]], many)).statusCode).toBe(400);
    expect(await stored()).toBe(before);
  });
});

describe('the files of a voice', () => {
  const orderOf = async (text: string) => {
    await send([[`${text}.pdf`, samples.pdf]], { text });
    const { items } = (await people.liaison.page.get('/work-orders?kind=complaint&limit=200')).json();
    for (const { id } of items) {
      const order = (await people.liaison.page.get(`/work-orders/${id}`)).json();
      if (order.said === text) return order;
    }
    throw new Error('no such order');
  };

  it('are saved by whoever answers or reads the register, and never shown by our origin', async () => {
    const order = await orderOf('排队两小时');
    expect(order.saidFiles).toMatchObject([{ name: '排队两小时.pdf', type: 'pdf', uploadedBy: 'public' }]);
    const [file] = order.saidFiles;
    const { items } = (await people.leader.page.get(`/voices?q=${order.number}`)).json();
    const ways = [
      [people.liaison, `/work-orders/${order.id}/said-files/${file.id}`],
      [people.leader, `/voices/${items[0].id}/files/${file.id}`],
    ] as const;
    for (const [person, path] of ways) {
      const { statusCode, headers, rawPayload } = await person.page.get(path);
      expect([statusCode, rawPayload.equals(samples.pdf)]).toEqual([200, true]);
      expect(headers['content-disposition']).toMatch(/^attachment;/);
      expect(headers['content-security-policy']).toContain('sandbox');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    for (const url of [`/say/files/${file.id}`, `/follow/files/${file.id}`])
      expect((await app.http.inject({ url })).statusCode).toBe(404);
  });

  it('are kept from whom they are about, other departments, and all once discipline has them', async () => {
    const order = await orderOf('态度恶劣');
    const path = `/work-orders/${order.id}`;
    const file = `${path}/said-files/${order.saidFiles[0].id}`;
    const { items } = (await people.leader.page.get(`/voices?q=${order.number}`)).json();
    // The voice is about window T01, where this clerk is posted.
    expect((await people.subject.page.get(path)).json().saidFiles).toEqual([]);
    for (const { page } of [people.subject, people.police])
      expect((await page.get(file)).statusCode).toBe(404);
    const register = `/voices/${items[0].id}`;
    const own = await people.subject.page.get(`${register}/files/${order.saidFiles[0].id}`);
    expect(own.json().code).toBe('voice.own_matter');
    await people.caller.page.post(`${register}/discipline`, { reason: '涉嫌索要财物' });
    expect((await people.liaison.page.get(path)).json().saidFiles).toEqual([]);
    expect((await people.liaison.page.get(file)).json().code).toBe('voice.discipline');
    expect((await people.auditor.page.get(register)).json().files.length).toBe(1);
  });

  it('go when the words do', async () => {
    await t.db.owner.query(
      `UPDATE platform.file SET uploaded_at = '2020-01-01';
       UPDATE feedback.voice SET received_at = '2020-01-01'`,
    );
    await eraseVoicesDue(t, CITY);
    expect(await stored()).toBe(0);
  });
});
