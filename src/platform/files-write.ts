import writeXlsxFile from 'write-excel-file/node';

export type OutCell = string | number | boolean | null | undefined;

/** A table to hand out: the columns' titles and the rows below them. */
export interface OutTable {
  columns: readonly string[];
  rows: readonly (readonly OutCell[])[];
}

export type TableFormat = 'csv' | 'xlsx';

export const TABLE_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The table as a file of the format. */
export async function writeTable(table: OutTable, format: TableFormat): Promise<Buffer> {
  return format === 'csv' ? writeCsv(table) : await writeXlsx(table);
}

/** CSV for Excel: UTF-8 with BOM, CRLF, and no cell that a spreadsheet program would run as a formula. */
export function writeCsv(table: OutTable): Buffer {
  const lines = [table.columns, ...table.rows].map((row) => row.map(csvCell).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

// The full-width forms count too: Chinese editions of Excel take them for their ASCII brothers.
const ACTIVE = /^[\s]*[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d[\d\s.,%]*$/;

function csvCell(cell: OutCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = ACTIVE.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An xlsx workbook of one sheet. Texts are text cells, which no program runs. */
export async function writeXlsx(table: OutTable): Promise<Buffer> {
  const header = table.columns.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  const rows = table.rows.map((row) => row.map(xlsxCell));
  return await writeXlsxFile([header, ...rows], { stickyRowsCount: 1 }).toBuffer();
}

function xlsxCell(cell: OutCell) {
  if (cell === null || cell === undefined || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  return { value: clean(String(cell)), type: String };
}

/** XML has no room for control characters. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
