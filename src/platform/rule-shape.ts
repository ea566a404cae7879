import { type Day, parseDay } from '../kernel/day.ts';
import { type Dated, type History, historyOf } from '../kernel/history.ts';
import { formatHundredths, parseHundredths } from '../kernel/points.ts';
import { defineRefusals, type RefusalParams } from '../kernel/refusal.ts';
import {
  type Place,
  parseRuleFile,
  RuleError,
  type RuleFault,
  type RuleFile,
  type RuleMap,
  type RuleNode,
} from './rules.ts';

defineRefusals({
  'rules.not_a_list': {
    status: 422,
    zh: '这里应当是列表。请写成 [一, 二] 这样。',
    en: 'A list is expected here. Write it like [one, two].',
  },
  'rules.not_a_value': {
    status: 422,
    zh: '这里应当是单个值。请写一个数或一段文字。',
    en: 'A single value is expected here. Write a number or a text.',
  },
  'rules.missing': {
    status: 422,
    zh: '缺少 {name}。请补上这一项。',
    en: '{name} is missing. Add it.',
  },
  'rules.unknown_field': {
    status: 422,
    zh: '不认识 {name}。这里可以写：{known}。',
    en: '{name} is not known here. What may stand here: {known}.',
  },
  'rules.not_a_day': {
    status: 422,
    zh: '{text} 不是日期。请写成 2022-01-01 这样的真实日期。',
    en: '{text} is not a day. Write a real day such as 2022-01-01.',
  },
  'rules.unordered_days': {
    status: 422,
    zh: '{day} 写在 {before} 之后，容易看错。请按日期由早到晚排列。',
    en: '{day} stands after {before}, which is easily misread. Put the days in order, the oldest first.',
  },
  'rules.not_a_number': {
    status: 422,
    zh: '“{text}”不是可用的数值。请写最多两位小数的数，如 -2.00。',
    en: '"{text}" is not a usable number. Write one with at most two decimals, such as -2.00.',
  },
  'rules.not_whole': {
    status: 422,
    zh: '“{text}”不是整数。请写不带小数的数，如 5。',
    en: '"{text}" is not a whole number. Write one without decimals, such as 5.',
  },
  'rules.out_of_range': {
    status: 422,
    zh: '{value} 超出范围。允许从 {lowest} 到 {highest}。',
    en: '{value} is out of range. Allowed: {lowest} to {highest}.',
  },
  'rules.not_a_choice': {
    status: 422,
    zh: '“{text}”不在可选范围内。可以写：{choices}。',
    en: '"{text}" is none of the choices. Write one of: {choices}.',
  },
  'rules.empty': {
    status: 422,
    zh: '这里不能为空。请填写内容。',
    en: 'This must not be empty. Fill it in.',
  },
  'rules.not_a_time': {
    status: 422,
    zh: '“{text}”不是时刻。请写成 17:30 这样。',
    en: '"{text}" is not a time of day. Write it like 17:30.',
  },
});

export type Note = (fault: RuleFault) => void;

/** Reads a node into a value; undefined after it has noted what is wrong. */
export interface Shape<T> {
  readonly optional?: true;
  read(node: RuleNode, note: Note): T | undefined;
}

/** What a shape makes of a node. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

function shape<T>(read: (node: RuleNode, note: Note) => T | undefined): Shape<T> {
  return { read };
}

function fault(node: RuleNode, code: string, params: RefusalParams = {}): RuleFault {
  return { place: node.place, field: node.field, code, params };
}

type Read<T> = { ok: true; value: T } | { ok: false; code: string; params: RefusalParams };

function good<T>(value: T): Read<T> {
  return { ok: true, value };
}

function bad(code: string, params: RefusalParams = {}): Read<never> {
  return { ok: false, code, params };
}

/** Reads a scalar's text by `parse`, which answers what is wrong as a fault's code and parameters. */
function scalar<T>(parse: (text: string) => Read<T>): Shape<T> {
  return shape((node, note) => {
    if (node.kind !== 'scalar') {
      note(fault(node, 'rules.not_a_value'));
      return undefined;
    }
    const made = parse(node.text.trim());
    if (made.ok) return made.value;
    note(fault(node, made.code, made.params));
    return undefined;
  });
}

/** Any text that is not empty. */
export function textShape(): Shape<string> {
  return scalar((text) => (text === '' ? bad('rules.empty') : good(text)));
}

export interface Bounds {
  readonly lowest: number;
  readonly highest: number;
}

/** A whole number within bounds. */
export function wholeShape(bounds: Bounds): Shape<number> {
  return scalar((text) => {
    if (!/^-?\d{1,9}$/.test(text)) return bad('rules.not_whole', { text });
    const value = Number(text);
    if (value >= bounds.lowest && value <= bounds.highest) return good(value);
    return bad('rules.out_of_range', { value: text, ...bounds });
  });
}

/** A number of at most two decimals as its hundredths (20.00 → 2000); bounds in hundredths too. */
export function hundredthsShape(bounds: Bounds): Shape<number> {
  return scalar((text) => {
    const value = parseHundredths(text);
    if (value === undefined) return bad('rules.not_a_number', { text });
    if (value >= bounds.lowest && value <= bounds.highest) return good(value);
    const [lowest, highest] = [formatHundredths(bounds.lowest), formatHundredths(bounds.highest)];
    return bad('rules.out_of_range', { value: text, lowest, highest });
  });
}

