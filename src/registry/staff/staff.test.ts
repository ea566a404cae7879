import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { usccCheck } from '../../kernel/codes.ts';
import { type Actor, systemActor } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import { type ImportKind, type ImportRecord, type ImportReport, runImport } from '../../platform/imports.ts';
import { departmentImport, departmentsByCode } from '../department/index.ts';
import { seedCity, seedRegions } from '../region/index.ts';
import { windowImport, windowsByCode } from '../window/index.ts';
import { staffDetailFor, staffPageFor, staffTable } from './actions.ts';
import { postingImport, staffByNo, staffExists, staffImport } from './index.ts';
import { overlaps, type Span } from './posting.ts';
import { postingPageFor } from './posting-actions.ts';

const t = await testDb();
const uscc = (serial: string) => {
  const first = `11370800MB${serial.padStart(7, '0')}`;
  return first + usccCheck(first);
};
const [POLICE, TAX] = [uscc('1'), uscc('2')];
const everyone = systemActor('370800', 'test');

async function load(kind: ImportKind<unknown>, rows: ImportRecord[], more: object = {}) {
  const report: ImportReport = await runImport(t, kind, rows, {
    by: 'test',
    audit: async () => undefined,
    ...more,
  });
  const { outcome, created, updated, unchanged } = report;
  const problems = report.problems.map(({ line, column, code }) => `${line} ${column} ${code}`);
  return { outcome, counts: [created, updated, unchanged], problems };
}

const loaded = (...counts: number[]) => ({ outcome: 'loaded', counts, problems: [] });
const refused = (...problems: string[]) => expect.objectContaining({ outcome: 'refused', problems });

const department = (code: string, name: string, region_code = '370800000000') => ({
  code,
  name,
  region_code,
  stationed: 'true',
});
const window = (code: string, department_code: string, more: object = {}) => ({
  code,
  name: `${code}号窗口`,
  department_code,
  region_code: '370800000000',
  kind: 'department',
  ...more,
});
const person = (staff_no: string, name: string, department_code: string) => ({
  staff_no,
  name,
  identity: 'stationed',
  department_code,
});
const posting = (staff_no: string, window_code: string, from_date: string, to_date = '', role = 'clerk') => ({
  staff_no,
  window_code,
  from_date,
  to_date,
  role,
});

beforeAll(async () => {
  await inTx(t.db, seedRegions);
  await inTx(t.db, (tx) => seedCity(tx, '370800'));
});

describe('departments', () => {
  test('are added, changed, and found unchanged', async () => {
    const rows = [department(POLICE, '公安局'), department(TAX, '税务局', '370882000000')];
    expect(await load(departmentImport, rows)).toEqual(loaded(2, 0, 0));
    expect(await load(departmentImport, rows)).toEqual(loaded(0, 0, 2));
    expect(await load(departmentImport, [department(POLICE, '市公安局')])).toEqual(loaded(0, 1, 0));
    const found = await departmentsByCode(t.db.app, '370800', [POLICE, TAX, uscc('9')]);
    // 370882 is the code that 兖州 had before 2013.
    expect([...found.values()].map(({ name, region_code }) => [name, region_code])).toEqual([
      ['市公安局', '370800000000'],
      ['税务局', '370812000000'],
    ]);
  });

  test('refuse a wrong check digit, another city, an unknown region, a wrong yes or no', async () => {
    const rows = [
      department('11370800004312345X', 'x'),
      department(uscc('3'), 'x', '370102000000'),
      department(uscc('4'), 'x', '370899000000'),
      { ...department(uscc('5'), 'x'), stationed: 'perhaps' },
      { ...department(uscc('6'), ''), region_code: '3708' },
    ];
    expect(await load(departmentImport, rows)).toEqual(
      refused(
        '2 code field.uscc_check_digit',
        '3 region_code region.other_city',
        '4 region_code region.unknown',
        '5 stationed field.wrong_value',
        '6 name field.required',
        '6 region_code field.region',
      ),
    );
  });

  test('one key with two contents is refused on both lines; a plain repeat is not', async () => {
    const rows = [department(uscc('7'), 'a'), department(uscc('7'), 'b'), department(POLICE, '市公安局')];
    expect(await load(departmentImport, rows)).toEqual(
      refused('2 null import.duplicate_key', '3 null import.duplicate_key'),
    );
    expect(await load(departmentImport, [...rows.slice(2), ...rows.slice(2)])).toEqual(loaded(0, 0, 2));
  });

  test('all or nothing: one bad row keeps the good ones out, unless the import is partial', async () => {
    const rows = [department(uscc('10'), 'good'), department(uscc('11'), 'bad', '370899000000')];
    const standing = async () => (await departmentsByCode(t.db.app, '370800', [uscc('10')])).size;
    await load(departmentImport, rows);
    expect(await standing()).toBe(0);
    expect(await load(departmentImport, rows, { dryRun: true, partial: true })).toMatchObject({
      outcome: 'tried',
    });
    expect(await standing()).toBe(0);
    const partial = await load(departmentImport, rows, { partial: true });
    expect(partial).toMatchObject({ outcome: 'loaded', counts: [1, 0, 0] });
    expect(await standing()).toBe(1);
  });

  test('whoever has a part of the data imports that part, and takes nothing out of another', async () => {
    const scope = { regionPrefix: '370811' };
    const rows = [department(uscc('12'), 'here', '370811000000'), department(TAX, '税务局', '370811000000')];
    expect(await load(departmentImport, rows, { scope })).toEqual(refused('3 null import.out_of_scope'));
  });
});

