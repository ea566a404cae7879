import { expect, it } from 'vitest';
import type { Content, Question } from '../../../../src/feedback/questionnaire/content-contract.ts';
import {
  addOption,
  addQuestion,
  addSection,
  allQuestions,
  blankContent,
  changeQuestion,
  moveQuestion,
  removeQuestion,
  removeSection,
  targetsAfter,
} from './content-edit.ts';

const ids = (content: Content) =>
  content.sections.map(({ questions }) => questions.map(({ id }) => id).join(' ')).join(' | ');
const three = addQuestion(
  addQuestion(addSection(addQuestion(blankContent, 0, 'single')), 0, 'nps'),
  1,
  'text',
);

it('gives each question a code that is free', () => {
  expect(ids(three)).toBe('q1 q2 | q3');
  expect(ids(addQuestion(removeQuestion(three, 'q2'), 1, 'scale'))).toBe('q1 | q3 q2');
});

it.each([
  ['q1', 1, 'q2 q1 | q3'],
  ['q1', -1, 'q1 q2 | q3'],
  ['q2', 1, 'q1 | q2 q3'],
  ['q3', -1, 'q1 q2 q3 | '],
  ['q3', 1, 'q1 q2 | q3'],
] as const)('moves %s by %i', (id, by, after) => expect(ids(moveQuestion(three, id, by))).toBe(after));

it('offers a skip later questions only, and drops those to a question that goes', () => {
  const names = targetsAfter(three, 'q1').map((one) => (one === 'end' ? one : one.id));
  expect(names).toEqual(['q2', 'q3', 'end']);
  const first = allQuestions(three)[0] as Extract<Question, { kind: 'single' }>;
  const led = changeQuestion(three, { ...first, skips: [{ values: ['o1'], to: 'q3' }] });
  expect(allQuestions(removeQuestion(led, 'q3'))[0]).toMatchObject({ skips: [] });
  expect(addOption(first)).toMatchObject({ options: [{ id: 'o1' }, { id: 'o2' }, { id: 'o3' }] });
});

it('lets an empty section go, and keeps the last one', () => {
  expect(ids(removeSection(addSection(three), 2))).toBe('q1 q2 | q3');
  expect(ids(removeSection(three, 1))).toBe('q1 q2 | q3');
  expect(ids(removeSection(blankContent, 0))).toBe('');
});
