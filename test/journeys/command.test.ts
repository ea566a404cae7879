/** The operator's month by commands alone: every verb, what it prints, and how it ends. */
import { describe, expect, test, vi } from 'vitest';
import { commandOver } from '../support/command.ts';
import { testDb } from '../support/db.ts';
import { CLERK, csvOf, hallFiles, recordForm } from '../support/hall.ts';

vi.setConfig({ testTimeout: 180_000 });

const t = await testDb();
const { yiping, file } = commandOver(t);

/** A month that is over wherever the clock of the machine stands. */
const month = '2025-05';
const DECIMAL = /^-?\d+\.\d{2}$/;
const RATE = { value: expect.toSatisfy((value) => value === null || /^[01]\.\d{4}$/.test(value)) };

/** Runs a command that must succeed and print JSON. */
async function json(...words: string[]) {
  const { code, out, err } = await yiping([...words, '--format', 'json']);
  expect([words.join(' '), code, err]).toEqual([words.join(' '), 0, '']);
  return JSON.parse(out);
}

const records = csvOf(
  Array.from({ length: 8 }, (_, at) => {
    const { userName, mobile, ...record } = recordForm({
      projectNo: `JN2025-${at + 1}`,
      serviceTime: `2025-05-1${at} 10:20:00`,
      userName: '张三',
      mobile: '13812345678',
    });
    return { ...record, userName, mobile };
  }),
);

const ratings = csvOf(
  [5, 5, 4, 4, 3, 2].map((satisfaction, at) => ({
    projectNo: `JN2025-${at + 1}`,
    serviceNumber: 1,
    pf: 5,
    satisfaction,
    evalDetail: satisfaction === 2 ? '214' : '',
    assessTime: `2025-05-1${at} 10:30:00`,
    verdict: satisfaction === 2 ? 'upheld' : '',
    verified_by: satisfaction === 2 ? '周督查' : '',
    approved_by: satisfaction === 2 ? '吴主任' : '',
  })),
);

const findings = csvOf([
  {
    finding_id: 'F1',
    occurred_on: '2025-05-06',
    subject_kind: 'staff',
    subject_code: CLERK,
    rule: 'daily.late',
    quantity: 2,
    evidence: '考勤',
    recorded_by: '周督查',
    confirmed_by: '吴主任',
  },
]);

const merits = csvOf([
  {
    merit_id: 'M1',
    occurred_on: '2025-05-20',
    staff_no: CLERK,
    rule: 'bonus.public_praise',
    quantity: 1,
    evidence: '来信',
    confirmed_by: '吴主任',
  },
]);

const complaints = csvOf([
  {
    complaint_id: 'C1',
    received_at: '2025-05-21 09:00:00',
    channel: '12345',
    subject_kind: 'staff',
    subject_code: 'G004',
    text: '等候过久',
    outcome: 'at_fault',
    confirmed_by: '吴主任',
  },
]);

const calendar = 'day,kind,name\n2025-05-03,workday,测试调休\n';

describe('what is written wrongly ends with 2 and shows how it goes', () => {
  test.each([
    ['no verb', []],
    ['no such verb', ['dance']],
    ['a missing option', ['close']],
    ['an option that there isn’t', ['close', '--month', month, '--loud']],
    ['a file that there isn’t', ['import', 'departments', '/nowhere.csv']],
    ['a format that there isn’t', ['scores', '--month', month, '--format', 'pdf']],
    ['a table of what is no table', ['explain', '--month', month, '--subject-code', 'x', '--format', 'csv']],
    ['a subject that there isn’t', ['scores', '--month', month, '--subject', 'moon']],
  ])('%s', async (_what, words) => {
    const { code, out, err } = await yiping(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/用法 Usage:|无法读取文件/);
    expect(err).not.toContain('    at ');
    if (err.includes('Usage:'))
      expect(err.split('\n').every((line) => !/yiping/.test(line) || /--format/.test(line))).toBe(true);
  });

  test('a setting that can’t be used ends with 1 and one sentence', async () => {
    const { code, out, err } = await yiping(['migrate'], { PORT: 'high' });
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe("PORT can't be used: set it to a port number from 0 to 65535.\n");
  });
});

