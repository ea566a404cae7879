import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { cityCode } from '../../kernel/ids.ts';
import { type Actor, systemActor } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import { runImport } from '../../platform/imports.ts';
import { ensurePartitions } from '../../platform/migrate.ts';
import { departmentImport } from '../../registry/department/index.ts';
import { seedCity, seedRegions } from '../../registry/region/index.ts';
import { windowImport } from '../../registry/window/index.ts';
import { readToken } from '../invitation/index.ts';
import type { RecordOutcome } from './contract.ts';
import { serviceRecordImport } from './import-actions.ts';
import { erasePersonsDue } from './jobs.ts';
import {
  findByShortCode,
  findStepForPage,
  maskedPerson,
  openPerson,
  recordBy,
  records,
} from './record-actions.ts';
import { submitRecords } from './submission-actions.ts';

const CITY = cityCode('370800');
const DEPARTMENT = '11370800MB28559184';
const t = await testDb({ now: new Date('2026-06-02T09:00:00+08:00') });
const office = systemActor(CITY, 'test');

const record = {
  projectNo: 'JN202606010001',
  serviceNumber: 1,
  serviceName: '受理',
  areaCode: '370800000000',
  deptCode: DEPARTMENT,
  taskCode: `${DEPARTMENT}2370100001000`,
  taskName: '企业设立登记',
  windowCode: 'T01',
  proStatus: 3,
  proChannel: 2,
  serviceTime: '2026-06-01 10:20:00',
  userName: '张三丰',
  userPageType: '111',
  certKey: '11010519491231002X',
  mobile: '13812341234',
};

async function submit(...given: readonly unknown[]): Promise<RecordOutcome[]> {
  return submitRecords(t, office, given, 'zh-CN');
}

async function one(given: object): Promise<RecordOutcome> {
  const [outcome] = await submit(given);
  if (!outcome) throw new Error('a batch of one has one outcome');
  return outcome;
}

beforeAll(async () => {
  await inTx(t.db, async (tx) => {
    await seedRegions(tx);
    await seedCity(tx, CITY);
  });
  const audit = async (): Promise<void> => undefined;
  await runImport(
    t,
    departmentImport,
    [{ code: DEPARTMENT, name: '市场监管局', region_code: '370800000000', stationed: 'true' }],
    { by: 'test', audit },
  );
  await runImport(
    t,
    windowImport,
    [
      {
        code: 'T01',
        name: '企业开办',
        department_code: DEPARTMENT,
        region_code: '370800000000',
        kind: 'general',
      },
    ],
    { by: 'test', audit },
  );
});

