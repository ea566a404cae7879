/** A stuck matter across two departments, from the sign at the window to the citizen's page and the book. */
import { beforeAll, describe, expect, it } from 'vitest';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK, POLICE, RENCHENG, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
// A Monday without holidays near.
const app = await openApp({ now: at('2026-06-08T10:00') });
const { t } = app;
const PHONE = '13812345678';
let people: Record<'liaison' | 'police' | 'rencheng' | 'supervisor' | 'leader', Person>;
let sign = '';
let orderId = '';
let number = '';

beforeAll(async () => {
  people = {
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
    police: await app.person('department_liaison', { scope: POLICE }),
    rencheng: await app.person('department_liaison', { scope: RENCHENG }),
    supervisor: await app.person('supervisor'),
    leader: await app.person('leader'),
  };
  const office = await app.person('assessment_office');
  await office.page.post('/signs', {});
  sign = (await office.page.get('/signs?q=T01')).json().items[0].signCode;
  await app.handIn([recordForm({ projectNo: 'JOINT-1', serviceTime: '2026-06-08 09:00:00' })]);
});

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
  await lookAtDuties(t, CITY);
  await app.settle();
}

function post(url: string, form: Record<string, string>) {
  return app.http.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'zh-CN',
      cookie: `yp_device=${'7'.repeat(32)}`,
    },
    payload: new URLSearchParams(form).toString(),
  });
}

async function followed(): Promise<string> {
  const answer = await post('/follow', { number, phone: PHONE });
  return String(answer.headers.location);
}

async function page(): Promise<string> {
  const { body } = await app.http.inject({
    url: await followed(),
    headers: { 'accept-language': 'zh-CN' },
  });
  return body;
}

type Who = keyof typeof people;

async function step(who: Who, name: string, form: object = {}) {
  return await people[who].page.post(`/work-orders/${orderId}/${name}`, form);
}

/** The code of a refusal, or the state of the order afterwards. */
async function said(who: Who, name: string, form: object = {}): Promise<string> {
  const answer = (await step(who, name, form)).json();
  return answer.code ?? answer.state;
}

async function order(who: Who = 'liaison') {
  return (await people[who].page.get(`/work-orders/${orderId}`)).json();
}

const ANSWER = { note: '已联合公安局补发批文，当日办结。', cause: 'coordination' };