describe('the operator', () => {
  test('migrates, and finds nothing to do', async () => {
    expect(await json('migrate')).toEqual({ applied: [] });
    expect((await yiping(['migrate'], { LC_ALL: 'en_US.UTF-8' })).out).toBe('The database is up to date.\n');
  });

  test('imports every kind of file', async () => {
    const files: [string, string][] = [
      ...hallFiles.map(([kind, csv]): [string, string] => [kind, csv]),
      ['calendar', calendar],
      ['service-records', records],
      ['ratings', ratings],
      ['findings', findings],
      ['merits', merits],
      ['complaints', complaints],
    ];
    for (const [kind, csv] of files) {
      const path = await file(`${kind}.csv`, csv);
      const rows = csv.trim().split('\n').length - 1;
      const first = await json('import', kind, path);
      expect(first).toMatchObject({ kind, outcome: 'loaded', rows, badRows: 0, problems: [] });
      expect(first.created + first.updated).toBe(rows);
      if (kind !== 'ratings') continue;
      expect(await json('import', kind, path)).toMatchObject({ created: 0, updated: 0, unchanged: rows });
    }
  });

  test('tries a file, is told of each bad row, and loads the good ones on request', async () => {
    const [header = '', good = '', bad = ''] = records.split('\n');
    const lines = [header, good.replace('JN2025-1', 'JN2025-X'), bad.replace('JN2025-2', 'JN2025-Y')];
    const csv = lines.join('\n').replace(/,T01,(?=[^\n]*$)/, ',T99,');
    const path = await file('more.csv', csv);
    const tried = await yiping(['import', 'service-records', path, '--dry-run', '--format', 'json']);
    expect([tried.code, JSON.parse(tried.out)]).toMatchObject([1, { outcome: 'tried', badRows: 1 }]);
    const told = await yiping(['import', 'service-records', path, '--dry-run']);
    expect([told.code, told.out]).toEqual([1, expect.stringMatching(/什么也不会导入.*--partial/)]);
    expect(await json('import', 'service-records', path, '--dry-run', '--partial')).toMatchObject({
      outcome: 'tried',
      created: 1,
    });
    const refused = await yiping(['import', 'service-records', path]);
    expect([refused.code, refused.err]).toEqual([1, '']);
    expect(refused.out).toMatch(/^第 3 行，windowCode 列：窗口不在名录中/);
    const asJson = await yiping(['import', 'service-records', path, '--format', 'json']);
    expect([asJson.code, JSON.parse(asJson.out)]).toMatchObject([
      1,
      { outcome: 'refused', created: 0, badRows: 1, problems: [{ line: 3, column: 'windowCode' }] },
    ]);
    expect(refused.out + asJson.out).not.toMatch(/张三|13812345678/);
    expect(await json('import', 'service-records', path, '--partial')).toMatchObject({
      created: 1,
      badRows: 1,
    });
    const unknown = await yiping(['import', 'secrets', path]);
    expect([unknown.code, /departments/.test(unknown.err)]).toEqual([1, true]);
  });

  test('makes accounts and keys, each secret shown once', async () => {
    const made = await json('user', 'create', '--username', 'wu.office', '--role', 'assessment_office');
    expect(made).toEqual({
      username: 'wu.office',
      role: 'assessment_office',
      password: expect.stringMatching(/^\S{10,}$/),
    });
    const reset = await json('user', 'reset', '--username', 'wu.office');
    expect(reset.password).not.toBe(made.password);
    const clerk = ['user', 'create', '--username', 'chen', '--role', 'clerk'];
    expect(await json(...clerk, '--staff', CLERK, '--scope', '370800')).toMatchObject({ role: 'clerk' });
    expect(await json('user', 'disable', '--username', 'chen')).toEqual({ username: 'chen', disabled: true });
    const { code, out } = await yiping(['api-key', 'create', '--name', 'hall', '--scope', '370811']);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { name: 'hall', key: expect.stringMatching(/^\S{20,}$/), scope: '370811' },
    ]);
  });

  test.each([
    ['a name that is taken', ['user', 'create', '--username', 'wu.office', '--role', 'leader']],
    ['a role that there isn’t', ['user', 'create', '--username', 'li', '--role', 'king']],
    ['a clerk without a staff number', ['user', 'create', '--username', 'li', '--role', 'clerk']],
    [
      'a clerk whom nobody knows',
      ['user', 'create', '--username', 'li', '--role', 'clerk', '--staff', 'G999'],
    ],
    ['a scope that is none', ['api-key', 'create', '--name', 'x', '--scope', '37']],
    ['a month to come', ['close', '--month', '2999-01']],
    ['scores of a month that wasn’t closed', ['scores', '--month', '2025-03']],
    ['an explanation of nobody', ['explain', '--month', month, '--subject-code', 'G999']],
    ['a span that runs backwards', ['stats', '--from', '2025-06-01', '--to', '2025-05-01']],
  ])('refuses %s with 1 and a sentence', async (_what, words) => {
    const zh = await yiping(words);
    expect([zh.code, zh.out]).toEqual([1, '']);
    expect(zh.err).toMatch(/\p{Script=Han}.*。/u);
    expect(zh.err).not.toContain('    at ');
  });

  test('closes the month and reads its scores', async () => {
    const closed = await json('close', '--month', month);
    expect(closed).toMatchObject({
      month,
      state: 'provisional',
      staff: 5,
      ratable: 9,
      rated: 6,
      good: 5,
      bad: 1,
      pending: 0,
    });
    expect(closed.entries_posted).toBeGreaterThan(0);
    expect(await json('close', '--month', month)).toMatchObject({ entries_posted: 0 });

    const scores = await json('scores', '--month', month);
    expect(scores.map((one: { subject_code: string }) => one.subject_code).sort()).toEqual([
      'G001',
      'G002',
      'G003',
      'G004',
      'G005',
    ]);
    for (const one of scores) expect(one).toEqual(scoreShape);
    const mine = scores.find((one: { subject_code: string }) => one.subject_code === CLERK);
    // 10 + (25 − 2·1) + 30 + (20 + 5·((5 + 9.5)/16 − 0.90)/0.10 − 2) + 10 + 0.50
    expect(mine).toMatchObject({
      total: '91.81',
      indicators: { daily: '23.00', rating: '18.31' },
      bonus_total: '0.50',
    });
    for (const subject of ['window', 'department']) {
      for (const one of await json('scores', '--month', month, '--subject', subject)) {
        expect(one).toEqual({ ...scoreShape, subject_kind: subject, grade: null, bonus_total: null });
      }
    }
    const csv = await yiping(['scores', '--month', month, '--format', 'csv']);
    expect([csv.code, csv.out.split('\r\n').length]).toEqual([0, 7]);
    expect((await yiping(['scores', '--month', month])).out).toMatch(/G001 +陈静 +91\.81/);
  });

  test('closes one hall of the city, and names those there are', async () => {
    const hall = '370800000000';
    expect(await json('close', '--month', month, '--unit', '370800')).toMatchObject({
      unit: hall,
      state: 'provisional',
      staff: 4,
      entries_posted: 0,
    });
    const unknown = await yiping(['close', '--month', month, '--unit', '370812']);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining(hall)]);
    const malformed = await yiping(['publish', '--month', month, '--unit', '370811002']);
    expect([malformed.code, malformed.err]).toEqual([1, expect.stringContaining('370811002')]);
  });

  test('explains a score, line by line', async () => {
    const one = await json('explain', '--month', month, '--subject-code', CLERK);
    expect(one).toMatchObject({ subject_code: CLERK, total: '91.81', pending: [] });
    const sum = one.lines.reduce(
      (total: number, line: { points: string }) => total + Math.round(Number(line.points) * 100),
      0,
    );
    expect(sum).toBe(9181);
    const text = await yiping(['explain', '--month', month, '--subject-code', CLERK]);
    expect([text.code, text.out.trimEnd().endsWith('= 91.81')]).toEqual([0, true]);
    expect((await json('explain', '--month', month, '--subject-code', 'T01')).subject_kind).toBe('window');
  });

  test('prints the public figures, each with its numerator and denominator', async () => {
    const span = ['--from', '2025-05-01', '--to', '2025-05-31'];
    for (const by of ['window', 'channel']) {
      for (const line of await json('stats', ...span, '--by', by))
        expect(line).toEqual({ ...statsShape, by });
    }
    expect(await json('stats', ...span)).toMatchObject([
      {
        ratable: 9,
        rated: 6,
        unrated: 3,
        good: 5,
        bad: 1,
        excluded: 0,
        active_good_rate: { value: '0.8333', numerator: 5, denominator: 6 },
      },
    ]);
  });

  test('prints what would be paid before the month is sealed', async () => {
    const sheet = await json('pay', '--month', month);
    expect(sheet.map((one: { staff_no: string }) => one.staff_no).sort()).toEqual(['G001', 'G004', 'G005']);
    for (const one of sheet) {
      expect(one).toMatchObject({
        month,
        grade: expect.stringMatching(/^(好|较好|一般|较差)$/),
        state: 'provisional',
      });
      expect([-30000, 0, 10000, 30000]).toContain(one.amount_fen);
    }
  });
});

const text = expect.any(String);
const points = expect.stringMatching(DECIMAL);
const counted = expect.any(Number);

/** `scores --format json` by contract §3. */
const scoreShape = {
  subject_kind: text,
  subject_code: text,
  name: text,
  month,
  base_total: points,
  bonus_total: points,
  total: points,
  grade: expect.stringMatching(/^(好|较好|一般|较差)$/),
  veto: expect.any(Boolean),
  flags: expect.any(Array),
  indicators: { stationing: points, daily: points, case: points, rating: points, complaint: points },
  bonus: expect.any(Object),
  counts: { ratable: counted, rated: counted, good: counted, bad: counted },
  on_time: { value: null, numerator: 0, denominator: 0 },
  call_back: { value: null, numerator: 0, denominator: 0 },
  state: 'provisional',
};

const rate = { ...RATE, numerator: counted, denominator: counted };

/** `stats --format json` by contract §3. */
const statsShape = {
  by: text,
  code: text,
  name: text,
  ratable: counted,
  rated: counted,
  unrated: counted,
  good: counted,
  bad: counted,
  excluded: counted,
  active_good_rate: rate,
  active_rating_rate: rate,
};