describe('service records', () => {
  it('are created once, and a repeat answers the same link', async () => {
    const first = await one(record);
    expect(first).toMatchObject({ projectNo: 'JN202606010001', serviceNumber: 1, outcome: 'created' });
    expect(first.shortCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    const again = await one({ ...record, serviceNumber: '1', staffNo: '', promiseDay: null });
    expect(again).toEqual({ ...first, outcome: 'exists' });
  });

  it('get a link whose token names the record and no person', async () => {
    const { ratingUrl } = await one(record);
    const token = ratingUrl?.split('/').at(-1) ?? '';
    const invitation = readToken(t.keys, token);
    expect(token.length).toBeLessThanOrEqual(24);
    expect(invitation).toMatchObject({ cityCode: CITY, serviceMonth: '2026-06', channel: 3 });
    const step = invitation && (await findStepForPage(t.db.app, CITY, invitation.stepId));
    expect(step).toMatchObject({ taskName: '企业设立登记', windowCode: 'T01', windowName: '企业开办' });
    expect(step?.ratableUntil).toEqual(new Date('2026-06-09T00:00:00+08:00'));
  });

  it('are judged one by one: a bad one does not hold up the others', async () => {
    const outcomes = await submit(
      { ...record, projectNo: 'B1' },
      { ...record, projectNo: 'B2', mobile: '12345' },
      { ...record, projectNo: 'B3' },
      'nonsense',
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'refused', 'created', 'refused']);
    expect(outcomes[1]?.refusal?.errors).toEqual([
      { field: 'mobile', code: 'field.mobile', detail: '不是有效的手机号码。' },
    ]);
    expect(JSON.stringify(outcomes)).not.toContain('12345');
  });

  it('with the same key in one batch count once; a differing one is refused', async () => {
    const outcomes = await submit(
      { ...record, projectNo: 'C1' },
      { ...record, projectNo: 'C1' },
      { ...record, projectNo: 'C1', taskName: '别的事项' },
    );
    expect(outcomes.map(({ outcome, refusal }) => refusal?.code ?? outcome)).toEqual([
      'created',
      'created',
      'service_record.differs',
    ]);
    expect((await one({ ...record, taskName: '别的事项' })).refusal?.code).toBe('service_record.differs');
  });

  it('sent twice at the same instant are kept once', async () => {
    const same = Array.from({ length: 8 }, () => one({ ...record, projectNo: 'D1' }));
    const outcomes = await Promise.all(same);
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(new Set(outcomes.map(({ ratingUrl }) => ratingUrl)).size).toBe(1);
  });

  it.each<[string, object, string, string | undefined]>([
    ['a missing field', { serviceTime: undefined }, 'request.invalid', 'field.required'],
    ['an unknown field', { colour: 'red' }, 'request.invalid', 'field.unknown'],
    ['a wrong type', { proStatus: 'done' }, 'request.invalid', undefined],
    ['a state that there is none of', { proStatus: 9 }, 'request.invalid', 'field.too_large'],
    [
      'a day that there is none of',
      { serviceTime: '2026-02-30 10:00:00' },
      'request.invalid',
      'field.moment',
    ],
    [
      'a wrong check character',
      { deptCode: '11370800004312345X' },
      'request.invalid',
      'field.uscc_check_digit',
    ],
    [
      'a wrong resident id',
      { certKey: '110105194912310021' },
      'request.invalid',
      'field.resident_id_check_digit',
    ],
    ['a region that is none', { areaCode: '370899999999' }, 'service_record.unknown_region', undefined],
    ['a region of another city', { areaCode: '370100000000' }, 'service_record.unknown_region', undefined],
    [
      'an unknown department',
      { deptCode: '11370800MB2855926Y' },
      'service_record.unknown_department',
      undefined,
    ],
    ['an unknown window', { windowCode: 'T99' }, 'service_record.unknown_window', undefined],
    ['an unknown clerk', { staffNo: 'S9' }, 'service_record.unknown_staff', undefined],
    ['a service to come', { serviceTime: '2026-06-03 10:00:00' }, 'service_record.in_future', undefined],
    ['a service before 2020', { serviceTime: '2019-12-31 10:00:00' }, 'service_record.too_old', undefined],
    ['a penalty', { taskCode: `${DEPARTMENT}2370200001000` }, 'service_record.not_ratable', undefined],
    [
      'a result before its acceptance',
      { acceptDate: '2026-06-01', resultDate: '2026-05-31' },
      'service_record.dates_reversed',
      undefined,
    ],
    ['a control character', { taskName: '企业\u0000' }, 'request.invalid', undefined],
    ['a text without end', { serviceName: '长'.repeat(5000) }, 'request.invalid', 'field.too_long'],
  ])('refuse %s', async (_what, change, code, field) => {
    const { refusal } = await one({ ...record, projectNo: 'E1', ...change });
    expect(refusal?.code).toBe(code);
    if (field) expect(refusal?.errors?.map((error) => error.code)).toContain(field);
  });

  it('take a region under its old code', async () => {
    await one({ ...record, projectNo: 'F1', areaCode: '370882000000' });
    const row = await recordBy(t, office, { projectNo: 'F1', serviceNumber: 1 });
    expect(row.area_code).toBe('370812000000');
  });

  it('outside the scope of a key are refused and not shown', async () => {
    const county: Actor = { ...office, scope: { cityCode: CITY, regionPrefix: '370811' } };
    const [outcome] = await submitRecords(t, county, [{ ...record, projectNo: 'G1' }], 'en');
    expect(outcome?.refusal?.code).toBe('service_record.out_of_scope');
    expect(await records(t, county, { limit: 10 })).toEqual([]);
    await expect(recordBy(t, county, { projectNo: 'C1', serviceNumber: 1 })).rejects.toThrow();
  });

  it('by file outside the scope of who imports are refused, too', async () => {
    const text = { ...record, serviceNumber: '1', proStatus: '3', proChannel: '2' };
    const options = { by: 'test', scope: { regionPrefix: '370811' }, audit: async () => undefined };
    const report = await runImport(t, serviceRecordImport, [{ ...text, projectNo: 'G2' }], options);
    expect(report).toMatchObject({ outcome: 'refused', problems: [{ code: 'service_record.out_of_scope' }] });
  });

  it('are taken while a long file of the same month is being loaded', async () => {
    const text = { ...record, projectNo: 'G3', serviceNumber: '1', proStatus: '3', proChannel: '2' };
    const meanwhile = async () => {
      expect((await one({ ...record, projectNo: 'G4' })).outcome).toBe('created');
    };
    const report = await runImport(t, serviceRecordImport, [text], { by: 'test', audit: meanwhile });
    expect(report.created).toBe(1);
  });

  it('are opened by their short code only together with the window', async () => {
    const { shortCode } = await one({ ...record, projectNo: 'H1' });
    const sought = { shortCode: ` ${shortCode?.toLowerCase()} `, windowCode: 't01' };
    expect(await findByShortCode(t.db.app, CITY, sought)).not.toBeNull();
    expect(await findByShortCode(t.db.app, CITY, { ...sought, windowCode: 'T02' })).toBeNull();
    expect(await findByShortCode(t.db.app, CITY, { ...sought, shortCode: 'ZZZZZZ' })).toBeNull();
  });
});

