/** A deputy (AB 岗) as the second person: decides for whoever is away, hears of it, and stays one person. */
import { describe, expect, it } from 'vitest';
import { openApp, type Person, tokenOf } from '../support/app.ts';
import { APPROVAL, CLERK, recordForm } from '../support/hall.ts';

const app = await openApp({ now: new Date('2026-03-11T10:00:00+08:00') });
const { t } = app;
const liaison = await app.person('department_liaison', { scope: APPROVAL, name: '王五' });
const leader = await app.person('leader', { name: '赵六' });
const supervisor = await app.person('supervisor', { name: '钱七' });
const office = await app.person('assessment_office', { name: '李八' });
const rated = await app.person('supervisor', { staffNo: CLERK, name: '孙九' });

const days = { from: '2026-03-11', until: '2026-03-13' };
const standIns: readonly (readonly [Person, Person])[] = [
  [leader, liaison],
  [office, supervisor],
  [rated, leader],
];
for (const [away, deputy] of standIns) {
  const named = await office.page.post('/deputies', { userId: away.id, standInId: deputy.id, ...days });
  expect(named.statusCode).toBe(200);
}

/** Asks as somebody, in the name of somebody who is away. */
const postAs = (deputy: Person, away: Person, path: string, form: object) =>
  deputy.page.send('POST', path, form, { 'x-on-behalf-of': away.id });
const getAs = (deputy: Person, away: Person, path: string) =>
  deputy.page.send('GET', path, undefined, { 'x-on-behalf-of': away.id });
const kinds = async ({ page }: Person) =>
  (await page.get('/messages')).json().items.map(({ kind }: { kind: string }) => kind);
const agree = { approve: true, note: '录音已核听，情况属实' };

let count = 0;
/** A proposal to take out a bad rating of the clerk. */
async function proposed(by: Person): Promise<string> {
  count += 1;
  const service = recordForm({ projectNo: `DEP${count}`, serviceTime: '2026-03-11 09:00:00' });
  const [link] = await app.handIn([service]);
  const given = { token: link ? tokenOf(link) : '', satisfaction: 1, evalDetail: ['115'] };
  expect((await app.api('POST', '/ratings', given, null)).statusCode).toBe(201);
  const { rows } = await t.db.owner.query('SELECT step_id FROM intake.case_step WHERE project_no = $1', [
    `DEP${count}`,
  ]);
  const form = {
    stepId: rows[0].step_id,
    verdict: 'mistaken',
    reason: '群众来电说明点错了',
    evidence: '2026-03-11 来电录音，编号 17',
  };
  const answer = await by.page.post('/exclusions', form);
  expect(answer.statusCode, answer.body).toBe(201);
  await app.settle();
  return answer.json().id;
}

describe('an exclusion', () => {
  it('is decided by a deputy, who hears of it, in the names of both', async () => {
    const id = await proposed(supervisor);
    expect(await kinds(liaison)).toContain('exclusion_proposed');
    const decision = `/exclusions/${id}/decision`;
    expect((await liaison.page.post(decision, agree)).statusCode).toBe(403);
    expect((await getAs(liaison, leader, `/exclusions/${id}`)).json().may).toEqual(['decide']);
    const decided = await postAs(liaison, leader, decision, agree);
    const decidedBy = `${liaison.username}（代${leader.username}）`;
    expect(decided.json()).toMatchObject({ state: 'approved', decidedBy });
    const { rows } = await t.db.owner.query(
      `SELECT actor_name, detail ->> 'on_behalf_of' AS away FROM oversight.audit
       WHERE action = 'rating.exclusion_approved' AND detail ->> 'exclusion' = $1`,
      [id],
    );
    expect(rows).toEqual([{ actor_name: liaison.username, away: leader.username }]);
  });

  it('never has one person twice, in the own name or another’s', async () => {
    const own = await proposed(supervisor);
    const theirs = await proposed(office);
    for (const id of [own, theirs]) {
      const path = `/exclusions/${id}`;
      expect((await getAs(supervisor, office, path)).json().may).toEqual([]);
      const refused = await postAs(supervisor, office, `${path}/decision`, agree);
      expect(refused.json().code).toBe('exclusion.same_person');
    }
  });

  it('is not decided in the name of whom it concerns, nor proposed in another’s', async () => {
    const id = await proposed(supervisor);
    const refused = await postAs(leader, rated, `/exclusions/${id}/decision`, agree);
    expect(refused.json().code).toBe('exclusion.own_matter');
    const form = {
      stepId: 'x',
      verdict: 'mistaken',
      reason: '群众来电说明点错了',
      evidence: '2026-03-11 来电录音，编号 17',
    };
    expect((await postAs(supervisor, office, '/exclusions', form)).statusCode).toBe(403);
  });
});

describe('whether a voice is at fault', () => {
  const complaint = async (id: string): Promise<string> => {
    const answer = await office.page.post('/voices', {
      id,
      kind: 'complaint',
      channel: 'phone',
      subjectKind: 'department',
      subjectCode: APPROVAL,
      text: '窗口推诿',
      receivedAt: '2026-03-11 09:30',
    });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().id;
  };
  const fault = (subjectKind: string, subjectCode: string) => ({
    outcome: 'at_fault',
    subjectKind,
    subjectCode,
    reason: '监控属实',
  });

  it('is decided by a deputy, but not about the deputy’s own department, and proposed by none', async () => {
    const id = await complaint('first');
    const staff = fault('staff', CLERK);
    const early = await postAs(supervisor, office, `/voices/${id}/fault`, staff);
    expect(early.json().code).toBe('deputy.decides_only');
    await supervisor.page.post(`/voices/${id}/fault`, staff);
    await app.settle();
    expect(await kinds(liaison)).toContain('voice_fault');
    const twice = await postAs(supervisor, office, `/voices/${id}/fault/decision`, agree);
    expect(twice.json().code).toBe('fault.same_person');
    const decided = await postAs(liaison, leader, `/voices/${id}/fault/decision`, agree);
    expect(decided.json().decisions).toMatchObject([{ state: 'approved' }]);

    const other = await complaint('second');
    await supervisor.page.post(`/voices/${other}/fault`, fault('department', APPROVAL));
    const own = await postAs(liaison, leader, `/voices/${other}/fault/decision`, agree);
    expect(own.json().code).toBe('fault.own_matter');
  });
});
