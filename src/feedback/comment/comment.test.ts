import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person } from '../../../test/support/app.ts';
import { APPROVAL, COMPANY_ITEM, POLICE } from '../../../test/support/hall.ts';
import { fileForm, samples } from '../../../test/support/multipart.ts';
import { CITY } from '../../../test/support/office.ts';
import { day } from '../../kernel/day.ts';
import { ensurePartitions } from '../../platform/migrate.ts';
import { type CommentGiven, receiveComment } from './actions.ts';
import { commentCounts } from './index.ts';
import { eraseCommentsDue } from './jobs.ts';

const app = await openApp();
const { t } = app;
let supervisor: Person;
let office: Person;
beforeAll(async () => {
  supervisor = await app.person('supervisor', { name: '周督查' });
  office = await app.person('assessment_office');
});

const NOW = '2026-03-11T10:00:00+08:00';

function given(about: Partial<CommentGiven>): CommentGiven {
  return {
    subject: { kind: 'window', code: 'T01' },
    level: 5,
    tags: [],
    text: '',
    channel: 3,
    signCode: null,
    clientId: randomUUID(),
    deviceMark: '0'.repeat(32),
    address: '192.0.2.1',
    ...about,
  };
}

function inspection(about: object) {
  return {
    id: randomUUID(),
    subjectKind: 'window',
    subjectCode: 'T01',
    visitedAt: '2026-03-11 09:00',
    satisfaction: 4,
    ...about,
  };
}

const comment = (about: Partial<CommentGiven>) => receiveComment(t, CITY, given(about));

describe('public comments', () => {
  it('belong to a window, department, item or platform, and are counted apart from ratings', async () => {
    await comment({ level: 5 });
    await comment({ level: 4, subject: { kind: 'department', code: POLICE } });
    await comment({ level: 3, subject: { kind: 'item', code: COMPANY_ITEM } });
    await comment({ level: 1, text: '网站打不开', subject: { kind: 'platform', code: 'portal' } });
    const counts = await commentCounts(t.db.read, { cityCode: CITY }, { from: day('2026-03-11') });
    expect(counts).toEqual([
      {
        mode: 'public',
        count: 4,
        good: 3,
        bad: 1,
        goodRate: { value: '0.7500', numerator: 3, denominator: 4 },
      },
      {
        mode: 'inspect',
        count: 0,
        good: 0,
        bad: 0,
        goodRate: { value: null, numerator: 0, denominator: 0 },
      },
    ]);
    const stats = (await app.api('GET', '/stats?from=2026-03-01&to=2026-03-31')).json();
    expect(stats.reduce((all: number, { rated }: { rated: number }) => all + rated, 0)).toBe(0);
  });

  it('refuse what no register knows, and what breaks the rules of ratings', async () => {
    const refused = async (about: Partial<CommentGiven>) =>
      await comment(about).then(
        () => 'taken',
        ({ code }: { code: string }) => code,
      );
    expect(await refused({ subject: { kind: 'window', code: 'T99' } })).toBe('comment.unknown_subject');
    expect(await refused({ subject: { kind: 'item', code: 'none' } })).toBe('comment.unknown_subject');
    expect(await refused({ subject: { kind: 'platform', code: 'fax' } })).toBe('comment.unknown_subject');
    expect(await refused({ level: 2 })).toBe('rating.reason_missing');
    expect(await refused({ level: 2, tags: [510] })).toBe('rating.tag_of_other_level');
    expect(await refused({ text: '长'.repeat(501) })).toBe('rating.text_too_long');
  });

  it('stand once, however often the same form is sent', async () => {
    const form = given({ level: 4 });
    const first = await receiveComment(t, CITY, form);
    expect(await receiveComment(t, CITY, { ...form, level: 1, text: '改主意' })).toEqual(first);
  });

  it('that are bad open an order of the department, once, and never name who spoke', async () => {
    await comment({ level: 2, tags: [214], text: '没人理', subject: { kind: 'window', code: 'T02' } });
    await app.settle();
    await app.settle();
    const { items } = (await app.api('GET', '/work-orders?kind=suggestion')).json();
    const { rows } = await t.db.owner.query(
      `SELECT comment_id FROM feedback.comment WHERE subject_code = 'T02'`,
    );
    const mine = items.filter((one: { voice: string }) => one.voice === rows[0].comment_id);
    expect(mine).toMatchObject([{ kind: 'suggestion', ownerDepartment: APPROVAL }]);
    const orders = (await office.page.get('/work-orders?kind=suggestion')).json().items;
    const { id } = orders.find((one: { number: string }) => one.number === mine[0].number);
    const { said, named } = (await office.page.get(`/work-orders/${id}`)).json();
    expect([said, named]).toEqual(['综合点评：不满意\n服务态度生硬\n没人理', false]);
  });

  it('show their words to whoever may read them, within their scope, and nothing of the device', async () => {
    const { page } = await app.person('department_liaison', { scope: POLICE });
    const { items } = (await page.get('/comments')).json();
    expect(items.map((one: { departmentCode: string }) => one.departmentCode)).toEqual([POLICE]);
    const all = (await office.page.get('/comments?mode=public&level=1')).json();
    const detail = await office.page.get(`/comments/${all.items[0].id}`);
    expect(detail.json()).toMatchObject({ text: '网站打不开', subjectCode: 'portal', recordedBy: null });
    expect(detail.body).not.toContain('deviceMark');
    expect((await page.get(`/comments/${all.items[0].id}`)).json().code).toBe('comment.unknown');
    const csv = await office.page.get('/comments?format=csv');
    expect(csv.body).toContain('portal');
  });
});