describe('windows', () => {
  test('need a known department; hours are brought into one form', async () => {
    const rows = [
      window('A01', POLICE, { hours: '9:00-12:00、13:30-17:00', floor: '1楼' }),
      window('A02', TAX),
    ];
    expect(await load(windowImport, rows)).toEqual(loaded(2, 0, 0));
    expect(await load(windowImport, rows)).toEqual(loaded(0, 0, 2));
    const found = await windowsByCode(t.db.app, '370800', ['A01']);
    expect(found.get('A01')?.hours).toBe('09:00-12:00,13:30-17:00');
    const bad = [
      window('B1', uscc('9')),
      window('B2', POLICE, { kind: 'bar' }),
      window('B3', POLICE, { hours: '17:00-09:00' }),
      window('B 4', POLICE, { region_code: '370102000000' }),
      window('B5', POLICE, { region_code: '370102000000' }),
    ];
    expect(await load(windowImport, bad)).toEqual(
      refused(
        '2 department_code department.unknown',
        '3 kind field.wrong_value',
        '4 hours window.hours',
        '5 code field.wrong_format',
        '6 region_code region.other_city',
      ),
    );
  });
});

describe('staff and postings', () => {
  beforeAll(async () => {
    const rows = [person('S1', '张三', POLICE), person('S2', '李四', TAX), person('S3', '王五', POLICE)];
    expect(await load(staffImport, rows)).toEqual(loaded(3, 0, 0));
    expect(await load(staffImport, rows)).toEqual(loaded(0, 0, 3));
  });

  test('staff need a known department and one of three identities', async () => {
    const bad = [person('S8', '某', uscc('9')), { ...person('S9', '某', POLICE), identity: 'robot' }];
    expect(await load(staffImport, bad)).toEqual(
      refused('2 department_code department.unknown', '3 identity field.wrong_value'),
    );
    expect(await staffExists(t.db.app, '370800', 'S1')).toBe(true);
    expect(await staffExists(t.db.app, '370800', 'S8')).toBe(false);
    expect((await staffByNo(t.db.app, '370800', ['S2'])).get('S2')?.region_code).toBe('370812000000');
  });

  test('postings need known people and windows and real days that run forward', async () => {
    const bad = [
      posting('S7', 'A01', '2026-01-01'),
      posting('S1', 'Z99', '2026-01-01'),
      posting('S1', 'A01', '2026-02-30'),
      posting('S1', 'A01', '2026-02-02', '2026-02-01'),
      posting('S1', 'A01', '2026-02-02', '', 'guest'),
    ];
    expect(await load(postingImport, bad)).toEqual(
      refused(
        '2 staff_no staff.unknown',
        '3 window_code window.unknown',
        '4 from_date posting.day',
        '5 to_date posting.days_reversed',
        '6 role field.wrong_value',
      ),
    );
  });

  test('a posting is ended by its own key; two of one person, window and role do not overlap', async () => {
    expect(await load(postingImport, [posting('S1', 'A01', '2026-01-01')])).toEqual(loaded(1, 0, 0));
    const next = posting('S1', 'A01', '2026-03-01');
    expect(await load(postingImport, [next])).toEqual(refused('2 from_date posting.overlap'));
    const ended = [posting('S1', 'A01', '2026-01-01', '2026-02-28'), next, posting('S1', 'A02', '2026/3/1')];
    expect(await load(postingImport, ended)).toEqual(loaded(2, 1, 0));
    expect(await load(postingImport, ended)).toEqual(loaded(0, 0, 3));
    const twice = [
      posting('S3', 'A01', '2026-01-01', '2026-02-01'),
      posting('S3', 'A01', '2026-02-01', '2026-02-03'),
    ];
    expect(await load(postingImport, twice)).toEqual(
      refused('2 from_date posting.overlap', '3 from_date posting.overlap'),
    );
  });

  test('lists show who stands where today, within the reach of who asks', async () => {
    const query = { limit: 2, format: 'json' as const };
    const first = await staffPageFor(t, everyone, query);
    expect(first.items.map(({ staffNo, windows }) => [staffNo, windows.map(({ code }) => code)])).toEqual([
      ['S1', ['A01', 'A02']],
      ['S2', []],
    ]);
    const second = await staffPageFor(t, everyone, { ...query, cursor: first.next ?? '' });
    expect(second.items.map(({ staffNo }) => staffNo)).toEqual(['S3']);
    expect(second.next).toBeNull();
    const inReach = async (scope: Partial<Actor['scope']>) => {
      const actor = { ...everyone, scope: { cityCode: '370800', ...scope } };
      return (await staffPageFor(t, actor, { ...query, limit: 10 })).items.map(({ staffNo }) => staffNo);
    };
    expect(await inReach({ departmentCode: TAX })).toEqual(['S1', 'S2']);
    expect(await inReach({ regionPrefix: '370812' })).toEqual(['S2']);
    expect(await inReach({ cityCode: '370100' })).toEqual([]);
    const found = await staffPageFor(t, everyone, { ...query, q: '王' });
    expect(found.items.map(({ staffNo }) => staffNo)).toEqual(['S3']);
    const postings = await postingPageFor(t, everyone, { ...query, window: 'A01' });
    expect(postings.items.map(({ fromDate, toDate }) => [fromDate, toDate])).toEqual([
      ['2026-01-01', '2026-02-28'],
      ['2026-03-01', null],
    ]);
  });

  test('a person is shown with all postings, the latest first; one out of reach does not exist', async () => {
    const detail = await staffDetailFor(t, everyone, 'S1');
    expect(detail.postings.map(({ fromDate }) => fromDate).sort()).toEqual([
      '2026-01-01',
      '2026-03-01',
      '2026-03-01',
    ]);
    const elsewhere = { ...everyone, scope: { cityCode: '370800', regionPrefix: '370812' } };
    await expect(staffDetailFor(t, elsewhere, 'S1')).rejects.toMatchObject({ code: 'staff.not_found' });
  });

  test('an export needs the right to it, and can be imported again', async () => {
    const query = { limit: 50, format: 'csv' as const };
    const table = await staffTable(t, everyone, query);
    const rows = table.rows.map((row) =>
      Object.fromEntries(table.columns.map((name, at) => [name, String(row[at])])),
    );
    expect(await load(staffImport, rows)).toEqual(loaded(0, 0, 3));
    const reader = { ...everyone, permissions: new Set(['registry.read'] as const) };
    await expect(staffTable(t, reader, query)).rejects.toMatchObject({ code: 'access.permission_denied' });
  });
});

test('overlaps are found for every pair, however they lie', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-01-${String(n).padStart(2, '0')}`);
  const span = fc
    .record({ from_date: day, to: fc.option(day), mine: fc.boolean() })
    .map(({ from_date, to, mine }) => {
      const to_date = to !== null && to < from_date ? from_date : to;
      const one: Span = { staff_no: 's', window_code: 'w', role: 'clerk', from_date, to_date };
      return { one, mine };
    });
  fc.assert(
    fc.property(fc.array(span, { maxLength: 6 }), (spans) => {
      const given = spans.filter(({ mine }) => mine).map(({ one }) => one);
      const others = spans.filter(({ mine }) => !mine).map(({ one }) => one);
      const meet = (one: Span, other: Span) =>
        one.from_date <= (other.to_date ?? '9') && other.from_date <= (one.to_date ?? '9');
      // What stands already doesn't overlap itself in the register.
      fc.pre(others.every((one) => others.every((other) => one === other || !meet(one, other))));
      const all = [...given, ...others];
      const expected = given.filter((one) => all.some((other) => one !== other && meet(one, other)));
      expect(new Set(overlaps(given, others).keys())).toEqual(new Set(expected));
    }),
  );
});
