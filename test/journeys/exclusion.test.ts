/** From a bad rating to its verdict: upheld by one, taken out by two, and never by whom it is about. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { HandedIn } from '../support/app.ts';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { CLERK, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';

const app = await openApp();

let supervisor: Person;
let office: Person;
let links: HandedIn[];
let made = 0;

/** A service of this morning at T01, rated. */
async function rated(level: number, given: object = {}): Promise<string> {
  const link = links[made++] as HandedIn;
  const answer = await app.api(
    'POST',
    '/ratings',
    {
      token: tokenOf(link),
      satisfaction: level,
      ...(level <= 2 ? { evalDetail: [level === 1 ? '115' : '214'] } : {}),
      ...given,
    },
    null,
  );
  expect(answer.statusCode).toBe(201);
  const { rows } = await app.t.db.owner.query<{ step_id: string }>(
    'SELECT step_id FROM intake.case_step WHERE project_no = $1',
    [link.projectNo],
  );
  return rows[0]?.step_id ?? '';
}

const proposal = (stepId: string, more: object = {}) => ({
  stepId,
  verdict: 'mistaken',
  reason: '群众来电说明点错了',
  evidence: '2026-03-02 09:30 来电录音，编号 0302-17',
  ...more,
});

async function propose(person: Person, stepId: string, more: object = {}): Promise<string> {
  const answer = await person.page.post('/exclusions', proposal(stepId, more));
  expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([201, expect.any(String)]);
  return answer.json().id;
}

const decide = (person: Person, id: string, approve = true) =>
  person.page.post(`/exclusions/${id}/decision`, { approve, note: '录音已核听，情况属实' });

const entriesOf = async (stepId: string) => {
  const { rows } = await app.t.db.owner.query<{ kind: string; subject_kind: string }>(
    'SELECT kind, subject_kind FROM ledger.entry WHERE fact_id LIKE $1 ORDER BY recorded_at, kind',
    [`%${stepId}%`],
  );
  return rows.map((row) => `${row.kind} ${row.subject_kind}`);
};

beforeAll(async () => {
  supervisor = await app.person('supervisor');
  office = await app.person('assessment_office');
  const forms = Array.from({ length: 14 }, (_, at) =>
    recordForm({ projectNo: `HS2026-${at}`, serviceTime: '2026-03-10 09:00:00' }),
  );
  links = await app.handIn(forms);
});

