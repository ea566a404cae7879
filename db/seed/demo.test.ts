import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isResidentId, parseItemCode, usccFault } from '../../src/kernel/codes.ts';
import { day } from '../../src/kernel/day.ts';
import { demoContent, type Row, table } from './content.ts';
import { type DemoHall, demoHall } from './demo.ts';
import type { SeedRegion } from './hall.ts';

const regions = table(readFileSync(new URL('regions.csv', import.meta.url), 'utf8')).map(
  ({ code = '', name = '', level = '', parent_code = '' }): SeedRegion => ({
    code,
    name,
    level,
    parent_code,
  }),
);
const options = {
  seed: 20220101,
  today: day('2026-11-22'),
  now: '10:20:00',
  cityCode: '370800',
  regions,
};
const hall = demoHall(options);

const column = (rows: readonly Row[], name: string): string[] => rows.map((row) => row[name] ?? '');
const stepKey = (row: Row): string => `${row.projectNo}/${row.serviceNumber}`;
const steps = new Map(hall.serviceRecords.map((row) => [stepKey(row), row]));
const cityRows = (rows: readonly Row[]): Row[] => rows.filter((row) => row.region_code === '370800000000');

function share(part: number, whole: number): number {
  return part / whole;
}

function expectReferences(rows: readonly Row[], name: string, known: readonly string[]): void {
  const all = new Set(known);
  expect(column(rows, name).filter((code) => code !== '' && !all.has(code))).toEqual([]);
}

function expectUnique(keys: readonly string[]): void {
  expect(new Set(keys).size).toBe(keys.length);
}

describe('regions', () => {
  test('are the 2,021 of Shandong, each below a known one', () => {
    expect(regions).toHaveLength(2021);
    expectUnique(regions.map(({ code }) => code));
    const known = new Set(regions.map(({ code }) => code));
    expect(regions.filter((region) => region.parent_code !== '' && !known.has(region.parent_code))).toEqual(
      [],
    );
  });

  test('aliases lead from a prefix that is gone to a present county', () => {
    const aliases = table(readFileSync(new URL('region-aliases.csv', import.meta.url), 'utf8'));
    const codes = new Set(regions.map(({ code }) => code));
    expect(aliases.filter((row) => !codes.has(`${row.new_prefix}000000`))).toEqual([]);
    expect(aliases.filter((row) => codes.has(`${row.old_prefix}000000`))).toEqual([]);
    expect(aliases.find((row) => row.old_prefix === '370882')?.new_prefix).toBe('370812');
  });
});

