/** What each detector finds, what it leaves alone, and what two people make of it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { runNightly } from '../../src/handling/integrity/run-actions.ts';
import { openApp, type Person } from '../support/app.ts';
import { CITY } from '../support/office.ts';
import {
  plantClerks,
  plantDevices,
  plantMoments,
  plantMonthEnd,
  plantNetworks,
  plantRepeats,
} from '../support/suspicious-month.ts';

const app = await openApp();
const { t } = app;

let supervisor: Person;
let office: Person;

interface Finding {
  id: string;
  detector: string;
  subjectKind: string;
  subjectCode: string;
  period: string;
  ratings: number;
  state: string;
  explanation: { 'zh-CN': string; en: string };
}

async function found(detector: string, subject?: string): Promise<Finding[]> {
  const query = `detector=${detector}${subject ? `&subject=${subject}` : ''}&limit=200`;
  return (await supervisor.page.get(`/integrity/findings?${query}`)).json().items;
}

const run = (from = '2026-02-01', to = '2026-02-28') => supervisor.page.post('/integrity/runs', { from, to });

let device: string[];
let jumped: string[];

beforeAll(async () => {
  supervisor = await app.person('supervisor');
  office = await app.person('assessment_office');
  device = await plantDevices(t);
  await plantNetworks(t);
  await plantMoments(t);
  await plantRepeats(t);
  await plantClerks(t);
  jumped = await plantMonthEnd(t);
  expect((await run()).statusCode).toBe(200);
});

describe('the detectors', () => {
  test('one device within minutes or a day, tablets and families aside', async () => {
    const items = await found('device_burst');
    expect(items.map(({ period, ratings }) => [period, ratings]).sort()).toEqual([
      ['2026-02-03', 6],
      ['2026-02-04', 20],
    ]);
    const [, first] = items.sort((one, other) => (one.period < other.period ? 1 : -1));
    expect(first?.explanation['zh-CN']).toContain('评价 6 次，其中 6 次处在“10 分钟内不少于 5 次”的时段');
    expect(first?.explanation.en).toContain('One device rated 6 times on 2026-02-03');
    // Neither the mark nor its keyed hash is shown.
    expect(first?.subjectCode).toMatch(/^[0-9A-F]{10}$/);
    expect(JSON.stringify(items)).not.toContain(Buffer.from('D:').toString('hex'));
  });

  test('one address, and of a public network one window', async () => {
    const items = await found('address_burst');
    expect(items.map(({ period, ratings }) => [period, ratings]).sort()).toEqual([
      ['2026-02-05', 6],
      ['2026-02-06', 5],
    ]);
    expect(items.find(({ period }) => period === '2026-02-05')?.subjectCode).toMatch(/^[0-9A-F]{10} P01$/);
  });

  test.each([
    ['before_service', 'staff', 'G002', 1, '最多早 20 分钟'],
    ['outside_hours', 'staff', 'G002', 1, '开放时间以外'],
    ['tablet_haste', 'staff', 'G003', 1, '最快 1.4 秒'],
    ['uniform_clerk', 'staff', 'U001', 200, '熵 0.00 比特'],
    ['month_end_jump', 'staff', 'J001', 30, '最后 3 天评价率 30/30，此前 75/250'],
  ])('%s: one finding, about whom it is', async (detector, kind, code, ratings, words) => {
    const items = await found(detector);
    expect(items.map((one) => [one.subjectKind, one.subjectCode, one.ratings])).toEqual([
      [kind, code, ratings],
    ]);
    expect(items[0]?.explanation['zh-CN']).toContain(words);
    expect(items[0]?.explanation.en).not.toMatch(/[{}]/);
    expect(items[0]?.explanation['zh-CN']).not.toMatch(/[{}]/);
  });

  test('the same text, one phone, and channels that lie apart', async () => {
    const texts = await found('same_text');
    expect(texts.map(({ period, ratings }) => [period, ratings])).toEqual([['2026-02', 3]]);
    const phones = await found('one_phone');
    expect(phones.map(({ period, ratings }) => [period, ratings])).toEqual([['2026-02-12', 3]]);
    const gaps = await found('channel_gap');
    expect(gaps.map(({ subjectCode }) => subjectCode).sort()).toEqual(['C001', 'X01']);
    expect(gaps[0]?.explanation['zh-CN']).toContain('大厅设备好评 60/60，手机扫码和短信好评 48/60');
  });

  test('a call-back that denies the rating, by file', async () => {
    const [denied, agreed] = (
      await t.db.owner.query<{ project_no: string }>(
        'SELECT project_no FROM intake.case_step WHERE step_id = ANY($1) ORDER BY step_id',
        [jumped.slice(0, 2)],
      )
    ).rows;
    const head = 'projectNo,serviceNumber,called_at,outcome,rated,caller\n';
    const said = (one: { project_no: string } | undefined, minute: number, rated: boolean) =>
      `${one?.project_no},1,2026-03-01 10:0${minute},reached,${rated},回访员甲\n`;
    const lines = said(denied, 0, false) + said(agreed, 5, true);
    expect(await app.load('call-backs', head + lines)).toMatchObject({ created: 2 });
    expect(await app.load('call-backs', head + lines)).toMatchObject({ created: 0, unchanged: 2 });
    const bad = (line: string) => app.load('call-backs', head + line);
    const no = denied?.project_no;
    await expect(bad(`${no},1,2026-03-01 10:00,reached,true,回访员甲\n`)).rejects.toThrow('call.differs');
    await expect(bad(`${no},1,2026-03-01 11:00,no_answer,false,回访员甲\n`)).rejects.toThrow(
      'call.not_asked',
    );
    await expect(bad(`${no},1,2026-03-01 11:00,reached,false,J001\n`)).rejects.toThrow('call.own_service');
    await expect(bad(`${no},1,2026-03-30 11:00,reached,false,甲\n`)).rejects.toThrow('call.in_future');
    await run();
    const items = await found('denied_by_call');
    expect(items.map(({ subjectCode }) => subjectCode)).toEqual([`${jumped[0]}/1`]);
  });

  test('open nothing twice, by hand or by night, and only one runs at a time', async () => {
    const again = (await run()).json();
    expect(again.opened).toBe(0);
    expect(again.found).toBeGreaterThan(10);
    const before = t.clock.now();
    t.clock.set(new Date('2026-03-01T03:20:00+08:00'));
    await runNightly(t, CITY);
    t.clock.set(before);
    const { rows } = await t.db.owner.query('SELECT count(*)::int AS n FROM handling.integrity_finding');
    expect(rows[0].n).toBe(again.found);
    // Another run that hasn't ended yet holds this.
    const other = await t.db.owner.connect();
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock(72140, $1::int)', [CITY]);
    expect((await run()).json().code).toBe('integrity.running');
    await other.query('ROLLBACK');
    other.release();
    expect((await run()).statusCode).toBe(200);
    for (const [from, to] of [
      ['2026-02-02', '2026-02-01'],
      ['2026-01-01', '2026-02-28'],
      ['2026-03-01', '2026-03-12'],
    ]) {
      expect((await run(from, to)).json().code).toBe('integrity.range');
    }
  });
});

describe('a review', () => {
  const of = async (detector: string) => (await found(detector)).at(-1)?.id ?? '';
  const propose = (person: Person, id: string, body: object) =>
    person.page.post(`/integrity/findings/${id}/proposal`, { reason: '监控显示由他人代点', ...body });
  const decide = (person: Person, id: string, approve = true) =>
    person.page.post(`/integrity/findings/${id}/decision`, { approve, note: '已调看监控，同意' });

  test('takes ratings out by the same two people, and changes no figure before', async () => {
    const id = await of('device_burst');
    const read = (await supervisor.page.get(`/integrity/findings/${id}`)).json();
    expect(read.evidence.map((one: { stepId: string }) => one.stepId)).toEqual(device);
    expect(JSON.stringify(read)).not.toMatch(/device_mark|address_hash|mobile/);
    const keys = device.slice(0, 5).map((stepId) => `${stepId}/1`);
    const foreign = await propose(supervisor, id, { verdict: 'faked', exclude: [`${jumped[0]}/1`] });
    expect(foreign.json().code).toBe('integrity.not_evidence');
    const idle = await propose(supervisor, id, { verdict: 'no_fault', exclude: keys });
    expect(idle.json().code).toBe('integrity.nothing_to_exclude');
    expect((await propose(supervisor, id, { verdict: 'faked', exclude: keys })).json().may).toEqual([
      'withdraw',
    ]);
    expect((await propose(office, id, { verdict: 'no_fault' })).json().code).toBe('integrity.pending');
    expect((await decide(supervisor, id)).json().code).toBe('integrity.same_person');
    const excluded = async () =>
      (
        await t.db.owner.query('SELECT verdict FROM feedback.rating_verdict WHERE step_id = ANY($1)', [
          device,
        ])
      ).rows;
    expect(await excluded()).toEqual([]);
    const leader = await app.person('leader');
    const answers = await Promise.all([decide(office, id), decide(leader, id)]);
    expect(answers.map((one) => one.statusCode).sort()).toEqual([200, 409]);
    expect(await excluded()).toEqual(keys.map(() => ({ verdict: 'malicious' })));
    const after = (await supervisor.page.get(`/integrity/findings/${id}`)).json();
    expect(after).toMatchObject({ state: 'faked', may: [], reviews: [{ state: 'approved', excluded: 5 }] });
    expect((await propose(supervisor, id, { verdict: 'no_fault' })).json().code).toBe('integrity.closed');
    const { items } = (await supervisor.page.get('/exclusions?state=approved')).json();
    expect(items.filter((one: { findingId: string }) => one.findingId === id)).toHaveLength(5);
  });

  test('sent back or withdrawn it is open again', async () => {
    const id = await of('channel_gap');
    await propose(supervisor, id, { verdict: 'induced' });
    expect((await decide(office, id, false)).json().state).toBe('open');
    await propose(supervisor, id, { verdict: 'no_fault' });
    const foreign = await office.page.post(`/integrity/findings/${id}/withdraw`, { note: '不对' });
    expect(foreign.json().code).toBe('integrity.not_proposer');
    const back = await supervisor.page.post(`/integrity/findings/${id}/withdraw`, { note: '再查' });
    expect(back.json().state).toBe('open');
    expect((await decide(office, id)).json().code).toBe('integrity.decided');
  });

  test('isn’t for whom it is about, nor for whoever was posted at the window', async () => {
    const id = await of('before_service');
    const own = await app.person('supervisor', { staffNo: 'G002' });
    expect((await own.page.get(`/integrity/findings/${id}`)).statusCode).toBe(404);
    expect((await own.page.get('/integrity/findings?detector=before_service')).json().items).toEqual([]);
    const neighbour = await app.person('supervisor', { staffNo: 'G001' });
    const answer = await propose(neighbour, id, { verdict: 'no_fault' });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'integrity.own_matter']);
    const county = await app.person('supervisor', { scope: '370811' });
    expect((await county.page.get(`/integrity/findings/${id}`)).statusCode).toBe(404);
  });
});

test('what retention has erased, detectors no longer see', async () => {
  await t.db.owner.query('UPDATE feedback.rater SET device_mark = NULL, address_hash = NULL');
  await t.db.owner.query(
    'TRUNCATE handling.integrity_evidence, handling.integrity_review, handling.integrity_finding',
  );
  await run();
  expect(await found('device_burst')).toEqual([]);
  expect(await found('address_burst')).toEqual([]);
});
