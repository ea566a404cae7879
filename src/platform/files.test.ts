import { deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { Refusal } from '../kernel/refusal.ts';
import { readTable } from './files.ts';
import { writeCsv, writeXlsx } from './files-write.ts';
import { unzip, zipStored } from './files-zip.ts';

const csv = (text: string, encoding = 'utf8') => readTable(iconv.encode(text, encoding), 'file.csv');

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

describe('CSV', () => {
  test.each(['utf8', 'gb18030'])('is read in %s', async (encoding) => {
    const table = await csv('code,name\r\n1,济宁市\r\n2,𠮷林街道\r\n', encoding);
    expect(table.header).toEqual(['code', 'name']);
    expect(table.rows).toEqual([
      { line: 2, cells: ['1', '济宁市'] },
      { line: 3, cells: ['2', '𠮷林街道'] },
    ]);
  });

  test('drops the mark at the beginning, outer spaces, empty rows and empty columns at the end', async () => {
    const table = await csv('\ufeffcode, name ,,\n1, a ,,\n\n,,,\n2,b\n');
    expect(table.header).toEqual(['code', 'name']);
    expect(table.rows).toEqual([
      { line: 2, cells: ['1', 'a'] },
      { line: 5, cells: ['2', 'b'] },
    ]);
  });

  test('keeps commas, quotes and line ends within quotes, and counts lines as an editor does', async () => {
    const table = await csv('a,b\n"x, ""y""","one\r\ntwo"\nlast,""\n');
    expect(table.rows).toEqual([
      { line: 2, cells: ['x, "y"', 'one\r\ntwo'] },
      { line: 4, cells: ['last', ''] },
    ]);
  });

  test('refuses a quote that never closes or closes too early', async () => {
    await expect(csv('a\n1\n"open\n2')).rejects.toMatchObject({
      code: 'import.csv_quotes',
      params: { line: 3 },
    });
    await expect(csv('a,b\n"x"y,1')).rejects.toMatchObject({
      code: 'import.csv_quotes',
      params: { line: 2 },
    });
  });

  test('refuses what is neither UTF-8 nor GB18030, naming the line', async () => {
    const broken = Buffer.from('code,name\n1,济宁市任城区\n2,济南市历下区\n');
    broken[20] = 0xff;
    await expect(readTable(broken, 'a.csv')).rejects.toMatchObject({
      code: 'import.encoding',
      params: { line: 2 },
    });
    expect(await codeOf(readTable(iconv.encode('code,name\n1,济宁', 'utf16le'), 'a.csv'))).toBe(
      'import.encoding',
    );
    expect(await codeOf(readTable(Buffer.from([0x61, 0x0a, 0xff, 0x81]), 'a.csv'))).toBe('import.encoding');
  });

  test('a UTF-8 file cut within a character does not pass as GB18030', async () => {
    const whole = Buffer.from('code,name\n1,济宁市任城区济宁市兖州区');
    expect(await codeOf(readTable(whole.subarray(0, -1), 'a.csv'))).toBe('import.encoding');
  });

  test('names rows that are too narrow, too wide, too long or formulas, and keeps the others', async () => {
    const table = await csv(`a,b\n1\n1,2,3\n=cmd|'/C calc'!A0,1\n1,${'x'.repeat(32_768)}\n1,+1+cmd()\n5,6\n`);
    expect(table.rows).toEqual([{ line: 7, cells: ['5', '6'] }]);
    expect(table.problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, null, 'import.row_too_narrow'],
      [3, null, 'import.row_too_wide'],
      [4, 'a', 'import.formula'],
      [5, 'b', 'import.cell_too_long'],
      [6, 'b', 'import.formula'],
    ]);
  });

  test('numbers, phones and dashes in prose are no formulas', async () => {
    const table = await csv('a,b\n-3.5,+86 537 1234567\n- 服务很好,@张三\n-1%,—\n');
    expect(table.problems).toEqual([]);
    expect(table.rows).toHaveLength(3);
  });

  test('refuses an empty file, a file too large, too many columns', async () => {
    expect(await codeOf(csv(''))).toBe('import.file_empty');
    expect(await codeOf(csv('\n,,\n1'))).toBe('import.file_empty');
    expect(await codeOf(readTable(Buffer.alloc(200 * 1024 * 1024, 'a'), 'a.csv'))).toBe(
      'import.file_too_large',
    );
    expect(await codeOf(csv(Array.from({ length: 201 }, (_, at) => `c${at}`).join(',')))).toBe(
      'import.too_many_columns',
    );
  });
});