describe('the hall', () => {
  test('has 64 departments, 120 windows, 1,600 items and 400 people in the city hall', () => {
    expect(cityRows(hall.departments)).toHaveLength(64);
    expect(cityRows(hall.windows)).toHaveLength(120);
    const city = new Set(column(cityRows(hall.departments), 'code'));
    expect(hall.items.filter((row) => city.has(row.department_code ?? '')).length).toBeGreaterThan(1600);
    expect(hall.staff.filter((row) => city.has(row.department_code ?? ''))).toHaveLength(400);
    expect(new Set(column(hall.staff, 'identity')).size).toBe(3);
    expect(new Set(column(hall.windows, 'kind'))).toEqual(
      new Set(['general', 'issue', 'department', 'stuck_matter']),
    );
  });

  test('gives each department of the city at least 25 differently named items', () => {
    const names = Map.groupBy(hall.items, (row) => row.department_code ?? '');
    for (const { code = '', name } of cityRows(hall.departments)) {
      const own = column(names.get(code) ?? [], 'name');
      expectUnique(own);
      expect(own.length, name).toBeGreaterThanOrEqual(25);
    }
  });

  test('reaches all 158 townships and 12 counties', () => {
    const below = regions.filter((region) => region.code.startsWith('3708'));
    const served = new Set(column(hall.windows, 'region_code'));
    expect(below.filter((region) => region.level === 'township')).toHaveLength(158);
    expect(below.filter((region) => region.level === 'county')).toHaveLength(12);
    expect(below.filter((region) => !served.has(region.code))).toEqual([]);
  });

  test('has well-formed codes that nobody holds', () => {
    expectUnique(column(hall.departments, 'code'));
    for (const code of column(hall.departments, 'code')) {
      expect(usccFault(code)).toBeUndefined();
      expect(code.slice(8, 10)).toBe('XN');
    }
    expectUnique(column(hall.items, 'code'));
    const wrong = hall.items.filter((row) => {
      const parts = parseItemCode(row.code ?? '');
      if (parts.kind === 'bad' || !parts.ratable) return true;
      return parts.owner !== row.department_code || parts.type !== row.type;
    });
    expect(wrong).toEqual([]);
    expect(hall.items.some((row) => row.code?.length === 33)).toBe(true);
    expect([...new Set(column(hall.items, 'type'))].sort().join()).toBe('01,05,07,08,09,10,20,99');
  });

  test('promises days where it promises and none where it settles at once', () => {
    const wrong = hall.items.filter((row) => (row.promise === 'promised') !== Number(row.promised_days) > 0);
    expect(wrong).toEqual([]);
  });

  test('refers only to what it has', () => {
    const departments = column(hall.departments, 'code');
    const windows = column(hall.windows, 'code');
    const staff = column(hall.staff, 'staff_no');
    expectUnique(windows);
    expectUnique(staff);
    expectReferences(
      hall.departments,
      'region_code',
      regions.map(({ code }) => code),
    );
    for (const rows of [hall.windows, hall.staff, hall.items]) {
      expectReferences(rows, 'department_code', departments);
    }
    expectReferences(hall.postings, 'window_code', windows);
    expectReferences(hall.postings, 'staff_no', staff);
    expectReferences(hall.serviceRecords, 'windowCode', windows);
    expectReferences(hall.serviceRecords, 'staffNo', staff);
    expectReferences(hall.serviceRecords, 'deptCode', departments);
    expectReferences(hall.serviceRecords, 'taskCode', column(hall.items, 'code'));
    expectReferences(hall.merits, 'staff_no', staff);
    for (const rows of [hall.findings, hall.complaints]) {
      expectReferences(rows, 'subject_code', [...departments, ...windows, ...staff]);
      expectReferences(rows, 'projectNo', column(hall.serviceRecords, 'projectNo'));
    }
  });

  test('posts people one window at a time, some of them moved in mid-month', () => {
    for (const own of Map.groupBy(hall.postings, (row) => row.staff_no ?? '').values()) {
      const [first, second] = own;
      if (second === undefined) continue;
      expect((first?.to_date ?? '') < (second.from_date ?? '')).toBe(true);
      expect((first?.from_date ?? '') <= (first?.to_date ?? '')).toBe(true);
    }
    const moved = hall.postings.filter((row) => row.to_date?.startsWith('2026-10-1'));
    expect(moved.length).toBeGreaterThan(10);
    expect(new Set(column(hall.postings, 'role')).size).toBe(3);
  });
});

