import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { orderLimits } from '../../src/app/limits.ts';
import { closeMonth } from '../../src/close/month/index.ts';
import { allScores } from '../../src/close/statement/index.ts';
import { proposeMerits } from '../../src/conduct/merit/index.ts';
import { drawWeek } from '../../src/feedback/follow-up/draw-actions.ts';
import { day } from '../../src/kernel/day.ts';
import { cityCode } from '../../src/kernel/ids.ts';
import { month } from '../../src/kernel/month.ts';
import { installScheme } from '../../src/ledger/scheme/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { type HandedIn, openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, POLICE, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const app = await openApp({ now: at('2026-05-16T10:00') });
const { t } = app;
const draw = () => drawWeek(t, CITY, async (db, city, now) => (await orderLimits(db, city, now)).officeEnd);
const people = {
  caller: await app.person('caller'),
  posted: await app.person('caller', { staffNo: 'G002' }),
  office: await app.person('assessment_office'),
  supervisor: await app.person('supervisor'),
  auditor: await app.person('auditor'),
  leader: await app.person('leader'),
  liaison: await app.person('department_liaison', { scope: APPROVAL }),
};
const { caller, posted, office, supervisor, auditor, leader, liaison } = people;

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await app.settle();
}

interface Call {
  id: string;
  number: string;
  source: string;
  projectNo: string;
  serviceNumber: number;
  windowCode: string;
  dueAt: string;
  card: string;
}

