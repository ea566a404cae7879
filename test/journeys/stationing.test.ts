/** What must be in the hall, compared with what is; findings of a check reach the book. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { importOptionsOf } from '../../src/app/import-routes.ts';
import { importKinds } from '../../src/app/slices.ts';
import { findKind, importFile } from '../../src/platform/imports.ts';
import { openApp } from '../support/app.ts';
import {
  APPROVAL,
  COMPANY_ITEM,
  FOOD_ITEM,
  PASSPORT_ITEM,
  POLICE,
  RENCHENG,
  recordForm,
} from '../support/hall.ts';
import { operator } from '../support/office.ts';

const app = await openApp({ now: new Date('2026-06-10T10:00:00+08:00') });
const { t } = app;
const office = await app.person('assessment_office');
const supervisor = await app.person('supervisor');
const liaison = await app.person('department_liaison', { scope: POLICE });
const county = await app.person('supervisor', { scope: '370811' });
const clerk = await app.person('clerk', { staffNo: 'G001' });

const csv = `department_code,item_code,from_date,to_date,clause,authority,chief_staff_no
${APPROVAL},${COMPANY_ITEM},2022-01-01,,济政办发〔2022〕1号第三条,granted,G002
${APPROVAL},${FOOD_ITEM},2022-01-01,,济政办发〔2022〕1号第三条,partly,G002
${POLICE},,2022-01-01,,济政办发〔2022〕1号第四条,,
${POLICE},${PASSPORT_ITEM},2022-01-01,2025-12-31,济政办发〔2022〕1号第四条,granted,
${RENCHENG},,2024-01-01,,任政办发〔2024〕2号,granted,
`;

async function load(text: string) {
  const file = { bytes: Buffer.from(text), name: 'stationing.csv' };
  return await importFile(t, findKind(importKinds, 'stationing'), file, importOptionsOf(t, operator, {}));
}
const list = async (query = '', who = office) => (await who.page.get(`/stationing${query}`)).json().items;

it('compares the list in force with windows, services, authority and chiefs', async () => {
  await load(csv);
  await app.handIn([
    recordForm({ projectNo: 'S1', serviceTime: '2026-06-01 10:00:00' }),
    recordForm({ projectNo: 'S2', serviceTime: '2026-06-01 11:00:00', windowCode: '', staffNo: '' }),
  ]);
  const lines = await list();
  const short = lines.map((line: Record<string, unknown>) => [
    line.departmentCode,
    line.itemCode,
    line.state,
    line.signs,
  ]);
  expect(short).toEqual([
    [APPROVAL, COMPANY_ITEM, 'met', ['stationing.running_outside']],
    [APPROVAL, FOOD_ITEM, 'unserved', ['stationing.authority_missing']],
    [POLICE, null, 'met', ['stationing.chief_absent']],
    [RENCHENG, null, 'met', ['stationing.chief_absent']],
  ]);
  expect(await list('?sign=stationing.chief_absent')).toHaveLength(2);
  expect(await list('?on=2023-06-01')).toHaveLength(4);
  expect(await list('', liaison)).toHaveLength(1);
  expect(await list('', county)).toHaveLength(1);
  expect((await clerk.page.get('/stationing')).statusCode).toBe(403);
  const first = (await office.page.get('/stationing?limit=3')).json();
  expect([first.items.length, first.count]).toEqual([3, 4]);
  expect(await list(`?limit=3&cursor=${encodeURIComponent(first.next)}`)).toHaveLength(1);
});

it('takes its own export back unchanged, and changes what a later file says otherwise', async () => {
  const answer = await office.page.get('/stationing?format=csv');
  expect(await load(answer.body)).toMatchObject({ rows: 4, created: 0, updated: 0, unchanged: 4 });
  const changed = answer.body.replace('partly', 'granted');
  expect(await load(changed)).toMatchObject({ created: 0, updated: 1, unchanged: 3 });
  expect(
    (await office.page.get('/stationing?format=csv&state=unserved')).body.trim().split('\n'),
  ).toHaveLength(2);
});

it.each([
  ['no such department', 'NONE,,2022-01-01,,c,,', 'stationing.unknown_department'],
  ['an item of another department', `${POLICE},${FOOD_ITEM},2022-01-01,,c,,`, 'stationing.unknown_item'],
  ['days out of order', `${POLICE},,2022-02-01,2022-01-01,c,,`, 'stationing.days'],
  ['a day that isn’t', `${POLICE},,2022-02-30,,c,,`, 'stationing.day'],
  ['another word for authority', `${POLICE},,2022-01-01,,c,yes,`, 'stationing.authority'],
  ['nobody as chief', `${POLICE},,2022-01-01,,c,,G999`, 'stationing.unknown_chief'],
])('a file with %s is refused by line', async (_, line, code) => {
  const head = csv.split('\n')[0];
  const report = await load(`${head}\n${line}\n`);
  expect([report.outcome, report.problems[0]?.code, report.problems[0]?.line]).toEqual(['refused', code, 2]);
});

it('is kept by the office alone, one at a time too', async () => {
  const form = {
    departmentCode: POLICE,
    itemCode: PASSPORT_ITEM,
    from: '2026-01-01',
    clause: '济政办发〔2026〕5号',
  };
  expect((await supervisor.page.post('/stationing', form)).statusCode).toBe(403);
  expect((await office.page.post('/stationing', form)).statusCode).toBe(204);
  expect((await office.page.post('/stationing', { ...form, authority: 'missing' })).statusCode).toBe(204);
  const [, passport] = await list(`?department=${POLICE}`);
  expect([passport.authority, passport.clause]).toEqual(['missing', '济政办发〔2026〕5号']);
  const refused = await office.page.post('/stationing', { ...form, itemCode: FOOD_ITEM });
  expect(refused.json().code).toBe('stationing.unknown_item');
});

it('covers city, counties and all townships, each with numerator and denominator', async () => {
  const { levels, counties } = (await office.page.get('/stationing/coverage')).json();
  const [city, county_, township] = levels;
  expect(city.halls).toMatchObject({ numerator: 1, denominator: 1 });
  expect(county_.halls.numerator).toBe(1);
  expect(township.halls).toMatchObject({ numerator: 0, denominator: 158 });
  expect(city.duties.denominator + county_.duties.denominator).toBe(5);
  expect(counties).toHaveLength(county_.halls.denominator);
  const sum = counties.reduce(
    (all: number, one: { townships: { denominator: number } }) => all + one.townships.denominator,
    0,
  );
  expect(sum).toBe(158);
});

it('charges a window once a second person has confirmed what a check found', async () => {
  const form = {
    id: randomUUID(),
    way: 'stationing',
    subjectKind: 'department',
    subjectCode: POLICE,
    rule: 'stationing.chief_absent',
    evidence: '首席代表未到岗',
    claimedAt: '2026-06-10 09:30',
  };
  const { id } = (await supervisor.page.post('/findings', form)).json();
  expect(id).toMatch(/^JZ-/);
  expect((await office.page.post(`/findings/${id}/decision`, { outcome: 'confirmed' })).statusCode).toBe(200);
  for (let round = 0; round < 3; round += 1) await app.settle();
  const { rows } = await t.db.owner.query('SELECT part, points_centi FROM ledger.entry WHERE fact_id = $1', [
    id,
  ]);
  expect(rows).toEqual([{ part: 'stationing', points_centi: -100 }]);
});