describe('service records', () => {
  const finished = hall.serviceRecords.filter((row) => row.serviceTime?.startsWith('2026-10'));

  test('are about 9,000 in the finished month, keyed once', () => {
    expect(finished.length).toBeGreaterThan(8000);
    expect(finished.length).toBeLessThan(10_500);
    expectUnique(hall.serviceRecords.map(stepKey));
  });

  test('happen in opening hours where the clerk is posted that day, never later than now', () => {
    const postings = Map.groupBy(hall.postings, (row) => row.staff_no ?? '');
    const fits = ({ serviceTime = '', windowCode = '', staffNo = '' }: Row): boolean => {
      if (serviceTime > '2026-11-22 10:20:00' || serviceTime < '2026-10-01') return false;
      const clock = serviceTime.slice(11);
      if (windowCode === '') return true;
      if (clock < '09:00:00' || clock >= '17:00:00') return false;
      const on = serviceTime.slice(0, 10);
      const there = ({ window_code, from_date = '', to_date = '' }: Row): boolean =>
        window_code === windowCode && from_date <= on && (to_date === '' || on <= to_date);
      return staffNo === '' || (postings.get(staffNo)?.some(there) ?? false);
    };
    expect(hall.serviceRecords.filter((row) => !fits(row))).toEqual([]);
  });

  test('order the steps of a case and its dates', () => {
    const sorted = (list: readonly string[]): boolean => list.join() === list.toSorted().join();
    const cases = [...Map.groupBy(hall.serviceRecords, (row) => row.projectNo ?? '').values()];
    expect(cases.filter((own) => !sorted(column(own, 'serviceNumber')))).toEqual([]);
    expect(cases.filter((own) => !sorted(column(own, 'serviceTime')))).toEqual([]);
    const wrong = hall.serviceRecords.filter(({ acceptDate = '', resultDate = '', serviceTime = '' }) => {
      if (acceptDate > serviceTime || resultDate > serviceTime) return true;
      return resultDate !== '' && acceptDate > resultDate;
    });
    expect(wrong).toEqual([]);
  });

  test('carry personal fields that belong to nobody', () => {
    const phones = column(hall.serviceRecords, 'mobile').filter((phone) => phone !== '');
    expect(phones.filter((phone) => !/^15400\d{6}$/.test(phone))).toEqual([]);
    expect(share(phones.length, hall.serviceRecords.length)).toBeLessThan(0.95);
    const ids = column(hall.serviceRecords, 'certKey').filter((id) => id !== '');
    expect(ids.filter((id) => !isResidentId(id) || !id.startsWith('370899'))).toEqual([]);
    expect(hall.serviceRecords.every((row) => row.certKey === '' || row.userPageType === '111')).toBe(true);
  });

  test('have no window when they come from the web', () => {
    const online = hall.serviceRecords.filter((row) => row.proChannel === '1');
    expect(online.length).toBeGreaterThan(1000);
    expect(online.filter((row) => row.windowCode !== '')).toEqual([]);
  });
});

describe('ratings', () => {
  const isBad = (row: Row): boolean => Number(row.satisfaction) <= 2;
  const month = (row: Row): string => steps.get(stepKey(row))?.serviceTime?.slice(0, 7) ?? '';

  test('belong to a record, once, within its seven days, never later than now', () => {
    expectUnique(hall.ratings.map(stepKey));
    const wrong = hall.ratings.filter((row) => {
      const served = steps.get(stepKey(row))?.serviceTime ?? '9';
      const { assessTime = '' } = row;
      if (assessTime <= served || assessTime > '2026-11-22 10:20:00') return true;
      return Date.parse(assessTime.slice(0, 10)) - Date.parse(served.slice(0, 10)) > 6048e5;
    });
    expect(wrong).toEqual([]);
  });

  test('are believable: 35 % rated, 98.5 % of them good', () => {
    expect(share(hall.ratings.length, hall.serviceRecords.length)).toBeGreaterThan(0.33);
    expect(share(hall.ratings.length, hall.serviceRecords.length)).toBeLessThan(0.37);
    const good = share(hall.ratings.filter((row) => !isBad(row)).length, hall.ratings.length);
    expect(good).toBeGreaterThan(0.98);
    expect(good).toBeLessThan(0.99);
  });

  test('choose only tags of their level that exist, and say something when bad', () => {
    const tags = new Set(demoContent().tags.map(({ tag }) => tag));
    expect(tags.size).toBe(40);
    const wrong = hall.ratings.filter((row) => {
      const { evalDetail = '', satisfaction = '', writingEvaluation = '', pf = '' } = row;
      const chosen = evalDetail.split(',').filter(Boolean);
      if (!chosen.every((tag) => tags.has(tag) && tag.startsWith(satisfaction))) return true;
      if (isBad(row) && chosen.length === 0 && writingEvaluation === '') return true;
      return writingEvaluation.length > (pf === '4' ? 150 : 500) || !/^[1-6]$/.test(pf);
    });
    expect(wrong).toEqual([]);
  });

  test('are decided by two people once the finished month’s bad ones are due', () => {
    const bad = hall.ratings.filter(isBad);
    const finished = bad.filter((row) => month(row) === '2026-10');
    expect(finished.filter((row) => row.verdict === '')).toEqual([]);
    const upheld = finished.filter((row) => row.verdict === 'upheld');
    expect(share(upheld.length, finished.length)).toBeGreaterThan(0.6);
    expect(bad.some((row) => row.verdict === '')).toBe(true);
    expect(hall.ratings.filter((row) => !isBad(row) && row.verdict !== '')).toEqual([]);
    for (const row of bad.filter((one) => one.verdict !== '')) {
      expect(row.verified_by).not.toBe('');
      expect(row.approved_by).not.toBe('');
      expectUnique([row.verified_by ?? '', row.approved_by ?? '', steps.get(stepKey(row))?.staffNo ?? '']);
    }
  });
});