describe('xlsx', () => {
  const sheet = async (rows: SheetData) => await writeXlsxFile(rows).toBuffer();

  test('gives the cells as text, days as days, numbers as written', async () => {
    const bytes = await sheet([
      [{ value: 'day' }, { value: 'code' }, { value: 'share' }, { value: 'flag' }, { value: 'text' }],
      [
        { value: new Date('2026-06-01T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
        { value: 370_800_000_000, type: Number },
        { value: 0.1 + 0.2, type: Number },
        { value: true, type: Boolean },
        { value: '12E5', type: String },
      ],
      [{ value: new Date('2026-06-01T10:20:30Z'), type: Date, format: 'yyyy-mm-dd hh:mm:ss' }],
    ]);
    const table = await readTable(bytes, 'a.xlsx');
    expect(table.rows).toEqual([
      { line: 2, cells: ['2026-06-01', '370800000000', '0.3', 'true', '12E5'] },
      { line: 3, cells: ['2026-06-01 10:20:30', '', '', '', ''] },
    ]);
  });

  test('names formulas and numbers that lost digits, and keeps the other rows', async () => {
    const bytes = await sheet([
      [{ value: 'a' }, { value: 'b' }],
      [{ value: '=1+1', type: 'Formula' }, { value: 'x' }],
      [{ value: 1.2345678901234567e19, type: Number }, { value: 'x' }],
      [{ value: 'ok' }, { value: 'x' }],
    ]);
    const table = await readTable(bytes, 'a.xlsx');
    expect(table.rows).toEqual([{ line: 4, cells: ['ok', 'x'] }]);
    expect(table.problems).toEqual([
      { line: 2, column: 'a', code: 'import.formula' },
      { line: 3, column: 'a', code: 'import.number_precision' },
    ]);
  });

  test('reads the first of several sheets; a formula on another is nobody’s business', async () => {
    const bytes = await writeXlsxFile([
      { sheet: '名单', data: [[{ value: 'a' }], [{ value: 'x' }]] },
      { sheet: '计算', data: [[{ value: '=1+1', type: 'Formula' }]] },
    ]).toBuffer();
    const table = await readTable(bytes, 'a.xlsx');
    expect(table).toEqual({ header: ['a'], rows: [{ line: 2, cells: ['x'] }], faulty: [], problems: [] });
  });

  test('refuses a truncated or altered file', async () => {
    const whole = await sheet([[{ value: 'a' }], [{ value: 'b' }]]);
    for (const length of [4, 100, Math.floor(whole.length / 2), whole.length - 1]) {
      expect(await codeOf(readTable(whole.subarray(0, length), 'a.xlsx'))).toBe('import.xlsx_damaged');
    }
    const altered = Buffer.from(whole);
    altered.fill(0, 60, 90);
    expect(await codeOf(readTable(altered, 'a.xlsx'))).toBe('import.xlsx_damaged');
    expect(await codeOf(readTable(Buffer.from('a,b\n1,2'), 'a.xlsx'))).toBe('import.xlsx_damaged');
    expect(await codeOf(readTable(zipStored(new Map([['word.xml', Buffer.from('x')]])), 'a.xlsx'))).toBe(
      'import.xlsx_damaged',
    );
  });

  test('refuses an old or protected workbook', async () => {
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    expect(await codeOf(readTable(old, 'a.xls'))).toBe('import.file_type');
    expect(await codeOf(readTable(old, 'a.xlsx'))).toBe('import.file_type');
  });

  test('refuses a zip bomb before it unpacks it', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(readTable(bomb, 'a.xlsx'))).toBe('import.xlsx_expands');
  });

  test('refuses a zip bomb that lies about its size', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(64 * 1024 * 1024), 1000);
    expect(await codeOf(readTable(bomb, 'a.xlsx'))).toBe('import.xlsx_expands');
  });

  test('refuses a cell so far out that the rows between would fill the memory', async () => {
    const files = unzip(await sheet([[{ value: 'a' }], [{ value: 'b' }]]), () => true);
    const name = 'xl/worksheets/sheet1.xml';
    const xml = files.get(name)?.toString() ?? '';
    const far = (address: string) =>
      zipStored(new Map(files).set(name, Buffer.from(xml.replace('r="A2"', `r="${address}"`))));
    expect(await codeOf(readTable(far('XFD2'), 'a.xlsx'))).toBe('import.too_many_columns');
    expect(await codeOf(readTable(far('A1048576'), 'a.xlsx'))).toBe('import.too_many_rows');
  });
});

describe('files handed out', () => {
  const table = {
    columns: ['编号', 'text'],
    rows: [
      ['=cmd|x', 'a,"b"'],
      ['-3.5', '\t@SUM(A1)'],
      [7, null],
    ],
  };

  test('a CSV runs nothing when a spreadsheet program opens it', () => {
    expect(writeCsv(table).toString()).toBe(
      '\ufeff编号,text\r\n\'=cmd|x,"a,""b"""\r\n-3.5,\'\t@SUM(A1)\r\n7,\r\n',
    );
  });

  test('an xlsx comes back as it was written', async () => {
    const bytes = await writeXlsx({
      columns: ['a', 'b'],
      rows: [
        ['济宁', 7],
        ['\u0001x', null],
      ],
    });
    expect((await readTable(bytes, 'a.xlsx')).rows).toEqual([
      { line: 2, cells: ['济宁', '7'] },
      { line: 3, cells: ['x', ''] },
    ]);
  });
});

/** A zip of one packed entry that declares `size` bytes. */
function zipOf(name: string, body: Buffer, size = body.length): Buffer {
  const stored = zipStored(new Map([[name, body.subarray(0, 1)]]));
  const packed = deflateRawSync(body);
  const nameLength = Buffer.byteLength(name);
  const local = Buffer.from(stored.subarray(0, 30 + nameLength));
  const central = Buffer.from(stored.subarray(30 + nameLength + 1, -22));
  for (const [head, at] of [
    [local, 8],
    [central, 10],
  ] as const) {
    head.writeUInt16LE(8, at);
    head.writeUInt32LE(packed.length, at + 10);
    head.writeUInt32LE(size, at + 14);
  }
  const end = Buffer.from(stored.subarray(-22));
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
}
