import type { FieldError } from '../../kernel/refusal.ts';
import { type Content, END, type Question } from './content-contract.ts';
import { type Limits, questionsOf, skipsOf, valuesOf } from './questionnaire.ts';

/** By question, what was chosen or written; nothing or an empty list where nothing was. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** What is chosen for a question; blank texts are no answer. */
export function chosenFor(answers: Answers, question: Question): readonly string[] {
  // Only what was really given: `constructor` is nobody's answer.
  const given = Object.hasOwn(answers, question.id) ? (answers[question.id] ?? []) : [];
  return question.kind === 'text' ? given.filter((text) => text.trim() !== '') : given;
}

/**
 * The questions that are asked, given the answers so far. The first skip whose answer was chosen leads on;
 * whatever the content says, each step goes forward, so the way always ends.
 */
export function pathOf(content: Content, answers: Answers): Question[] {
  const questions = questionsOf(content);
  const order = new Map(questions.map((question, at) => [question.id, at]));
  const path: Question[] = [];
  for (let at = 0; at < questions.length; ) {
    const question = questions[at];
    if (question === undefined) break;
    path.push(question);
    const chosen = chosenFor(answers, question);
    const skip = skipsOf(question).find(({ values }) => values.some((value) => chosen.includes(value)));
    if (skip?.to === END) break;
    at = Math.max(at + 1, (skip && order.get(skip.to)) ?? at + 1);
  }
  return path;
}

/** Questions that stand on one page together. */
export interface Page {
  /** place of the section */
  readonly section: number;
  readonly questions: readonly Question[];
}

/**
 * The path cut into pages: each section begins one, and so does whatever follows a question with skips, since
 * the server has to know its answer first.
 */
export function pagesOf(content: Content, answers: Answers): Page[] {
  const sectionOf = new Map(
    content.sections.flatMap(({ questions }, at) => questions.map((question) => [question.id, at] as const)),
  );
  const pages: { section: number; questions: Question[] }[] = [];
  let before: Question | undefined;
  for (const question of pathOf(content, answers)) {
    const section = sectionOf.get(question.id) ?? 0;
    const page = pages.at(-1);
    const parted = before === undefined || skipsOf(before).length > 0;
    if (page === undefined || parted || page.section !== section) {
      pages.push({ section, questions: [question] });
    } else page.questions.push(question);
    before = question;
  }
  return pages;
}

/** What is wrong with the answer to a question; undefined when nothing is. */
export function faultOf(question: Question, answers: Answers, limits: Limits): FieldError | undefined {
  const field = question.id;
  const chosen = chosenFor(answers, question);
  if (chosen.length === 0) {
    return question.required ? { field, code: 'questionnaire.answer_missing' } : undefined;
  }
  if (question.kind === 'text') {
    const length = [...(chosen[0] ?? '')].length;
    const params = { limit: limits.text, length };
    if (chosen.length > 1) return { field, code: 'questionnaire.not_one' };
    return length > limits.text ? { field, code: 'questionnaire.text_too_long', params } : undefined;
  }
  const known = new Set(valuesOf(question));
  if (chosen.some((value) => !known.has(value))) return { field, code: 'questionnaire.unknown_answer' };
  if (question.kind !== 'multiple') {
    return chosen.length > 1 ? { field, code: 'questionnaire.not_one' } : undefined;
  }
  if (new Set(chosen).size !== chosen.length) return { field, code: 'questionnaire.not_one' };
  const { most } = question;
  if (most === null || chosen.length <= most) return undefined;
  return { field, code: 'questionnaire.too_many_ticked', params: { limit: most } };
}

/**
 * What is wrong with a whole sheet. An answer to a question that was skipped, or to none at all, is wrong
 * too: it would be counted among people who were never asked.
 */
export function sheetFaults(content: Content, answers: Answers, limits: Limits): FieldError[] {
  const path = pathOf(content, answers);
  const asked = new Set(path.map((question) => question.id));
  const known = new Map(questionsOf(content).map((question) => [question.id, question]));
  const beside = Object.keys(answers).flatMap((field): FieldError[] => {
    const question = known.get(field);
    if (question === undefined) return [{ field, code: 'questionnaire.unknown_question' }];
    const skipped = !asked.has(field) && chosenFor(answers, question).length > 0;
    return skipped ? [{ field, code: 'questionnaire.skipped' }] : [];
  });
  return [...path.flatMap((question) => faultOf(question, answers, limits) ?? []), ...beside];
}

/** The answers along the path, every asked question with its list; what lies beside it is left out. */
export function alongPath(content: Content, answers: Answers): Record<string, readonly string[]> {
  const path = pathOf(content, answers);
  return Object.fromEntries(path.map((question) => [question.id, chosenFor(answers, question)]));
}

/** Questions of two typings of one sheet that differ; words aren't compared, ticks are. */
export function differing(content: Content, first: Answers, second: Answers) {
  const closed = questionsOf(content).filter((question) => question.kind !== 'text');
  const key = (answers: Answers, question: Question) =>
    Object.hasOwn(answers, question.id) ? [...chosenFor(answers, question)].sort().join(',') : '-';
  const compared = closed.filter(({ id }) => Object.hasOwn(first, id) || Object.hasOwn(second, id));
  const differs = compared.filter((question) => key(first, question) !== key(second, question));
  return { compared: compared.length, differs: differs.map((question) => question.id) };
}
