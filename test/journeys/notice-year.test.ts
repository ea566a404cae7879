/** A sealed month as official notices and as a year: who may see which, and what stands in them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { closeMonth, publishMonth, sealMonth } from '../../src/close/month/index.ts';
import type { Derivation } from '../../src/close/statement/index.ts';
import { sealNow } from '../../src/feedback/seal/index.ts';
import { month } from '../../src/kernel/month.ts';
import { unzip } from '../../src/platform/files-zip.ts';
import { openApp, type Person } from '../support/app.ts';
import { APPROVAL, CLERK, POLICE } from '../support/hall.ts';
import { operator } from '../support/office.ts';
import * as example from '../support/worked-example.ts';

const app = await openApp();
const MAY = month('2026-05');
const WAIVED = '示例理由：本月集中换岗';
const people: Record<'office' | 'clerk' | 'other' | 'liaison' | 'leader' | 'auditor', Person> = {} as never;

beforeAll(async () => {
  await example.liveThroughMay(app);
  await app.load('ratings', example.verdicts);
  await app.load('findings', example.findings);
  await app.load('merits', example.merits);
  app.t.clock.set(example.CLOSED_AT);
  people.office = await app.person('assessment_office');
  people.clerk = await app.person('clerk', { staffNo: CLERK });
  people.other = await app.person('clerk', { staffNo: 'G003' });
  people.liaison = await app.person('department_liaison', { scope: POLICE });
  people.leader = await app.person('leader');
  people.auditor = await app.person('auditor');
  await closeMonth(app.t, operator, MAY);
}, 120_000);

const get = (who: Person, path: string) => who.page.get(path);
const textOf = (html: string) => html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]+>/g, ' ');

describe('the running month by HTTP', () => {
  test('is open to its subject and to the office, within their scope', async () => {
    const own = await get(people.clerk, `/months/2026-05/live/${CLERK}`);
    expect(own.statusCode).toBe(200);
    const made = own.json<Derivation>();
    expect(made.total).toBe('94.71');
    const rating = made.lines.find(({ fact }) => fact?.kind === 'rating');
    expect(rating?.fact).toMatchObject({ id: null, project_no: null, recorded_by: null });
    expect((await get(people.office, `/months/2026-05/live/${CLERK}`)).statusCode).toBe(200);
    expect((await get(people.other, `/months/2026-05/live/${CLERK}`)).statusCode).toBe(403);
    expect((await get(people.liaison, `/months/2026-05/live/${CLERK}`)).statusCode).toBe(404);
    expect((await get(people.auditor, `/months/2026-05/live/${CLERK}`)).statusCode).toBe(403);
    expect((await get(people.clerk, `/months/2026-07/live/${CLERK}`)).statusCode).toBe(422);
  });
});

describe('a notice', () => {
  const path = (code = CLERK) => `/scores/2026-05/staff/${code}/notice`;

  test('says that it is provisional before the month is sealed', async () => {
    const page = await get(people.clerk, path());
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).not.toContain('<script');
    const text = textOf(page.body);
    for (const part of ['2026年5月平时考核结果通知书', '（暂定结果）', '94.71', '较好', '尚未公示']) {
      expect(text).toContain(part);
    }
    expect(textOf((await get(people.clerk, `${path()}?lang=en`)).body)).toContain('(provisional result)');
  });

  test('is handed to its subject and the office only', async () => {
    expect((await get(people.office, path())).statusCode).toBe(200);
    expect((await get(people.other, path())).statusCode).toBe(403);
    expect((await get(people.liaison, path())).statusCode).toBe(404);
    expect((await get(people.auditor, path())).statusCode).toBe(403);
    expect((await get(people.clerk, '/scores/2026-06/staff/G001/notice')).statusCode).toBe(409);
    expect((await get(people.clerk, `/scores/2026-05/notices?department=${APPROVAL}`)).statusCode).toBe(403);
    const foreign = await get(people.liaison, `/scores/2026-05/notices?department=${APPROVAL}`);
    expect(foreign.statusCode).toBe(404);
  });

  test('carries scheme, waiver and the time for appeals once sealed', async () => {
    await publishMonth(app.t, operator, MAY);
    await sealMonth(app.t, operator, MAY, { waiveNotice: WAIVED });
    const answer = await get(people.clerk, `${path()}?format=docx`);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="notice-2026-05.docx"');
    const xml = documentOf(answer.rawPayload);
    const { scheme_hash: hash } = (
      await get(people.clerk, `/scores/2026-05/staff/${CLERK}`)
    ).json<Derivation>();
    const parts = [
      '（正式结果）',
      WAIVED,
      '提前结束公示',
      hash,
      '政务服务大厅',
      '2026年6月1日',
      '94.71',
      '申诉',
    ];
    for (const part of parts) expect(xml).toContain(part);
    expect(xml).toContain('方正小标宋简体');
    expect(xml).toContain('w:w="11906" w:h="16838"');
    // Neither the case nor the people behind a bad rating of one's own.
    for (const secret of [example.ABOUT_PERSON, '周督查', '吴主任', '问一句答一句']) {
      expect(xml).not.toContain(secret);
    }
    expect(textOf((await get(people.clerk, path())).body)).toContain(WAIVED);
  });

  test('carries the last seal of the ratings at its foot', async () => {
    expect((await get(people.clerk, path())).body).not.toContain('评价封缄');
    const { number, root, hash } = await sealNow(app.t, operator);
    const page = textOf((await get(people.clerk, path())).body);
    for (const part of [`评价封缄：第${number}号`, root, hash, '/public/seals?city=370800']) {
      expect(page).toContain(part);
    }
    const answer = await get(people.clerk, `${path()}?format=docx&lang=en`);
    const feet = [...unzip(answer.rawPayload, (name) => /^word\/footer\d*\.xml$/.test(name)).values()];
    expect(feet.length).toBeGreaterThan(0);
    for (const foot of feet) expect(foot.toString('utf8')).toContain(hash);
  });

  test('of all staff of a department come in one document, each on its own pages', async () => {
    const answer = await get(people.office, `/scores/2026-05/notices?department=${APPROVAL}&format=docx`);
    const xml = documentOf(answer.rawPayload);
    const titles = xml.match(/2026年5月平时考核结果通知书/g) ?? [];
    expect(titles.length).toBeGreaterThan(1);
    expect(xml.match(/<w:sectPr/g)?.length).toBe(titles.length);
    const { rows } = await app.t.db.owner.query(
      `SELECT detail FROM oversight.audit WHERE action = 'export.notices' AND detail ? 'department'`,
    );
    expect(rows[0]?.detail).toEqual({ department: APPROVAL, notices: titles.length });
  });
});

describe('the distribution', () => {
  test('says nothing about a group that is too small', async () => {
    const made = (await get(people.clerk, `/months/2026-05/spread/${CLERK}`)).json();
    expect(made).toMatchObject({ people: null, mean: null, bars: [], smallest_group: 10, total: '94.71' });
    expect((await get(people.other, `/months/2026-05/spread/${CLERK}`)).statusCode).toBe(403);
    expect((await get(people.liaison, `/months/2026-05/spread/${CLERK}`)).statusCode).toBe(404);
  });
});

describe('a year', () => {
  test('counts what is sealed, and bounds what is seen', async () => {
    const page = (await get(people.office, '/years/2026')).json();
    expect(page).toMatchObject({ year: 2026, final: false, years: [2026] });
    const row = page.items.find(({ subject_code: code }: { subject_code: string }) => code === CLERK);
    expect(row).toMatchObject({ counted: 1, mean: '94.71', excellent: false, reason: 'few_months' });
    expect(row.months).toEqual([
      { month: '2026-05', total: '94.71', grade: '较好', veto: false, corrected: false, state: 'sealed' },
    ]);
    const seen = (await get(people.liaison, '/years/2026')).json();
    expect(seen.items.map(({ subject_code: code }: { subject_code: string }) => code)).toEqual(['G003']);
    expect((await get(people.clerk, '/years/2026')).statusCode).toBe(403);
    expect((await get(people.clerk, `/years/2026/staff/${CLERK}`)).json()).toMatchObject({ row });
    expect((await get(people.other, `/years/2026/staff/${CLERK}`)).statusCode).toBe(403);
    expect((await get(people.liaison, `/years/2026/staff/${CLERK}`)).statusCode).toBe(404);
  });

  test('leaves months that are not sealed out', async () => {
    await closeMonth(app.t, operator, month('2026-06'));
    const { row } = (await get(people.clerk, `/years/2026/staff/${CLERK}`)).json();
    expect(row.counted).toBe(1);
    expect(row.months.map(({ state }: { state: string }) => state)).toEqual(['sealed', 'provisional']);
  });

  test('pages, sorts, filters and exports', async () => {
    const first = (await get(people.office, '/years/2026?sort=code&order=asc&limit=2')).json();
    const second = (
      await get(people.office, `/years/2026?sort=code&order=asc&limit=2&cursor=${first.next}`)
    ).json();
    const codes = [...first.items, ...second.items].map(
      ({ subject_code: code }: { subject_code: string }) => code,
    );
    expect(codes).toEqual([...codes].sort());
    expect(new Set(codes).size).toBe(codes.length);
    const found = (await get(people.office, `/years/2026?q=${CLERK}`)).json();
    expect(found.count).toBe(1);
    const csv = await get(people.office, '/years/2026?format=csv');
    expect(csv.headers['content-disposition']).toContain('year-2026-staff.csv');
    expect(csv.body).toContain(`staff,${CLERK}`);
    expect((await get(people.leader, '/years/2026?format=xlsx')).statusCode).toBe(200);
    for (const year of ['20x6', '2027', '1999']) {
      expect((await get(people.office, `/years/${year}`)).statusCode).toBe(422);
    }
  });
});

/** The main part of a docx, which is a zip of XML. */
function documentOf(bytes: Buffer): string {
  const main = 'word/document.xml';
  const entry = unzip(bytes, (name) => name === main).get(main);
  if (entry === undefined) throw new Error('not a docx');
  return entry.toString('utf8');
}
