import type { FieldError } from '../../kernel/refusal.ts';
import { type Content, END, type Question, type Words } from './content-contract.ts';

/** The most that a questionnaire may hold. */
export interface Limits {
  readonly questions: number;
  readonly options: number;
  /** characters of a text */
  readonly text: number;
}

/** All questions in the order in which they are asked. */
export function questionsOf(content: Content): Question[] {
  return content.sections.flatMap((section) => section.questions);
}

/** Skips of a question, in the order in which they are tried; a text leads nowhere else. */
export function skipsOf(question: Question) {
  return question.kind === 'text' ? [] : question.skips;
}

/** Every answer that can be chosen, in its order; none for a text. */
export function valuesOf(question: Question): string[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.map((option) => option.id);
    case 'scale':
      return Array.from({ length: question.points }, (_, at) => String(at + 1));
    case 'nps':
      return Array.from({ length: 11 }, (_, at) => String(at));
    case 'text':
      return [];
  }
}

/**
 * What keeps a draft from being published, each with its place; empty when nothing does. A skip only leads
 * forward, so that no way through the questions goes in a circle.
 */
export function faultsOf(content: Content, limits: Limits): FieldError[] {
  const faults: FieldError[] = [];
  const questions = questionsOf(content);
  if (content.title.zh === '') faults.push({ field: 'title', code: 'questionnaire.title_missing' });
  if (questions.length === 0) faults.push({ field: 'sections', code: 'questionnaire.no_question' });
  if (questions.length > limits.questions) {
    const params = { limit: limits.questions };
    faults.push({ field: 'sections', code: 'questionnaire.too_many_questions', params });
  }
  const order = new Map(questions.map((question, at) => [question.id, at]));
  const seen = new Set<string>();
  for (const question of questions) {
    if (seen.has(question.id)) faults.push({ field: question.id, code: 'questionnaire.duplicate_question' });
    seen.add(question.id);
    faults.push(...questionFaults(question, limits), ...skipFaults(question, order));
  }
  return faults;
}

function questionFaults(question: Question, limits: Limits): FieldError[] {
  const field = question.id;
  const faults: FieldError[] = [];
  if (question.title.zh === '') faults.push({ field, code: 'questionnaire.title_missing' });
  if (question.kind !== 'single' && question.kind !== 'multiple') return faults;
  const { options } = question;
  if (options.length < 2) faults.push({ field, code: 'questionnaire.few_options' });
  if (options.length > limits.options) {
    faults.push({ field, code: 'questionnaire.too_many_options', params: { limit: limits.options } });
  }
  if (options.some(({ label }) => label.zh === '')) {
    faults.push({ field, code: 'questionnaire.title_missing' });
  }
  const distinct = (texts: readonly string[]) => new Set(texts).size === texts.length;
  const codes = options.map((option) => option.id);
  if (!distinct(codes) || !distinct(options.map(({ label }) => label.zh))) {
    faults.push({ field, code: 'questionnaire.same_option' });
  }
  return faults;
}

function skipFaults(question: Question, order: ReadonlyMap<string, number>): FieldError[] {
  const field = question.id;
  const known = new Set(valuesOf(question));
  const own = order.get(question.id) ?? 0;
  return skipsOf(question).flatMap(({ values, to }): FieldError[] => {
    const faults: FieldError[] = [];
    if (values.some((value) => !known.has(value))) faults.push({ field, code: 'questionnaire.skip_value' });
    const target = order.get(to);
    if (to === END) return faults;
    if (target === undefined) faults.push({ field, code: 'questionnaire.skip_unknown' });
    else if (target <= own) faults.push({ field, code: 'questionnaire.skip_backward' });
    return faults;
  });
}

/** The words in a language; Chinese where there are no English ones. */
export function wordsIn({ zh, en }: Words, lang: 'zh-CN' | 'en'): string {
  return lang === 'en' && en !== '' ? en : zh;
}

/**
 * The regions whose naming opens a questionnaire at a window that stands in `region`: its own, its township
 * and its county. The city's region means the city's own hall and nothing below.
 */
export function regionsCovering(region: string): string[] {
  const above = [`${region.slice(0, 9)}000`, `${region.slice(0, 6)}000000`];
  return [...new Set([region, ...above.filter((code) => !code.endsWith('00000000'))])];
}

/** Where a questionnaire stands on a day. */
export function stateOn(
  opening: { readonly from: string; readonly until: string; readonly closed: boolean } | null,
  on: string,
): 'draft' | 'planned' | 'open' | 'over' | 'closed' {
  if (opening === null) return 'draft';
  if (opening.closed) return 'closed';
  if (on < opening.from) return 'planned';
  return on > opening.until ? 'over' : 'open';
}
