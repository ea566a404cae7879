import type { Content, Question } from '../../../../src/feedback/questionnaire/content-contract.ts';
import { allQuestions, valuesOf } from './content-edit.ts';

/**
 * What was typed for a question as an answer: places of options by their numbers (`1` or `1,3`), points as
 * they are, words as they are. What can't be read goes to the server as it is, which says what is wrong.
 */
export function answerOf(question: Question, typed: string): string[] {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return [];
  if (question.kind === 'text') return [typed.trim()];
  if (question.kind === 'scale' || question.kind === 'nps') return [text];
  const values = valuesOf(question);
  const parts = text.split(/[\s,，、;；]+/).filter((part) => part !== '');
  return parts.map((part) => values[Number(part) - 1] ?? part);
}

/** Answers of a whole sheet, without the questions that were left empty. */
export function answersOf(content: Content, typed: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    allQuestions(content).flatMap((question) => {
      const answer = answerOf(question, typed[question.id] ?? '');
      return answer.length > 0 ? [[question.id, answer] as const] : [];
    }),
  );
}

/** An answer as it would be typed. */
export function typedOf(question: Question | undefined, values: readonly string[]): string {
  if (question === undefined || (question.kind !== 'single' && question.kind !== 'multiple')) {
    return values.join(',');
  }
  const known = valuesOf(question);
  return values.map((value) => String(known.indexOf(value) + 1)).join(',');
}