describe('conduct', () => {
  test('is recorded, confirmed and charged to three different people', () => {
    for (const row of hall.findings) {
      expectUnique([row.recorded_by ?? '', row.confirmed_by ?? '', row.subject_code ?? '']);
      expect(row.evidence).not.toBe('');
    }
    for (const row of hall.merits) expect(row.confirmed_by).not.toBe(row.staff_no);
    const faults = hall.complaints.filter((row) => row.outcome === 'at_fault');
    expect(faults.filter((row) => row.confirmed_by === '')).toEqual([]);
    for (const rows of [hall.findings, hall.merits, hall.complaints]) expect(rows.length).toBeGreaterThan(20);
  });

  test('leaves no placeholder and nothing empty in what people read, and is never of tomorrow', () => {
    const texts = [
      ...column(hall.findings, 'evidence'),
      ...column(hall.merits, 'evidence'),
      ...column(hall.complaints, 'text'),
    ];
    expect(texts.filter((text) => text === '' || /[{}]|“”|undefined|NaN/.test(text))).toEqual([]);
    const days = [...column(hall.findings, 'occurred_on'), ...column(hall.merits, 'occurred_on')];
    expect(days.filter((on) => on >= '2026-11-22')).toEqual([]);
    expect(column(hall.complaints, 'received_at').filter((at) => at > '2026-11-22 10:20:00')).toEqual([]);
  });

  test('fills the showcase clerk’s file', () => {
    const clerk = hall.accounts.find((account) => account.role === 'clerk')?.staffNo ?? '';
    const own = hall.ratings.filter((row) => steps.get(stepKey(row))?.staffNo === clerk);
    expect(own.filter((row) => row.evalDetail === '214' && row.verdict === 'upheld')).toHaveLength(1);
    expect(own.length).toBeGreaterThan(10);
    expect(
      hall.findings.filter((row) => row.subject_code === clerk && row.rule === 'daily.late'),
    ).toHaveLength(1);
    expect(hall.merits.filter((row) => row.staff_no === clerk).length).toBeGreaterThanOrEqual(3);
    expect(hall.staff.find((row) => row.staff_no === clerk)?.identity).toBe('purchased');
  });
});

describe('the generator', () => {
  const digest = (made: DemoHall): string => JSON.stringify(made);

  test('repeats itself for a seed and not for another', () => {
    expect(digest(demoHall(options))).toBe(digest(hall));
    expect(digest(demoHall({ ...options, seed: 7 }))).not.toBe(digest(hall));
  });

  test('stays in bounds on any day of a month, for another seed', () => {
    for (const today of ['2026-03-01', '2026-10-02', '2027-01-31']) {
      const made = demoHall({ ...options, seed: 5, today: day(today), now: undefined });
      expect(column(made.serviceRecords, 'serviceTime').filter((time) => time >= today)).toEqual([]);
      expect(column(made.ratings, 'assessTime').filter((time) => time >= today)).toEqual([]);
      expect(made.serviceRecords.length).toBeGreaterThan(7000);
    }
  });

  test('names one account for each role, two for the assessment office', () => {
    const roles = hall.accounts.map(({ role }) => role);
    expect(new Set(roles).size).toBe(10);
    expect(roles.filter((role) => role === 'assessment_office')).toHaveLength(2);
    expect(hall.accounts.filter(({ username }) => !/^[a-z0-9_.]+$/.test(username))).toEqual([]);
  });
});
