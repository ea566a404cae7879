/** Appeals from the line to the pay: who may do what until when, and what the book says in the end. */
import { beforeAll, describe, expect, it } from 'vitest';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';
import {
  appeal,
  bringToReview,
  type Cast,
  castOf,
  conclude,
  findingsOf,
  lineOf,
  newId,
  sendWhile,
  WORDS,
} from './appeal-hall.ts';

const app = await openApp({ now: new Date('2026-06-04T10:00:00+08:00') });
let cast: Cast;

async function office(path: string, body: object = {}): Promise<Record<string, unknown>> {
  const answer = await cast.office.page.post(path, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

async function totalOf(month: string): Promise<string> {
  return (await cast.office.page.get(`/scores/${month}/staff/${CLERK}`)).json().total;
}

async function code(answer: Promise<{ statusCode: number; json: () => { code?: string } }>) {
  const got = await answer;
  return [got.statusCode, got.json().code];
}

async function entriesOf(number: string) {
  const { rows } = await app.t.db.owner.query(
    `SELECT kind, reason, to_char(month, 'YYYY-MM') AS month, points_centi, of_entry IS NOT NULL AS names
     FROM ledger.entry WHERE city_code = $1 AND explanation ->> 'appeal' = $2`,
    [CITY, number],
  );
  return rows;
}

async function payOf(): Promise<{ amount_fen: number; reason: string; held: boolean } | undefined> {
  const { paySheet } = await import('../../src/uses/pay/index.ts');
  return (await paySheet(app.t, cliActor(CITY), '2026-05', 'zh-CN')).find((one) => one.staff_no === CLERK);
}

const send = (person: Person, id: string, name: string, bytes: Buffer) => {
  const { body, headers } = fileForm(name, bytes);
  return person.page.post(`/appeals/${id}/files`, body, headers);
};

beforeAll(async () => {
  cast = await castOf(app);
  await app.load(
    'findings',
    findingsOf([
      { id: 'F1', day: '2026-05-06', rule: 'daily.late' },
      { id: 'F2', day: '2026-05-12', rule: 'daily.dress' },
      { id: 'F3', day: '2026-05-13', rule: 'case.incomplete_notice' },
    ]),
  );
  await office('/months/2026-05/close');
  await office('/months/2026-05/publish');
});

describe('an appeal during the public notice', () => {
  let id = '';

  it('is filed by the subject, from the line, once', async () => {
    const { clerk, other, liaison } = cast;
    const line = await lineOf(clerk, '2026-05', 'daily.late');
    expect(line).toMatchObject({ may_appeal: true, appeal: null });
    const path = `/scores/2026-05/staff/${CLERK}/appeals`;
    const form = { id: newId(), line: line.key, text: WORDS };
    expect(await code(other.page.post(path, form))).toEqual([403, 'access.permission_denied']);
    expect(await code(liaison.page.post(path, form))).toEqual([403, 'appeal.not_subject']);
    const unknown = { ...form, line: 'entry/00000000-0000-4000-8000-00000000ffff' };
    expect(await code(clerk.page.post(path, unknown))).toEqual([404, 'appeal.line_unknown']);
    const short = clerk.page.post(path, { ...form, text: '不服' });
    expect((await short).statusCode).toBe(422);
    const both = await Promise.all([
      clerk.page.post(path, form),
      clerk.page.post(path, { ...form, id: newId() }),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const filed = both.find(({ statusCode }) => statusCode === 200)?.json();
    expect(filed).toMatchObject({ number: 'SS2026-0001', state: 'opinion', subjectCode: CLERK });
    // Thursday and two working days: the following Monday at the end of office.
    expect(filed.due).toMatchObject({ step: 'opinion', dueAt: '2026-06-08T17:30:00+08:00', card: 'none' });
    id = filed.id;
    const again = await clerk.page.post(path, { ...form, id });
    expect(again.json().number).toBe('SS2026-0001');
    const after = await lineOf(clerk, '2026-05', 'daily.late');
    expect(after).toMatchObject({ may_appeal: false, appeal: { state: 'opinion' } });
  });

  it('takes files of known types and hands them out as files only', async () => {
    const { clerk, other, office: desk } = cast;
    const sent = await send(clerk, id, '../报备\r\nx-evil: 1.pdf', samples.pdf);
    expect(sent.statusCode, sent.body).toBe(200);
    expect(sent.json()).toMatchObject({ type: 'pdf', size: samples.pdf.length });
    expect(sent.json().name).not.toMatch(/[\r\n/]/);
    expect(await code(send(clerk, id, 'a.pdf', Buffer.from('<html>')))).toEqual([415, 'file.type']);
    expect(await code(send(clerk, id, 'a.png', samples.png.subarray(0, 20)))).toEqual([422, 'file.damaged']);
    const huge = Buffer.concat([samples.pdf, Buffer.alloc(11 * 1024 * 1024)]);
    expect(await code(send(clerk, id, 'a.pdf', huge))).toEqual([413, 'file.too_large']);
    expect(await code(send(other, id, 'a.pdf', samples.pdf))).toEqual([404, 'appeal.unknown']);
    expect(await code(clerk.page.post(`/appeals/${id}/files`, {}))).toEqual([422, 'file.missing']);
    const path = `/appeals/${id}/files/${sent.json().id}`;
    const got = await desk.page.get(path);
    expect(got.rawPayload.equals(samples.pdf)).toBe(true);
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-length': String(samples.pdf.length),
    });
    expect(got.headers['content-disposition']).toMatch(
      /^attachment; filename="file.pdf"; filename\*=UTF-8''/,
    );
    expect(got.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    expect(await code(other.page.get(path))).toEqual([404, 'appeal.unknown']);
  });

  it('is seen by those whom it concerns', async () => {
    const see = async (person: Person) =>
      (await person.page.get('/appeals')).json().items.map((one: { number: string }) => one.number);
    expect(await see(cast.clerk)).toEqual(['SS2026-0001']);
    expect(await see(cast.liaison)).toEqual(['SS2026-0001']);
    expect(await see(cast.office)).toEqual(['SS2026-0001']);
    for (const one of [cast.other, cast.stranger, cast.scorer, cast.group[0]])
      expect(await see(one)).toEqual([]);
    expect(await code(cast.stranger.page.get(`/appeals/${id}`))).toEqual([404, 'appeal.unknown']);
    const { may } = (await cast.liaison.page.get(`/appeals/${id}`)).json();
    expect(may).toMatchObject({ opinion: true, appoint: false, vote: false, withdraw: false });
  });

  it('holds the pay back and keeps the month from being sealed', async () => {
    expect(await payOf()).toMatchObject({ amount_fen: 0, held: true });
    expect((await payOf())?.reason).toContain('申诉尚未办结');
    const waive = { waiveNotice: '试运行月份，不公示' };
    const refused = await cast.office.page.post('/months/2026-05/seal', waive);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'month.appeals_open']);
    expect(refused.json().detail).toContain('SS2026-0001');
  });

  it('gets a group only with an opinion, and without whoever is concerned', async () => {
    const { office: desk, liaison, stranger, scorer, group } = cast;
    const members = group.map((one) => one.id);
    const name = (ids: string[], chair = ids[0]) =>
      code(desk.page.post(`/appeals/${id}/group`, { members: ids, chair }));
    expect(await name(members)).toEqual([409, 'appeal.opinion_first']);
    const opinion = { stance: 'agree', text: '情况属实，已报备' };
    expect(await code(stranger.page.post(`/appeals/${id}/opinion`, opinion))).toEqual([
      404,
      'appeal.unknown',
    ]);
    expect((await liaison.page.post(`/appeals/${id}/opinion`, opinion)).statusCode).toBe(200);
    expect(await code(liaison.page.post(`/appeals/${id}/opinion`, opinion))).toEqual([
      409,
      'appeal.wrong_state',
    ]);
    expect(await name(members.slice(0, 2))).toEqual([422, 'appeal.group_small']);
    expect(await name([members[0] ?? '', members[0] ?? '', members[1] ?? ''])).toEqual([
      422,
      'appeal.group_small',
    ]);
    expect(await name([...members.slice(0, 2), scorer.id])).toEqual([403, 'appeal.scorer']);
    expect(await name([...members.slice(0, 2), liaison.id])).toEqual([422, 'appeal.member_concerned']);
    expect(await name([...members.slice(0, 2), cast.clerk.id])).toEqual([422, 'appeal.member_unknown']);
    expect(await name(members, scorer.id)).toEqual([422, 'appeal.no_chair']);
    const { items } = (await desk.page.get(`/appeals/${id}/candidates`)).json();
    const barred = Object.fromEntries(
      items.map((one: { id: string; barred: string }) => [one.id, one.barred]),
    );
    expect([barred[scorer.id], barred[liaison.id], barred[group[0].id]]).toEqual([
      'scorer',
      'concerned',
      null,
    ]);
    expect((await desk.page.post(`/appeals/${id}/group`, { members, chair: members[0] })).statusCode).toBe(
      200,
    );
  });

  it('is decided by the group alone, after all votes, by the chair, once', async () => {
    const { group, scorer, office: desk } = cast;
    const reason = '经复核小组全体表决，依据报备记录作出决定。';
    const decide = (person: Person, form: object = {}) =>
      code(person.page.post(`/appeals/${id}/decision`, { outcome: 'upheld', reason, ...form }));
    expect(await decide(scorer)).toEqual([404, 'appeal.unknown']);
    // Nor would it help the scorer to sit on the group.
    const seat = (from: string, to: string) =>
      app.t.db.owner.query(
        'UPDATE ledger.appeal_member SET user_id = $2 WHERE user_id = $1 AND appeal_id = $3',
        [from, to, id],
      );
    await seat(group[0].id, scorer.id);
    expect(await decide(scorer)).toEqual([403, 'appeal.scorer']);
    const vote = scorer.page.post(`/appeals/${id}/vote`, { vote: 'rejected', reason: '维持原判' });
    expect(await code(vote)).toEqual([403, 'appeal.scorer']);
    await seat(scorer.id, group[0].id);
    expect(await decide(desk)).toEqual([403, 'appeal.not_chair']);
    expect(await decide(group[0])).toEqual([409, 'appeal.votes_missing']);
    for (const [at, one] of group.entries()) {
      const vote = { vote: at === 2 ? 'rejected' : 'upheld', reason: '材料已核对' };
      expect((await one.page.post(`/appeals/${id}/vote`, vote)).statusCode).toBe(200);
    }
    const seen = (await cast.clerk.page.get(`/appeals/${id}`)).json();
    expect(seen.group.map((one: { vote: null }) => one.vote)).toEqual([null, null, null]);
    expect(JSON.stringify(seen.course)).not.toContain('voted');
    expect(await decide(group[1])).toEqual([403, 'appeal.not_chair']);
    expect(await decide(group[0], { outcome: 'rejected' })).toEqual([422, 'appeal.against_votes']);
    expect(await decide(group[0], { points: '0.50' })).toEqual([422, 'appeal.points_fixed']);
    const both = await Promise.all([decide(group[0]), decide(group[0])]);
    expect(both.map(([status]) => status).sort()).toEqual([200, 409]);
    expect(both.find(([status]) => status === 409)?.[1]).toBe('appeal.decided');
    expect(await entriesOf('SS2026-0001')).toEqual([
      { kind: 'reversal', reason: 'appeal', month: '2026-05', points_centi: 100, names: true },
    ]);
  });

  it('raises the total when the month is closed anew, then seals and pays', async () => {
    expect(await totalOf('2026-05')).toBe('91.00');
    await office('/months/2026-05/close');
    expect(await totalOf('2026-05')).toBe('92.00');
    app.t.clock.set(new Date('2026-06-12T09:00:00+08:00'));
    cast = await castOfNow(cast);
    await office('/months/2026-05/seal');
    expect(await payOf()).toMatchObject({ amount_fen: 10_000, held: false });
  });
});

/** Sessions end overnight; the same people come back. */
async function castOfNow(before: Cast): Promise<Cast> {
  const people = [before.clerk, before.other, before.liaison, before.stranger, before.office, before.scorer];
  for (const { page, username, password } of [...people, ...before.group]) {
    expect((await page.signIn(username, password)).statusCode).toBe(200);
  }
  return before;
}

describe('an appeal against a sealed line', () => {
  it('that is upheld counts in the next open month, beside its indicators', async () => {
    const line = await lineOf(cast.clerk, '2026-05', 'daily.dress');
    const { id, number } = await appeal(cast.clerk, '2026-05', line.key);
    expect(await payOf()).toMatchObject({ amount_fen: 0, held: true });
    await bringToReview(cast, id);
    const ended = await conclude(cast, id, 'upheld');
    expect(ended.outcome).toMatchObject({ points: '1.00', month: '2026-06' });
    expect(await entriesOf(number)).toMatchObject([{ kind: 'reversal', month: '2026-06', names: true }]);
    expect(await totalOf('2026-05')).toBe('92.00');
    await office('/months/2026-06/close');
    // Nothing was lost in June: daily management stands at its maximum, and the point comes all the same.
    expect(await totalOf('2026-06')).toBe('96.00');
    const { lines } = (await cast.clerk.page.get(`/scores/2026-06/staff/${CLERK}`)).json();
    const redress = lines.find((one: { kind: string }) => one.kind === 'redress');
    expect(redress).toMatchObject({
      points: '1.00',
      part: 'total',
      other_entry_id: line.key.slice(6),
      may_appeal: false,
    });
  });

  it('that is rejected changes nothing, and the line can not be appealed again', async () => {
    const line = await lineOf(cast.clerk, '2026-05', 'case.incomplete_notice');
    const { id, number } = await appeal(cast.clerk, '2026-05', line.key);
    await bringToReview(cast, id);
    await sendWhile(app, cast.clerk, id, () => conclude(cast, id, 'rejected'));
    expect(await entriesOf(number)).toEqual([]);
    const form = { id: newId(), line: line.key, text: WORDS };
    const again = cast.clerk.page.post(`/scores/2026-05/staff/${CLERK}/appeals`, form);
    expect(await code(again)).toEqual([409, 'appeal.already_filed']);
    expect(await payOf()).toMatchObject({ amount_fen: 10_000 });
  });

  it('that comes after the limit is refused', async () => {
    const { lines } = (await cast.clerk.page.get(`/scores/2026-05/staff/${CLERK}`)).json();
    const base = lines.find(
      (one: { kind: string; part: string }) => one.kind === 'base' && one.part === 'case',
    );
    expect(base.may_appeal).toBe(true);
    // Sealed on Friday 12 June; five working days, with Dragon Boat Festival on the 19th, end on the 22nd.
    app.t.clock.set(new Date('2026-06-22T17:30:01+08:00'));
    cast = await castOfNow(cast);
    const form = { id: newId(), line: base.key, text: WORDS };
    const late = await cast.clerk.page.post(`/scores/2026-05/staff/${CLERK}/appeals`, form);
    expect([late.statusCode, late.json().code]).toEqual([409, 'appeal.too_late']);
    expect(late.json().detail).toContain('2026-06-22 17:30');
  });
});

describe('an appeal that the month does not wait for', () => {
  let id = '';
  let number = '';

  it('is carried over with a reason, and its points come later', async () => {
    await office('/months/2026-04/close');
    const { lines } = (await cast.clerk.page.get(`/scores/2026-04/staff/${CLERK}`)).json();
    const line = lines.find((one: { kind: string; part: string }) => one.kind === 'good_rate');
    ({ id, number } = await appeal(cast.clerk, '2026-04', line.key));
    const waive = { waiveNotice: '试运行月份，不公示' };
    const short = cast.office.page.post('/months/2026-04/seal', { ...waive, carryAppeals: '急' });
    expect(await code(short)).toEqual([422, 'month.carry_reason']);
    await office('/months/2026-04/seal', { ...waive, carryAppeals: '复核尚需时日，按期发放绩效' });
    const carried = (await cast.clerk.page.get(`/appeals/${id}`)).json();
    expect(carried).toMatchObject({ carried: true, carriedOver: { reason: '复核尚需时日，按期发放绩效' } });
  });

  it('goes on without an opinion once its time is over, with a red card', async () => {
    const members = cast.group.map((one) => one.id);
    const form = { members, chair: members[0] };
    expect(await code(cast.office.page.post(`/appeals/${id}/group`, form))).toEqual([
      409,
      'appeal.opinion_first',
    ]);
    app.t.clock.set(new Date('2026-06-25T09:00:00+08:00'));
    cast = await castOfNow(cast);
    expect(await lookAtDuties(app.t, CITY)).toBeGreaterThan(0);
    expect(await lookAtDuties(app.t, CITY)).toBe(0);
    const owed = (await cast.liaison.page.get('/duties')).json().items;
    expect(owed).toMatchObject([{ matterNumber: number, step: 'opinion', card: 'red' }]);
    const red = (await cast.office.page.get('/appeals?card=red&state=open')).json().items;
    expect(red.map((one: { number: string }) => one.number)).toEqual([number]);
    const named = await cast.office.page.post(`/appeals/${id}/group`, form);
    expect(named.json()).toMatchObject({ state: 'review', opinion: { stance: 'none' } });
    expect((await cast.group[1].page.get('/appeals?mine=1')).json().items).toHaveLength(1);
  });

  it('gives points back where no entry could be reversed, as many as the group says', async () => {
    const vote = { vote: 'upheld', reason: '统计有误' };
    for (const one of cast.group) await one.page.post(`/appeals/${id}/vote`, vote);
    const reason = '好评率统计口径有误，按差额更正。';
    const decide = (points?: string) =>
      code(cast.group[0].page.post(`/appeals/${id}/decision`, { outcome: 'upheld', reason, points }));
    expect(await decide()).toEqual([422, 'appeal.points']);
    expect(await decide('99.00')).toEqual([422, 'appeal.points']);
    expect((await decide('0.80'))[0]).toBe(200);
    expect(await entriesOf(number)).toMatchObject([{ kind: 'plain', month: '2026-06', points_centi: 80 }]);
    await office('/months/2026-06/close');
    expect(await totalOf('2026-06')).toBe('96.80');
    const answer = await cast.clerk.page.get(`/scores/2026-06/staff/${CLERK}`);
    const redress = answer.json().lines.filter((one: { kind: string }) => one.kind === 'redress');
    expect(redress.map((one: { text: string }) => one.text).join()).toContain('申诉成立更正');
  });

  it('stands in the audit, step by step, without a word of its text', async () => {
    const { rows } = await app.t.db.owner.query<{ action: string; detail: unknown }>(
      `SELECT action, detail FROM oversight.audit WHERE subject_kind = 'appeal' AND subject_id = $1
       ORDER BY recorded_at, audit_id`,
      [number],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'appeal.filed',
      'duty.overdue',
      'appeal.group_appointed',
      'appeal.voted',
      'appeal.voted',
      'appeal.voted',
      'appeal.upheld',
    ]);
    expect(JSON.stringify(rows)).not.toContain('就医');
  });
});

