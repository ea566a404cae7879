import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { cityCode } from '../../kernel/ids.ts';
import { type Actor, systemActor, type UserActor } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import { type ImportKind, type ImportRecord, runImport } from '../../platform/imports.ts';
import { ensurePartitions } from '../../platform/migrate.ts';
import { departmentImport } from '../../registry/department/index.ts';
import { seedCity, seedRegions } from '../../registry/region/index.ts';
import { staffImport } from '../../registry/staff/index.ts';
import { windowImport } from '../../registry/window/index.ts';
import { serviceRecordImport } from '../case/index.ts';
import { corrections, decide, proposeCorrection, stepOf } from './actions.ts';
import type { CorrectionProposal } from './contract.ts';
import { erasePhonesDue } from './jobs.ts';

const CITY = cityCode('370800');
const DEPARTMENT = '11370800MB28559184';
const t = await testDb({ now: new Date('2026-06-02T09:00:00+08:00') });
const base = systemActor(CITY, 'test');

function person(username: string, more: Partial<UserActor> = {}): Actor {
  return { ...base, kind: 'user', id: username, username, roles: ['assessment_office'], ...more };
}

const first = person('li');
const second = person('wang');
const key = { projectNo: 'JN1', serviceNumber: 1 };
const correctStaff: CorrectionProposal = { field: 'staff', value: 'S2', reason: '当日由 S2 顶岗' };

async function load(kind: ImportKind<unknown>, rows: readonly ImportRecord[]): Promise<void> {
  const report = await runImport(t, kind, rows, { by: 'test', audit: async () => undefined });
  expect(report.problems).toEqual([]);
}

async function stepRow(): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql<Record<string, unknown>>`
    SELECT staff_no, window_code, has_mobile FROM intake.case_step
    WHERE city_code = ${CITY} AND project_no = 'JN1'`.execute(t.db.app);
  return rows[0];
}

let stepId = '';

beforeAll(async () => {
  await inTx(t.db, async (tx) => {
    await seedRegions(tx);
    await seedCity(tx, CITY);
  });
  const region = '370800000000';
  await load(departmentImport, [
    { code: DEPARTMENT, name: '市场监管局', region_code: region, stationed: 'true' },
  ]);
  await load(
    windowImport,
    ['T01', 'T02'].map((code) => ({
      code,
      name: code,
      department_code: DEPARTMENT,
      region_code: region,
      kind: 'general',
    })),
  );
  await load(
    staffImport,
    ['S1', 'S2', 'S3'].map((staff_no) => ({
      staff_no,
      name: staff_no,
      identity: 'stationed',
      department_code: DEPARTMENT,
    })),
  );
  await load(serviceRecordImport, [
    {
      projectNo: 'JN1',
      serviceNumber: '1',
      serviceName: '办结',
      areaCode: region,
      deptCode: DEPARTMENT,
      taskCode: `${DEPARTMENT}2370100001000`,
      taskName: '企业设立登记',
      windowCode: 'T01',
      staffNo: 'S1',
      proStatus: '3',
      proChannel: '2',
      serviceTime: '2026-06-01 10:20:00',
      mobile: '13812341234',
    },
  ]);
  stepId = await stepOf(t, base, key);
});

