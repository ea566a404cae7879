/** A scheme is changed by a draft that two people put into force; what is closed stays as it is. */
import { beforeAll, describe, expect, test } from 'vitest';
import { month } from '../../src/kernel/month.ts';
import { postMonth } from '../../src/ledger/entry/index.ts';
import { openApp, type Person } from '../support/app.ts';
import { CITY } from '../support/office.ts';

const app = await openApp({ now: new Date('2026-05-20T10:00:00+08:00') });
let writer: Person;
let decider: Person;
let leader: Person;

/** On another morning everybody signs in anew. */
async function on(moment: string): Promise<void> {
  app.t.clock.set(new Date(moment));
  writer = await app.person('assessment_office');
  decider = await app.person('assessment_office');
  leader = await app.person('leader');
}

beforeAll(() => on('2026-05-20T10:00:00+08:00'));

const late = { key: 'rules.daily.late', from: '2026-06-01', value: '-2.00', source: '修订第一条' };
const first = { title: '迟到扣分调整', reason: '大厅早高峰', effectiveFrom: '2026-06-01', changes: [late] };

async function begun(content: object = first) {
  const answer = await writer.page.post('/scheme/drafts', content);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

const step = (who: Person, draft: { id: string; revision: number }, name: string, more: object = {}) =>
  who.page.post(`/scheme/drafts/${draft.id}/${name}`, { revision: draft.revision, ...more });

async function proposed(content?: object) {
  const answer = await step(writer, await begun(content), 'propose');
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

const approve = (who: Person, draft: { id: string; revision: number }) =>
  step(who, draft, 'decision', { decision: 'approve', note: '同意' });

describe('a draft', () => {
  test('says what it changes, value by value', async () => {
    const draft = await begun();
    expect(draft).toMatchObject({
      state: 'draft',
      stale: false,
      faults: [],
      drafted_by: writer.username,
      may: { edit: true, propose: true, withdraw: true, decide: false },
      differences: [
        {
          key: 'rules.daily.late',
          section: 'deduction',
          from: '2026-06-01',
          before: { from: '2022-01-01', text: '-1.00' },
          after: '-2.00',
          source: '修订第一条',
        },
      ],
    });
    expect(draft.hash).not.toBe(draft.base.hash);
    await step(writer, draft, 'withdraw');
  });

  test('is told what is wrong where it is wrong, and isn’t proposed before that is mended', async () => {
    const weight = { key: 'awards.weights.citizens', from: '2026-06-01', value: '30.00', source: '第三十条' };
    const draft = await begun({ ...first, changes: [late, weight] });
    expect(draft.faults).toMatchObject([{ key: 'awards.weights.citizens', from: '2026-06-01' }]);
    expect(draft.faults[0].text).toContain('110.00%');
    const refused = await step(writer, draft, 'propose');
    expect(refused.json()).toMatchObject({ status: 422, code: 'draft.broken' });
    expect(refused.json().errors[0].field).toBe('awards.weights.citizens 2026-06-01');
    const other = {
      key: 'awards.weights.case_handling',
      from: '2026-06-01',
      value: '20.00',
      source: '第三十条',
    };
    const content = { ...first, changes: [late, weight, other], revision: draft.revision };
    const mended = await writer.page.post(`/scheme/drafts/${draft.id}`, content);
    expect(mended.json()).toMatchObject({ faults: [], revision: draft.revision + 1 });
    await step(writer, mended.json(), 'withdraw');
  });

  test('can’t be overwritten unseen', async () => {
    const draft = await begun();
    const content = { ...first, revision: draft.revision };
    expect((await decider.page.post(`/scheme/drafts/${draft.id}`, content)).statusCode).toBe(200);
    const late = await writer.page.post(`/scheme/drafts/${draft.id}`, content);
    expect(late.json()).toMatchObject({ status: 409, code: 'draft.changed' });
    expect(late.json().detail).toContain(decider.username);
    await step(writer, { ...draft, revision: draft.revision + 1 }, 'withdraw');
  });

  test.each([
    ['a day before it takes effect', { changes: [{ ...late, from: '2026-05-31' }] }, 'draft.past'],
    ['a day that is none', { effectiveFrom: '2026-02-30', changes: [] }, 'scheme.day'],
    ['no clause', { changes: [{ ...late, source: ' ' }] }, 'request.invalid'],
    ['an unknown field', { colour: 'red' }, 'request.invalid'],
  ])('is refused with %s', async (_, more, code) => {
    const answer = await writer.page.post('/scheme/drafts', { ...first, ...more });
    expect(answer.json()).toMatchObject({ status: 422, code });
  });

  test.each([
    ['nothing changed', { changes: [{ ...late, value: '-1.00', from: '2026-06-01' }] }, 200],
    ['no change at all', { changes: [] }, 422],
    ['the day on which the present one begins', { effectiveFrom: '2022-01-01', changes: [late] }, 422],
  ])('with %s is proposed or not', async (_, more, status) => {
    const draft = await begun({ ...first, ...more });
    const answer = await step(writer, draft, 'propose');
    expect(answer.statusCode, answer.body).toBe(status);
    await step(writer, { ...draft, revision: draft.revision + (status === 200 ? 1 : 0) }, 'withdraw');
  });
});

describe('trying a draft', () => {
  const tryIt = (who: Person, id: string, query: string) =>
    who.page.get(`/scheme/drafts/${id}/what-if?${query}`);

  test('answers figures and a table, to whoever writes and decides', async () => {
    const base = { key: 'daily.base_points', from: '2026-06-01', value: '24.00', source: '第六条' };
    const draft = await begun({ ...first, changes: [base] });
    for (const who of [writer, decider, leader]) {
      const answer = (await tryIt(who, draft.id, 'month=2026-05')).json();
      expect(answer).toMatchObject({ month: '2026-05', on: '2026-06-01', subject: 'staff' });
      expect(answer.summary).toMatchObject({ assessed: 5, moved: 5, down: 5, mean_shift: '-1.00' });
    }
    const csv = await tryIt(writer, draft.id, 'month=2026-05&subject=window&format=csv&sort=code&lang=zh');
    expect(csv.headers['content-disposition']).toContain('what-if-2026-05.csv');
    const lines = csv.body.trim().split('\r\n');
    expect(lines[0]).toContain('草案总分');
    expect(lines).toHaveLength(5);
    const sheet = await tryIt(writer, draft.id, 'month=2026-05&format=xlsx');
    expect(sheet.rawPayload.subarray(0, 2).toString()).toBe('PK');
    await step(writer, draft, 'withdraw');
  });

  test.each([
    ['a month that is none', 'month=2026-13', 422, 'month.malformed'],
    ['a month to come', 'month=2026-06', 422, 'month.in_future'],
    ['a day that is none', 'month=2026-05&on=heute', 422, 'scheme.day'],
    ['an unknown field', 'month=2026-05&colour=red', 422, 'request.invalid'],
  ])('is refused for %s', async (_, query, status, code) => {
    const draft = await begun();
    expect((await tryIt(writer, draft.id, query)).json()).toMatchObject({ status, code });
    await step(writer, draft, 'withdraw');
  });

  test('is refused for a broken draft, and to others', async () => {
    const draft = await begun({ ...first, changes: [{ ...late, value: '两分' }] });
    const answer = await tryIt(writer, draft.id, 'month=2026-05');
    expect(answer.json()).toMatchObject({ status: 422, code: 'draft.broken' });
    expect(answer.json().errors[0].detail).toContain('两分');
    const supervisor = await app.person('supervisor');
    expect((await tryIt(supervisor, draft.id, 'month=2026-05')).statusCode).toBe(403);
    await step(writer, draft, 'withdraw');
  });
});

describe('putting into force', () => {
  test('is not for anybody who ever had a hand in the draft', async () => {
    const change = async (who: Person, draft: { id: string; revision: number }) => {
      const content = { ...first, title: `草案（${who.username}）`, revision: draft.revision };
      const answer = await who.page.post(`/scheme/drafts/${draft.id}`, content);
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json();
    };
    const between = await change(decider, await begun());
    const ready = (await step(writer, await change(writer, between), 'propose')).json();
    expect((await approve(decider, ready)).json()).toMatchObject({ code: 'draft.same_person' });
    await step(writer, ready, 'withdraw');
  });

  test('takes a second person, and both are named', async () => {
    const draft = await proposed();
    expect((await approve(writer, draft)).json()).toMatchObject({ status: 403, code: 'draft.same_person' });
    const edit = await writer.page.post(`/scheme/drafts/${draft.id}`, { ...first, revision: draft.revision });
    expect(edit.json()).toMatchObject({ status: 409, code: 'draft.state' });
    const other = await proposed({ ...first, title: '另一份草案' });
    const decided = await approve(decider, draft);
    expect(decided.json()).toMatchObject({
      state: 'in_force',
      proposed_by: writer.username,
      decided_by: decider.username,
      decision_note: '同意',
    });
    const list = (await leader.page.get('/scheme/drafts')).json();
    expect(list.versions[0]).toMatchObject({
      effective_from: '2026-06-01',
      hash: draft.hash,
      proposed_by: writer.username,
      approved_by: decider.username,
    });
    const before = (await writer.page.get('/scheme?on=2026-05-31')).json();
    const after = (await writer.page.get('/scheme?on=2026-06-01')).json();
    expect([before.hash, after.hash]).toEqual([draft.base.hash, draft.hash]);
    const valueIn = (document: typeof after) =>
      document.lines.find(({ key }: { key: string }) => key === late.key).current.text;
    expect([valueIn(before), valueIn(after)]).toEqual(['-1.00', '-2.00']);

    // The other draft was written on what held before.
    expect((await approve(decider, other)).json()).toMatchObject({ status: 409, code: 'draft.stale' });
    expect((await leader.page.get(`/scheme/drafts/${other.id}`)).json()).toMatchObject({ stale: true });
    const audited = await app.t.db.owner.query<{ action: string; actor_name: string }>(
      `SELECT action FROM oversight.audit WHERE subject_id = $1 ORDER BY recorded_at, action`,
      [draft.id],
    );
    expect(audited.rows.map(({ action }) => action).sort()).toEqual([
      'scheme.draft_begun',
      'scheme.draft_proposed',
      'scheme.put_in_force',
    ]);
  });

  test('of a draft that was written on an older version goes by way of bringing it up to date', async () => {
    const later = { ...late, from: '2026-07-01', value: '-3.00' };
    const draft = await begun({ ...first, effectiveFrom: '2026-07-01', changes: [later] });
    const other = await proposed({
      ...first,
      effectiveFrom: '2026-06-15',
      changes: [{ ...late, key: 'rules.daily.dress', from: '2026-06-15' }],
    });
    expect((await approve(leader, other)).statusCode).toBe(200);
    const stale = await step(writer, draft, 'propose');
    expect(stale.json()).toMatchObject({ status: 409, code: 'draft.stale' });
    const fresh = (await step(writer, draft, 'rebase')).json();
    expect(fresh).toMatchObject({ stale: false, base: { hash: other.hash }, may: { propose: true } });
    const again = (await step(writer, fresh, 'propose')).json();
    expect(
      (await step(leader, again, 'decision', { decision: 'reject', note: '下次再议' })).json(),
    ).toMatchObject({ state: 'rejected', decided_by: leader.username, decision_note: '下次再议' });
    expect((await approve(leader, { ...again, revision: again.revision + 1 })).json().code).toBe(
      'draft.state',
    );
  });

  test('is left to one of two who agree at the same time', async () => {
    const one = await proposed({
      ...first,
      effectiveFrom: '2026-08-01',
      changes: [{ ...late, from: '2026-08-01', value: '-4.00' }],
    });
    const two = await proposed({
      ...first,
      effectiveFrom: '2026-08-01',
      changes: [{ ...late, from: '2026-08-01', value: '-5.00' }],
    });
    const answers = await Promise.all([approve(decider, one), approve(leader, two)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  test('spares months that were closed', async () => {
    await on('2026-10-08T10:00:00+08:00');
    const closed = await decider.page.post('/months/2026-09/close');
    expect(closed.statusCode, closed.body).toBe(200);
    const changes = [{ ...late, from: '2026-09-15', value: '-6.00' }];
    const draft = await begun({ ...first, effectiveFrom: '2026-09-15', changes });
    expect(draft.faults).toMatchObject([{ key: null, from: '2026-09-15' }]);
    expect(draft.faults[0].text).toContain('2026-10-01');
    const refused = await step(writer, draft, 'propose');
    expect(refused.json()).toMatchObject({ status: 409, code: 'draft.month_begun' });
  });

  test('concerns the whole city', async () => {
    const part = await app.person('assessment_office', { scope: '370811' });
    const answer = await part.page.post('/scheme/drafts', first);
    expect(answer.json()).toMatchObject({ status: 403, code: 'draft.whole_city' });
  });

  test('charges anew what was charged in an open month, and only that', async () => {
    await on('2026-11-20T10:00:00+08:00');
    const row = (id: string, on: string) => `${id},${on},staff,G001,daily.late,1,,门禁记录,D1,D2`;
    const head =
      'finding_id,occurred_on,subject_kind,subject_code,rule,quantity,projectNo,evidence,' +
      'recorded_by,confirmed_by';
    await app.load('findings', [head, row('F1', '2026-11-05'), row('F2', '2026-11-12'), ''].join('\n'));
    await postMonth(app.t, CITY, month('2026-11'));
    const draft = await proposed({
      ...first,
      effectiveFrom: '2026-11-10',
      changes: [{ ...late, from: '2026-11-10', value: '-7.00' }],
    });
    expect((await approve(decider, draft)).statusCode).toBe(200);
    await app.settle();
    await postMonth(app.t, CITY, month('2026-11'));
    const { rows } = await app.t.db.owner.query<{ line: string }>(
      `SELECT concat_ws(' ', fact_id, kind, turn, points_centi, reason) AS line FROM ledger.entry
       WHERE fact_id IN ('F1', 'F2') ORDER BY fact_id, turn, kind`,
    );
    const before = rows[0]?.line.split(' ')[3];
    expect(rows.map(({ line }) => line)).toEqual([
      `F1 plain 0 ${before}`,
      `F2 plain 0 ${before}`,
      `F2 reversal 0 ${String(before).slice(1)} revalued`,
      'F2 plain 1 -700',
    ]);
  });
});