describe('a stuck matter that needs two departments', () => {
  it('comes from the sign at the window, and its own department signs for it the same day', async () => {
    const form = {
      kind: 'stuck_matter',
      category: 'not_approved',
      about: 'window',
      projectNo: 'JOINT-1',
      text: '两个部门互相推，跑了四次',
      phone: PHONE,
    };
    const sent = await post(`/say?sign=${sign}`, form);
    expect(sent.statusCode, sent.body).toBe(303);
    const { items } = (await people.liaison.page.get('/work-orders?kind=stuck_matter')).json();
    ({ id: orderId, number } = items[0]);
    expect(items[0]).toMatchObject({ ownerDepartment: APPROVAL, signDueAt: '2026-06-08T17:30:00+08:00' });
    expect(await said('liaison', 'ask-part', { department: POLICE, days: 3, note: '核对批文' })).toBe(
      'order.wrong_state',
    );
    expect(await said('liaison', 'sign')).toBe('handling');
    expect(await said('liaison', 'contact', { outcome: 'reached', note: '当日已联系' })).toBe('handling');
    expect(await said('liaison', 'classify', { complexity: 'joint', note: '涉及两个部门' })).toBe('handling');
    expect((await order()).dueAt).toBe('2026-06-23T17:30:00+08:00');
  });

  it('is no other department’s until it is asked, and each has its own time', async () => {
    expect((await people.police.page.get(`/work-orders/${orderId}`)).statusCode).toBe(404);
    const ask = { department: POLICE, days: 3, note: '请核对并补发批文' };
    for (const [form, code] of [
      [{ ...ask, department: APPROVAL }, 'order.part_lead'],
      [{ ...ask, department: '11370800MB0000099X' }, 'order.unknown_department'],
      [{ ...ask, days: 20 }, 'order.part_beyond'],
      [{ ...ask, days: 0 }, 'request.invalid'],
    ] as const)
      expect(await said('liaison', 'ask-part', form)).toBe(code);
    const [one, other] = await Promise.all([
      said('liaison', 'ask-part', ask),
      said('liaison', 'ask-part', ask),
    ]);
    expect([one, other].sort()).toEqual(['handling', 'order.part_open']);
    expect(await said('liaison', 'ask-part', { ...ask, department: RENCHENG, days: 5 })).toBe('handling');
    expect((await order()).parts).toMatchObject([
      { department: POLICE, state: 'asked', dueAt: '2026-06-11T17:30:00+08:00' },
      { department: RENCHENG, state: 'asked', dueAt: '2026-06-15T17:30:00+08:00' },
    ]);
    const { items } = (await people.police.page.get('/work-orders?state=open')).json();
    expect(items).toMatchObject([{ number }]);
    expect((await people.police.page.get('/duties')).json().items).toMatchObject([{ step: 'part-1' }]);
  });

  it('lets a co-handler do its own part and nothing of the whole', async () => {
    const { may, said: words } = await order('police');
    expect([may, words]).toEqual([['answer-part', 'return-part'], '两个部门互相推，跑了四次']);
    const evidence = fileForm('批文.pdf', samples.pdf);
    const sent = await people.police.page.post(
      `/work-orders/${orderId}/files`,
      evidence.body,
      evidence.headers,
    );
    expect(sent.statusCode).toBe(200);
    expect(await said('police', 'answer', ANSWER)).toBe('order.not_owner');
    expect(await said('police', 'ask-part', { department: APPROVAL, days: 1, note: '请你们办' })).toBe(
      'order.not_owner',
    );
    const speaker = await people.police.page.post(`/work-orders/${orderId}/speaker`, { reason: '想联系他' });
    expect(speaker.json().code).toBe('order.unknown');
    expect(await said('liaison', 'answer-part', { note: '不是我们的部分' })).toBe('order.part_none');
  });

  it('goes back to the lead from whoever says “not ours”, and never in a circle', async () => {
    const ours = { note: '批文由市局核发，不属我局' };
    expect((await step('rencheng', 'return-part', ours)).statusCode).toBe(204);
    expect((await people.rencheng.page.get(`/work-orders/${orderId}`)).statusCode).toBe(404);
    const again = { department: RENCHENG, days: 2, note: '还是请你们办' };
    expect(await said('liaison', 'ask-part', again)).toBe('order.part_circle');
    const over = { department: RENCHENG, note: '整单转给你们' };
    expect(await said('supervisor', 'assign', over)).toBe('order.circle');
    expect(await said('supervisor', 'assign', { ...over, department: POLICE })).toBe('order.part_open');
  });

  it('is not answered before the part is in, waived or overdue, nor without its cause', async () => {
    expect(await said('liaison', 'answer', { note: ANSWER.note })).toBe('order.no_cause');
    expect(await said('liaison', 'answer', { ...ANSWER, cause: 'mood' })).toBe('order.unknown_cause');
    const early = await step('liaison', 'answer', ANSWER);
    expect([early.statusCode, early.json().code, early.body.includes('济宁市公安局')]).toEqual([
      409,
      'order.parts_open',
      true,
    ]);
    await later('2026-06-12T10:00');
    // Overdue: it stands no longer in the way, and the order is under supervision.
    expect(await order()).toMatchObject({ supervised: true, card: 'red', parts: [{ card: 'red' }, {}] });
    expect(await said('police', 'return-part', { note: '想起来不是我们的' })).toBe('order.return_late');
    expect(await said('police', 'answer-part', { note: '批文已补发，附后' })).toBe('handling');
    expect(await said('police', 'answer-part', { note: '再说一次' })).toBe('order.part_none');
  });

  it('keeps the meeting with its minutes', async () => {
    const { files } = await order();
    const met = {
      heldOn: '2026-06-12',
      departments: [POLICE, RENCHENG],
      minutes: files[0].id,
      note: '今后由审批局统一收件转送。',
    };
    for (const [form, code] of [
      [{ ...met, heldOn: '2026-06-15' }, 'order.meeting_day'],
      [{ ...met, heldOn: '2026-06-07' }, 'order.meeting_day'],
      [{ ...met, minutes: '00000000-0000-4000-8000-000000000001' }, 'order.no_minutes'],
      [{ ...met, departments: [] }, 'request.invalid'],
    ] as const)
      expect(await said('liaison', 'meet', form)).toBe(code);
    expect(await said('liaison', 'meet', met)).toBe('handling');
    expect((await order()).meetings).toMatchObject([
      { no: 1, departments: ['济宁市公安局', '任城区行政审批服务局'], outcome: met.note },
    ]);
  });

  it('is answered as a whole, shown to the citizen, and charged once where it was at fault', async () => {
    expect(await said('liaison', 'answer', ANSWER)).toBe('approval');
    expect(await said('leader', 'approve', { approve: true, note: '同意' })).toBe('call_back');
    expect(await order()).toMatchObject({ cause: '部门之间协调不力' });
    const shown = await page();
    expect(shown).toContain(ANSWER.note);
    expect(shown).not.toContain('批文已补发，附后');
    await post(await followed(), { word: 'satisfied', note: '' });
    expect((await order()).state).toBe('closed');
    const { items } = (await people.leader.page.get(`/voices?q=${number}`)).json();
    const fault = {
      outcome: 'at_fault',
      subjectKind: 'window',
      subjectCode: 'T01',
      reason: '材料齐全未一次受理',
    };
    await people.supervisor.page.post(`/voices/${items[0].id}/fault`, fault);
    const agreed = { approve: true, note: '同意认定' };
    const decided = await people.leader.page.post(`/voices/${items[0].id}/fault/decision`, agreed);
    expect(decided.statusCode, decided.body).toBe(200);
    await app.settle();
    const { rows } = await t.db.owner.query(
      `SELECT rule, points_centi::int AS points FROM ledger.entry
       WHERE city_code = $1 AND fact_id = $2 AND subject_kind = 'window' AND subject_code = 'T01'`,
      [CITY, number],
    );
    expect(rows).toEqual([{ rule: 'complaint.desk_at_fault', points: -300 }]);
    const story = (await order()).events.map(({ what }: { what: string }) => what);
    expect(story).toEqual([
      ...['opened', 'signed', 'contacted', 'classified', 'part_asked', 'part_asked', 'part_returned'],
      ...['overdue', 'part_answered', 'met', 'answered', 'approved', 'called_back', 'accounted'],
    ]);
    expect((await order()).events.at(-1).detail).toEqual({ account: 'fault_charged' });
  });
});

