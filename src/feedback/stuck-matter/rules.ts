import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import type { Lang } from '../../kernel/lang.ts';
import { datedShape, fieldsShape, loadRuleFile, namedShape, textShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const text = textShape();
const listed = namedShape(fieldsShape({ zh: text, en: text }));
const excluded = namedShape(fieldsShape({ zh: text, en: text, remedy_zh: text, remedy_en: text }));
const shape = fieldsShape({
  categories: datedShape(fieldsShape({ source: text, values: listed })),
  exclusions: datedShape(fieldsShape({ source: text, values: excluded })),
  causes: datedShape(fieldsShape({ source: text, values: listed })),
});

const read = () => loadRuleFile(readRuleFile('example-city/stuck-matter.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

type Words = Readonly<Record<Lang, string>>;

/** One line of a list of the rules, in both languages. */
export interface Listed {
  readonly code: string;
  readonly words: Words;
}

/** What the desk can't take up, and what the person is told instead. */
export interface Exclusion extends Listed {
  readonly remedy: Words;
}

/** The lists of the desk on one day, in the order of the rules. */
export interface DeskRules {
  readonly categories: readonly Listed[];
  readonly exclusions: readonly Exclusion[];
  readonly causes: readonly Listed[];
}

/** @throws RuleError when `rules/example-city/stuck-matter.yaml` can't be used */
export function deskRules(on: Day): DeskRules {
  file ??= read();
  return {
    categories: listOf(valueOn(file.categories, on).value.values),
    exclusions: [...valueOn(file.exclusions, on).value.values].map(([code, one]) => ({
      code,
      words: { 'zh-CN': one.zh, en: one.en },
      remedy: { 'zh-CN': one.remedy_zh, en: one.remedy_en },
    })),
    causes: listOf(valueOn(file.causes, on).value.values),
  };
}

function listOf(values: ReadonlyMap<string, { zh: string; en: string }>): Listed[] {
  return [...values].map(([code, { zh, en }]) => ({ code, words: { 'zh-CN': zh, en } }));
}
