import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { Lang } from '../kernel/lang.ts';
import { defineRefusals, type RefusalParams, sentence } from '../kernel/refusal.ts';
import { checkoutDir } from './config.ts';

defineRefusals({
  'rules.syntax': {
    status: 422,
    zh: 'YAML 无法读取：{reason}。请改正这一处的写法。',
    en: "The YAML can't be read: {reason}. Correct it at this place.",
  },
  'rules.duplicate_key': {
    status: 422,
    zh: '同一个名称或日期出现了两次。请只保留一处。',
    en: 'The same name or day stands here twice. Keep one of them.',
  },
  'rules.alias': {
    status: 422,
    zh: '规则文件不使用锚点和别名。请把数值直接写出来。',
    en: 'Rule files use no anchors and aliases. Write the value out.',
  },
  'rules.not_a_map': {
    status: 422,
    zh: '这里应当是“名称: 值”的列表。请按其他规则的写法改正。',
    en: 'Named fields (name: value) are expected here. Correct it after the model of the other rules.',
  },
});

/** One YAML file of rules: its name as a reader knows it ('example-city/daily.yaml') and its text. */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

/** Where something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface NodeBase {
  readonly place: Place;
  /** path from the file's top: 'rules.daily.late.values.2022-01-01.points' */
  readonly field: string;
}

export interface RuleScalar extends NodeBase {
  readonly kind: 'scalar';
  /** as written, so that 20.00 stays '20.00' and never becomes a float */
  readonly text: string;
}

export interface RuleMap extends NodeBase {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, RuleNode>;
  /** where each key stands */
  readonly keys: ReadonlyMap<string, Place>;
}

export interface RuleList extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly RuleNode[];
}

export type RuleNode = RuleScalar | RuleMap | RuleList;

/** Something wrong in a rule file: where, in which field, and a sentence with the remedy by its code. */
export interface RuleFault {
  readonly place: Place;
  readonly field: string;
  readonly code: string;
  readonly params: RefusalParams;
}

/** 'daily.yaml:12:5 rules.daily.late: …' in the reader's language. */
export function ruleFaultText(fault: RuleFault, lang: Lang): string {
  const { file, line, column } = fault.place;
  const field = fault.field === '' ? '' : ` ${fault.field}`;
  return `${file}:${line}:${column}${field}: ${sentence(fault.code, lang, fault.params)}`;
}

/** Rule files that can't be used; the message lists every fault, one a line. */
export class RuleError extends Error {
  readonly faults: readonly RuleFault[];

  constructor(faults: readonly RuleFault[]) {
    super(faults.map((fault) => ruleFaultText(fault, 'en')).join('\n'));
    this.faults = faults;
  }
}

/** The .yaml files right under a folder of `rules/`, by name. */
export function readRuleFolder(folder: string, root: string = join(checkoutDir, 'rules')): RuleFile[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => readRuleFile(`${folder}/${name}`, root));
}

/** One file under `rules/`, such as 'national/levels.yaml'. */
export function readRuleFile(name: string, root: string = join(checkoutDir, 'rules')): RuleFile {
  return { name, text: readFileSync(join(root, name), 'utf8') };
}

/** The file as a tree in which everything knows its place; faults go to `note` and give undefined. */
export function parseRuleFile(file: RuleFile, note: (fault: RuleFault) => void): RuleNode | undefined {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: file.name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  for (const error of document.errors) {
    if (error.code === 'DUPLICATE_KEY') {
      note({ place: placeAt(error.pos[0]), field: '', code: 'rules.duplicate_key', params: {} });
      continue;
    }
    const reason = error.message.split('\n')[0] ?? error.code;
    note({ place: placeAt(error.pos[0]), field: '', code: 'rules.syntax', params: { reason } });
  }
  if (document.errors.length > 0) return undefined;
  const top = document.contents as ParsedNode | null;
  if (top === null) {
    note({ place: placeAt(0), field: '', code: 'rules.not_a_map', params: {} });
    return undefined;
  }
  let sound = true;
  const made = nodeOf(top, '', {
    placeAt,
    note: (fault) => {
      sound = false;
      note(fault);
    },
  });
  return sound ? made : undefined;
}

interface Walk {
  readonly placeAt: (offset: number) => Place;
  readonly note: (fault: RuleFault) => void;
}

function nodeOf(node: ParsedNode, field: string, walk: Walk): RuleNode {
  const place = walk.placeAt(node.range[0]);
  if (isMap(node)) return mapOf(node.items as readonly Pair[], { place, field }, walk);
  if (isSeq(node)) {
    const items = (node.items as ParsedNode[]).map((item, at) => nodeOf(item, `${field}[${at}]`, walk));
    return { kind: 'list', place, field, items };
  }
  if (isAlias(node)) walk.note({ place, field, code: 'rules.alias', params: {} });
  const text = isScalar(node) ? (node.source ?? '') : '';
  return { kind: 'scalar', place, field, text };
}

interface Pair {
  readonly key: ParsedNode;
  readonly value: ParsedNode | null;
}

function mapOf(pairs: readonly Pair[], at: NodeBase, walk: Walk): RuleMap {
  const entries = new Map<string, RuleNode>();
  const keys = new Map<string, Place>();
  for (const { key, value } of pairs) {
    const name = isScalar(key) ? (key.source ?? '') : '';
    const place = walk.placeAt(key.range[0]);
    const field = at.field === '' ? name : `${at.field}.${name}`;
    keys.set(name, place);
    entries.set(
      name,
      value === null ? { kind: 'scalar', place, field, text: '' } : nodeOf(value, field, walk),
    );
  }
  return { kind: 'map', ...at, entries, keys };
}