it('a part can be let off with a reason, and then the whole is answered', async () => {
  const given = { id: 'W1', channel: 'desk', kind: 'complaint', subjectKind: 'staff', subjectCode: CLERK };
  const sent = await app.api('POST', '/voices', { ...given, text: '慢', receivedAt: '2026-06-12 09:00' });
  const { items } = (await people.liaison.page.get(`/work-orders?q=${sent.json().number}`)).json();
  orderId = items[0].id;
  for (const [name, form] of [
    ['sign', {}],
    ['contact', { outcome: 'reached', note: '已联系' }],
    ['ask-part', { department: POLICE, days: 2, note: '请协助核查' }],
  ] as const)
    expect(await said('liaison', name, form)).toBe('handling');
  const evidence = fileForm('证据.png', samples.png);
  await people.liaison.page.post(`/work-orders/${orderId}/files`, evidence.body, evidence.headers);
  expect(await said('liaison', 'answer', { note: '已经处理完毕', cause: 'staff' })).toBe(
    'order.unknown_cause',
  );
  expect(await said('liaison', 'waive-part', { department: RENCHENG, note: '不需要了' })).toBe(
    'order.part_none',
  );
  expect(await said('liaison', 'waive-part', { department: POLICE, note: '已自行查明' })).toBe('handling');
  expect(await said('liaison', 'answer', { note: '已经处理完毕' })).toBe('approval');
});

