import { expect, it } from 'vitest';
import { ask, contentWith } from '../../../../test/support/questionnaire.ts';
import { answerOf, answersOf, typedOf } from './typed.ts';

const several = ask('q1', 'multiple');

it.each([
  ['1', ['o1']],
  ['1,3', ['o1', 'o3']],
  ['３、１', ['o3', 'o1']],
  ['9', ['9']],
  ['  ', []],
])('%j is read as places of options', (typed, values) => expect(answerOf(several, typed)).toEqual(values));

it('points and words stay what they are; what is empty is left out', () => {
  const content = contentWith([several, ask('q2', 'nps'), ask('q3', 'text'), ask('q4', 'scale')]);
  expect(answersOf(content, { q1: '2', q2: '１０', q3: ' 好，1 ', q4: '' })).toEqual({
    q1: ['o2'],
    q2: ['10'],
    q3: ['好，1'],
  });
  expect(typedOf(several, ['o3', 'o1'])).toBe('3,1');
  expect(typedOf(ask('q2', 'nps'), ['10'])).toBe('10');
});