async function listed(query = '', who: Person = caller): Promise<Call[]> {
  const items: Call[] = [];
  for (let cursor = ''; ; ) {
    const path = `/call-backs?limit=20${query}${cursor ? `&cursor=${cursor}` : ''}`;
    const page = (await who.page.get(path)).json();
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

const attempt = (id: string, form: object, who: Person = caller) =>
  who.page.post(`/call-backs/${id}/attempts`, form);
const content = { satisfied: true, attitude: 'good', toldOnce: true, oneGo: true };
const reached = (answers: object) => ({ outcome: 'reached', answers });

const windows = [
  ['T01', 'G001', APPROVAL],
  ['T02', 'G004', APPROVAL],
  ['P01', 'G003', POLICE],
] as const;
const finished = (no: string, index: number, more: object = {}) => {
  const [windowCode, staffNo, deptCode] = windows[index % windows.length] ?? windows[0];
  const serviceTime = `2026-05-1${1 + (index % 5)} 10:${String(index % 60).padStart(2, '0')}:00`;
  const mobile = `138${String(10_000_000 + index)}`;
  const place = {
    windowCode,
    staffNo,
    deptCode,
    proStatus: 3,
    serviceTime,
    mobile,
    userName: `市民${index}`,
  };
  return recordForm({ projectNo: no, ...place, ...more });
};

async function rate(link: HandedIn | undefined, rating: object): Promise<void> {
  if (link === undefined) throw new Error('no link');
  const answer = await app.api('POST', '/ratings', { token: tokenOf(link), ...rating }, null);
  expect(answer.statusCode).toBe(201);
}

describe('the draw of a week', () => {
  it('leaves out who is called anyway, and who may not be called', async () => {
    const cases = Array.from({ length: 90 }, (_, index) => finished(`JN2026-${1000 + index}`, index));
    await app.handIn(cases);
    const [bad, hidden] = await app.handIn([
      finished('BAD-1', 0, { serviceTime: '2026-05-15 15:00:00' }),
      finished('ANON-1', 0, { serviceTime: '2026-05-15 15:00:00' }),
      finished('MUTE-1', 0, { mobile: undefined }),
      finished('STOP-1', 0, { mobile: '13900000001' }),
      finished('OPEN-1', 0, { proStatus: 2 }),
      finished('LATE-1', 0, { serviceTime: '2026-05-10 23:59:00' }),
    ]);
    await rate(bad, { satisfaction: 2, evalDetail: ['214'] });
    await rate(hidden, { satisfaction: 4, anonymous: true });
    expect((await caller.page.post('/sms-opt-outs', { phone: '13900000001' })).statusCode).toBeLessThan(300);
    await settle();
    await later('2026-05-18T08:05');
    await Promise.all([draw(), draw()]);
    const { items } = (await caller.page.get('/call-draws')).json();
    expect(items).toMatchObject([
      {
        ...{ week: '2026-05-11', finished: 94, others: 1, unreachable: 3, listed: 90, sampled: 30 },
        ...{ windows: 3, clerks: 3, percent: 5, least: 30 },
      },
    ]);
    const calls = await listed();
    expect(calls.length).toBe(30);
    expect(new Set(calls.map(({ windowCode }) => windowCode))).toEqual(new Set(['T01', 'T02', 'P01']));
    expect(calls[0]).toMatchObject({ source: 'sample', dueAt: '2026-05-25T17:30:00+08:00', card: 'none' });
  });

  it('is repeated by anybody from the published seed and the list', async () => {
    const published = (await app.http.inject({ url: '/public/call-backs.json' })).json();
    const [drawn] = published.draws;
    const list = (await auditor.page.get('/call-draws/2026-05-11/list')).body;
    const sha = (...parts: (string | Buffer)[]) => {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest('hex');
    };
    const seed = Buffer.from(drawn.seed, 'hex');
    expect([sha(list), sha(seed)]).toEqual([drawn.listHash, drawn.seedHash]);
    // The documented way, step by step: 2 of each window of 30, then the lowest lots up to 30.
    const lots = list
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([no, step, window]) => ({ key: `${no}/${step}`, window, lot: sha(seed, `${no}/${step}`) }))
      .sort((one, other) => (one.lot < other.lot ? -1 : 1));
    const taken = new Set(
      ['T01', 'T02', 'P01'].flatMap((code) =>
        lots
          .filter(({ window }) => window === code)
          .slice(0, 2)
          .map(({ key }) => key),
      ),
    );
    for (const { key } of lots) if (taken.size < 30) taken.add(key);
    const calls = await listed();
    expect(calls.map(({ projectNo, serviceNumber: no }) => `${projectNo}/${no}`).sort()).toEqual(
      [...taken].sort(),
    );
    expect((await auditor.page.post('/call-draws/2026-05-11/check')).json()).toEqual({
      week: '2026-05-11',
      reproduced: true,
      sampled: 30,
    });
    const page = await app.http.inject({ url: '/public/call-backs?lang=zh' });
    expect(page.body).toContain(drawn.seed);
    expect(page.body).toContain(published.coming[0].seedHash);
    expect(page.body).not.toContain('JN2026-');
  });

  it('keeps to the seed that it was committed to, and draws a week once', async () => {
    const before = (await app.http.inject({ url: '/public/call-backs.json' })).json().coming;
    expect(before).toMatchObject([{ week: '2026-05-18' }]);
    await app.handIn([finished('NEXT-1', 0, { serviceTime: '2026-05-18 08:00:00' })]);
    // The machine was off on Monday: Tuesday makes it good.
    await later('2026-05-26T08:05');
    await draw();
    await draw();
    const after = (await app.http.inject({ url: '/public/call-backs.json' })).json();
    expect(after.draws).toMatchObject([
      { week: '2026-05-18', seedHash: before[0].seedHash, listed: 1, sampled: 1 },
      { week: '2026-05-11' },
    ]);
    expect(after.coming).toMatchObject([{ week: '2026-05-25' }]);
  });
});

describe('a call', () => {
  it('is not made by whoever is posted at the window', async () => {
    const [own] = await listed('&state=open').then((all) => all.filter(({ windowCode: of }) => of === 'T01'));
    const id = own?.id ?? '';
    for (const answer of [
      await posted.page.get(`/call-backs/${id}`),
      await posted.page.post(`/call-backs/${id}/phone`, { reason: '电话回访' }),
      await attempt(id, { outcome: 'no_answer' }, posted),
    ]) {
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'call.own_window']);
    }
    const shown = await listed('', posted);
    expect(new Set(shown.map(({ windowCode }) => windowCode))).toEqual(new Set(['T02', 'P01']));
  });

  it('opens the phone for a reason that is audited', async () => {
    const [call] = await listed('&state=open');
    const id = call?.id ?? '';
    expect((await caller.page.get(`/call-backs/${id}`)).body).not.toMatch(/138\d{8}/);
    expect((await caller.page.post(`/call-backs/${id}/phone`, { reason: '' })).statusCode).toBe(422);
    const opened = await caller.page.post(`/call-backs/${id}/phone`, { reason: '周抽样回访' });
    expect(opened.json().phone).toMatch(/^138\d{8}$/);
    expect((await supervisor.page.post(`/call-backs/${id}/phone`, { reason: '看一看' })).statusCode).toBe(
      403,
    );
    const lines = (await auditor.page.get('/audit?action=call.phone_viewed')).json().items;
    expect(lines).toMatchObject([{ subject: call?.number, reason: '周抽样回访' }]);
  });

  it('is tried three times over two days, and ends by itself', async () => {
    const [call] = await listed('&state=open&q=NEXT-1');
    const id = call?.id ?? '';
    const again = () => attempt(id, { outcome: 'no_answer', note: '无人接听' });
    expect((await again()).json()).toMatchObject({ attempts: 1, outcome: null });
    expect((await again()).json()).toMatchObject({ attempts: 2, outcome: null });
    const refused = await again();
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'call.another_day']);
    await later('2026-05-27T09:00');
    expect((await again()).json()).toMatchObject({ attempts: 3, outcome: 'no_answer', may: [] });
    expect((await again()).json().code).toBe('call.closed');
  });
});

