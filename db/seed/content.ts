import { readFileSync } from 'node:fs';
import { at } from './random.ts';

/** One row of an import file: column → text, as if read from CSV. */
export type Row = Record<string, string>;

/** A department of the city hall, as the data file writes it. */
export interface DepartmentContent {
  readonly key: string;
  readonly name: string;
  /** how its credit code begins: 11 authority, 12 institution, 13 association, 91 company */
  readonly uscc: string;
  /** the group of general windows that takes its matters when it has no window of its own */
  readonly sector: string;
  readonly ownWindows: boolean;
}

export interface WindowContent {
  readonly floor: string;
  readonly department: string;
  readonly kind: string;
  readonly count: number;
  readonly label: string;
  /** parts of item names that belong to this window; for general windows the sector */
  readonly match: readonly string[];
}

export interface ItemContent {
  readonly type: string;
  readonly name: string;
  /** working days; 0 is settled at once */
  readonly promisedDays: number;
  /** which main item of the department, from 1; which sub-item, 0 for a main item without any */
  readonly main: number;
  readonly sub: number;
  /** a handling item shares the code of its main item and adds two digits */
  readonly handling: boolean;
}

export interface TagContent {
  readonly tag: string;
  readonly level: number;
  readonly where: 'onsite' | 'online' | 'both';
  readonly doneOnly: boolean;
  readonly texts: readonly string[];
}

export interface DemoContent {
  readonly departments: readonly DepartmentContent[];
  readonly windows: readonly WindowContent[];
  readonly items: ReadonlyMap<string, readonly ItemContent[]>;
  readonly tags: readonly TagContent[];
  /** sections of rating texts that belong to no tag */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly conduct: ReadonlyMap<string, readonly string[]>;
  readonly people: ReadonlyMap<string, readonly string[]>;
  readonly firms: ReadonlyMap<string, readonly string[]>;
}

const ITEM_FILES = [
  '1-approval-police-justice',
  '2-society',
  '3-economy',
  '4-construction',
  '5-fields-and-services',
  '6-county-and-township',
];

/** Reads the data files beside this module; the only part of the demo that touches the disk. */
export function demoContent(): DemoContent {
  const texts = sections(read('demo/texts.txt'));
  const items = ITEM_FILES.flatMap((file) => [...sections(read(`demo/items/${file}.txt`))]);
  return {
    departments: table(read('demo/departments.csv')).map(readDepartment),
    windows: table(read('demo/windows.csv')).map(readWindow),
    items: new Map(items.map(([key, lines]) => [key, lines.flatMap(readItems)])),
    tags: [...texts].filter(([title]) => /^\d/.test(title)).map(readTag),
    texts: new Map([...texts].filter(([title]) => !/^\d/.test(title))),
    conduct: sections(read('demo/conduct.txt')),
    people: sections(read('demo/people.txt')),
    firms: sections(read('demo/firms.txt')),
  };
}

/** The rows of a seed file whose values hold neither commas nor quotes. */
export function table(text: string): Row[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    if (values.length !== columns.length) throw new SyntaxError(`wrong number of columns: ${line}`);
    return Object.fromEntries(columns.map((column, index) => [column, at(values, index)]));
  });
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

/** '## title' opens a section, '# ' is a remark, empty lines mean nothing. */
function sections(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('## ')) {
      lines = [];
      found.set(line.slice(3), lines);
    } else if (line !== '' && !line.startsWith('# ')) lines.push(line);
  }
  return found;
}

function readDepartment(row: Row): DepartmentContent {
  const { key = '', name = '', uscc = '', sector = '', windows } = row;
  return { key, name, uscc, sector, ownWindows: windows === 'own' };
}

function readWindow(row: Row): WindowContent {
  const { floor = '', department = '', kind = '', count, label = '', match = '' } = row;
  return { floor, department, kind, count: Number(count), label, match: match.split('、').filter(Boolean) };
}

function readTag([title, texts]: [string, string[]]): TagContent {
  const [tag = '', where, done] = title.split(' ');
  if (where !== 'onsite' && where !== 'online' && where !== 'both') throw new SyntaxError(`tag ${title}`);
  return { tag, level: Number(tag.charAt(0)), where, doneOnly: done === 'done', texts };
}

const ITEM_LINE = /^(\d\d) (i|p\d+) (\S+)(?: \| (.+))?$/;

/** One line of a section of items becomes one item for each of its handling variants. */
function readItems(line: string, index: number): ItemContent[] {
  const match = ITEM_LINE.exec(line);
  if (match === null) throw new SyntaxError(`not an item: ${line}`);
  const [, type = '', promise = '', base = '', variants] = match;
  const main = index + 1;
  if (variants === undefined) {
    return [{ type, name: base, promisedDays: daysOf(promise), main, sub: 0, handling: false }];
  }
  return variants.split('/').map((variant, place) => {
    const [label = '', own] = variant.replace('#', '').split(':');
    const name = label.startsWith('+') ? base + label.slice(1) : `${base}（${label}）`;
    const handling = variant.startsWith('#');
    return { type, name, promisedDays: daysOf(own ?? promise), main, sub: place + 1, handling };
  });
}

function daysOf(promise: string): number {
  return promise === 'i' ? 0 : Number(promise.slice(1));
}