describe('windows and departments', () => {
  it('appeal by the liaison of the department, whose word needs no opinion', async () => {
    const path = '/scores/2026-06/window/T01';
    const { lines } = (await cast.liaison.page.get(path)).json();
    const line = lines.find(
      (one: { kind: string; part: string }) => one.kind === 'mean' && one.part === 'daily',
    );
    expect(line.may_appeal).toBe(true);
    const form = { id: newId(), line: line.key, text: WORDS };
    expect(await code(cast.clerk.page.post(`${path}/appeals`, form))).toEqual([
      403,
      'access.permission_denied',
    ]);
    expect(await code(cast.stranger.page.post(`${path}/appeals`, form))).toEqual([404, 'score.none']);
    const filed = await cast.liaison.page.post(`${path}/appeals`, form);
    expect(filed.json()).toMatchObject({ state: 'group', opinion: null, departmentCode: APPROVAL });
    expect(filed.json().due).toMatchObject({ step: 'review', days: 5 });
    const back = await cast.liaison.page.post(`/appeals/${form.id}/withdraw`, { reason: '已自行核清' });
    expect(back.json()).toMatchObject({ state: 'withdrawn', due: null });
    const anew = await cast.liaison.page.post(`${path}/appeals`, { ...form, id: newId() });
    expect(anew.statusCode, anew.body).toBe(200);
  });
});
