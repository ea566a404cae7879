import { expect } from 'vitest';
import { attachFile } from '../../src/ledger/appeal/file-actions.ts';
import type { Appeal } from '../../src/ledger/appeal/index.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import type { App, Person } from '../support/app.ts';
import { APPROVAL, CLERK, csvOf, POLICE } from '../support/hall.ts';
import { samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

/** A finding of the month against the clerk of the small hall. */
export interface Breach {
  readonly id: string;
  readonly day: string;
  readonly rule: string;
}

export function findingsOf(breaches: readonly Breach[]): string {
  return csvOf(
    breaches.map(({ id, day, rule }) => ({
      finding_id: id,
      occurred_on: day,
      subject_kind: 'staff',
      subject_code: CLERK,
      rule,
      quantity: 1,
      evidence: `巡查记录 ${id}`,
      recorded_by: '周督查',
      confirmed_by: '吴主任',
    })),
  );
}

/** Everybody who has a part in an appeal, and some who have none. */
export interface Cast {
  readonly clerk: Person;
  readonly other: Person;
  readonly liaison: Person;
  readonly stranger: Person;
  readonly office: Person;
  readonly scorer: Person;
  readonly group: readonly [Person, Person, Person];
}

export async function castOf(app: App): Promise<Cast> {
  return {
    clerk: await app.person('clerk', { staffNo: CLERK, name: '陈静' }),
    other: await app.person('clerk', { staffNo: 'G004', name: '赵敏' }),
    liaison: await app.person('department_liaison', { scope: APPROVAL, name: '审批局联络员' }),
    stranger: await app.person('department_liaison', { scope: POLICE, name: '公安局联络员' }),
    office: await app.person('assessment_office', { name: '考核办' }),
    scorer: await app.person('supervisor', { name: '周督查' }),
    group: [
      await app.person('supervisor', { name: '组长' }),
      await app.person('leader', { name: '组员甲' }),
      await app.person('supervisor', { name: '组员乙' }),
    ],
  };
}

/** The key of the clerk's line that carries a rule, on the own statement. */
export async function lineOf(person: Person, month: string, rule: string) {
  const answer = await person.page.get(`/scores/${month}/staff/${CLERK}`);
  expect(answer.statusCode, answer.body).toBe(200);
  const { lines } = answer.json() as {
    lines: {
      key: string;
      kind: string;
      part: string;
      rule: { code: string } | null;
      may_appeal: boolean;
      appeal: { state: string } | null;
    }[];
  };
  const found = lines.find((line) => line.rule?.code === rule && line.kind === 'entry');
  if (found === undefined) throw new Error(`no line of ${rule}`);
  return found;
}

let made = 0;
export function newId(): string {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
}

export const WORDS = '当日因送办事群众就医迟到，已向值班主任报备，请予核实。';

/** Files an appeal against a line and answers it. */
export async function appeal(person: Person, month: string, line: string, id = newId()): Promise<Appeal> {
  const answer = await person.page.post(`/scores/${month}/staff/${CLERK}/appeals`, { id, line, text: WORDS });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

/** The department agrees and the office appoints the group. */
export async function bringToReview({ liaison, office, group }: Cast, id: string): Promise<void> {
  const said = await liaison.page.post(`/appeals/${id}/opinion`, { stance: 'agree', text: '情况属实' });
  expect(said.statusCode, said.body).toBe(200);
  const members = group.map((one) => one.id);
  const named = await office.page.post(`/appeals/${id}/group`, { members, chair: members[0] });
  expect(named.statusCode, named.body).toBe(200);
}

/** All members vote one way and the chair records it. */
export async function conclude(
  { group }: Cast,
  id: string,
  outcome: 'upheld' | 'rejected',
  points?: string,
): Promise<Appeal> {
  for (const one of group) {
    const voted = await one.page.post(`/appeals/${id}/vote`, { vote: outcome, reason: '材料已核对' });
    expect(voted.statusCode, voted.body).toBe(200);
  }
  const reason = '经复核小组全体表决，依据报备记录作出决定。';
  const form = { outcome, reason, ...(points ? { points } : {}) };
  const decided = await group[0].page.post(`/appeals/${id}/decision`, form);
  expect(decided.statusCode, decided.body).toBe(200);
  return decided.json();
}

/** Sends a file of which the last piece arrives when the appeal has been decided. */
export async function sendWhile(
  app: App,
  person: Person,
  id: string,
  decide: () => Promise<unknown>,
): Promise<void> {
  const noted = async () => {
    const { rows } = await app.t.db.owner.query<{ files: number; notes: number }>(
      `SELECT (SELECT count(*)::int FROM platform.file) AS files,
              (SELECT count(*)::int FROM oversight.audit WHERE action = 'appeal.file_added') AS notes`,
    );
    return rows[0];
  };
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield samples.pdf.subarray(0, 20);
    await decide();
    yield samples.pdf.subarray(20);
  }
  const { id: user, username } = person;
  const clerk = { ...cliActor(CITY), kind: 'user', id: user, username, staffNo: CLERK } as never;
  const before = await noted();
  const sent = attachFile(app.t, clerk, id, { name: '补充材料.pdf', content: slow() });
  await expect(sent).rejects.toMatchObject({ code: 'appeal.decided' });
  expect(await noted()).toEqual(before);
}