export function choiceShape<const T extends string>(choices: readonly T[]): Shape<T> {
  return scalar((text) => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return good(found);
    return bad('rules.not_a_choice', { text, choices: choices.join(', ') });
  });
}

/** true or false */
export function flagShape(): Shape<boolean> {
  const word = choiceShape(['true', 'false']);
  return shape((node, note) => {
    const read = word.read(node, note);
    return read === undefined ? undefined : read === 'true';
  });
}

/** A time of day 'HH:mm'. */
export function timeShape(): Shape<string> {
  return scalar((text) =>
    /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? good(text) : bad('rules.not_a_time', { text }),
  );
}

export function listShape<T>(item: Shape<T>): Shape<T[]> {
  return shape((node, note) => {
    if (node.kind !== 'list') {
      note(fault(node, 'rules.not_a_list'));
      return undefined;
    }
    const values = node.items.map((one) => item.read(one, note));
    return allPresent(values) ? values : undefined;
  });
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends { readonly optional: true } ? K : never;
}[keyof F];

/** What a record of shapes makes: optional fields may be absent. */
export type ShapedFields<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Shaped<F[K]>;
} & { readonly [K in OptionalKeys<F>]?: Shaped<F[K]> };

export function optionalShape<T>(of: Shape<T>): Shape<T> & { readonly optional: true } {
  return { optional: true, read: of.read };
}

/** A map with these fields and no others. */
export function fieldsShape<const F extends Fields>(fields: F): Shape<ShapedFields<F>> {
  return shape((node, note) => {
    if (!isMapNode(node, note)) return undefined;
    let sound = true;
    const made: Record<string, unknown> = {};
    for (const [name, at] of node.keys) {
      if (Object.hasOwn(fields, name)) continue;
      sound = false;
      const known = Object.keys(fields).join(', ');
      note({ place: at, field: node.field, code: 'rules.unknown_field', params: { name, known } });
    }
    for (const [name, field] of Object.entries(fields)) {
      const child = node.entries.get(name);
      if (child === undefined) {
        if (field.optional) continue;
        sound = false;
        note(fault(node, 'rules.missing', { name }));
        continue;
      }
      const value = field.read(child, note);
      if (value === undefined) sound = false;
      else made[name] = value;
    }
    return sound ? (made as ShapedFields<F>) : undefined;
  });
}

/** A map from names of the reader's choice to values of one shape, in the order of the file. */
export function namedShape<T>(value: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return shape((node, note) => {
    if (!isMapNode(node, note)) return undefined;
    const made = new Map<string, T>();
    for (const [name, child] of node.entries) {
      const read = value.read(child, note);
      if (read !== undefined) made.set(name, read);
    }
    return made.size === node.entries.size ? made : undefined;
  });
}

/** Dated values { 2022-01-01: value, 2024-01-01: value }, at least one, as a history. */
export function datedShape<T>(value: Shape<T>): Shape<History<T>> {
  return shape((node, note) => {
    if (!isMapNode(node, note)) return undefined;
    const made: Dated<T>[] = [];
    for (const [text, child] of node.entries) {
      const from: Day | undefined = parseDay(text);
      const at = node.keys.get(text) ?? node.place;
      if (from === undefined)
        note({ place: at, field: node.field, code: 'rules.not_a_day', params: { text } });
      const before = made.at(-1)?.from;
      if (from !== undefined && before !== undefined && from < before) {
        note({ place: at, field: node.field, code: 'rules.unordered_days', params: { day: from, before } });
        return undefined;
      }
      const read = value.read(child, note);
      if (from !== undefined && read !== undefined) made.push({ from, value: read });
    }
    if (node.entries.size === 0) note(fault(node, 'rules.empty'));
    return made.length > 0 && made.length === node.entries.size ? historyOf(made) : undefined;
  });
}

/** A value together with where it stands, for checks that need the whole file or several files. */
export interface Located<T> {
  readonly value: T;
  readonly place: Place;
  readonly field: string;
}

export function locatedShape<T>(of: Shape<T>): Shape<Located<T>> {
  return shape((node, note) => {
    const value = of.read(node, note);
    return value === undefined ? undefined : { value, place: node.place, field: node.field };
  });
}

/** The file by its shape; faults go to `note`. */
export function shapeRuleFile<T>(file: RuleFile, of: Shape<T>, note: Note): T | undefined {
  const node = parseRuleFile(file, note);
  return node === undefined ? undefined : of.read(node, note);
}

/**
 * The file by its shape.
 *
 * @throws RuleError listing every fault with file, line, column, field and remedy
 */
export function loadRuleFile<T>(file: RuleFile, of: Shape<T>): T {
  const faults: RuleFault[] = [];
  const made = shapeRuleFile(file, of, (found) => faults.push(found));
  if (made === undefined || faults.length > 0) throw new RuleError(faults);
  return made;
}

function isMapNode(node: RuleNode, note: Note): node is RuleMap {
  if (node.kind === 'map') return true;
  note(fault(node, 'rules.not_a_map'));
  return false;
}

function allPresent<T>(values: readonly (T | undefined)[]): values is T[] {
  return values.every((value) => value !== undefined);
}

/** The shape's value made into another one. */
export function mapShape<T, U>(of: Shape<T>, make: (value: T) => U): Shape<U> {
  return shape((node, note) => {
    const value = of.read(node, note);
    return value === undefined ? undefined : make(value);
  });
}