describe('what people say', () => {
  it('becomes an order, a proposal and evidence, once', async () => {
    const open = await listed('&state=open');
    const [unhappy, praising, denying, wrong] = open;
    await attempt(
      unhappy?.id ?? '',
      reached({ satisfied: false, attitude: 'poor', remark: '<b>让我跑了三趟</b>' }),
    );
    await attempt(praising?.id ?? '', reached({ ...content, praised: true, remark: '小姑娘很耐心' }));
    await attempt(denying?.id ?? '', reached({ satisfied: true, rated: false }));
    await attempt(wrong?.id ?? '', { outcome: 'wrong_number' });
    await settle();
    await settle();
    const orders = (await supervisor.page.get('/work-orders?kind=complaint')).json().items;
    expect(orders).toMatchObject([{ projectNo: unhappy?.projectNo, state: 'unsigned' }]);
    const detail = await supervisor.page.get(`/work-orders/${orders[0].id}`);
    expect(detail.body).toContain(`电话回访 ${unhappy?.number}：不满意`);
    const { rows } = await t.db.owner.query(
      'SELECT rated, outcome FROM handling.call_answer ORDER BY rated, outcome',
    );
    expect(rows).toEqual([
      { rated: false, outcome: 'reached' },
      { rated: null, outcome: 'no_answer' },
      { rated: null, outcome: 'reached' },
      { rated: null, outcome: 'reached' },
      { rated: null, outcome: 'wrong_number' },
    ]);
    const merits = (await office.page.get('/merits?state=open')).json().items;
    expect(merits.map(({ rule }: { rule: string }) => rule).sort()).toEqual([
      'bonus.once_done',
      'bonus.public_praise',
    ]);
    expect(JSON.stringify(merits)).not.toMatch(/小姑娘|JN2026-/);
  });

  it('counts as a merit only once a second person stands for it', async () => {
    const merits = (await office.page.get('/merits?state=open')).json().items;
    const of = (rule: string) => merits.find((one: { rule: string }) => one.rule === rule);
    const praise = of('bonus.public_praise');
    const counted = async () =>
      (
        await t.db.owner.query(
          "SELECT count(*)::int AS n FROM conduct.confirmed_merit WHERE merit_id ~ '^HF'",
        )
      ).rows[0].n;
    expect(await counted()).toBe(0);
    const own = await app.person('leader', { staffNo: praise.staffNo });
    const decide = (who: Person, id: string, confirm: boolean, note = '') =>
      who.page.post(`/merits/${id}/decision`, { confirm, note });
    expect((await decide(own, praise.id, true)).json().code).toBe('merit.own_merit');
    expect((await decide(caller, praise.id, true)).statusCode).toBe(403);
    const mine = {
      reference: 'HF-own',
      staffNo: 'G003',
      occurredOn: day('2026-05-27'),
      evidence: '锦旗照片',
    };
    const by = { by: leader.username, byStaff: null };
    await proposeMerits(t, { cityCode: CITY, rules: ['bonus.public_praise'], ...mine, ...by });
    expect((await decide(leader, 'HF-own-public_praise', true)).json().code).toBe('merit.same_person');
    expect((await decide(leader, praise.id, true)).statusCode).toBe(204);
    expect((await decide(leader, praise.id, true)).json().code).toBe('merit.decided');
    expect((await decide(office, 'HF-own-public_praise', false)).statusCode).toBe(422);
    expect((await decide(office, 'HF-own-public_praise', false, '材料不足')).statusCode).toBe(204);
    expect((await decide(leader, of('bonus.once_done').id, true)).statusCode).toBe(204);
    expect(await counted()).toBe(2);
  });

  it('reaches the score of the month of the call', async () => {
    await installScheme(t, cityCode(CITY));
    const merits = (await office.page.get('/merits?state=confirmed')).json().items;
    const staffNo = merits[0].staffNo;
    await closeMonth(t, cliActor(CITY), month('2026-05'));
    const scores = await allScores(t, cliActor(CITY), { month: '2026-05', subject: 'staff' });
    const praised = scores.find((one) => one.subject_code === staffNo);
    expect(praised?.bonus).toMatchObject({ once_done: '0.20', public_praise: '0.50' });
    expect(praised?.call_back.numerator).toBeGreaterThan(0);
    const calls = scores.map(({ call_back: one }) => [one.numerator, one.denominator]);
    expect(calls.reduce((sum, [content = 0]) => sum + content, 0)).toBe(2);
    expect(calls.reduce((sum, [, reachedOf = 0]) => sum + reachedOf, 0)).toBe(3);
  });

  it('is counted in rates that show their parts', async () => {
    const figures = (await caller.page.get('/call-figures?from=2026-05-01&to=2026-05-31')).json();
    expect(figures.all).toEqual({
      ...{ closed: 5, noAnswer: 1, refused: 0, wrongNumber: 1 },
      reached: { value: '0.6000', numerator: 3, denominator: 5 },
      dissatisfied: { value: '0.3333', numerator: 1, denominator: 3 },
      satisfied: { value: '0.6667', numerator: 2, denominator: 3 },
    });
    const none = (await caller.page.get('/call-figures?from=2026-04-01&to=2026-04-30')).json();
    expect(none.all.reached).toEqual({ value: null, numerator: 0, denominator: 0 });
  });
});

