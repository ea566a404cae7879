import { Refusal, type RefusalParams } from '../kernel/refusal.ts';
import { decodeText, parseCsv } from './files-csv.ts';
import { readXlsx } from './files-xlsx.ts';

/** A table as read from a file: every cell is trimmed text. */
export interface Table {
  header: readonly string[];
  /** Rows that could be read. */
  rows: readonly TableRow[];
  /** Rows of the right width with a cell that can't be taken; the others of their cells can be judged. */
  faulty: readonly TableRow[];
  /** What is wrong with rows that could not. */
  problems: readonly RowProblem[];
}

export interface TableRow {
  /** Line of the file from 1, the header's included: what an editor or Excel shows at the side. */
  line: number;
  /** As many as the header has. */
  cells: readonly string[];
}

/** One thing wrong with one row. It never carries a cell's content, which may be personal. */
export interface RowProblem {
  line: number;
  /** Name of the column; null when it is the row as a whole. */
  column: string | null;
  /** Code of a refusal whose sentence tells what is wrong. */
  code: string;
  params?: RefusalParams;
}

export const FILE_LIMITS = {
  megabytes: 50,
  rows: 1_000_000,
  columns: 200,
  /** Characters of a cell; what Excel itself takes. */
  cell: 32_767,
  /** Errors after which a file isn't looked at any further. */
  problems: 10_000,
} as const;

/** Adds a problem. @throws Refusal `import.too_many_problems` when there are more than anybody will read */
export function noteProblem(problems: RowProblem[], problem: RowProblem): void {
  const limit = FILE_LIMITS.problems;
  if (problems.length >= limit) throw new Refusal('import.too_many_problems', { line: problem.line, limit });
  problems.push(problem);
}

/**
 * Reads an import file: CSV in UTF-8 or GB18030, or the first sheet of an xlsx workbook. What it is follows
 * from its content; the name is only looked at when the content is none of these.
 * @throws Refusal (`import.…`) when the file as a whole can't be read
 */
export async function readTable(bytes: Buffer, filename: string): Promise<Table> {
  const limit = FILE_LIMITS.megabytes;
  if (bytes.length > limit * 1024 * 1024) throw new Refusal('import.file_too_large', { limit });
  const isZip = bytes.length > 3 && bytes.readUInt32LE(0) === 0x04034b50;
  const isOldOffice = bytes.length > 3 && bytes.readUInt32BE(0) === 0xd0cf11e0;
  if (isOldOffice || (!isZip && /\.xls$/i.test(filename))) throw new Refusal('import.file_type');
  if (!isZip && /\.xlsx$/i.test(filename)) throw new Refusal('import.xlsx_damaged');
  return isZip ? await xlsxTable(bytes) : await csvTable(bytes);
}

async function xlsxTable(bytes: Buffer): Promise<Table> {
  const { rows, faults } = await readXlsx(bytes, FILE_LIMITS);
  const [first, ...body] = rows;
  const builder = tableBuilder(first);
  for (const { row, column, code } of faults) builder.fault(row, column - 1, code);
  body.forEach((cells, index) => {
    builder.add(index + 2, cells);
  });
  return builder.table;
}

async function csvTable(bytes: Buffer): Promise<Table> {
  let builder: TableBuilder | undefined;
  for await (const { line, cells } of parseCsv(decodeText(bytes))) {
    if (builder === undefined) builder = tableBuilder(cells);
    else builder.add(line, cells);
  }
  return (builder ?? tableBuilder(undefined)).table;
}

interface TableBuilder {
  table: Table;
  add(line: number, cells: readonly string[]): void;
  fault(line: number, column: number, code: string): void;
}

/**
 * Collects rows under a header. @throws Refusal when there is no header, or more rows or columns than
 * allowed
 */
function tableBuilder(first: readonly string[] | undefined): TableBuilder {
  const header = withoutTrailing((first ?? []).map((cell) => cell.trim()));
  if (header.length === 0) throw new Refusal('import.file_empty');
  if (header.length > FILE_LIMITS.columns)
    throw new Refusal('import.too_many_columns', { limit: FILE_LIMITS.columns });
  const rows: TableRow[] = [];
  const faulty: TableRow[] = [];
  const problems: RowProblem[] = [];
  /** Lines with a fault; true where a cell is at fault and not the row as a whole. */
  const faults = new Map<number, boolean>();
  const fault = (line: number, column: number | null, code: string, params?: RefusalParams): void => {
    faults.set(line, column !== null && (faults.get(line) ?? true));
    const name = column === null ? null : (header[column] ?? `#${column + 1}`);
    noteProblem(problems, { line, column: name, code, ...(params ? { params } : {}) });
  };
  return {
    table: { header, rows, faulty, problems },
    fault,
    add(line, raw) {
      const cells = raw.map((cell) => cell.trim());
      if (cells.every((cell) => cell === '')) return;
      if (rows.length >= FILE_LIMITS.rows)
        throw new Refusal('import.too_many_rows', { limit: FILE_LIMITS.rows });
      if (cells.length < header.length) fault(line, null, 'import.row_too_narrow');
      if (cells.slice(header.length).some((cell) => cell !== '')) fault(line, null, 'import.row_too_wide');
      cells.forEach((cell, column) => {
        if (cell.length > FILE_LIMITS.cell)
          fault(line, column, 'import.cell_too_long', { limit: FILE_LIMITS.cell });
        else if (isFormula(cell)) fault(line, column, 'import.formula');
      });
      const row = { line, cells: cells.length > header.length ? cells.slice(0, header.length) : cells };
      const cellsOnly = faults.get(line);
      if (cellsOnly === undefined) rows.push(row);
      else if (cellsOnly) faulty.push(row);
    },
  };
}

// Numbers such as -3.5 and phones such as +86 537 1234567 begin like formulas and are none; so do dashes in
// prose.
const FORMULA = /^(?:=|[+\-@]\s*[A-Za-z0-9(=+\-@$'"])/;
const NUMBER = /^[+-][\d\s.,()\-/%]*$/;

function isFormula(cell: string): boolean {
  const first = cell.charCodeAt(0);
  // All four signs lie at or below '@', as digits do; Chinese and letters need no closer look.
  return first <= 0x40 && FORMULA.test(cell) && !NUMBER.test(cell);
}

function withoutTrailing(cells: readonly string[]): readonly string[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === '') length -= 1;
  return cells.slice(0, length);
}
