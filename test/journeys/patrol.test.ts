/** Findings of a patrol: recorded, confirmed by a second person, in the book; and visits in secret. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK, POLICE } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const app = await openApp({ now: at('2026-06-10T10:00') });
const { t } = app;
const people = {
  patrol: await app.person('supervisor'),
  posted: await app.person('supervisor', { staffNo: 'G002' }),
  second: await app.person('supervisor'),
  office: await app.person('assessment_office'),
  leader: await app.person('leader'),
  liaison: await app.person('department_liaison', { scope: APPROVAL }),
  stranger: await app.person('department_liaison', { scope: POLICE }),
  county: await app.person('supervisor', { scope: '370811' }),
};
const { patrol, posted, second, office, leader, liaison, stranger, county } = people;

async function later(text: string): Promise<void> {
  t.clock.set(at(text));
  for (const { page, username, password } of Object.values(people)) await page.signIn(username, password);
}

const form = (given: object = {}) => ({
  id: randomUUID(),
  windowCode: 'T01',
  subjectKind: 'staff',
  subjectCode: CLERK,
  rule: 'daily.dress',
  evidence: '未佩戴工牌',
  claimedAt: '2026-06-10 09:30',
  ...given,
});
const record = (given: object = {}, who: Person = patrol) => who.page.post('/findings', form(given));
const recorded = async (given: object = {}): Promise<string> => (await record(given)).json().id;
const decide = (id: string, body: object, who: Person = second) =>
  who.page.post(`/findings/${id}/decision`, body);
const confirmed = { outcome: 'confirmed' };
const codeOf = (answer: { json(): { code: string } }) => answer.json().code;

async function sendPhoto(id: string, content: Buffer, name = 'photo.jpg', who: Person = patrol) {
  const { body, headers } = fileForm(name, content);
  const { jar } = who.page;
  return await app.http.inject({
    method: 'POST',
    url: `/admin/api/findings/${id}/photos`,
    headers: {
      ...headers,
      'x-yiping': '1',
      cookie: [...jar].map((pair) => pair.join('=')).join('; '),
    },
    payload: body,
  });
}

async function entriesOf(id: string) {
  for (let round = 0; round < 3; round += 1) await app.settle();
  const { rows } = await t.db.owner.query(
    'SELECT subject_code, rule, occurred_on::text FROM ledger.entry WHERE fact_id = $1',
    [id],
  );
  return rows;
}

describe('a finding', () => {
  it('counts once a second person has confirmed it, by the scheme of its day', async () => {
    const answer = await record();
    expect(answer.statusCode).toBe(200);
    const { id, state, occurredOn, may } = answer.json();
    expect([state, occurredOn, may.decide]).toEqual(['open', '2026-06-10', false]);
    expect(await entriesOf(id)).toEqual([]);
    expect((await second.page.get(`/findings/${id}`)).json().may.decide).toBe(true);
    expect((await decide(id, confirmed)).statusCode).toBe(200);
    const [entry, ...more] = await entriesOf(id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ subject_code: CLERK, rule: 'daily.dress', occurred_on: '2026-06-10' });
    expect(codeOf(await decide(id, confirmed, office))).toBe('finding.decided');
  });

  it('is the same however often it is sent, also at once; another under its id is refused', async () => {
    const sent = form({ subjectCode: 'G004', windowCode: 'T02' });
    const answers = await Promise.all([1, 2, 3].map(() => patrol.page.post('/findings', sent)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(codeOf(await patrol.page.post('/findings', { ...sent, evidence: '别的事' }))).toBe(
      'finding.differs',
    );
  });

  it.each([
    ['a rule that no scheme has', { rule: 'daily.sleepy' }, 422, 'request.invalid'],
    ['nobody of that number', { subjectCode: 'G999' }, 422, 'finding.unknown_subject'],
    ['no such window', { windowCode: 'X99' }, 422, 'finding.unknown_window'],
    ['stationing of a person', { rule: 'stationing.chief_absent' }, 422, 'finding.rule_subject'],
    ['too many photos', { photos: 9 }, 409, 'finding.photo_count'],
    ['a mystery without a plan', { way: 'mystery' }, 422, 'visit.needed'],
    ['no words', { evidence: ' ' }, 422, 'request.invalid'],
    ['an unknown field', { points: -100 }, 422, 'request.invalid'],
  ])('is refused for %s', async (_, given, status, code) => {
    const answer = await record(given);
    expect([answer.statusCode, codeOf(answer)]).toEqual([status, code]);
  });

  it('is neither recorded nor decided by whom it concerns, nor beyond one’s scope', async () => {
    const own = await record({ subjectKind: 'staff', subjectCode: 'G002' }, posted);
    expect(codeOf(own)).toBe('finding.concerned');
    const window = { subjectKind: 'window', subjectCode: 'T01', rule: 'daily.window_unmanned' };
    expect(codeOf(await record(window, posted))).toBe('finding.concerned');
    expect(codeOf(await record({}, county))).toBe('finding.unknown_window');
    const id = await recorded(window);
    expect(codeOf(await decide(id, confirmed, patrol))).toBe('finding.second_person');
    expect(codeOf(await decide(id, confirmed, posted))).toBe('finding.concerned');
    expect(codeOf(await decide(id, confirmed, county))).toBe('finding.unknown');
    expect((await decide(id, confirmed, leader)).statusCode).toBe(403);
    expect((await stranger.page.get(`/findings/${id}`)).statusCode).toBe(404);
    expect((await liaison.page.get(`/findings/${id}`)).statusCode).toBe(200);
    expect((await decide(id, { outcome: 'rejected' })).statusCode).toBe(422);
    expect((await decide(id, { outcome: 'rejected', note: '照片不清' })).json().state).toBe('rejected');
    expect(await entriesOf(id)).toEqual([]);
    expect(codeOf(await decide(id, confirmed, office))).toBe('finding.decided');
  });

  it('is decided once when two confirm it at the same moment', async () => {
    const id = await recorded({ rule: 'daily.uncivil' });
    const answers = await Promise.all([decide(id, confirmed), decide(id, confirmed, office)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(await entriesOf(id)).toHaveLength(1);
  });

  it('keeps the phone’s time as a claim; only the second person may believe it', async () => {
    await later('2026-06-12T09:00');
    const claimedAt = '2026-06-10 16:00';
    const [one, other, old] = [
      await recorded({ claimedAt }),
      await recorded({ claimedAt }),
      await recorded({ claimedAt: '2026-05-30 16:00' }),
    ];
    expect((await second.page.get(`/findings/${one}`)).json()).toMatchObject({
      occurredOn: '2026-06-12',
      claimedDay: '2026-06-10',
    });
    expect((await decide(one, { ...confirmed, day: 'claim' })).json().occurredOn).toBe('2026-06-10');
    expect((await decide(other, confirmed)).json().occurredOn).toBe('2026-06-12');
    expect(codeOf(await decide(old, { ...confirmed, day: 'claim' }))).toBe('finding.day_claimed');
    expect((await entriesOf(one))[0].occurred_on).toBe('2026-06-10');
  });
});

describe('photos', () => {
  const other = Buffer.concat([samples.jpg.subarray(0, 10), Buffer.from('other'), samples.jpg.subarray(10)]);
  const exif = Buffer.concat([
    samples.jpg.subarray(0, 4),
    Buffer.from('\0\x10Exif\0\0'),
    samples.jpg.subarray(4),
  ]);

  it('are waited for, taken once and read with a line in the audit', async () => {
    const id = await recorded({ photos: 2 });
    expect((await sendPhoto(id, samples.jpg)).json().files).toHaveLength(1);
    const again = await Promise.all([sendPhoto(id, samples.jpg), sendPhoto(id, samples.jpg)]);
    expect(again.map((answer) => answer.json().files.length)).toEqual([1, 1]);
    expect(codeOf(await decide(id, confirmed))).toBe('finding.photos_missing');
    const { files } = (await sendPhoto(id, other)).json();
    expect(files).toHaveLength(2);
    expect(codeOf(await sendPhoto(id, samples.png))).toBe('finding.photo_count');
    expect(codeOf(await sendPhoto(id, samples.png, 'x.png', second))).toBe('finding.not_recorder');
    const read = await liaison.page.get(`/findings/${id}/photos/${files[0].id}`);
    expect([read.statusCode, read.headers['content-type']]).toEqual([200, 'image/jpeg']);
    expect((await stranger.page.get(`/findings/${id}/photos/${files[0].id}`)).statusCode).toBe(404);
    expect((await decide(id, confirmed)).statusCode).toBe(200);
    expect((await sendPhoto(id, samples.jpg)).statusCode).toBe(200);
    expect(codeOf(await sendPhoto(id, samples.png))).toBe('finding.not_recorder');
  });

  it.each([
    ['text in disguise', Buffer.from('not a photo at all'), 'finding.not_a_photo'],
    ['another kind of file', samples.pdf, 'finding.not_a_photo'],
    ['half a photo', samples.jpg.subarray(0, 40), 'finding.not_a_photo'],
    ['a photo that tells where it was taken', exif, 'finding.photo_place'],
    ['a large one', Buffer.concat([samples.jpg, Buffer.alloc(900_000), samples.jpg]), 'finding.photo_large'],
  ])('that are %s are refused by name', async (_, content, code) => {
    const id = await recorded({ photos: 1 });
    const answer = await sendPhoto(id, content, '门口.jpg');
    expect(codeOf(answer)).toBe(code);
    expect(answer.json().detail).toContain('门口.jpg');
    expect((await second.page.get(`/findings/${id}`)).json().files).toEqual([]);
  });
});

describe('the register', () => {
  it('gives out what is filtered and takes its own file back unchanged', async () => {
    const answer = await office.page.get('/findings?format=csv&rule=daily.dress');
    expect(answer.statusCode).toBe(200);
    expect(answer.body.split('\n')[0]).toContain('finding_id,occurred_on,subject_kind');
    expect(answer.body).not.toContain('daily.uncivil');
    const report = await app.load('findings', answer.body);
    expect([report.created, report.updated, report.badRows]).toEqual([0, 0, 0]);
    expect(report.unchanged).toBe(report.rows);
    expect(report.rows).toBeGreaterThan(3);
  });

  it('tells a phone the windows of its scope, who is there and the rules of the day', async () => {
    const kit = (await patrol.page.get('/patrol')).json();
    expect(kit.windows.map(({ code }: { code: string }) => code)).toEqual(['P01', 'R01', 'T01', 'T02']);
    expect(kit.windows[2].staff.map(({ no }: { no: string }) => no)).toEqual(['G001', 'G002']);
    const dress = kit.rules.find(({ code }: { code: string }) => code === 'daily.dress');
    expect(dress).toMatchObject({ part: 'daily', points: '-1.00', name: { zh: '着装或工牌不规范' } });
    expect((await county.page.get('/patrol')).json().windows).toHaveLength(1);
    expect((await leader.page.get('/patrol')).statusCode).toBe(403);
  });
});

describe('a mystery visit', () => {
  const plan = (given: object = {}) => ({
    id: randomUUID(),
    windowCode: 'T01',
    from: '2026-06-12',
    to: '2026-06-20',
    purpose: '以办事群众身份咨询企业设立登记',
    visitor: '外聘观察员',
    ...given,
  });
  const listed = async (who: Person) => (await who.page.get('/visits')).json().items;

  it('is a secret, with all it found, until it is confirmed', async () => {
    const planned = plan();
    expect((await patrol.page.post('/visits', planned)).statusCode).toBe(204);
    expect((await patrol.page.post('/visits', planned)).statusCode).toBe(204);
    expect(await listed(second)).toHaveLength(1);
    const given = { way: 'mystery', visitId: planned.id, rule: 'daily.refuse_answer' };
    const id = await recorded(given);
    for (const who of [liaison, leader]) {
      expect(await listed(who)).toEqual([]);
      expect((await who.page.get('/findings?way=mystery')).json().items).toEqual([]);
      expect((await who.page.get(`/findings/${id}`)).statusCode).toBe(404);
    }
    const step = (name: string, who: Person, body: object = {}) =>
      who.page.post(`/visits/${planned.id}/${name}`, body);
    expect(codeOf(await step('confirm', second))).toBe('visit.not_reported');
    expect((await step('report', patrol, { report: '拒绝解答一次，态度一般' })).statusCode).toBe(204);
    expect(codeOf(await step('report', patrol, { report: '再报一次' }))).toBe('visit.over');
    expect(codeOf(await step('confirm', patrol))).toBe('visit.second_person');
    expect((await step('confirm', leader)).statusCode).toBe(403);
    expect((await step('confirm', second)).statusCode).toBe(204);
    expect((await decide(id, confirmed)).statusCode).toBe(200);
    const [seen] = await listed(liaison);
    expect(seen).toMatchObject({ state: 'confirmed', visitor: null, findings: 1 });
    expect((await liaison.page.get('/findings?way=mystery')).json().items).toHaveLength(1);
    expect(codeOf(await record(given))).toBe('visit.over');
    expect(await entriesOf(id)).toHaveLength(1);
  });

  it('is planned within one’s scope and on days in order, and may be given up', async () => {
    expect(codeOf(await patrol.page.post('/visits', plan({ to: '2026-06-01' })))).toBe('visit.days');
    expect(codeOf(await county.page.post('/visits', plan()))).toBe('finding.unknown_window');
    const planned = plan();
    await patrol.page.post('/visits', planned);
    const cancels = await Promise.all(
      [patrol, second].map((who) => who.page.post(`/visits/${planned.id}/cancel`)),
    );
    expect(cancels.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
    expect(codeOf(await patrol.page.post(`/visits/${planned.id}/report`, { report: '太晚了吧' }))).toBe(
      'visit.over',
    );
    expect((await office.page.get('/visits?format=csv')).body).toContain('cancelled');
  });
});