describe('the person behind a record', () => {
  const named = async () => false;

  it('lies sealed in the database, beside hashes that need the key', async () => {
    const { rows } = await sql<{ dump: string }>`
      SELECT a::text AS dump FROM intake.applicant a WHERE city_code = ${CITY}`.execute(t.db.app);
    const dump = rows.map((row) => row.dump).join('\n');
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of ['张三丰', '13812341234', '11010519491231002X']) {
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('is masked, and opened only with an audited reason', async () => {
    const found = await recordBy(t, office, { projectNo: 'C1', serviceNumber: 1 });
    const stepId = found.step_id;
    expect(await maskedPerson(t, office, found)).toEqual({
      userName: '张*',
      certKey: '1****************X',
      mobile: '138****1234',
    });
    const person = await openPerson(t, office, { stepId, reason: '核实差评，联系本人' }, named);
    expect(person).toMatchObject({ userName: '张三丰', mobile: '13812341234' });
    const { rows } = await sql<{ reason: string }>`
      SELECT reason FROM oversight.audit
      WHERE city_code = ${CITY} AND action = 'record.identity_viewed' AND subject_id = ${stepId}`.execute(
      t.db.app,
    );
    expect(rows).toEqual([{ reason: '核实差评，联系本人' }]);
  });

  it('is erased for good when the retention is over, and not before', async () => {
    const title = async () =>
      (await t.db.owner.query("SELECT project_name FROM intake.case_file WHERE project_no = 'C1'")).rows[0];
    await t.db.owner.query(
      "UPDATE intake.case_file SET project_name = '张三丰补办证件' WHERE project_no = 'C1'",
    );
    expect(await erasePersonsDue(t, CITY)).toBe(0);
    t.clock.set(new Date('2028-06-30T03:00:00+08:00'));
    expect(await erasePersonsDue(t, CITY)).toBe(0);
    t.clock.set(new Date('2028-07-01T03:00:00+08:00'));
    await ensurePartitions(t.db.owner, t.clock.now());
    expect(await title()).toEqual({ project_name: '张三丰补办证件' });
    expect(await erasePersonsDue(t, CITY)).toBeGreaterThan(0);
    expect(await title()).toEqual({ project_name: null });
    expect(await erasePersonsDue(t, CITY)).toBe(0);
    const { step_id: stepId } = await recordBy(t, office, { projectNo: 'C1', serviceNumber: 1 });
    expect(await openPerson(t, office, { stepId, reason: '保存期限届满后' }, named)).toMatchObject({
      userName: null,
      mobile: null,
    });
    t.clock.set(new Date('2026-06-02T09:00:00+08:00'));
  });
});

describe('service records by file', () => {
  const row = { ...record, serviceNumber: '1', proStatus: '3', proChannel: '2' };
  const audit = async (): Promise<void> => undefined;

  it('are the same records: a file repeats what the API sent', async () => {
    const report = await runImport(t, serviceRecordImport, [row, { ...row, projectNo: 'I1' }], {
      by: 'test',
      audit,
    });
    expect(report).toMatchObject({ outcome: 'loaded', created: 1, unchanged: 1, problemCount: 0 });
  });

  it('name each bad row, and load nothing', async () => {
    const bad = [
      { ...row, projectNo: 'I2' },
      { ...row, projectNo: 'I3', windowCode: 'T99' },
    ];
    const report = await runImport(t, serviceRecordImport, bad, { by: 'test', audit });
    expect(report).toMatchObject({ outcome: 'refused', problems: [{ line: 3, column: 'windowCode' }] });
    await expect(recordBy(t, office, { projectNo: 'I2', serviceNumber: 1 })).rejects.toThrow();
  });
});