describe('inspections', () => {
  const send = (who: Person, about: object) => who.page.post('/inspections', inspection(about));

  it('count once a second person has confirmed them, a bad one only with evidence', async () => {
    const recorded = await send(supervisor, { satisfaction: 2, tags: ['214'], text: '窗口无人' });
    expect([recorded.statusCode, recorded.json().state]).toEqual([200, 'waiting']);
    const { id } = recorded.json();
    const decide = (who: Person) => who.page.post(`/inspections/${id}/decision`, { outcome: 'confirmed' });
    expect((await decide(supervisor)).json().code).toBe('comment.same_person');
    expect((await decide(office)).json().code).toBe('comment.evidence_missing');
    const wrong = fileForm('note.png', Buffer.from('no picture'));
    const attach = (who: Person, { body, headers }: typeof wrong) =>
      who.page.post(`/inspections/${id}/files`, body, headers);
    expect((await attach(supervisor, wrong)).json().code).toBe('file.type');
    const picture = fileForm('窗口.png', samples.png);
    expect((await attach(office, picture)).json().code).toBe('comment.not_recorder');
    expect((await attach(supervisor, picture)).json().files).toHaveLength(1);
    const before = await commentCounts(t.db.read, { cityCode: CITY }, {});
    const decided = (await decide(office)).json();
    expect([decided.state, decided.may.decide]).toEqual(['confirmed', false]);
    const after = await commentCounts(t.db.read, { cityCode: CITY }, {});
    expect([before[1]?.bad, after[1]?.bad, after[0]]).toEqual([0, 1, before[0]]);
    expect((await decide(office)).json().code).toBe('comment.decided');
    const [file] = decided.files;
    expect((await office.page.get(`/comments/${id}/files/${file.id}`)).statusCode).toBe(200);
  });

  it('are neither recorded nor confirmed by whom they are about', async () => {
    const own = await app.person('supervisor', { staffNo: 'G001' });
    const about = { subjectKind: 'staff', subjectCode: 'G001' };
    expect((await send(own, about)).json().code).toBe('comment.own_subject');
    // The window at which that person serves is as good as the own matter.
    expect((await send(own, {})).json().code).toBe('comment.own_subject');
    const { id } = (await send(supervisor, about)).json();
    const answer = await own.page.post(`/inspections/${id}/decision`, { outcome: 'confirmed' });
    expect(answer.json().code).toBe('comment.own_subject');
  });

  it('refuse the future, what is unknown and what lies outside the scope', async () => {
    expect((await send(supervisor, { visitedAt: '2026-03-12 09:00' })).json().code).toBe('comment.in_future');
    expect((await send(supervisor, { subjectCode: 'X99' })).json().code).toBe('comment.unknown_subject');
    expect((await send(supervisor, { visitedAt: 'soon' })).statusCode).toBe(422);
    const county = await app.person('supervisor', { scope: '370811' });
    expect((await send(county, {})).json().code).toBe('comment.beyond_scope');
    expect((await send(county, { subjectCode: 'R01' })).statusCode).toBe(200);
  });

  it('rejected stay in the list and out of the figures', async () => {
    const { id } = (await send(supervisor, { satisfaction: 5 })).json();
    const before = await commentCounts(t.db.read, { cityCode: CITY }, {});
    const rejected = await office.page.post(`/inspections/${id}/decision`, {
      outcome: 'rejected',
      note: '时间不符',
    });
    expect(rejected.json()).toMatchObject({ state: 'rejected', note: '时间不符' });
    expect(await commentCounts(t.db.read, { cityCode: CITY }, {})).toEqual(before);
  });
});

it('texts and devices are erased when their time is over; the comments and their figures stay', async () => {
  const before = await commentCounts(t.db.read, { cityCode: CITY }, {});
  t.clock.set(new Date('2028-05-01T10:00:00+08:00'));
  await ensurePartitions(t.db.owner, t.clock.now());
  await eraseCommentsDue(t, CITY);
  t.clock.set(new Date(NOW));
  for (const table of ['comment_text', 'commenter']) {
    expect((await t.db.owner.query(`SELECT 1 FROM feedback.${table}`)).rows).toEqual([]);
  }
  expect(await commentCounts(t.db.read, { cityCode: CITY }, {})).toEqual(before);
});