describe('an order whose answer is approved', () => {
  const order = async () => (await supervisor.page.get('/work-orders?kind=rectification')).json().items[0];
  const answered = async (id: string) => {
    await liaison.page.post(`/work-orders/${id}/answer`, { note: '已经整改' });
    await leader.page.post(`/work-orders/${id}/approve`, { approve: true, note: '同意' });
    await settle();
  };

  it('is called about, reopened by the dissatisfied, and closed by the content', async () => {
    const { id } = await order();
    await liaison.page.post(`/work-orders/${id}/sign`, {});
    await liaison.page.post(`/work-orders/${id}/contact`, { outcome: 'reached', note: '已致歉' });
    const { body, headers } = fileForm('整改照片.png', samples.png);
    await liaison.page.post(`/work-orders/${id}/files`, body, headers);
    await answered(id);
    const [first] = await listed('&state=open&source=bad_rating');
    expect(first).toMatchObject({ projectNo: 'BAD-1', dueAt: '2026-06-01T17:30:00+08:00' });
    await attempt(first?.id ?? '', reached({ satisfied: false }));
    await settle();
    expect(await order()).toMatchObject({ state: 'handling' });
    await answered(id);
    const [second] = await listed('&state=open&source=bad_rating');
    expect(second?.number).not.toBe(first?.number);
    await attempt(second?.id ?? '', reached({ satisfied: true }));
    await settle();
    expect(await order()).toMatchObject({ state: 'closed' });
    // Its own order was reopened: the dissatisfied answer has opened no other.
    expect((await supervisor.page.get('/work-orders?kind=complaint')).json().items.length).toBe(1);
  });

  it('asks whoever spoke with a phone, and nobody whose word came another way', async () => {
    const voice = { channel: 'phone', kind: 'suggestion', subjectKind: 'window', subjectCode: 'T02' };
    const said = { ...voice, text: '希望延长午间服务', receivedAt: '2026-05-27 08:00:00' };
    await app.api('POST', '/voices', { ...said, id: 'V1', name: '李四', phone: '13812345678' });
    await app.api('POST', '/voices', { ...said, id: 'V2' });
    const orders = (await supervisor.page.get('/work-orders?kind=suggestion')).json().items;
    for (const { id } of orders) {
      await liaison.page.post(`/work-orders/${id}/sign`, {});
      await liaison.page.post(`/work-orders/${id}/contact`, { outcome: 'reached', note: '已联系' });
      await answered(id);
    }
    const [call, ...more] = await listed('&state=open&source=suggestion');
    expect(more).toEqual([]);
    const id = call?.id ?? '';
    const opened = await caller.page.post(`/call-backs/${id}/phone`, { reason: '答复后回访' });
    expect(opened.json()).toEqual({ name: '李四', phone: '13812345678' });
    for (const order of orders) {
      await caller.page.post(`/work-orders/${order.id}/call-back`, {
        outcome: 'satisfied',
        note: '当面确认',
      });
    }
    await settle();
    expect((await attempt(id, { outcome: 'no_answer' })).json().code).toBe('call.closed');
    expect((await caller.page.get(`/call-backs/${id}`)).json()).toMatchObject({ outcome: 'unneeded' });
  });
});