describe('a correction', () => {
  it('changes nothing before a second person agrees, who is none of those concerned', async () => {
    const proposed = await proposeCorrection(t, first, stepId, correctStaff);
    expect(proposed).toMatchObject({ before: 'S1', after: 'S2', state: 'proposed', proposedBy: 'li' });
    expect(await stepRow()).toMatchObject({ staff_no: 'S1' });
    const approve = (actor: Actor): Promise<unknown> =>
      decide(t, actor, proposed.id, { decision: 'approve' });
    await expect(approve(first)).rejects.toMatchObject({ code: 'correction.same_person' });
    await expect(approve(person('s1', { staffNo: 'S1' }))).rejects.toMatchObject({
      code: 'correction.same_person',
    });
    await expect(approve(person('s2', { staffNo: 'S2' }))).rejects.toMatchObject({
      code: 'correction.same_person',
    });
    expect(await approve(second)).toMatchObject({ state: 'approved', decidedBy: 'wang' });
    expect(await stepRow()).toMatchObject({ staff_no: 'S2' });
    await expect(approve(person('zhao'))).rejects.toMatchObject({ code: 'correction.decided' });
  });

  it('waits alone: a second one of the same field is refused until the first is decided', async () => {
    t.clock.advance(60_000);
    const waiting = await proposeCorrection(t, first, stepId, {
      field: 'window',
      value: 'T02',
      reason: '在二号窗口',
    });
    const again = { field: 'window', value: '', reason: '没有窗口' } as const;
    await expect(proposeCorrection(t, second, stepId, again)).rejects.toMatchObject({
      code: 'correction.pending',
    });
    await decide(t, second, waiting.id, { decision: 'reject', note: '监控显示在一号窗口' });
    expect(await stepRow()).toMatchObject({ window_code: 'T01' });
    const [row] = await corrections(t, first, { stepId, limit: 1 });
    expect(row).toMatchObject({ state: 'rejected', decision_note: '监控显示在一号窗口' });
  });

  it('is decided once when two people decide at the same instant', async () => {
    const proposed = await proposeCorrection(t, first, stepId, { ...correctStaff, value: 'S3' });
    const both = await Promise.allSettled([
      decide(t, second, proposed.id, { decision: 'approve' }),
      decide(t, person('zhao'), proposed.id, { decision: 'reject' }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('of a phone shows it masked and keeps it sealed', async () => {
    const change = { field: 'mobile', value: '13987654321', reason: '登记时输错号码' } as const;
    const proposed = await proposeCorrection(t, first, stepId, change);
    expect(proposed).toMatchObject({ before: '138****1234', after: '139****4321' });
    await decide(t, second, proposed.id, { decision: 'approve' });
    const { rows } = await sql<{ dump: string }>`
      SELECT c::text AS dump FROM intake.correction c WHERE city_code = ${CITY}`.execute(t.db.app);
    expect(rows.map(({ dump }) => dump).join()).not.toContain('13987654321');
    await expect(proposeCorrection(t, first, stepId, change)).rejects.toMatchObject({
      code: 'correction.same',
    });
  });

  it('keeps nothing of a phone when the retention is over', async () => {
    const phones = async () =>
      (await corrections(t, first, { stepId, limit: 50 })).filter(({ field }) => field === 'mobile');
    const now = t.clock.now();
    t.clock.set(new Date('2028-06-30T03:00:00+08:00'));
    expect(await erasePhonesDue(t, CITY)).toBe(0);
    t.clock.set(new Date('2028-07-01T03:00:00+08:00'));
    await ensurePartitions(t.db.owner, t.clock.now());
    expect(await phones()).toMatchObject([{ after_value: '139****4321' }]);
    expect(await erasePhonesDue(t, CITY)).toBe(1);
    expect(await phones()).toMatchObject([{ before_value: null, after_value: null, state: 'approved' }]);
    expect(await erasePhonesDue(t, CITY)).toBe(0);
    t.clock.set(now);
  });

  it.each<[string, CorrectionProposal, string]>([
    ['an unknown clerk', { field: 'staff', value: 'S9', reason: '写错了' }, 'correction.unknown_value'],
    ['an unknown window', { field: 'window', value: 'T9', reason: '写错了' }, 'correction.unknown_value'],
    ['what stands already', { field: 'window', value: 'T01', reason: '写错了' }, 'correction.same'],
    ['a phone that is none', { field: 'mobile', value: '12', reason: '写错了' }, 'field.mobile'],
  ])('refuses %s', async (_what, proposal, code) => {
    await expect(proposeCorrection(t, first, stepId, proposal)).rejects.toMatchObject({ code });
  });

  it('is out of reach for another scope', async () => {
    const county: Actor = { ...base, scope: { cityCode: CITY, regionPrefix: '370811' } };
    await expect(proposeCorrection(t, county, stepId, correctStaff)).rejects.toMatchObject({
      code: 'service_record.unknown',
    });
    expect(await corrections(t, county, { limit: 10 })).toEqual([]);
  });
});
