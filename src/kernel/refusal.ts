import { assert, Fault } from './assert.ts';
import type { Lang } from './lang.ts';

/**
 * One refusal as its slice defines it: the HTTP status and a sentence with `{param}` places in both
 * languages.
 */
export interface RefusalEntry {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

export type RefusalParams = Readonly<Record<string, string | number | bigint>>;

/** One field of a refused input: its path, the code of what is wrong, and a sentence when one exists. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly detail?: string;
  /** what the sentence of the code has places for */
  readonly params?: RefusalParams;
}

export interface RefusalOptions {
  /** the one field at fault */
  readonly field?: string;
  /** every field at fault, where there are several */
  readonly errors?: readonly FieldError[];
}

const catalog = new Map<string, RefusalEntry>();

/**
 * Adds a slice's refusals to the catalogue of the running program.
 *
 * @throws Fault for a malformed code, a status outside 400-599, an empty sentence, two sentences with
 *   different places, or a code that another slice has already defined differently
 */
export function defineRefusals<T extends Readonly<Record<string, RefusalEntry>>>(entries: T): T {
  for (const [code, entry] of Object.entries(entries)) {
    assert(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/.test(code), `refusal code ${code} is malformed`);
    assert(entry.status >= 400 && entry.status <= 599, `refusal ${code} has status ${entry.status}`);
    assert(entry.zh.trim() !== '' && entry.en.trim() !== '', `refusal ${code} lacks a sentence`);
    const places = [placesOf(entry.zh), placesOf(entry.en)].map((names) => names.join(','));
    assert(places[0] === places[1], `refusal ${code} has different places in its two sentences`);
    const known = catalog.get(code);
    assert(known === undefined || sameEntry(known, entry), `refusal ${code} is defined twice`);
    catalog.set(code, entry);
  }
  return entries;
}

/**
 * The product says no to its user: an input or a moment that the rules do not allow. Never a bug, always
 * with a sentence that tells what happened, why, and what to do next.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly params: RefusalParams;
  readonly status: number;
  readonly field: string | undefined;
  readonly errors: readonly FieldError[] | undefined;

  /** @throws Fault when the code is not in the catalogue or a place of its sentence has no value */
  constructor(code: string, params: RefusalParams = {}, options: RefusalOptions = {}) {
    super(sentence(code, 'en', params));
    this.code = code;
    this.params = params;
    this.status = entryOf(code).status;
    this.field = options.field;
    this.errors = options.errors;
  }
}

/** The refusal's sentence in the reader's language, its places filled. */
export function sentence(code: string, lang: Lang, params: RefusalParams = {}): string {
  const entry = entryOf(code);
  return (lang === 'en' ? entry.en : entry.zh).replace(PLACE, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new Fault(`refusal ${code} needs the parameter ${name}`);
    return String(value);
  });
}

/** A few words for the kind of refusal, by its status: the `title` of RFC 9457. */
export function titleOf(code: string, lang: Lang): string {
  const { status } = entryOf(code);
  const title = TITLES[status] ?? (status < 500 ? TITLES[400] : TITLES[503]);
  assert(title !== undefined, 'a general title exists');
  return lang === 'en' ? title.en : title.zh;
}

/** Whether the code is in the catalogue. */
export function isRefusalCode(code: string): boolean {
  return catalog.has(code);
}

/** All codes defined so far with their entries, for the API's description and the rules on words. */
export function refusalCatalog(): ReadonlyMap<string, RefusalEntry> {
  return catalog;
}

const PLACE = /\{([a-zA-Z][a-zA-Z0-9_]*)\}/g;

const TITLES: Readonly<Record<number, { zh: string; en: string }>> = {
  400: { zh: '请求有误', en: 'Bad request' },
  401: { zh: '请先登录', en: 'Sign in first' },
  403: { zh: '没有权限', en: 'Not allowed' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '与已有记录冲突', en: 'Conflicts with what is recorded' },
  410: { zh: '已经过期', en: 'Expired' },
  413: { zh: '内容太大', en: 'Too large' },
  415: { zh: '格式不支持', en: 'Format not supported' },
  422: { zh: '内容不符合规则', en: 'Against the rules' },
  423: { zh: '已经锁定', en: 'Locked' },
  429: { zh: '过于频繁', en: 'Too many requests' },
  503: { zh: '暂时不可用', en: 'Not available at the moment' },
};

function entryOf(code: string): RefusalEntry {
  const entry = catalog.get(code);
  if (entry === undefined) throw new Fault(`refusal ${code} is not defined`);
  return entry;
}

function placesOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1] ?? ''))].sort();
}

function sameEntry(one: RefusalEntry, other: RefusalEntry): boolean {
  return one.status === other.status && one.zh === other.zh && one.en === other.en;
}
