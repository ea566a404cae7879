import { expect } from 'vitest';
import { importKinds } from '../../src/app/slices.ts';
import { assert } from '../../src/kernel/assert.ts';
import { cityCode } from '../../src/kernel/ids.ts';
import { installScheme } from '../../src/ledger/scheme/index.ts';
import { inTx } from '../../src/platform/db.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { findKind, type ImportRecord, type ImportReport, runImport } from '../../src/platform/imports.ts';
import { seedCalendar } from '../../src/registry/calendar/index.ts';
import { seedCity, seedRegions } from '../../src/registry/region/index.ts';

export const CITY = '370800';
export const DEPARTMENT = '11370800MB28559184';
export const OTHER_DEPARTMENT = '11370800MB2855926Y';
export const ITEM = `${DEPARTMENT}4370100001000`;

/** Imports rows of a kind as a file would; the report is the importer's own. */
export async function load(deps: Deps, kind: string, rows: readonly ImportRecord[]): Promise<ImportReport> {
  return await runImport(deps, findKind(importKinds, kind), rows, {
    by: 'tester',
    audit: async () => undefined,
  });
}

/** The same, where nothing may be wrong. */
export async function loadAll(
  deps: Deps,
  kind: string,
  rows: readonly ImportRecord[],
): Promise<ImportReport> {
  const report = await load(deps, kind, rows);
  expect({ kind, outcome: report.outcome, problems: report.problems }).toEqual({
    kind,
    outcome: 'loaded',
    problems: [],
  });
  return report;
}

/** A city with regions, the example scheme, two departments, two windows and three people. */
export async function openHall(deps: Deps): Promise<void> {
  await inTx(deps.db, async (tx) => {
    await seedRegions(tx);
    await seedCalendar(tx);
    await seedCity(tx, CITY);
  });
  await installScheme(deps, cityCode(CITY));
  const region_code = '370800000000';
  await loadAll(deps, 'departments', [
    { code: DEPARTMENT, name: '市行政审批服务局', region_code, stationed: 'true' },
    { code: OTHER_DEPARTMENT, name: '市医疗保障局', region_code, stationed: 'true' },
  ]);
  await loadAll(
    deps,
    'windows',
    ['W1', 'W2'].map((code) => ({
      code,
      name: `${code} 窗口`,
      department_code: DEPARTMENT,
      region_code,
      kind: 'general',
    })),
  );
  await loadAll(deps, 'staff', [
    { staff_no: 'S1', name: '王芳', identity: 'purchased', department_code: DEPARTMENT },
    { staff_no: 'S2', name: '李强', identity: 'stationed', department_code: DEPARTMENT },
    { staff_no: 'S3', name: '赵敏', identity: 'civil_servant', department_code: OTHER_DEPARTMENT },
  ]);
  const posting = { from_date: '2026-01-01', role: 'clerk' };
  await loadAll(deps, 'postings', [
    { staff_no: 'S1', window_code: 'W1', ...posting },
    { staff_no: 'S2', window_code: 'W2', ...posting, role: 'chief_representative' },
  ]);
}

export interface RatingOf {
  readonly satisfaction: number;
  readonly tags?: string;
  readonly verdict?: string;
  readonly attribution?: string;
  readonly project?: string;
}

export interface Served {
  readonly staff: string;
  readonly window: string;
  readonly day: string;
  readonly count: number;
  readonly prefix: string;
  readonly ratings: readonly RatingOf[];
}

/** Finished services of a clerk on a day, the first of them rated. */
export async function serve(deps: Deps, served: Served): Promise<void> {
  const { staff, window, day, count, prefix, ratings } = served;
  const projectOf = (at: number) => ratings[at]?.project ?? `${prefix}-${String(at + 1).padStart(4, '0')}`;
  const records = Array.from({ length: count }, (_, at) => ({
    projectNo: projectOf(at),
    serviceNumber: '1',
    serviceName: '办结',
    areaCode: '370800000000',
    deptCode: DEPARTMENT,
    taskCode: ITEM,
    taskName: '企业设立登记',
    windowCode: window,
    staffNo: staff,
    proStatus: '3',
    proChannel: '2',
    serviceTime: `${day} 10:00:00`,
  }));
  await loadAll(deps, 'service-records', records);
  const rated = ratings.map((rating, at) => {
    assert(at < count, 'a rating needs a service');
    const excluded = rating.verdict === 'mistaken' || rating.verdict === 'malicious';
    return {
      projectNo: projectOf(at),
      serviceNumber: '1',
      pf: '4',
      satisfaction: String(rating.satisfaction),
      evalDetail: rating.tags,
      writingEvaluation: rating.tags === undefined && rating.satisfaction <= 2 ? '说不清楚' : undefined,
      assessTime: `${day} 11:00:00`,
      verdict: rating.verdict,
      attribution: rating.attribution,
      verified_by: rating.verdict === undefined ? undefined : 'V1',
      approved_by: excluded ? 'V2' : undefined,
    };
  });
  if (rated.length > 0) await loadAll(deps, 'ratings', rated);
}

/** Ratings of one level. */
export function ratings(count: number, rating: RatingOf): RatingOf[] {
  return Array.from({ length: count }, () => rating);
}
