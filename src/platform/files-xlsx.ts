import { readSheet } from 'read-excel-file/node';
import { formatSecond } from '../kernel/day.ts';
import { Refusal } from '../kernel/refusal.ts';
import { unzip, zipStored } from './files-zip.ts';

/** Limits of a sheet, checked before its cells take memory. */
export interface SheetLimits {
  rows: number;
  columns: number;
  /** Errors after which it isn't looked at any further. */
  problems: number;
}

/** Parts of a workbook that hold cells; pictures, macros and settings aren't even unpacked. */
const WANTED = [
  /^\[Content_Types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^xl\/(workbook|sharedStrings|styles)\d*\.xml$/i,
  /^xl\/_rels\/[^/]+\.rels$/i,
  /^xl\/worksheets\/[^/]+\.xml$/i,
];

/** A cell whose value can't be taken, by its place from 1. */
export interface CellFault {
  row: number;
  column: number;
  code: 'import.formula' | 'import.number_precision';
}

const CHINA_MS = 8 * 3_600_000;

/**
 * The first sheet's cells as text, row by row; days and times in the national form, empty cells ''.
 * @throws Refusal for an archive that is damaged or expands too much, or for too many cells
 */
export async function readXlsx(
  bytes: Buffer,
  limits: SheetLimits,
): Promise<{ rows: string[][]; faults: CellFault[] }> {
  const files = unzip(bytes, (name) => WANTED.some((part) => part.test(name)));
  const first = firstSheet(files);
  for (const name of files.keys()) {
    if (name !== first && /^xl\/worksheets\//i.test(name)) files.delete(name);
  }
  const faults = checkSheet(files.get(first)?.toString('utf8') ?? '', limits);
  const sheet = await parse(files);
  const rows = sheet.map((row, index) =>
    row.map((cell, column) => {
      const text = textOf(cell);
      if (text === undefined)
        faults.push({ row: index + 1, column: column + 1, code: 'import.number_precision' });
      return text ?? '';
    }),
  );
  return { rows, faults };
}

/** Path of the sheet that the workbook shows first. */
function firstSheet(files: ReadonlyMap<string, Buffer>): string {
  const workbook = files.get('xl/workbook.xml')?.toString('utf8') ?? '';
  const relations = files.get('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? '';
  // No '<' within a tag: else a file of nothing but opened tags would be read to its end for each of them.
  const sheet = /<(?:\w+:)?sheet\s[^<>]*?\bid="([^"<>]+)"/.exec(workbook)?.[1];
  const relation = [...relations.matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/g)].find(
    ([element]) => /\bId="([^"]*)"/.exec(element)?.[1] === sheet,
  );
  const target = /\bTarget="([^"]*)"/.exec(relation?.[0] ?? '')?.[1] ?? '';
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!files.has(path)) throw new Refusal('import.xlsx_damaged');
  return path;
}

/** A number as the file writes it, told apart from a text that looks like one. */
interface NumberCell {
  number: string;
}

type Cell = string | boolean | Date | NumberCell | null;

async function parse(files: ReadonlyMap<string, Buffer>): Promise<Cell[][]> {
  try {
    const sheet = await readSheet<NumberCell>(zipStored(files), { parseNumber: (number) => ({ number }) });
    // The library's own types call a day `typeof Date`.
    return sheet as unknown as Cell[][];
  } catch {
    throw new Refusal('import.xlsx_damaged');
  }
}

/**
 * Looks through the sheet's XML for what the values no longer tell: formulas, and cells so far out that the
 * rows between would fill the memory.
 */
function checkSheet(xml: string, limits: SheetLimits): CellFault[] {
  // Entities could name anything; no spreadsheet program writes a document type.
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) throw new Refusal('import.xlsx_damaged');
  const faults: CellFault[] = [];
  let cell: { row: number; column: number } = { row: 0, column: 0 };
  for (const match of xml.matchAll(/<(?:\w+:)?(row|c|f)(?=[\s/>])([^<>]*)>/g)) {
    const [, element, attributes = ''] = match;
    if (element === 'f') {
      if (faults.length >= limits.problems)
        throw new Refusal('import.too_many_problems', { line: cell.row, limit: limits.problems });
      faults.push({ ...cell, code: 'import.formula' });
      continue;
    }
    const address = /\br="([A-Za-z]*)(\d+)"/.exec(attributes);
    if (element === 'row') {
      cell = { row: address ? Number(address[2]) : cell.row + 1, column: 0 };
    } else {
      const [row, column] = address
        ? [Number(address[2]), columnNumber(address[1] ?? '')]
        : [cell.row, cell.column + 1];
      cell = { row, column };
    }
    if (cell.row > limits.rows + 1) throw new Refusal('import.too_many_rows', { limit: limits.rows });
    if (cell.column > limits.columns) throw new Refusal('import.too_many_columns', { limit: limits.columns });
  }
  return faults;
}

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

/** The cell as text; undefined when it is a number that lost digits. */
function textOf(cell: Cell): string | undefined {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return String(cell);
  return cell instanceof Date ? momentText(cell) : numberText(cell.number);
}

/** Whole numbers as they stand; others without their binary dust (0.30000000000000004). */
function numberText(text: string): string | undefined {
  const number = Number(text);
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined;
  if (/^-?\d+$/.test(text)) return text;
  return String(Number(number.toPrecision(15)));
}

/** The sheet knows no zone: its wall clock comes as if it were UTC. */
function momentText(at: Date): string {
  const seconds = new Date(Math.round(at.getTime() / 1000) * 1000 - CHINA_MS);
  return formatSecond(seconds).replace(/ 00:00:00$/, '');
}