describe('a rating is taken out', () => {
  test('by two people: the verdict stands, the pending deduction is void, the totals list it', async () => {
    const stepId = await rated(1);
    await app.settle();
    const id = await propose(supervisor, stepId);
    const before = (await office.page.get(`/exclusions/${id}`)).json();
    expect(before).toMatchObject({ state: 'proposed', may: ['decide'], effect: { month: '2026-03' } });
    const [line] = before.effect.lines;
    expect(line).toMatchObject({ kind: 'staff', code: CLERK, before: { numerator: 0, denominator: 1 } });
    // Nobody is left to have been satisfied: no rate, never 100 %.
    expect(line.after).toEqual({ value: null, numerator: 0, denominator: 0 });

    expect((await decide(supervisor, id)).json().code).toBe('exclusion.same_person');
    const decided = await decide(office, id);
    expect(decided.json()).toMatchObject({ state: 'approved', decidedBy: office.username, may: [] });
    expect((await decide(office, id)).json().code).toBe('exclusion.decided');
    await app.settle();

    const { rows } = await app.t.db.owner.query(
      'SELECT verdict, verified_by, approved_by, source FROM feedback.rating_verdict WHERE step_id = $1',
      [stepId],
    );
    expect(rows).toEqual([
      {
        verdict: 'mistaken',
        verified_by: supervisor.username,
        approved_by: office.username,
        source: 'desk',
      },
    ]);
    expect(await entriesOf(stepId)).toEqual(['pending staff', 'void staff']);
    const [stats] = (await app.api('GET', '/stats?from=2026-03-01&to=2026-03-31&by=city')).json();
    expect(stats).toMatchObject({ rated: 0, bad: 0, excluded: 1, active_good_rate: { value: null } });
  });

  test('not when the second person disagrees, nor when the proposer takes it back', async () => {
    const stepId = await rated(2);
    const first = await propose(supervisor, stepId);
    const pending = await office.page.post('/exclusions', proposal(stepId));
    expect(pending.json().code).toBe('exclusion.pending');
    expect((await decide(office, first, false)).json().state).toBe('rejected');
    const second = await propose(supervisor, stepId, { verdict: 'malicious' });
    const foreign = await office.page.post(`/exclusions/${second}/withdraw`, { note: '不是我提的' });
    expect(foreign.json().code).toBe('exclusion.not_proposer');
    const taken = await supervisor.page.post(`/exclusions/${second}/withdraw`, { note: '证据不足' });
    expect(taken.json().state).toBe('withdrawn');
    expect((await decide(office, second)).json().code).toBe('exclusion.decided');
    const upheld = await office.page.post(`/ratings/${stepId}/1/upheld`, { note: '已回访，情况属实' });
    expect(upheld.statusCode).toBe(200);
    await app.settle();
    expect(await entriesOf(stepId)).toEqual(['pending staff', 'post staff']);
    const late = await supervisor.page.post('/exclusions', proposal(stepId));
    expect(late.json().code).toBe('rating.verdict_stands');
  });

  test('once, whoever decides at the same instant, and the same proposal again is the same', async () => {
    const stepId = await rated(2);
    const id = crypto.randomUUID();
    const both = await Promise.all(
      [1, 2].map(() => supervisor.page.post('/exclusions', proposal(stepId, { id }))),
    );
    expect(both.map((one) => one.json().id)).toEqual([id, id]);
    const other = await supervisor.page.post('/exclusions', proposal(stepId, { id, verdict: 'malicious' }));
    expect(other.json().code).toBe('exclusion.differs');
    const leader = await app.person('leader');
    const answers = await Promise.all([decide(office, id), decide(leader, id, false), decide(leader, id)]);
    expect(answers.map((one) => one.statusCode).sort()).toEqual([200, 409, 409]);
  });

  test('with files as evidence, which the proposer adds until it is decided', async () => {
    const id = await propose(supervisor, await rated(2));
    const form = fileForm('录音说明.pdf', samples.pdf);
    const send = (person: Person) =>
      app.http.inject({
        method: 'POST',
        url: `/admin/api/exclusions/${id}/files`,
        payload: form.body,
        headers: {
          ...form.headers,
          'x-yiping': '1',
          cookie: [...person.page.jar].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      });
    expect((await send(office)).json().code).toBe('exclusion.not_proposer');
    const file = (await send(supervisor)).json();
    expect(file.name).toBe('录音说明.pdf');
    const read = await office.page.get(`/exclusions/${id}/files/${file.id}`);
    expect(read.headers['content-type']).toBe('application/pdf');
    await decide(office, id);
    expect((await send(supervisor)).json().code).toBe('exclusion.decided');
  });
});

describe('who may', () => {
  test('neither the clerk who was rated nor anybody posted at the window, whatever their role', async () => {
    const stepId = await rated(1);
    const rater = await app.person('supervisor', { staffNo: CLERK });
    // The chief representative of T01.
    const neighbour = await app.person('supervisor', { staffNo: 'G002' });
    const elsewhere = await app.person('supervisor', { staffNo: 'G003' });
    for (const person of [rater, neighbour]) {
      const proposed = await person.page.post('/exclusions', proposal(stepId));
      expect([proposed.statusCode, proposed.json().code]).toEqual([403, 'exclusion.own_matter']);
      const upheld = await person.page.post(`/ratings/${stepId}/1/upheld`, { note: '我来核实' });
      expect(upheld.json().code).toBe('exclusion.own_matter');
    }
    const id = await propose(elsewhere, stepId);
    for (const person of [rater, neighbour]) {
      expect((await decide(person, id)).json().code).toBe('exclusion.own_matter');
    }
    // The rated person doesn't even see it.
    expect((await rater.page.get(`/exclusions/${id}`)).statusCode).toBe(404);
    expect((await rater.page.get('/unverified-ratings')).json().items).toEqual([]);
    expect((await decide(office, id)).statusCode).toBe(200);
  });

  test('a rating of another region is unknown', async () => {
    const stepId = await rated(2);
    const county = await app.person('supervisor', { scope: '370811' });
    expect((await county.page.post('/exclusions', proposal(stepId))).json().code).toBe('rating.unknown');
    const id = await propose(supervisor, stepId);
    expect((await county.page.get(`/exclusions/${id}`)).json().code).toBe('exclusion.unknown');
    expect((await decide(county, id)).json().code).toBe('exclusion.unknown');
  });
});

describe('a bad rating is upheld', () => {
  test('the verifier says whom it charges where no tag does', async () => {
    const tagged = await rated(2);
    const worded = await rated(2, { evalDetail: [], writingEvaluation: '等了很久没人理' });
    const good = await rated(5);
    const uphold = (stepId: string, body: object) =>
      supervisor.page.post(`/ratings/${stepId}/1/upheld`, { note: '监控已查，情况属实', ...body });
    expect((await uphold(good, {})).json().code).toBe('verification.only_bad');
    expect((await uphold(tagged, { attribution: 'window' })).json().code).toBe('verification.tags_decide');
    const { items } = (await supervisor.page.get('/unverified-ratings')).json();
    const open = items.filter((one: { open: boolean }) => one.open);
    expect(open.map((one: { stepId: string }) => one.stepId)).toEqual([worded]);
    const [first, second] = await Promise.all([
      uphold(worded, { attribution: 'staff' }),
      uphold(worded, { attribution: 'department' }),
    ]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 409]);
    expect((await uphold(tagged, {})).statusCode).toBe(200);
    await app.settle();
    expect((await entriesOf(tagged)).at(-1)).toBe('post staff');
  });
});

