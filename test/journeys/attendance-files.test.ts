/** Files of clock-in machines: both layouts, every encoding, good lines and bad. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeXlsx } from '../../src/platform/files-write.ts';
import { openApp } from '../support/app.ts';
import { type AttendanceHall, openAttendance, present } from '../support/attendance-hall.ts';
import { RENCHENG } from '../support/hall.ts';

const app = await openApp({ now: new Date('2026-06-15T10:00:00+08:00') });
const { t } = app;
let hall: AttendanceHall;

beforeAll(async () => {
  hall = await openAttendance(app);
});

describe('a file of the machine', () => {
  it('is taken but for its bad lines, each named with a remedy; twice it changes nothing', async () => {
    const lines = [
      'G001,陈静,2026-05-06 08:50:12,1',
      'G001,陈静,2026-05-06 17:10:00,1',
      'G999,无名,2026-05-06 08:50:00,1',
      'G002,陈静,2026-05-06 08:50:00,1',
      'G002,王磊,2026-02-30 08:50:00,1',
      'G002,王磊,2027-01-01 08:50:00,1',
      'G002,王磊,2000-01-01 00:00:01,1',
      'G002,王磊',
      ',王磊,2026-05-06 08:51:00,1',
      'G002,王磊,2026-05-06 08:52:00,1',
    ];
    const answer = await hall.load(lines);
    expect(answer).toMatchObject({ outcome: 'loaded', rows: 10, created: 3, badRows: 7 });
    expect(answer.problems.map(({ line, column, code }) => `${line} ${column ?? ''} ${code}`)).toEqual([
      '4 编号 clock.unknown_staff',
      '5 姓名 clock.name_differs',
      '6 日期时间 clock.moment',
      '7 日期时间 clock.in_future',
      '8 日期时间 clock.too_old',
      '9  import.row_too_narrow',
      '10 编号 field.required',
    ]);
    expect(answer.problems[0]?.detail).toContain('请核对编号');
    expect(await hall.load(lines)).toMatchObject({ created: 0, unchanged: 3, badRows: 7 });
    const { items } = (await hall.office.page.get('/attendance/sources')).json();
    expect(items).toMatchObject([{ last: { created: 3, badRows: 7, firstDay: '2026-05-06' } }]);
  });

  it('finds a person by a name that only one bears, where the machine has numbers of its own', async () => {
    expect(await hall.load(['17,赵敏,2026-05-07 08:50:00,1'])).toMatchObject({ created: 1, badRows: 0 });
    const namesake = `G006,赵敏,purchased,${RENCHENG}`;
    await app.load('staff', `staff_no,name,identity,department_code\n${namesake}\n`);
    const { problems } = await hall.load(['17,赵敏,2026-05-07 08:55:00,1']);
    expect(problems).toMatchObject([{ line: 2, code: 'clock.ambiguous_name' }]);
  });

  it('is tried without a trace', async () => {
    const bytes = Buffer.from('编号,姓名,日期时间,机号\nG001,陈静,2026-05-08 08:50:00,1\n');
    const tried = await hall.upload(bytes, 'x.csv', { dryRun: true });
    expect(tried.json()).toMatchObject({ outcome: 'tried', created: 1 });
    const { rows } = await t.db.owner.query(`SELECT 1 FROM conduct.punch WHERE day = '2026-05-08'`);
    expect(rows).toEqual([]);
  });

  it('may be a daily summary, in GB18030 and as a workbook, with columns that the editor names', async () => {
    const preview = await hall.office.page.post(
      ...formOf('工号,日期,上班,下班\nG001,2026/5/11,9:20,17:00\n'),
    );
    expect(preview.json()).toMatchObject({
      layout: 'daily',
      header: ['工号', '日期', '上班', '下班'],
      sample: [['G001', '2026/5/11', '9:20', '17:00']],
      mapping: { staff: '工号', day: '日期', arrive: '上班', leave: '下班' },
    });
    const { layout, mapping } = preview.json();
    const source = { id: randomUUID(), name: '二楼汇总表', layout, mapping };
    expect((await hall.office.page.post('/attendance/sources', source)).statusCode).toBe(204);
    // 工号,日期,上班,下班 in GB18030
    const gb = Buffer.concat([
      Buffer.from('b9a4bac52cc8d5c6da2cc9cfb0e02ccfc2b0e00a', 'hex'),
      Buffer.from('G001,2026/5/11,9:20,17:00\nG002,2026-05-11,17:00,9:00\nG004,20260511,08:55,\n'),
    ]);
    const loaded = (await hall.upload(gb, '汇总.csv', { source: source.id })).json();
    expect(loaded).toMatchObject({ created: 2, badRows: 1 });
    expect(loaded.problems).toMatchObject([{ line: 3, column: '下班', code: 'clock.reversed' }]);
    const rows = [
      ['G001', '2026-05-12', '09:00', '17:00'],
      ['G002', '2026-05-12', '-', '17:00'],
    ];
    const book = await writeXlsx({ columns: ['工号', '日期', '上班', '下班'], rows });
    const answer = (await hall.upload(book, '汇总.xlsx', { source: source.id })).json();
    expect(answer).toMatchObject({ created: 2, badRows: 0 });
    const bom = Buffer.from('\ufeff工号,日期,上班,下班\nG001,2026-05-12,09:00,17:00\n');
    const again = (await hall.upload(bom, '汇总.csv', { source: source.id })).json();
    expect(again).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('is refused as a whole where its columns are others, and a mapping that lacks something', async () => {
    const other = await hall.upload(Buffer.from('a,b\n1,2\n'), 'x.csv');
    expect(other.json()).toMatchObject({ code: 'clock.columns_absent' });
    const form = { id: randomUUID(), name: '三楼', layout: 'daily', mapping: { staff: '工号' } };
    const save = (more: object) => hall.office.page.post('/attendance/sources', { ...form, ...more });
    expect((await save({})).json().code).toBe('clock.columns_lacking');
    const mapping = { staff: 'a', moment: 'a' };
    expect((await save({ layout: 'punches', mapping })).json().code).toBe('clock.column_twice');
    const named = { layout: 'punches', name: '一楼考勤机', mapping: { staff: 'a', moment: 'b' } };
    expect((await save(named)).json().code).toBe('clock.source_name');
    const nowhere = await hall.upload(Buffer.from('a\n1\n'), 'x.csv', { source: randomUUID() });
    expect(nowhere.json().code).toBe('clock.unknown_source');
    expect((await hall.supervisor.page.post('/attendance/sources', form)).statusCode).toBe(403);
  });

  it('brings each punch once, whoever sends it at the same time', async () => {
    const both = await Promise.all([hall.load(present('2026-05-13')), hall.load(present('2026-05-13'))]);
    expect(both.map(({ created }) => created).sort()).toEqual([0, 6]);
  });
});

function formOf(text: string): [string, Buffer, Record<string, string>] {
  const boundary = 'b';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`;
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return ['/attendance/preview', Buffer.from(`${head}${text}\r\n--${boundary}--\r\n`), headers];
}