describe('the monthly summary of stuck matters', () => {
  it('counts case, cause, department, window and item, and tells what was done', async () => {
    const view = (await people.supervisor.page.get('/stuck-summary?month=2026-06')).json();
    expect(view).toMatchObject({
      ...{ received: 1, told: 0, handled: 1, ended: 1, onTime: 1, overdue: 0, joint: 1, meetings: 1 },
      groups: {
        category: [{ code: 'not_approved', count: 1 }],
        cause: [{ code: 'coordination', name: '部门之间协调不力', count: 1, onTime: 1, overdue: 0 }],
        department: [{ name: '济宁市行政审批服务局' }],
        window: [{ code: 'T01' }],
        item: [{ code: '企业设立登记' }],
      },
      repeated: [],
    });
    expect((await people.supervisor.page.get('/stuck-summary?month=2026-05')).json().received).toBe(0);
    expect((await people.supervisor.page.get('/stuck-summary?month=2026-13')).statusCode).toBe(422);
    expect((await people.liaison.page.get('/stuck-summary')).statusCode).toBe(403);
  });

  it('is handed out as a table, as docx and as a report to print, to whoever may export', async () => {
    const office = await app.person('assessment_office');
    const csv = await office.page.get('/stuck-summary?month=2026-06&format=csv');
    expect(csv.body).toContain('按根本原因,部门之间协调不力,1,1,0');
    const report = await office.page.get('/stuck-summary/report?month=2026-06');
    expect(report.body).toContain('“办不成事”反映窗口2026年6月情况汇总');
    expect(report.headers['content-security-policy']).toContain("default-src 'none'");
    const docx = await office.page.get('/stuck-summary/report?month=2026-06&format=docx');
    expect(docx.headers['content-type']).toContain('wordprocessingml');
    const caller = await app.person('caller');
    expect((await caller.page.get('/stuck-summary/report')).statusCode).toBe(403);
  });
});

describe('a closing that was sent back', () => {
  it('is appealed once, in time, and decided by a supervisor who took no part', async () => {
    await later('2026-06-15T10:00');
    const second = await app.person('supervisor');
    const given = {
      id: 'W2',
      channel: 'desk',
      kind: 'suggestion',
      subjectKind: 'window',
      subjectCode: 'T01',
    };
    const sent = await app.api('POST', '/voices', {
      ...given,
      text: '加椅子',
      receivedAt: '2026-06-15 09:00',
    });
    const { items } = (await people.liaison.page.get(`/work-orders?q=${sent.json().number}`)).json();
    orderId = items[0].id;
    const appeal = { note: '答复已经写明措施，请复核' };
    await said('liaison', 'sign');
    await said('liaison', 'contact', { outcome: 'reached', note: '已联系' });
    expect(await said('liaison', 'appeal-closing', appeal)).toBe('order.not_sent_back');
    expect(await said('liaison', 'answer', { note: '已增加十把椅子' })).toBe('approval');
    expect(await said('supervisor', 'approve', { approve: false, note: '再写细些' })).toBe('handling');
    expect((await order()).may).toContain('appeal-closing');
    await later('2026-06-19T00:00');
    expect(await said('liaison', 'appeal-closing', appeal)).toBe('order.appeal_late');
    t.clock.set(at('2026-06-18T23:59'));
    expect(await said('liaison', 'appeal-closing', appeal)).toBe('approval');
    const agree = { approve: true, note: '同意办结' };
    expect(await said('leader', 'approve', agree)).toBe('order.supervisor_only');
    expect(await said('supervisor', 'approve', agree)).toBe('order.took_part');
    const refuse = { approve: false, note: '仍须补充' };
    const path = `/work-orders/${orderId}`;
    await second.page.signIn(second.username, second.password);
    expect((await second.page.post(`${path}/approve`, refuse)).json().state).toBe('handling');
    expect(await said('liaison', 'appeal-closing', appeal)).toBe('order.appealed_before');
    expect(await said('liaison', 'answer', { note: '已增加十把椅子，附清单' })).toBe('approval');
    expect(await said('leader', 'approve', agree)).toBe('call_back');
  });
});