describe('a rejected proposal', () => {
  const appeal = { note: '录音原件已找到，请复核' };
  const ask = (person: Person, id: string) => person.page.post(`/exclusions/${id}/appeal`, appeal);

  test('is appealed once by its proposer, and decided by a supervisor who took no part', async () => {
    const [leader, second] = [await app.person('leader'), await app.person('supervisor')];
    const id = await propose(office, await rated(2));
    expect((await ask(office, id)).json().code).toBe('exclusion.not_rejected');
    expect((await decide(supervisor, id, false)).json().state).toBe('rejected');
    expect((await ask(supervisor, id)).json().code).toBe('exclusion.not_proposer');
    expect((await office.page.get(`/exclusions/${id}`)).json().may).toEqual(['appeal']);
    const [one, other] = await Promise.all([ask(office, id), ask(office, id)]);
    expect([one.statusCode, other.statusCode].sort()).toEqual([200, 409]);
    expect((await decide(leader, id)).json().code).toBe('exclusion.supervisor_only');
    expect((await decide(supervisor, id)).json().code).toBe('exclusion.took_part');
    expect((await decide(office, id)).json().code).toBe('exclusion.same_person');
    expect((await supervisor.page.get(`/exclusions/${id}`)).json().may).toEqual([]);
    const heard = (await decide(second, id, false)).json();
    expect(heard).toMatchObject({ state: 'rejected', appeal: { note: appeal.note } });
    expect((await ask(office, id)).json().code).toBe('exclusion.appealed_before');
  });

  test('is not appealed after the days of the rules', async () => {
    const id = await propose(office, await rated(2));
    await decide(supervisor, id, false);
    const now = app.t.clock.now();
    app.t.clock.set(new Date(now.getTime() + 4 * 86_400_000));
    await office.page.signIn(office.username, office.password);
    expect((await ask(office, id)).json().code).toBe('exclusion.appeal_late');
    app.t.clock.set(now);
  });
});
