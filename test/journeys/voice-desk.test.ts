/** The hall's register of voices: taken down with attachments, decided by two, handed to discipline. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK } from '../support/hall.ts';
import { fileForm, office as officeFile, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const app = await openApp({ now: new Date('2026-06-08T10:00:00+08:00') });
const { t } = app;
const NAME = '欧阳娜娜';
const PHONE = '13987654321';
const WORDS = '窗口工作人员推诿，来了三次';
let people: Record<'caller' | 'supervisor' | 'leader' | 'auditor' | 'subject' | 'liaison', Person>;
let office: Person;

beforeAll(async () => {
  office = await app.person('assessment_office');
  people = {
    caller: await app.person('caller'),
    supervisor: await app.person('supervisor'),
    leader: await app.person('leader'),
    auditor: await app.person('auditor'),
    subject: await app.person('supervisor', { staffNo: CLERK }),
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
  };
});

let made = 0;
async function register(more: object = {}) {
  made += 1;
  return await people.caller.page.post('/voices', {
    id: `phone-${made}`,
    channel: 'phone',
    kind: 'complaint',
    subjectKind: 'staff',
    subjectCode: CLERK,
    text: WORDS,
    name: NAME,
    phone: PHONE,
    receivedAt: '2026-06-08 09:30',
    ...more,
  });
}

async function attach(id: string, name: string, content: Buffer) {
  const { body, headers } = fileForm(name, content);
  return await people.caller.page.post(`/voices/${id}/files`, body, headers);
}

describe('what comes by phone, letter, box or at the desk', () => {
  it('is registered under a number with its order, and listed without who spoke', async () => {
    const answer = await register();
    expect(answer.json()).toMatchObject({ channel: 'phone', state: 'unsigned', named: true, text: WORDS });
    const list = await people.leader.page.get('/voices?kind=complaint');
    expect(list.json().items).toMatchObject([{ number: 'TS2026-000001', subjectCode: CLERK }]);
    for (const body of [answer.body, list.body])
      expect([body.includes(NAME), body.includes(PHONE)]).toEqual([false, false]);
    const csv = await office.page.get('/voices?format=csv');
    expect([csv.statusCode, csv.body.includes(WORDS)]).toEqual([200, false]);
  });

  it('keeps attachments that are what they say, and refuses all others', async () => {
    const { id } = (await register({ channel: 'letter' })).json();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const [name, content] of [
      ['空.pdf', Buffer.alloc(0)],
      ['图.svg', svg],
      ['图.png', svg],
      ['信.docx', officeFile('word/document.xml', 'word/vbaProject.bin')],
      ['程序.exe', Buffer.from('MZ')],
    ] as const) {
      const { statusCode, body } = await attach(id, name, content);
      expect([name, statusCode >= 400 && statusCode < 500], body).toEqual([name, true]);
    }
    const { files } = (await attach(id, '来信.pdf', samples.pdf)).json();
    expect(files).toMatchObject([{ name: '来信.pdf', type: 'pdf' }]);
    const read = await people.leader.page.get(`/voices/${id}/files/${files[0].id}`);
    expect(read.headers['content-disposition']).toContain('attachment');
    expect((await people.subject.page.get(`/voices/${id}/files/${files[0].id}`)).json().code).toBe(
      'voice.own_matter',
    );
  });

  it('that the desk can’t take up is told the remedy at once, and opens no order', async () => {
    const about = { kind: 'stuck_matter', channel: 'desk', subjectKind: undefined, subjectCode: undefined };
    const told = await register({ ...about, exclusion: 'private_dispute' });
    expect(told.json()).toMatchObject({ orderId: null, exclusion: 'private_dispute' });
    expect(told.json().remedy).toContain('人民调解');
    const open = await register({ ...about, category: 'not_accepted' });
    expect(open.json()).toMatchObject({ category: 'not_accepted', state: 'unassigned' });
    const words = (await people.caller.page.get('/voice-words')).json();
    expect([words.categories.length, words.exclusions.length]).toEqual([5, 4]);
  });

  it.each([
    [{ category: 'not_accepted' }, 'voice.unknown_category'],
    [{ kind: 'stuck_matter', exclusion: 'mood' }, 'voice.unknown_category'],
    [{ subjectCode: 'NOBODY' }, 'voice.unknown_subject'],
    [{ phone: 'no phone' }, 'voice.phone'],
    [{ receivedAt: '2027-01-01 09:00' }, 'voice.in_future'],
  ])('with %j is refused', async (more, code) => {
    const answer = await register(more);
    expect([answer.statusCode, answer.body.includes(code)]).toEqual([422, true]);
  });
});

describe('whether a complaint is at fault', () => {
  const proposal = {
    outcome: 'at_fault',
    subjectKind: 'staff',
    subjectCode: CLERK,
    reason: '监控显示确有推诿',
  };
  const agree = { approve: true, note: '同意认定' };

  it('is decided by two persons, neither of them the subject, and then charges the book', async () => {
    const { id, number } = (await register()).json();
    const fault = (person: Person, form: object) => person.page.post(`/voices/${id}/fault`, form);
    const decide = (person: Person, form: object) => person.page.post(`/voices/${id}/fault/decision`, form);
    expect((await decide(people.leader, agree)).json().code).toBe('fault.none_waiting');
    expect((await fault(people.subject, proposal)).json().code).toBe('voice.own_matter');
    const unknown = await fault(people.supervisor, { ...proposal, subjectCode: 'NOBODY' });
    expect(unknown.json().code).toBe('fault.unknown_subject');
    expect((await fault(people.supervisor, proposal)).json()).toMatchObject({
      decisions: [{ state: 'proposed', outcome: 'at_fault' }],
      may: { propose: false, decide: false },
    });
    await app.settle();
    const told = async ({ page }: Person) =>
      (await page.get('/messages?group=voice')).json().items.map(({ kind }: { kind: string }) => kind);
    expect(await told(people.leader)).toEqual(['voice_fault']);
    // Neither whoever proposed nor whom it is about hears of it.
    for (const person of [people.supervisor, people.subject]) expect(await told(person)).toEqual([]);
    expect((await fault(people.leader, proposal)).json().code).toBe('fault.pending');
    expect((await decide(people.supervisor, agree)).json().code).toBe('fault.same_person');
    expect((await decide(people.subject, agree)).json().code).toBe('voice.own_matter');
    expect((await decide(people.leader, agree)).json().decisions).toMatchObject([{ state: 'approved' }]);
    expect((await decide(people.leader, agree)).json().code).toBe('fault.none_waiting');
    await app.settle();
    const { rows } = await t.db.owner.query(
      `SELECT subject_code, rule, points_centi::int AS points FROM ledger.entry
       WHERE city_code = $1 AND fact_id = $2 AND subject_kind = 'staff'`,
      [CITY, number],
    );
    expect(rows).toEqual([{ subject_code: CLERK, rule: 'complaint.at_fault', points: -500 }]);
  });

  it('counts for nothing when the second person turns it down', async () => {
    const { id, number } = (await register()).json();
    await people.supervisor.page.post(`/voices/${id}/fault`, proposal);
    const turned = { approve: false, note: '证据不足' };
    const answer = await people.leader.page.post(`/voices/${id}/fault/decision`, turned);
    expect(answer.json()).toMatchObject({ decisions: [{ state: 'rejected' }], may: { propose: true } });
    const { rows } = await t.db.owner.query(
      'SELECT 1 FROM feedback.complaint WHERE city_code = $1 AND complaint_id = $2',
      [CITY, number],
    );
    expect(rows).toEqual([]);
  });

  it('is asked of complaints and of stuck matters only', async () => {
    const { id } = (await register({ kind: 'praise' })).json();
    const answer = await people.supervisor.page.post(`/voices/${id}/fault`, proposal);
    expect(answer.json().code).toBe('fault.not_a_complaint');
  });
});

describe('a no that is said at a window', () => {
  it('is reported with its ground and without whom it was said to, once', async () => {
    const form = {
      id: '00000000-0000-4000-8000-0000000000a1',
      occurredAt: '2026-06-08 09:00',
      windowCode: 'T01',
      itemName: '企业设立登记',
      reason: '经营范围属禁止类',
      ground: '市场准入负面清单第一条',
    };
    const report = (more: object) => people.liaison.page.post('/refusals', { ...form, ...more });
    for (let times = 0; times < 2; times += 1) expect((await report({})).statusCode).toBe(204);
    const bare = await report({ id: '00000000-0000-4000-8000-0000000000a2', ground: '' });
    expect(bare.statusCode).toBe(422);
    expect((await report({ windowCode: 'X9' })).json().code).toBe('said_no.unknown_window');
    const { items } = (await people.supervisor.page.get('/refusals')).json();
    expect(items).toMatchObject([{ windowCode: 'T01', ground: form.ground }]);
    expect((await office.page.get('/refusals?format=csv')).body).toContain(form.ground);
    const clerk = await app.person('clerk', { staffNo: 'G004' });
    expect((await clerk.page.get('/refusals')).statusCode).toBe(403);
    expect((await clerk.page.get('/refusals/own')).json().items).toEqual([]);
    expect((await people.liaison.page.get('/refusals/own')).json().items).toMatchObject([
      { windowCode: 'T01' },
    ]);
  });
});

describe('praise', () => {
  it('is a merit once a second person has confirmed it, and never twice', async () => {
    const { id, number } = (
      await register({ kind: 'praise', channel: 'letter', subjectKind: undefined, subjectCode: undefined })
    ).json();
    const form = { staffNo: CLERK, evidence: '锦旗一面，已核实' };
    const propose = (person: Person, body: object) => person.page.post(`/voices/${id}/praise`, body);
    expect((await propose(people.subject, form)).json().code).toBe('praise.own_praise');
    const unknown = await propose(people.supervisor, { ...form, staffNo: 'NOBODY' });
    expect(unknown.json().code).toBe('praise.unknown_staff');
    for (let times = 0; times < 2; times += 1) expect((await propose(office, form)).statusCode).toBe(200);
    const merit = `${number}-${CLERK}-public_praise`;
    const confirm = (person: Person) =>
      person.page.post(`/merits/${merit}/decision`, { confirm: true, note: '属实' });
    expect((await confirm(office)).json().code).toBe('merit.same_person');
    expect((await confirm(await app.person('assessment_office'))).statusCode).toBe(204);
    await app.settle();
    const { rows } = await t.db.owner.query(
      'SELECT subject_code, rule FROM ledger.entry WHERE city_code = $1 AND fact_id = $2',
      [CITY, merit],
    );
    expect(rows).toEqual([{ subject_code: CLERK, rule: 'bonus.public_praise' }]);
  });
});

describe('a report of discipline', () => {
  it('is read by its officer alone once it is handed over', async () => {
    const { id, number, orderId } = (await register({ text: '索要好处费五百元' })).json();
    const handed = await people.caller.page.post(`/voices/${id}/discipline`, { reason: '涉嫌索要财物' });
    expect(handed.json()).toMatchObject({ number, discipline: true, text: null, subjectCode: null });
    for (const person of [people.supervisor, people.leader, people.caller]) {
      const pages = [
        await person.page.get(`/voices/${id}`),
        await person.page.get('/voices'),
        await person.page.get(`/work-orders/${orderId}`),
      ];
      for (const { statusCode, body } of pages)
        expect([statusCode, body.includes('好处费'), body.includes(number)]).toEqual([200, false, true]);
    }
    const order = (await people.liaison.page.get(`/work-orders/${orderId}`)).json();
    expect(order).toMatchObject({ state: 'withdrawn', said: null, windowCode: null });
    const asked = { reason: '想联系举报人' };
    expect((await people.liaison.page.post(`/work-orders/${orderId}/speaker`, asked)).json().code).toBe(
      'voice.discipline',
    );
    expect((await people.supervisor.page.post(`/voices/${id}/speaker`, asked)).statusCode).toBe(403);
    expect((await people.auditor.page.get(`/voices/${id}`)).json()).toMatchObject({
      text: '索要好处费五百元',
      subjectCode: CLERK,
    });
    expect((await people.auditor.page.post(`/voices/${id}/speaker`, asked)).json()).toEqual({
      name: NAME,
      phone: PHONE,
    });
    const refused = await people.supervisor.page.post(`/voices/${id}/fault`, {
      outcome: 'at_fault',
      subjectKind: 'staff',
      subjectCode: CLERK,
      reason: '直接认定',
    });
    expect(refused.json().code).toBe('voice.discipline');
  });

  it('is given back by its officer alone, and answered like any other from then on', async () => {
    const { id, number, orderId } = (await register({ text: '态度恶劣，疑似收礼' })).json();
    await people.liaison.page.post(`/work-orders/${orderId}/sign`, {});
    await people.caller.page.post(`/voices/${id}/discipline`, { reason: '疑似收礼' });
    t.clock.set(new Date('2026-06-15T10:00:00+08:00'));
    for (const one of Object.values(people)) await one.page.signIn(one.username, one.password);
    const back = { reason: '线人陈述：只是态度问题' };
    for (const person of [people.supervisor, people.leader, people.caller, people.liaison])
      expect((await person.page.post(`/voices/${id}/discipline/return`, back)).statusCode).toBe(403);
    expect((await people.auditor.page.post(`/voices/${id}/discipline/return`, {})).statusCode).toBe(422);
    const given = await people.auditor.page.post(`/voices/${id}/discipline/return`, back);
    expect(given.json()).toMatchObject({ discipline: false, may: { giveBack: false }, state: 'unsigned' });
    const again = await people.auditor.page.post(`/voices/${id}/discipline/return`, back);
    expect(again.json().code).toBe('voice.not_discipline');
    const read = await people.leader.page.get(`/voices/${id}`);
    expect(read.json()).toMatchObject({ text: '态度恶劣，疑似收礼', subjectCode: CLERK, discipline: false });
    const order = await people.liaison.page.get(`/work-orders/${orderId}`);
    expect(order.json()).toMatchObject({
      ...{ number, state: 'unsigned', said: '态度恶劣，疑似收礼', closedAt: null },
      ...{ openedAt: '2026-06-15T10:00:00+08:00', dueAt: '2026-06-23T17:30:00+08:00' },
    });
    expect(order.json().events.at(-1)).toMatchObject({ what: 'from_discipline', note: null });
    for (const { body } of [given, read, order]) expect(body).not.toContain('线人');
    const { rows } = await t.db.owner.query(
      `SELECT reason FROM oversight.audit WHERE action = 'voice.given_back' AND subject_id = $1`,
      [number],
    );
    expect(rows).toEqual([back]);
    expect((await people.liaison.page.post(`/work-orders/${orderId}/sign`, {})).json().state).toBe(
      'handling',
    );
  });

  it('that came there straight gets its order once it is given back', async () => {
    const sent = (await register({ text: '怀疑有人插队', discipline: true })).json();
    expect(sent).toMatchObject({ discipline: true, orderId: null });
    const back = { reason: '不属于违纪问题' };
    const given = await people.auditor.page.post(`/voices/${sent.id}/discipline/return`, back);
    expect(given.json()).toMatchObject({ state: 'unsigned', dueAt: '2026-06-23T17:30:00+08:00' });
    // Its officer hears of each report, also of one that is handed over once more.
    const once = await people.caller.page.post(`/voices/${sent.id}/discipline`, { reason: '又有新证据' });
    expect(once.json()).toMatchObject({ discipline: true, state: 'withdrawn' });
    await app.settle();
    const { items } = (await people.auditor.page.get('/messages')).json();
    const told = items.filter(({ text }: { text: string }) => text.includes(sent.number));
    expect(told.length).toBe(1);
  });

  it('goes there straight where the citizen says so, and opens no order', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/say',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'zh-CN' },
      payload: new URLSearchParams({ kind: 'complaint', text: '收了红包', discipline: '1' }).toString(),
    });
    const receipt = await app.http.inject({ url: String(answer.headers.location) });
    expect(receipt.body).toContain('已经移交纪检机构');
    const { items } = (await people.leader.page.get('/voices?channel=web')).json();
    expect(items).toMatchObject([{ discipline: true, orderId: null }]);
  });
});
