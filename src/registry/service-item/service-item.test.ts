import { beforeAll, expect, test } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { usccCheck } from '../../kernel/codes.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import { type ImportKind, type ImportRecord, runImport } from '../../platform/imports.ts';
import { departmentImport } from '../department/index.ts';
import { seedCity, seedRegions } from '../region/index.ts';
import { itemPageFor } from './actions.ts';
import { itemImport, itemStepImport, itemsByCode, materialImport, materialsOf } from './index.ts';
import { searchItems } from './search-actions.ts';
import { stepsOf } from './working-actions.ts';

const t = await testDb();
const uscc = (serial: string) => {
  const first = `11370800MB${serial.padStart(7, '0')}`;
  return first + usccCheck(first);
};
const [OWNER, OTHER] = [uscc('1'), uscc('2')];
const options = { by: 'test', audit: async () => undefined };

beforeAll(async () => {
  await inTx(t.db, seedRegions);
  await inTx(t.db, (tx) => seedCity(tx, '370800'));
  const rows = [OWNER, OTHER].map((code) => ({
    code,
    name: code,
    region_code: '370800000000',
    stationed: '是',
  }));
  await runImport(t, departmentImport, rows, options);
});

const item = (type: string, more: ImportRecord = {}): ImportRecord => ({
  code: `${OWNER}337${type}00001000`,
  name: '第一类医疗器械产品备案',
  department_code: OWNER,
  type,
  promise: 'promised',
  promised_days: '5',
  ...more,
});

async function load(rows: ImportRecord[]) {
  const { created, updated, unchanged, problems } = await runImport(t, itemImport, rows, options);
  const named = problems.map(({ line, column, code }) => `${line} ${column} ${code}`);
  return { counts: [created, updated, unchanged], problems: named };
}

test('items of 31 and 33 characters are kept, whoever handles them', async () => {
  const rows = [
    item('01'),
    item('01', { code: `${OWNER}3370100001000AB`, promise: 'instant', promised_days: '' }),
    // A spreadsheet makes 7 of 07; the code tells what it was.
    item('07', { type: '7', department_code: OTHER }),
    item('02'),
  ];
  expect(await load(rows)).toEqual({ counts: [4, 0, 0], problems: [] });
  expect(await load(rows)).toEqual({ counts: [0, 0, 4], problems: [] });
  expect(await load([item('01', { name: '改名' })])).toEqual({ counts: [0, 1, 0], problems: [] });
  const found = await itemsByCode(t.db.app, '370800', [String(item('07').code)]);
  expect([...found.values()]).toMatchObject([{ type: '07', department_code: OTHER, owner_code: OWNER }]);
  const page = await itemPageFor(t, systemActor('370800', 'test'), { limit: 10, format: 'json' });
  expect(page.items.map(({ type, ratable, otherOwner }) => [type, ratable, otherOwner])).toEqual([
    ['01', true, false],
    ['01', true, false],
    ['02', false, false],
    ['07', true, true],
  ]);
});

test('a wrong check digit, type, promise or department is refused', async () => {
  const wrongCheck = `${OWNER.slice(0, 17)}${OWNER.endsWith('A') ? 'B' : 'A'}`;
  const rows = [
    item('01', { code: `${wrongCheck}3370100001000` }),
    item('01', { code: `${OWNER}337010000100` }),
    item('55'),
    item('01', { type: '07' }),
    item('07', { type: 'licence' }),
    item('08', { promise: 'soon' }),
    item('09', { promise: 'instant' }),
    item('10', { promised_days: 'five' }),
    item('20', { department_code: uscc('9') }),
  ];
  expect((await load(rows)).problems).toEqual([
    '2 code field.item_code_check_digit',
    '3 code field.item_code_shape',
    '4 code field.item_code_type',
    '4 type item.type_unknown',
    '5 type item.type_mismatch',
    '6 type item.type_unknown',
    '7 promise field.wrong_value',
    '8 promised_days item.instant_days',
    '9 promised_days field.whole_number',
    '10 department_code department.unknown',
  ]);
});

test('an item is found by what is typed, at windows that offer it', async () => {
  await load([
    item('05', { name: '社会保险登记' }),
    item('20', { name: '企业设立登记', department_code: OTHER }),
  ]);
  const window = (kind: string, department = OWNER, region = '370800000000') => ({
    kind,
    department_code: department,
    region_code: region,
  });
  const found = async (typed: string, at = window('general')) =>
    (await searchItems(t.db.app, '370800', { typed, window: at })).map(({ name }) => name);
  for (const typed of ['企业设立', 'qysl', 'QIYESHELI', 'sldj', '登记 企业', String(item('20').code)]) {
    expect(await found(typed), typed).toEqual(['企业设立登记']);
  }
  // Of two that hold it the item code decides; penalties and the like are applied for by nobody.
  expect(await found('登记')).toEqual(['社会保险登记', '企业设立登记']);
  expect(await found('她')).toEqual([]);
  expect(await found(' ')).toEqual([]);
  expect(await found('%')).toEqual([]);
  expect(await found(String(item('02').code))).toEqual([]);
  expect(await found('qysl', window('department'))).toEqual([]);
  expect(await found('qysl', window('department', OTHER))).toEqual(['企业设立登记']);
  expect(await found('qysl', window('issue'))).toEqual([]);
  expect(await found('qysl', window('general', OWNER, '370811000000'))).toEqual([]);
});

test('papers and steps of approval are imported, changed and refused row by row', async () => {
  const code = String(item('05').code);
  const paper = { item_code: code, material_no: '1', name: '申请书', may_follow: '否' };
  const run = async (kind: ImportKind<unknown>, rows: ImportRecord[]) => {
    const { created, updated, problems } = await runImport(t, kind, rows, options);
    return [created, updated, ...problems.map(({ line, column, code }) => `${line} ${column} ${code}`)];
  };
  expect(await run(materialImport, [paper, { ...paper, material_no: '2', applicant: 'company' }])).toEqual([
    2, 0,
  ]);
  expect(await run(materialImport, [{ ...paper, copies: '2' }])).toEqual([0, 1]);
  const wrong = [
    { ...paper, item_code: item('08').code },
    { ...paper, may_follow: 'perhaps' },
    { ...paper, copies: '0' },
  ];
  expect(await run(materialImport, wrong)).toEqual([
    ...[0, 0, '2 item_code item.unknown', '3 may_follow field.wrong_value'],
    expect.stringMatching(/^4 copies /),
  ]);
  expect(await materialsOf(t.db.app, '370800', code)).toMatchObject([
    { material_no: 1, applicant: 'any', form: 'original', copies: 2, may_follow: false },
    { material_no: 2, applicant: 'company' },
  ]);
  const step = { item_code: code, step_no: '1', name: '审核', department_code: OWNER, two_person: '是' };
  expect(await run(itemStepImport, [step, { ...step, step_no: '2', department_code: uscc('9') }])).toEqual([
    ...[0, 0, '3 department_code department.unknown'],
  ]);
  expect(await run(itemStepImport, [step])).toEqual([1, 0]);
  expect(await stepsOf(t.db.app, '370800', code)).toMatchObject([{ name: '审核', two_person: true }]);
});
