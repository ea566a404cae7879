import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../kernel/refusal.ts';
import './files-refusals.ts';

/** A record of a CSV file and the line of the file that it begins in, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** Records read before other work of the process gets its turn. */
const BREATH = 20_000;

/**
 * Reads CSV text (RFC 4180): commas, double quotes, CRLF or LF or CR. Empty lines are left out.
 * @throws Refusal `import.csv_quotes` when a quoted cell doesn't end as it should
 */
export async function* parseCsv(file: string): AsyncGenerator<CsvRecord> {
  const text = feedsOnly(file);
  const quoted = text.includes('"');
  let at = 0;
  let line = 1;
  let read = 0;
  while (at < text.length) {
    const record = quoted ? quotedRecord(text, at, line) : plainRecord(text, at);
    if (record.cells.length > 1 || record.cells[0] !== '') yield { line, cells: record.cells };
    at = record.next;
    line += record.lines;
    read += 1;
    if (read % BREATH === 0) await setImmediate();
  }
}

/**
 * Files of old Macs end their lines by CR alone. Behind the last LF each CR becomes one: else every line
 * would be looked through to the end of the file for the LF that doesn't come.
 */
function feedsOnly(text: string): string {
  const behind = text.lastIndexOf('\n') + 1;
  if (text.indexOf('\r', behind) === -1) return text;
  return text.slice(0, behind) + text.slice(behind).replaceAll('\r', '\n');
}

interface Step {
  cells: string[];
  next: number;
  /** Lines of the file that the record takes. */
  lines: number;
}

function plainRecord(text: string, start: number): Step {
  const { end, next } = lineEnd(text, start);
  return { cells: text.slice(start, end).split(','), next, lines: 1 };
}

function lineEnd(text: string, from: number): { end: number; next: number } {
  const feed = text.indexOf('\n', from);
  const bound = feed === -1 ? text.length : feed;
  const end = bound > from && text.charCodeAt(bound - 1) === CR ? bound - 1 : bound;
  return { end, next: feed === -1 ? text.length : feed + 1 };
}

const CR = 13;

function quotedRecord(text: string, start: number, line: number): Step {
  const cells: string[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    const { end, next } = lineEnd(text, at);
    if (text[at] !== '"') {
      const comma = text.indexOf(',', at);
      if (comma === -1 || comma >= end) {
        cells.push(text.slice(at, end));
        return { cells, next, lines };
      }
      cells.push(text.slice(at, comma));
      at = comma + 1;
      continue;
    }
    const close = closingQuote(text, at + 1, line + lines - 1);
    const cell = text.slice(at + 1, close).replaceAll('""', '"');
    cells.push(cell);
    lines += newlines(cell);
    at = close + 1;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    const rest = lineEnd(text, at);
    if (rest.end !== at) throw new Refusal('import.csv_quotes', { line: line + lines - 1 });
    return { cells, next: rest.next, lines };
  }
}

function closingQuote(text: string, from: number, line: number): number {
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw new Refusal('import.csv_quotes', { line });
    if (text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

/** Ends of lines within a text, however they are written. */
export function newlines(text: string): number {
  return countOf(text, /\r\n|\n|\r/g);
}

/** How often the pattern occurs, without a list of as many as the file has bytes. */
function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count += 1;
  return count;
}

/**
 * Decodes a CSV file: UTF-8 with or without BOM, else GB18030; anything else is refused.
 * @throws Refusal `import.encoding` naming the line
 */
export function decodeText(bytes: Buffer): string {
  const utf8 = decode('utf-8', bytes);
  if (utf8 !== undefined) return checked(utf8);
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  // A UTF-8 file with a broken byte would often pass as GB18030, as nonsense: its other characters give it
  // away.
  const legible = countOf(lenient, /[\u3000-\u9fff\uff00-\uffef]/g);
  const broken = countOf(lenient, /\ufffd/g);
  const gb = marked || legible > broken ? undefined : decode('gb18030', bytes);
  if (gb === undefined)
    throw new Refusal('import.encoding', { line: lineOf(lenient, lenient.indexOf('\ufffd')) });
  return checked(gb);
}

function decode(encoding: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A NUL belongs to no text: UTF-16 without its mark, or a program. */
function checked(text: string): string {
  const nul = text.indexOf('\0');
  if (nul !== -1) throw new Refusal('import.encoding', { line: lineOf(text, nul) });
  return text;
}

function lineOf(text: string, at: number): number {
  return newlines(text.slice(0, Math.max(at, 0))) + 1;
}
